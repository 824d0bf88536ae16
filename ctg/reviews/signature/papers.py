"""The files of a signed plan: those of the plan as one exports it, under the seal and the signatures."""

from dataclasses import replace

from ctg.documents.exports import Format, write_paper
from ctg.documents.order import Layout, Order
from ctg.documents.papers.blocks import Fact, Paper
from ctg.documents.papers.entries import fact
from ctg.documents.papers.plan import plan_paper
from ctg.reviews.keeping.seal import Seal
from ctg.reviews.signature.shapes import SignedPlan


def write_signed(order: Order, signed: SignedPlan, file_format: Format, seal: Seal) -> bytes:
    if file_format is Format.XLSX:
        return _workbook(order, signed, seal)
    return write_paper(signed_paper(order, signed, seal), file_format, order.plan.territory)


def signed_paper(order: Order, signed: SignedPlan, seal: Seal) -> Paper:
    paper = plan_paper(order)
    plan, cover = order.plan, paper.cover
    heading = plan.ambition_label if order.layout is Layout.STRATEGIC else plan.theme_label
    return replace(
        paper,
        cover=replace(
            cover,
            subtitle=f"{signed.version}, par {heading.lower()}",
            running=f"{cover.running} · document n°\u00a0{seal.number}",
            facts=[*cover.facts, *signature(signed), *seal.as_facts()],
        ),
    )


def signature(signed: SignedPlan) -> list[Fact]:
    return fact("Signataires", ", ".join(signed.signatories))


def _workbook(order: Order, signed: SignedPlan, seal: Seal) -> bytes:
    """The table of the plan, and a last sheet that says what this file is."""
    from ctg.documents.workbooks.book import Book
    from ctg.documents.workbooks.strategic import write_strategic
    from ctg.documents.workbooks.styles import Style
    from ctg.documents.workbooks.thematic import write_thematic

    book = Book(title=f"{signed.title} – {signed.territory}")
    write = write_strategic if order.layout is Layout.STRATEGIC else write_thematic
    write(book, order)
    sheet = book.sheet("Document figé", widths=(24, 90), landscape=False)
    front = [Fact("Territoire", [signed.territory]), Fact("Version", [signed.version])]
    for line in [*front, *signature(signed), *seal.as_facts()]:
        sheet.row([line.label, line.items[0]], [Style(bold=True), Style()])
    return book.save()
