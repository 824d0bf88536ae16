"""The flat table: one row per action and one column per thing said of it, ready for pivot tables."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from actions.calendar import say
from actions.models import Action, Part
from actions.models.heading import Heading
from ctg.documents.order import Order
from ctg.documents.plan_reading import PlanReading
from ctg.documents.wording import milestone_words
from ctg.documents.workbooks.book import Book
from ctg.documents.workbooks.budget import write_budget
from ctg.documents.workbooks.cells import Value
from ctg.documents.workbooks.marks import FLAT, Thing, row_mark, stamp
from ctg.documents.workbooks.plan_table import Column
from ctg.documents.workbooks.styles import Style
from ctg.web.outline import plain

TITLE, LONG, SHORT = 50, 40, 16  # widths
HEADER = Style(bold=True, fill="F1EEE6", vertical="center")
CELL = Style(wrap=False)
PERCENTAGE = replace(CELL, number_format="0 %")
ROW_HEIGHT = 15
ABOUT_WIDTHS = (22, 100)


def write_flat_table(book: Book, order: Order) -> None:
    fields = order.reading.fields
    columns = [
        *_voted_columns(order),
        *FOLLOW_UP,
        *(Column(field.label, LONG, key=field.name) for field in fields),
    ]
    titles = _told_apart([column.title for column in columns])
    sheet = book.sheet(
        "Actions",
        widths=[column.width for column in columns],
        paper="A3",
        repeat_rows=(1, 1),
        freeze="C2",
        footer=" · ".join(filter(None, [order.plan.territory.name, order.plan.title, order.filters])),
        marked=True,
    )
    keys = zip([column.key for column in columns], titles, strict=True)
    actions = (action.pk for action in order.reading.actions)
    told = stamp(order.plan.pk, FLAT, order.today, actions, keys)
    sheet.row(titles, HEADER, height=2 * ROW_HEIGHT, mark=told)
    styles = [PERCENTAGE if title == PROGRESS else CELL for title in titles]
    places = _places(order.reading)
    for action in order.reading.actions:
        place = places[action.pk]
        row: list[Value] = [
            action.number,
            action.title,
            *(place[level][1] if level in place else "" for level in LEVELS),
            *_voted(order.reading, action),
            *_followed(order.reading, action, order.today),
            *(_answer(field.typed(action.custom_values.get(field.name))) for field in fields),
        ]
        things = [Thing("action", action.pk, action.version)]
        things += [Thing(level, pk) for level, (pk, _) in place.items()]
        sheet.row(row, styles, height=ROW_HEIGHT, mark=row_mark(things, row))
    write_budget(book, order)
    _write_about(book, order)


def _voted_columns(order: Order) -> list[Column]:
    plan = order.plan
    return [
        *(Column("N°", 6, key="number"), Column("Action", TITLE, key="title")),
        *(Column(getattr(plan, f"{level}_label"), LONG, key=level) for level in LEVELS),
        *(Column("Finalité", LONG, key="purpose"), Column("Contenu", LONG, key="content")),
        *(Column("Modalités", LONG, key="methods"), Column("Effets attendus", LONG, key="effects")),
        Column(plan.priority_label, SHORT, key="priority"),
        Column(plan.priority_reason_label, LONG, key="priority_reason"),
        Column("Élu référent", LONG, key="elected_lead"),
        *(Column("Publics", LONG, key="audiences"), Column("Communes", LONG, key="municipalities")),
        Column("Porteurs et partenaires, tels qu’écrits", LONG, key="partners_text"),
        Column("Freins et leviers, tels qu’écrits", LONG, key="factors_text"),
        Column("Indicateurs quantitatifs, tels qu’écrits", LONG, key="quantitative_text"),
        Column("Indicateurs qualitatifs, tels qu’écrits", LONG, key="qualitative_text"),
        Column("Calendrier, tel qu’écrit", SHORT, key="calendar_text"),
    ]


PROGRESS = "Avancement"
LEVELS = ("ambition", "orientation", "theme", "need", "objective")
FOLLOW_UP = (
    *(Column("Porteurs", LONG, key="leads"), Column("Co-porteurs", LONG, key="co_leads")),
    *(Column("Partenaires", LONG, key="partners"), Column("Financeurs", LONG, key="funders")),
    *(Column("Freins et leviers", LONG, key="factors"), Column("Indicateurs", LONG, key="indicators")),
    *(Column("Début", SHORT, key="starts_on"), Column("Fin", SHORT, key="ends_on")),
    *(Column("Récurrente", SHORT, key="recurring"), Column("Statut", SHORT, key="status")),
    *(Column("Motif", LONG, key="status_reason"), Column("Météo", SHORT, key="confidence")),
    Column(PROGRESS, SHORT, key="progress"),
    *(Column("En retard", SHORT), Column("Depuis", LONG)),
    *(Column("Jalons", SHORT), Column("Jalons atteints", SHORT), Column("Détail des jalons", LONG)),
    *(Column("Dernière note le", SHORT), Column("Dernière note", LONG)),
)


def _places(reading: PlanReading) -> dict[int, dict[str, tuple[int, str]]]:
    """The headings under which each action stands, by level: their keys and titles."""
    places: dict[int, dict[str, tuple[int, str]]] = {action.pk: {} for action in reading.actions}
    for ambition in reading.ambitions:
        for below in ambition.orientations:
            for action in below.actions:
                _place(places[action.pk], "ambition", ambition.ambition)
                _place(places[action.pk], "orientation", below.heading)
    for theme in reading.themes:
        for action in theme.actions:
            _place(places[action.pk], "theme", theme.heading)
    for action in reading.actions:
        for level, key, titles in (
            ("need", action.need_id, reading.needs),
            ("objective", action.objective_id, reading.objectives),
        ):
            if key in titles:
                places[action.pk][level] = key, titles[key]
    return places


def _place(place: dict[str, tuple[int, str]], level: str, heading: Heading | None) -> None:
    if heading:
        place[level] = heading.pk, heading.title


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


def _answer(value: str | bool | Decimal | date | None) -> Value:
    return _yes(value) if isinstance(value, bool) else value


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
