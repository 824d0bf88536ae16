"""Rows that cannot become an action, or that may be another one than they seem."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from ctg.intake.previewing.annotated import Grade
from ctg.web.text import fold

from ..content import ReadAction
from ..layout import Arrangement, Field, Spot
from ..layout.numbering import read_number
from ..tables import Place
from .found import Found, Looking

#: Why the reading leaves a whole row that is no action.
NO_ACTION = frozenset({"action sans intitulé", "ligne sans action"})
TITLE = "Écrivez son intitulé, par exemple «\u00a0Ouvrir un lieu d’accueil parents-enfants\u00a0»."

#: What a second row of an action does not say anew when it only goes on.
_ONCE = (Field.LEADS, Field.CALENDAR, Field.STATUS, Field.PRIORITY, Field.STARTS, Field.ENDS)


def untitled(looking: Looking) -> Iterator[Found]:
    """The rows that say things of an action and do not name it, once each."""
    arranged = {one.table: one.arrangement for one in looking.recognised.tables}
    rows: dict[tuple[int, int], list[Spot]] = defaultdict(list)
    for one in looking.read.leftovers:
        if one.reason in NO_ACTION:
            table, place = one.spot
            is_upright = arranged.get(table) == Arrangement.COLUMNS
            rows[table, place.column if is_upright else place.row].append(one.spot)
    for (table, row), spots in rows.items():
        column = looking.columns.get((table, Field.TITLE))
        spot = spots[0]
        if column and arranged[table] == Arrangement.ROWS:
            spot = Spot(table, Place(row, column))
        elif column and arranged[table] == Arrangement.COLUMNS:
            spot = Spot(table, Place(column, row))
        reason = "Cette ligne n’a pas d’intitulé\u00a0: elle ne peut pas devenir une action."
        yield looking.found(Grade.CRITICAL, spot, reason, TITLE)


def continued(looking: Looking) -> Iterator[Found]:
    """The rows without a title that say again, otherwise, what only an action of its own would."""
    arranged = {one.table: one.arrangement for one in looking.recognised.tables}
    for rank, action in enumerate(looking.read.actions):
        first = looking.title_of(action)
        if arranged.get(first.table) != Arrangement.ROWS:
            continue
        said: Counter[Place] = Counter()
        for field in _ONCE:
            rows = {spot.place.row for spot in action.cells.get(field, ()) if spot.table == first.table}
            if first.place.row in rows:
                said.update(Place(row, first.place.column) for row in rows if row > first.place.row)
        titled = {spot.place.row for spot in action.cells.get(Field.TITLE, ())}
        for place, count in sorted(said.items()):
            if count > 1 and place.row not in titled and not _is_covered(looking, first, place.row):
                reason = (
                    "Cette ligne n’a pas d’intitulé\u00a0: elle est lue comme la suite de l’action au-dessus."
                )
                yield looking.found(Grade.ERROR, Spot(first.table, place), reason, TITLE, rank)


def _is_covered(looking: Looking, title: Spot, row: int) -> bool:
    """Whether the merged cell of the title reaches down to this row."""
    cell = looking.source.tables[title.table].cells.get(title.place)
    return cell is not None and row < title.place.row + cell.rows


def repeated_numbers(looking: Looking) -> Iterator[Found]:
    """A number that comes back under the same headings; one that begins again under each axis is a layout."""
    seen: dict[tuple[object, ...], str] = {}
    for rank, action in enumerate(looking.read.actions):
        number = read_number(action.number_text).number if action.number_text else None
        if number is None:
            continue
        key = (number, *(getattr(action, name) for name in ("ambition", "orientation", "theme")))
        if key in seen and (spot := looking.spot_of(action, Field.NUMBER, Field.TITLE)):
            reason = f"Le numéro {number} est déjà celui de «\u00a0{_short(seen[key])}\u00a0»."
            yield looking.found(Grade.ERROR, spot, reason, "Donnez à chaque action un numéro à elle.", rank)
        seen.setdefault(key, action.title)


def indistinct(looking: Looking) -> Iterator[Found]:
    """Actions of the same title under the same headings, that their numbers alone tell apart."""
    seen: dict[tuple[object, ...], int] = {}
    for rank, action in enumerate(looking.read.actions):
        key = (fold(action.title), *headings_of(action))
        if key in seen:
            first = looking.title_of(looking.read.actions[seen[key]])
            reason = f"Rien ne distingue cette action de celle de la cellule {first.place}."
            accepted = "Précisez l’intitulé de l’une des deux, ou rassemblez-les sur une ligne."
            yield looking.found(Grade.CRITICAL, looking.title_of(action), reason, accepted, rank)
        seen.setdefault(key, rank)


def headings_of(action: ReadAction) -> tuple[str, ...]:
    names = ("ambition", "orientation", "theme", "need", "objective")
    return tuple(fold(getattr(action, name) or "") for name in names)


def hidden(looking: Looking) -> Iterator[Found]:
    for rank, action in enumerate(looking.read.actions):
        spot = looking.title_of(action)
        if spot.place.row in looking.source.tables[spot.table].hidden_rows:
            reason = "Cette ligne est masquée dans votre fichier\u00a0: elle est reprise comme les autres."
            yield looking.found(
                Grade.WARNING, spot, reason, "Supprimez-la du fichier si elle ne compte plus.", rank
            )


def _short(title: str) -> str:
    return title if len(title) <= 80 else f"{title[:79]}…"
