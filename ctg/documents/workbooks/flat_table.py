"""The flat table: one row per action and one column per thing said of it, ready for pivot tables."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from actions.calendar import say
from actions.models import Action, Part
from ctg.documents.order import Order
from ctg.documents.plan_reading import PlanReading
from ctg.documents.wording import milestone_words
from ctg.documents.workbooks.book import Book
from ctg.documents.workbooks.cells import Value
from ctg.documents.workbooks.styles import Style
from ctg.web.outline import plain

TITLE, LONG, SHORT = 50, 40, 16  # widths
HEADER = Style(bold=True, fill="F1EEE6", vertical="center")
CELL = Style(wrap=False)
PERCENTAGE = replace(CELL, number_format="0 %")
ROW_HEIGHT = 15
ABOUT_WIDTHS = (22, 100)


def write_flat_table(book: Book, order: Order) -> None:
    columns = [*_voted_columns(order), *FOLLOW_UP]
    sheet = book.sheet(
        "Actions",
        widths=[width for _, width in columns],
        paper="A3",
        repeat_rows=(1, 1),
        freeze="C2",
        footer=" · ".join(filter(None, [order.plan.territory.name, order.plan.title, order.filters])),
    )
    titles = _told_apart([title for title, _ in columns])
    sheet.row(titles, HEADER, height=2 * ROW_HEIGHT)
    styles = [PERCENTAGE if title == PROGRESS else CELL for title in titles]
    places = _places(order.reading)
    for action in order.reading.actions:
        row: list[Value] = [
            action.number,
            action.title,
            *places[action.pk],
            *_voted(order.reading, action),
            *_followed(order.reading, action, order.today),
        ]
        sheet.row(row, styles, height=ROW_HEIGHT)
    _write_about(book, order)


def _voted_columns(order: Order) -> list[tuple[str, int]]:
    plan = order.plan
    return [
        *(("N°", 6), ("Action", TITLE)),
        *((plan.ambition_label, LONG), (plan.orientation_label, LONG), (plan.theme_label, LONG)),
        *((plan.need_label, LONG), (plan.objective_label, LONG)),
        *(("Finalité", LONG), ("Contenu", LONG), ("Modalités", LONG), ("Effets attendus", LONG)),
        *((plan.priority_label, SHORT), ("Raison de la priorité", LONG), ("Élu référent", LONG)),
        *(("Publics", LONG), ("Communes", LONG)),
        *(("Porteurs et partenaires, tels qu’écrits", LONG), ("Freins et leviers, tels qu’écrits", LONG)),
        *(("Indicateurs quantitatifs, tels qu’écrits", LONG),),
        *(("Indicateurs qualitatifs, tels qu’écrits", LONG), ("Calendrier, tel qu’écrit", SHORT)),
    ]


PROGRESS = "Avancement"
FOLLOW_UP = (
    *(("Porteurs", LONG), ("Co-porteurs", LONG), ("Partenaires", LONG), ("Financeurs", LONG)),
    *(("Freins et leviers", LONG), ("Indicateurs", LONG)),
    *(("Début", SHORT), ("Fin", SHORT), ("Récurrente", SHORT)),
    *(("Statut", SHORT), ("Motif", LONG), ("Météo", SHORT), (PROGRESS, SHORT)),
    *(("En retard", SHORT), ("Depuis", LONG)),
    *(("Jalons", SHORT), ("Jalons atteints", SHORT), ("Détail des jalons", LONG)),
    *(("Dernière note le", SHORT), ("Dernière note", LONG)),
)


def _places(reading: PlanReading) -> dict[int, list[str]]:
    """Where each action stands: ambition, orientation, theme, need, objective."""
    places: dict[int, list[str]] = {action.pk: [""] * 5 for action in reading.actions}
    for ambition in reading.ambitions:
        for below in ambition.orientations:
            for action in below.actions:
                places[action.pk][0] = ambition.ambition.title if ambition.ambition else ""
                places[action.pk][1] = below.heading.title if below.heading else ""
    for theme in reading.themes:
        for action in theme.actions:
            places[action.pk][2] = theme.heading.title if theme.heading else ""
    for action in reading.actions:
        places[action.pk][3] = reading.needs.get(action.need_id or 0, "")
        places[action.pk][4] = reading.objectives.get(action.objective_id or 0, "")
    return places


def _voted(reading: PlanReading, action: Action) -> Iterator[Value]:
    for text in (action.purpose, action.content, action.methods, action.effects):
        yield plain(text)
    yield from (action.priority, action.priority_reason, action.elected_lead)
    yield from (action.audiences, action.municipalities)
    yield from (action.partners_text, action.factors_text)
    yield from (action.quantitative_text, action.qualitative_text, action.calendar_text)


def _followed(reading: PlanReading, action: Action, today: date) -> Iterator[Value]:
    roles = dict(reading.roles(action))
    for part in Part:
        yield "\n".join(roles.get(part, []))
    yield "\n".join(reading.factors(action))
    yield "\n".join(reading.indicators(action))
    yield from (action.starts_on, action.ends_on, _yes(action.recurring))
    yield from (str(action.get_status_display()), action.status_reason)
    yield str(action.get_confidence_display()) if action.confidence else "sans avis"
    yield None if action.progress is None else action.progress / 100
    yield _yes(action.is_late(today))
    yield action.lateness(today).removeprefix("En retard ")
    milestones = reading.milestones(action)
    yield from (len(milestones), sum(milestone.reached_on is not None for milestone in milestones))
    yield "\n".join(milestone_words(milestone, today) for milestone in milestones)
    yield from reading.last_note(action) or (None, "")


def _yes(is_so: bool) -> str:
    return "oui" if is_so else "non"


def _told_apart(titles: Sequence[str]) -> list[str]:
    """A pivot table refuses two columns of one name, and the names of the levels are the territory’s own."""
    seen: dict[str, int] = {}
    apart = []
    for title in titles:
        seen[title.casefold()] = seen.get(title.casefold(), 0) + 1
        rank = seen[title.casefold()]
        apart.append(title if rank == 1 else f"{title} ({rank})")
    return apart


def _write_about(book: Book, order: Order) -> None:
    """The table must begin on the first row: what says where it comes from has a sheet of its own."""
    sheet = book.sheet("À propos", widths=ABOUT_WIDTHS)
    about = (
        ("Territoire", order.plan.territory.name),
        ("Plan", order.plan.full_title),
        ("Données", f"du {say(order.today)}"),
        ("Filtres", order.filters or "aucun\u00a0: toutes les actions du plan"),
    )
    for label, words in about:
        sheet.row([label, words], [Style(bold=True), Style()])
