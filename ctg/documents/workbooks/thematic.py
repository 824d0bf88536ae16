"""The thematic layout: a band for each theme, a row for each action with its need and objective repeated."""

from ctg.documents.order import Order
from ctg.documents.plan_reading import UNCLASSIFIED
from ctg.documents.wording import tally, thematic_texts
from ctg.documents.workbooks import follow_up
from ctg.documents.workbooks.book import Book
from ctg.documents.workbooks.plan_table import Column, Entry, PlanTable

TITLES = (
    "Besoins repérés - cf. diagnostic (enjeux)",
    "Objectifs (changements souhaités / résultats attendus)",
    "Action(s) prévue(s) plusieurs actions peuvent répondre à 1 objectif",
    "Freins ou leviers identifiés",
    "Porteurs du projet / Partenaires associés",
    "Indicateurs d'évaluation QUANTITATIFS",
    "Indicateurs d'évaluation QUALITATIFS",
    "Calendrier de mise en œuvre (mois et année)",
)
WIDTHS = (28, 28, 34, 30, 34, 28, 22, 14)
NARROW_WIDTHS = (17, 17, 22, 18, 19, 17, 14, 11)


def write_thematic(book: Book, order: Order) -> None:
    reading, today, with_follow_up = order.reading, order.today, order.with_follow_up
    widths = NARROW_WIDTHS if with_follow_up else WIDTHS
    table = PlanTable(
        book,
        order.plan,
        "Thématiques",
        voted=[Column(title, width) for title, width in zip(TITLES, widths, strict=True)],
        follow_up=follow_up.COLUMNS if with_follow_up else (),
        as_of=today if with_follow_up else None,
        frozen_columns=3 if with_follow_up else 0,
        filters=order.filters,
    )
    for group in reading.themes:
        title = group.heading.title if group.heading else UNCLASSIFIED
        table.band(title, tally(group.actions, today))
        for action in group.actions:
            entries = [Entry(text) for text in thematic_texts(reading, action, composed=with_follow_up)]
            if with_follow_up:
                entries += follow_up.follow_up(reading, action, today)
            table.row(entries)
