"""What a person opens of a package without any tool: the plan to read, and tables to work with."""

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from actions.models import Plan
from ctg.documents.exports import Export, Format, export_plan, export_values_as_csv
from ctg.documents.order import Layout, Order
from ctg.documents.plan_reading import PlanReading
from ctg.documents.value_csv import cell
from ctg.reviews.signature.drafts import layouts_of

if TYPE_CHECKING:
    from ctg.documents.workbooks.book import Book


class Document(NamedTuple):
    """A file that is made for the package; `told` says what is being written."""

    told: str
    folder: str
    write: Callable[[], Export]


def documents_of(plan: Plan, *, today: dt.date) -> Iterator[Document]:
    """The plan with its follow-up in each reading that it has, as PDF and workbook; its tables as CSV."""
    for layout in layouts_of(PlanReading(plan)):
        for file_format, told in ((Format.PDF, "le plan en PDF"), (Format.XLSX, "le plan en Excel")):
            asked = {"with_follow_up": True, "today": today, "file_format": file_format}
            yield Document(told, "plan", partial(export_plan, plan, layout, **asked))  # type: ignore[arg-type]
    yield Document("le tableau des actions", "tableaux", partial(_actions_as_csv, plan, today))
    values = partial(export_values_as_csv, plan, year=None, today=today)
    yield Document("le tableau des valeurs", "tableaux", values)


def _actions_as_csv(plan: Plan, today: dt.date) -> Export:
    """The flat table of the actions, written as that of the values is."""
    from ctg.documents.workbooks.flat_table import write_flat_table  # openpyxl is heavy.

    table = _Lines()
    write_flat_table(cast("Book", table), Order(plan, Layout.STRATEGIC, today, with_follow_up=True))
    file = StringIO()
    csv.writer(file, delimiter=";").writerows(map(_cells, table.sheets[0]))
    return Export("actions.csv", file.getvalue().encode("utf-8-sig"))


def _cells(row: Sequence[Any]) -> list[str]:
    return [cell(Decimal(str(value)) if isinstance(value, float) else value) for value in row]


class _Lines:
    """Stands for a workbook and its sheets, and keeps the rows in place of writing them."""

    def __init__(self) -> None:
        self.sheets: list[list[Sequence[Any]]] = []

    def sheet(self, *args: Any, **looks: Any) -> "_Lines":
        self.sheets.append([])
        return self

    def row(self, values: Sequence[Any], *args: Any, **looks: Any) -> int:
        self.sheets[-1].append(values)
        return len(self.sheets[-1])
