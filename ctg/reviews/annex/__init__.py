"""The annex of a review: its tables as a workbook, ready to print, numbers kept as numbers."""

from ctg.reviews.facts.shapes import ReviewFacts
from ctg.reviews.keeping.seal import Seal


def write_annex(facts: ReviewFacts, seal: Seal | None) -> bytes:
    """openpyxl is imported when an annex is asked for."""
    from ctg.documents.workbooks.book import Book
    from ctg.reviews.annex.front import write_front
    from ctg.reviews.annex.sheets import SHEETS
    from ctg.reviews.annex.tables import write_table
    from ctg.reviews.facts_in_words import state_of, title_of

    identity = facts.identity
    book = Book(title=f"{title_of(identity)} – {identity.territory}")
    tables = [make(facts) for make in SHEETS]
    write_front(book, facts, seal, tables)
    footer = f"{identity.territory_label} · {title_of(identity)} · {state_of(seal)}"
    for table in tables:
        write_table(book, table, footer)
    return book.save()
