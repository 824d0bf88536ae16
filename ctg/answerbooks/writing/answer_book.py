"""The workbook in which one organisation answers, and the archive of all those of a campaign."""

import datetime as dt
from collections.abc import Callable, Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone
from django.utils.text import slugify

from ctg.answerbooks.lines import lines_of
from ctg.documents.exports import Export, Format, file_name, where
from ctg.web.text import fold
from indicators.answers.asking import read_asks
from indicators.campaigns.mails import last_day_of
from indicators.models import Campaign, Solicitation

ZIP = "application/zip"


def write_answer_book(solicitation: Solicitation, *, at: dt.datetime) -> Export:
    """The values of this organisation and no others, in a number of queries that does not grow with them."""
    from ctg.documents.workbooks.book import Book

    from .front_page import write_front_page
    from .values_sheet import write_lines

    today = timezone.localdate(at)
    asks = read_asks(solicitation, at=at)
    book = Book(title=f"{solicitation.campaign}, {solicitation.organisation}")
    write_front_page(book, solicitation, count=len(asks), today=today)
    footer = f"{solicitation.organisation} · {solicitation.campaign} · au {today:%d/%m/%Y}"
    write_lines(book, lines_of(asks, today=today), last_day=last_day_of(solicitation), footer=footer)
    return Export(_name(solicitation, today), book.save())


def write_archive(
    solicitations: Iterable[Solicitation], *, at: dt.datetime, on_book: Callable[[int], None] = lambda _: None
) -> bytes:
    """All of them in a zip; two organisations of the same name keep a file each."""
    file, names = BytesIO(), set[str]()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for done, solicitation in enumerate(solicitations, 1):
            export = write_answer_book(solicitation, at=at)
            name = export.name if export.name not in names else f"{solicitation.pk}-{export.name}"
            names.add(name)
            archive.writestr(name, export.content)
            on_book(done)
    return file.getvalue()


def archive_name(campaign: Campaign, today: dt.date) -> str:
    return f"classeurs-de-saisie-{campaign.period}-{where(campaign.plan)}-{today.isoformat()}.zip".lower()


def _name(solicitation: Solicitation, today: dt.date) -> str:
    organisation = slugify(fold(solicitation.organisation.name))[:60].strip("-")
    words = ["saisie", solicitation.campaign.period.lower(), organisation or str(solicitation.pk)]
    return file_name(words, today, Format.XLSX)
