"""The strategic layout: ambitions and orientations as merged cells, each action as a small document."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from actions.models import Action, Ambition, Orientation, Plan
from ctg.documents.order import Order
from ctg.documents.plan_reading import UNCLASSIFIED, AmbitionGroup, Group, PlanReading
from ctg.documents.wording import tally
from ctg.documents.workbooks import follow_up
from ctg.documents.workbooks.book import Book
from ctg.documents.workbooks.cells import Run
from ctg.documents.workbooks.marks import Thing, row_mark
from ctg.documents.workbooks.plan_table import ACCENT, ACCENT_TINT, MUTED, TEXT, Column, Entry, PlanTable
from ctg.web.outline import Kind, parse
from ctg.web.words import in_plural

TITLES = (
    "Ambitions / impacts recherchés",
    "Orientations (enjeux)",
    "ACTIONS - Objectifs opérationnels – Intentions",
)
KEYS = ("ambition", "orientation", "sheet", "priority")
WIDTHS = (46, 40, 112, 12)
NARROW_WIDTHS = (24, 20, 68, 9)
INDICATORS = Column("Indicateurs", 22, key="indicators")

AMBITION, ORIENTATION, FIRST_COLUMN_OF_ROWS = range(3)
MISSING_ORIENTATION = "Orientation à préciser"
SIDE = replace(TEXT, color=ACCENT, fill=ACCENT_TINT)
ABSENT = replace(TEXT, italic=True, color=MUTED)
PRIORITY = replace(TEXT, bold=True, horizontal="center", indent=0)

SIGNS = {Kind.PARAGRAPH: "", Kind.BULLET: "  •  ", Kind.SUBBULLET: "        ○  ", Kind.CONTINUATION: "      "}


def write_strategic(book: Book, order: Order) -> None:
    plan, with_follow_up = order.plan, order.with_follow_up
    titles = (*titles_of(plan), plan.priority_label)
    followed = (*follow_up.COLUMNS, INDICATORS, *follow_up.field_columns(order.reading))
    widths = NARROW_WIDTHS if with_follow_up else WIDTHS
    voted = zip(titles, widths, KEYS, strict=True)
    table = PlanTable(
        book,
        order,
        in_plural(plan.ambition_label),
        voted=[Column(title, width, key=key) for title, width, key in voted],
        follow_up=followed if with_follow_up else (),
    )
    layout = _Layout(order.reading, table, order.today, with_follow_up)
    for group in layout.reading.ambitions:
        layout.write(group)


def titles_of(plan: Plan) -> tuple[str, ...]:
    """Those of the source document, in the words of a plan that has its own."""
    ambition, orientation = in_plural(plan.own_word("ambition")), in_plural(plan.own_word("orientation"))
    first, second, *others = TITLES
    return (f"{ambition} / impacts recherchés" if ambition else first, orientation or second, *others)


@dataclass(frozen=True)
class _Layout:
    reading: PlanReading
    table: PlanTable
    today: date
    with_follow_up: bool

    def write(self, group: AmbitionGroup) -> None:
        """Write the rows of an ambition, then make one cell of it and one of each of its orientations."""
        ambition = Entry(ambition_runs(group.ambition), SIDE)
        things = [Thing("ambition", group.ambition.pk)] if group.ambition else []
        below = [self._orientation(group, under) for under in group.orientations or [Group(None)]]
        missing = self.table.height([ambition]) - sum(orientation.height for orientation in below)
        below[-1].rows[-1].height += max(0, missing)
        places: list[tuple[int, int]] = []
        for orientation in below:
            is_first = not places
            places.append(self._write_orientation(ambition, orientation, things, is_first=is_first))
        self.table.join(AMBITION, (places[0][0], places[-1][1]))

    def _write_orientation(
        self, ambition: Entry, orientation: "_Orientation", things: list[Thing], *, is_first: bool
    ) -> tuple[int, int]:
        """Each row is marked with the texts of both headings, though only the first shows them."""
        places: list[tuple[int, int]] = []
        for row in orientation.rows:
            told = [ambition, orientation.entry, *row.entries]
            mark = row_mark([*row.things, *things, *orientation.things], (entry.value for entry in told))
            shown = [
                ambition if is_first and not places else Entry(style=SIDE),
                Entry() if places else orientation.entry,
                *row.entries,
            ]
            places.append(
                self.table.block(shown, height=row.height, mark=mark, open_columns=FIRST_COLUMN_OF_ROWS)
            )
        rows = places[0][0], places[-1][1]
        self.table.join(ORIENTATION, rows)
        return rows

    def _orientation(self, group: AmbitionGroup, under: Group[Orientation]) -> "_Orientation":
        entry = Entry(under.heading.title if under.heading else "")
        is_lacking = group.ambition and under.actions and not under.heading
        if self.with_follow_up and is_lacking and self.reading.has_orientations:
            entry = Entry(MISSING_ORIENTATION, ABSENT)
        things = [Thing("orientation", under.heading.pk)] if under.heading else []
        rows = [
            self._row(self._entries(action), Thing("action", action.pk, action.version))
            for action in under.actions
        ]
        orientation = _Orientation(entry, rows, things)
        if not under.actions:
            blank = [Entry()] * (len(self.table.columns) - FIRST_COLUMN_OF_ROWS - 1)
            remark = tally([], self.today) if self.with_follow_up else ""
            orientation.rows.append(self._row([Entry(remark, ABSENT), *blank]))
        missing = self.table.height([entry], first_column=ORIENTATION) - orientation.height
        orientation.rows[-1].height += max(0, missing)
        return orientation

    def _row(self, entries: list[Entry], *things: Thing) -> "_Row":
        return _Row(entries, self.table.height(entries, first_column=FIRST_COLUMN_OF_ROWS), things)

    def _entries(self, action: Action) -> list[Entry]:
        entries = [Entry(action_runs(action)), Entry(action.priority, PRIORITY)]
        if self.with_follow_up:
            entries += follow_up.follow_up(self.reading, action, self.today)
            entries.append(Entry("\n".join(self.reading.indicators(action))))
            entries += follow_up.field_entries(self.reading, action)
        return entries


@dataclass
class _Row:
    """A row of the table from the action on, the points that it needs, and what it tells of."""

    entries: list[Entry]
    height: float
    things: tuple[Thing, ...]


@dataclass(frozen=True)
class _Orientation:
    entry: Entry
    rows: list[_Row]
    things: list[Thing]

    @property
    def height(self) -> float:
        return sum(row.height for row in self.rows)


def ambition_runs(ambition: Ambition | None) -> list[Run]:
    if ambition is None:
        return [Run(UNCLASSIFIED, bold=True)]
    return [Run(ambition.title, bold=True), *(Run(f"\n{impact}") for impact in ambition.impacts)]


def action_runs(action: Action) -> list[Run]:
    """The sheet of an action as the source tells it, its bullets indented by spaces."""
    return _joined(run for _, runs in action_sections(action) for run in runs)


def action_sections(action: Action) -> Iterator[tuple[str, list[Run]]]:
    """The same by the field that each part tells, from the second on under a line break."""
    yield "title", [Run(f"Action {action.number} : {action.title}", bold=True)]
    if action.purpose:
        label = f"{action.purpose_label} : " if action.purpose_label else ""
        yield "purpose", [Run(f"\n{label}", bold=True), *_outline_runs(action.purpose)]
    for name in ("content", "methods", "effects"):
        label, text = getattr(action, f"{name}_label"), getattr(action, name)
        if text:
            yield name, [Run(f"\n{label} :" if label else "", italic=True), Run("\n"), *_outline_runs(text)]


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
