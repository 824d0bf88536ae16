"""The first sheet: what this workbook is, of which day, and what is in the others."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ctg.documents.workbooks.book import Book, lines_needed, row_height
from ctg.documents.workbooks.plan_table import DATED, TITLE
from ctg.reviews.annex.tables import EXCERPT, LETTERS, WORDS, Table
from ctg.reviews.facts.shapes import ReviewFacts
from ctg.reviews.facts_in_words import DRAFT, say_day, title_of
from ctg.reviews.keeping.seal import Seal

PLAIN = replace(WORDS, border=None)
LABEL = replace(PLAIN, bold=True)
WIDTHS = (26, 96)


def write_front(book: Book, facts: ReviewFacts, seal: Seal | None, tables: Sequence[Table]) -> None:
    sheet = book.sheet("Lisez-moi", widths=WIDTHS)
    for text, style, height in (
        (title_of(facts.identity), TITLE, 30),
        (f"{facts.identity.territory} – {facts.identity.plan}", DATED, 20),
    ):
        row = sheet.row([text], replace(style, horizontal="left", indent=1, wrap=False), height=height)
        sheet.merge(rows=(row, row), columns=(1, 2))
    sheet.row([])
    for label, words in (*_identity(facts, seal), ("", ""), *((one.title, one.about) for one in tables)):
        lines = lines_needed(words[:EXCERPT], WIDTHS[1] * LETTERS)
        sheet.row([label, words], [LABEL, PLAIN], height=row_height(lines))


def _identity(facts: ReviewFacts, seal: Seal | None) -> Iterator[tuple[str, str]]:
    identity = facts.identity
    said = seal.as_facts() if seal else []
    lines = (
        ("Période", identity.years),
        ("Document voté", identity.dated),
        ("Signataires", ", ".join(identity.signatories)),
        ("Données du", say_day(identity.data_on)),
        *((fact.label, fact.items[0]) for fact in said),
        ("État", "" if seal else DRAFT),
        ("Avancement", facts.progress.sentence),
        ("Indicateurs", facts.indicator_summary.sentence),
    )
    return ((label, words) for label, words in lines if words)
