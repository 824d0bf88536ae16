"""The files that a plan leaves as, the same for the browser and for the command line."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from django.utils.text import slugify

from actions.models import Plan
from ctg.web.text import fold

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: What comes before the name of a territory in its full title, and tells nothing in the name of a file.
LEGAL_FORM = re.compile(r"^communaute-(?:de-communes|d-agglomeration|urbaine)-(?:(?:de|du|des)-)?")


class Layout(StrEnum):
    """The two source documents; the value is the word that addresses, commands and file names use."""

    STRATEGIC = "strategique"
    THEMATIC = "thematique"


@dataclass(frozen=True)
class Export:
    name: str
    content: bytes

    @property
    def disposition(self) -> str:
        """The header that names the downloaded file, for old programs and for those that read UTF-8."""
        return f"attachment; filename=\"{self.name}\"; filename*=UTF-8''{quote(self.name)}"


def export_plan(plan: Plan, layout: Layout, *, with_follow_up: bool, today: dt.date) -> Export:
    # openpyxl costs 44 MB: whoever exports nothing does not pay for it.
    from ctg.documents.workbooks.book import Book
    from ctg.documents.workbooks.strategic import write_strategic
    from ctg.documents.workbooks.thematic import write_thematic

    book = Book(title=f"{plan.title} – {plan.territory}")
    write = write_strategic if layout is Layout.STRATEGIC else write_thematic
    write(book, plan, today=today, with_follow_up=with_follow_up)
    return Export(file_name(plan, layout, with_follow_up=with_follow_up, today=today), book.save())


def file_name(plan: Plan, layout: Layout, *, with_follow_up: bool, today: dt.date) -> str:
    """« plan-ctg-gally-mauldre-thematique-suivi-2026-11-22.xlsx »"""
    name = slugify(fold(plan.territory.name))
    where = LEGAL_FORM.sub("", name)[:60].strip("-") or str(plan.pk)
    parts = ["plan-ctg", where, layout.value, *(["suivi"] if with_follow_up else []), today.isoformat()]
    return "-".join(parts) + ".xlsx"
