"""The strategic layout: ambitions and orientations as merged cells, each action as a small document."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from actions.models import Action, Ambition, Orientation
from ctg.documents.order import Order
from ctg.documents.plan_reading import UNCLASSIFIED, AmbitionGroup, Group, PlanReading
from ctg.documents.wording import tally
from ctg.documents.workbooks import follow_up
from ctg.documents.workbooks.book import Book
from ctg.documents.workbooks.cells import Run
from ctg.documents.workbooks.plan_table import ACCENT, ACCENT_TINT, MUTED, TEXT, Column, Entry, PlanTable
from ctg.web.outline import Kind, parse

TITLES = (
    "Ambitions / impacts recherchés",
    "Orientations (enjeux)",
    "ACTIONS - Objectifs opérationnels – Intentions",
)
WIDTHS = (46, 40, 112, 12)
NARROW_WIDTHS = (24, 20, 68, 9)
INDICATORS = Column("Indicateurs", 22)

AMBITION, ORIENTATION, FIRST_COLUMN_OF_ROWS = range(3)
MISSING_ORIENTATION = "Orientation à préciser"
SIDE = replace(TEXT, color=ACCENT, fill=ACCENT_TINT)
ABSENT = replace(TEXT, italic=True, color=MUTED)
PRIORITY = replace(TEXT, bold=True, horizontal="center", indent=0)

SIGNS = {Kind.PARAGRAPH: "", Kind.BULLET: "  •  ", Kind.SUBBULLET: "        ○  ", Kind.CONTINUATION: "      "}


def write_strategic(book: Book, order: Order) -> None:
    plan, with_follow_up = order.plan, order.with_follow_up
    titles = (*TITLES, plan.priority_label)
    widths = NARROW_WIDTHS if with_follow_up else WIDTHS
    table = PlanTable(
        book,
        plan,
        "Ambitions",
        voted=[Column(title, width) for title, width in zip(titles, widths, strict=True)],
        follow_up=(*follow_up.COLUMNS, INDICATORS) if with_follow_up else (),
        as_of=order.today if with_follow_up else None,
        filters=order.filters,
    )
    layout = _Layout(order.reading, table, order.today, with_follow_up)
    for group in layout.reading.ambitions:
        layout.write(group)


@dataclass(frozen=True)
class _Layout:
    reading: PlanReading
    table: PlanTable
    today: date
    with_follow_up: bool

    def write(self, group: AmbitionGroup) -> None:
        """Write the rows of an ambition, then make one cell of it and one of each of its orientations."""
        ambition = Entry(ambition_runs(group.ambition), SIDE)
        below = [self._orientation(group, under) for under in group.orientations or [Group(None)]]
        missing = self.table.height([ambition]) - sum(orientation.height for orientation in below)
        below[-1].rows[-1].height += max(0, missing)
        places = []
        for orientation in below:
            places.append(self._write_orientation(ambition, orientation))
            ambition = Entry(style=SIDE)
        self.table.join(AMBITION, (places[0][0], places[-1][1]))

    def _write_orientation(self, ambition: Entry, orientation: "_Orientation") -> tuple[int, int]:
        places = []
        entry = orientation.entry
        for row in orientation.rows:
            entries = [ambition, entry, *row.entries]
            places.append(self.table.block(entries, height=row.height, open_columns=FIRST_COLUMN_OF_ROWS))
            ambition, entry = Entry(style=SIDE), Entry()
        rows = places[0][0], places[-1][1]
        self.table.join(ORIENTATION, rows)
        return rows

    def _orientation(self, group: AmbitionGroup, under: Group[Orientation]) -> "_Orientation":
        entry = Entry(under.heading.title if under.heading else "")
        if self.with_follow_up and group.ambition and under.actions and not under.heading:
            entry = Entry(MISSING_ORIENTATION, ABSENT)
        orientation = _Orientation(entry, [self._row(self._entries(action)) for action in under.actions])
        if not under.actions:
            blank = [Entry()] * (len(self.table.columns) - FIRST_COLUMN_OF_ROWS - 1)
            remark = tally([], self.today) if self.with_follow_up else ""
            orientation.rows.append(self._row([Entry(remark, ABSENT), *blank]))
        missing = self.table.height([entry], first_column=ORIENTATION) - orientation.height
        orientation.rows[-1].height += max(0, missing)
        return orientation

    def _row(self, entries: list[Entry]) -> "_Row":
        return _Row(entries, self.table.height(entries, first_column=FIRST_COLUMN_OF_ROWS))

    def _entries(self, action: Action) -> list[Entry]:
        entries = [Entry(action_runs(action)), Entry(action.priority, PRIORITY)]
        if self.with_follow_up:
            entries += follow_up.follow_up(self.reading, action, self.today)
            entries.append(Entry("\n".join(self.reading.indicators(action))))
        return entries


@dataclass
class _Row:
    """A row of the table from the action on, and the points that it needs."""

    entries: list[Entry]
    height: float


@dataclass(frozen=True)
class _Orientation:
    entry: Entry
    rows: list[_Row]

    @property
    def height(self) -> float:
        return sum(row.height for row in self.rows)


def ambition_runs(ambition: Ambition | None) -> list[Run]:
    if ambition is None:
        return [Run(UNCLASSIFIED, bold=True)]
    return [Run(ambition.title, bold=True), *(Run(f"\n{impact}") for impact in ambition.impacts)]


def action_runs(action: Action) -> list[Run]:
    """The sheet of an action as the source tells it, its bullets indented by spaces."""
    runs = [Run(f"Action {action.number} : {action.title}", bold=True)]
    if action.purpose:
        label = f"{action.purpose_label} : " if action.purpose_label else ""
        runs += [Run(f"\n{label}", bold=True), *_outline_runs(action.purpose)]
    for label, text in (
        (action.content_label, action.content),
        (action.methods_label, action.methods),
        (action.effects_label, action.effects),
    ):
        if text:
            runs += [Run(f"\n{label} :" if label else "", italic=True), Run("\n"), *_outline_runs(text)]
    return _joined(runs)


def _outline_runs(text: str) -> Iterator[Run]:
    new_line = ""
    for line in parse(text):
        yield Run(new_line + SIGNS[line.kind])
        yield from (Run(run.text, bold=run.bold) for run in line.runs)
        new_line = "\n"


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Fewer runs make a smaller file: join neighbours that look the same."""
    return [
        Run("".join(run.text for run in alike), *look)
        for look, alike in groupby(runs, key=lambda run: (run.bold, run.italic))
    ]
