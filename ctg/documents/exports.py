"""The files that a plan leaves as, the same for the browser and for the command line.

The libraries that write them are imported when an export is asked for: openpyxl alone costs 44 MB.
"""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

from django.utils.text import slugify

from actions.models import Action, Meeting, Plan
from ctg.documents.indicator_reading import IndicatorReading
from ctg.documents.letterheads import letterhead_of, read_logo, read_template
from ctg.documents.meeting_reading import MeetingReading
from ctg.documents.order import Layout, Order
from ctg.documents.papers.blocks import Paper
from ctg.documents.papers.indicator import indicator_paper
from ctg.documents.papers.minutes import agenda_paper, minutes_paper
from ctg.documents.papers.plan import plan_paper
from ctg.documents.papers.sheet import sheet_paper
from ctg.documents.selection import Selection
from ctg.documents.sheet_reading import SheetReading
from ctg.documents.value_csv import write_csv
from ctg.documents.values import ValueReading
from ctg.web.text import fold
from indicators.models import Indicator
from partners.models import Territory

OFFICE = "application/vnd.openxmlformats-officedocument."
XLSX, CSV = f"{OFFICE}spreadsheetml.sheet", "text/csv; charset=utf-8"


class Format(StrEnum):
    """The value is how the names of such files end."""

    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"
    DOCX = "docx"
    PPTX = "pptx"

    @property
    def content_type(self) -> str:
        return {
            Format.XLSX: XLSX,
            Format.CSV: CSV,
            Format.PDF: "application/pdf",
            Format.DOCX: f"{OFFICE}wordprocessingml.document",
            Format.PPTX: f"{OFFICE}presentationml.presentation",
        }[self]


#: The formats of papers.
PAPER_FORMATS = (Format.PDF, Format.DOCX)

#: What comes before the name of a territory in its full title, and tells nothing in the name of a file.
LEGAL_FORM = re.compile(r"^communaute-(?:de-communes|d-agglomeration|urbaine)-(?:(?:de|du|des)-)?")


@dataclass(frozen=True)
class Export:
    name: str
    content: bytes

    @property
    def content_type(self) -> str:
        return Format(self.name.rpartition(".")[2]).content_type

    @property
    def disposition(self) -> str:
        """The header that names the downloaded file, for old programs and for those that read UTF-8."""
        return f"attachment; filename=\"{self.name}\"; filename*=UTF-8''{quote(self.name)}"


def export_plan(
    plan: Plan,
    layout: Layout,
    *,
    with_follow_up: bool,
    today: dt.date,
    file_format: Format = Format.XLSX,
    selection: Selection | None = None,
    as_list: bool = False,
    template: Path | None = None,
) -> Export:
    """The plan in the layout of one of the two source documents; lists are papers only.

    A Word document takes its looks from `template`, else from that of the territory, else from ours.
    """
    order = Order(plan, layout, today, with_follow_up, selection, as_list)
    words = ["plan-ctg", where(plan), layout.value, *(["suivi"] if with_follow_up else [])]
    words += [*(["liste"] if as_list else []), *(["extrait"] if selection else [])]
    if file_format is Format.XLSX:
        content = _workbook(order)
    else:
        content = write_paper(plan_paper(order), file_format, plan.territory, template)
    return Export(file_name(words, today, file_format), content)


def export_table(plan: Plan, *, today: dt.date, selection: Selection | None = None) -> Export:
    """One row per action, voted and followed, for pivot tables."""
    from ctg.documents.workbooks.book import Book
    from ctg.documents.workbooks.flat_table import write_flat_table

    order = Order(plan, Layout.STRATEGIC, today, with_follow_up=True, selection=selection)
    book = Book(title=f"{plan.title} – {plan.territory}")
    write_flat_table(book, order)
    words = ["actions-ctg", where(plan), *(["extrait"] if selection else [])]
    return Export(file_name(words, today, Format.XLSX), book.save())


def export_values(plan: Plan, *, year: int | None, today: dt.date) -> Export:
    """Every value of the plan and its totals, of one year or of all."""
    from ctg.documents.workbooks.book import Book
    from ctg.documents.workbooks.values import write_values

    book = Book(title=f"Valeurs – {plan.title} – {plan.territory}")
    write_values(book, ValueReading(plan, today, year))
    return Export(_values_name(plan, year, today, Format.XLSX), book.save())


