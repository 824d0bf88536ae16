"""The thematic layout: a band for each theme, a row for each action with its need and objective repeated."""

from actions.models import Plan
from ctg.documents.order import Order
from ctg.documents.plan_reading import UNCLASSIFIED
from ctg.documents.wording import tally, thematic_texts
from ctg.documents.workbooks import follow_up
from ctg.documents.workbooks.book import Book
from ctg.documents.workbooks.marks import Thing
from ctg.documents.workbooks.plan_table import Column, Entry, PlanTable
from ctg.web.words import in_plural

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
KEYS = (
    *("need", "objective", "title", "factors_text", "partners_text"),
    *("quantitative_text", "qualitative_text", "calendar_text"),
)
NARROW_WIDTHS = (17, 17, 22, 18, 19, 17, 14, 11)


def titles_of(plan: Plan) -> tuple[str, ...]:
    """Those of the source document, in the words of a plan that has its own."""
    need, objective = in_plural(plan.own_word("need")), in_plural(plan.own_word("objective"))
    first, second, third, *others = TITLES
    if objective:
        third = f"Action(s) prévue(s) plusieurs actions peuvent répondre à 1 {plan.objective_label.lower()}"
    return (need or first, objective or second, third, *others)


def write_thematic(book: Book, order: Order) -> None:
    reading, today, with_follow_up = order.reading, order.today, order.with_follow_up
    widths = NARROW_WIDTHS if with_follow_up else WIDTHS
    voted = zip(titles_of(order.plan), widths, KEYS, strict=True)
    table = PlanTable(
        book,
        order,
        in_plural(order.plan.theme_label),
        voted=[Column(title, width, key=key) for title, width, key in voted],
        follow_up=(*follow_up.COLUMNS, *follow_up.field_columns(reading)) if with_follow_up else (),
        frozen_columns=3 if with_follow_up else 0,
    )
    for group in reading.themes:
        title = group.heading.title if group.heading else UNCLASSIFIED
        theme = [Thing("theme", group.heading.pk)] if group.heading else []
        table.band(title, tally(group.actions, today), theme)
        for action in group.actions:
            entries = [Entry(text) for text in thematic_texts(reading, action, composed=with_follow_up)]
            if with_follow_up:
                entries += follow_up.follow_up(reading, action, today)
                entries += follow_up.field_entries(reading, action)
            things = [Thing("action", action.pk, action.version), *theme]
            if action.need_id in reading.needs:
                things.append(Thing("need", action.need_id))
            if action.objective_id in reading.objectives:
                things.append(Thing("objective", action.objective_id))
            table.row(entries, things, beside=title)