def export_values_as_csv(plan: Plan, *, year: int | None, today: dt.date) -> Export:
    content = write_csv(ValueReading(plan, today, year))
    return Export(_values_name(plan, year, today, Format.CSV), content)


def _values_name(plan: Plan, year: int | None, today: dt.date, file_format: Format) -> str:
    words = ["valeurs-ctg", where(plan), *([str(year)] if year else [])]
    return file_name(words, today, file_format)


def export_sheet(action: Action, *, today: dt.date, file_format: Format) -> Export:
    """The sheet of an action, which comes with its plan, territory and headings."""
    words = ["fiche-action", str(action.number), where(action.plan)]
    content = write_paper(sheet_paper(SheetReading(action), today), file_format, action.plan.territory)
    return Export(file_name(words, today, file_format), content)


def export_indicator(indicator: Indicator, *, today: dt.date, file_format: Format) -> Export:
    """The sheet of an indicator, which comes with its plan, territory, common indicator and dimensions."""
    name = slugify(fold(indicator.wording))[:60].strip("-")
    words = ["fiche-indicateur", *filter(None, [name]), where(indicator.plan)]
    content = write_paper(
        indicator_paper(IndicatorReading(indicator, today)), file_format, indicator.plan.territory
    )
    return Export(file_name(words, today, file_format), content)


def export_agenda(meeting: Meeting, *, today: dt.date, file_format: Format) -> Export:
    """The agenda of a meeting, which comes with its body, plan and territory."""
    paper = agenda_paper(MeetingReading(meeting), today)
    content = write_paper(paper, file_format, meeting.body.plan.territory)
    return Export(_meeting_name("ordre-du-jour", meeting, file_format), content)


def export_minutes(meeting: Meeting, *, today: dt.date, file_format: Format) -> Export:
    paper = minutes_paper(MeetingReading(meeting), today)
    content = write_paper(paper, file_format, meeting.body.plan.territory)
    return Export(_meeting_name("compte-rendu", meeting, file_format), content)


def _meeting_name(what: str, meeting: Meeting, file_format: Format) -> str:
    """« compte-rendu-copil-gally-mauldre-2026-12-11.pdf », under the day of the meeting."""
    body = slugify(fold(meeting.body.name))[:60].strip("-")
    return file_name([what, *filter(None, [body]), where(meeting.body.plan)], meeting.held_on, file_format)


def _workbook(order: Order) -> bytes:
    from ctg.documents.workbooks.book import Book
    from ctg.documents.workbooks.strategic import write_strategic
    from ctg.documents.workbooks.thematic import write_thematic

    book = Book(title=f"{order.plan.title} – {order.plan.territory}")
    write = write_strategic if order.layout is Layout.STRATEGIC else write_thematic
    write(book, order)
    return book.save()


def write_paper(
    paper: Paper, file_format: Format, territory: Territory, template: Path | None = None
) -> bytes:
    """Write a paper under the letterhead of its territory; a Word document may take another `template`."""
    letterhead = letterhead_of(territory)
    paper = paper.under(read_logo(letterhead))
    if file_format is Format.DOCX:
        from ctg.documents.word.template import TemplateError
        from ctg.documents.word.writer import write_docx

        try:
            return write_docx(paper, template or read_template(letterhead))
        except TemplateError:
            if template:
                raise
            # The one that the territory gave served once: until it is replaced, ours does.
            return write_docx(paper)
    from ctg.documents.pdf.renderer import write_pdf

    return write_pdf(paper)


def where(plan: Plan) -> str:
    """The territory of a plan as the name of a file holds it."""
    name = slugify(fold(plan.territory.name))
    return LEGAL_FORM.sub("", name)[:60].strip("-") or str(plan.pk)


def file_name(words: list[str], today: dt.date, file_format: Format) -> str:
    """« plan-ctg-gally-mauldre-thematique-suivi-2026-11-22.xlsx »"""
    return "-".join([*words, today.isoformat()]) + f".{file_format}"
