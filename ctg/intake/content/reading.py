"""A plan out of a file: its lists, its actions, and what found no place."""

from collections import Counter
from dataclasses import replace

from ctg.web.text import fold

from ..layout import Doubt, Field, Leftover, NoAction, Piece, Recognised, Record, Role, Spot, apply
from ..layout.fields import SINGLE
from ..layout.numbering import read_number
from ..layout.shapes import Laid
from ..tables import SourceFile
from .actions import read_action
from .headings import read_headings
from .outlines import BULLET
from .plan_titles import read_titles
from .shapes import ReadAction, ReadHeading, ReadPlan

#: Of several follow-ups, that of the last sheet or table is the one that holds.
_LAST_SAID = (Field.STATUS, Field.PROGRESS)
_ABOVE = ("ambition", "orientation", "theme", "need", "objective")


def read_plan(source: SourceFile, recognised: Recognised) -> ReadPlan:
    laid = apply(source, recognised)
    actions = _read_actions(source, laid)
    if not actions:
        raise NoAction
    actions = _with_sure_numbers(actions, laid.doubts)
    names = [*(source.tables[table.table].name for table in recognised.tables), source.name]
    titles = read_titles((piece.text for piece in laid.titles), names)
    lists = read_headings(laid.contexts)
    _leave_unused(source, laid, actions, lists)
    return ReadPlan(
        heading=titles.heading,
        dated_text=titles.dated_text,
        dated_on=titles.dated_on,
        first_year=titles.first_year,
        last_year=titles.last_year,
        ambitions=lists[Field.AMBITION],
        themes=lists[Field.THEME],
        needs=lists[Field.NEED],
        objectives=lists[Field.OBJECTIVE],
        actions=tuple(actions),
        leftovers=tuple(laid.leftovers),
        doubts=tuple(laid.doubts),
        titles=tuple(laid.titles),
        roles=laid.roles,
        labels=laid.labels,
    )


def _read_actions(source: SourceFile, laid: Laid) -> list[ReadAction]:
    """One per record, but for those that say again, elsewhere, an action that was read."""
    kept: list[tuple[Record, ReadAction]] = []
    by_title: dict[str, list[int]] = {}
    by_number: dict[str, list[int]] = {}
    for record in laid.records:
        action = read_action(record)
        near = by_title.get(fold(action.title), []) if action.title else by_number.get(action.number_text, [])
        same = next((rank for rank in near if _is_same(action, kept[rank][1])), None)
        if same is not None:
            merged = kept[same][0]
            _merge(source, laid, merged, record)
            kept[same] = (merged, read_action(merged))
        elif not action.title:
            _leave(source, laid, record, "action sans intitulé")
        else:
            by_title.setdefault(fold(action.title), []).append(len(kept))
            by_number.setdefault(action.number_text, []).append(len(kept))
            kept.append((record, action))
            _doubt_of(record, laid)
    return [action for _, action in kept]


def _doubt_of(record: Record, laid: Laid) -> None:
    lines = record.text(Field.TITLE).split("\n")
    if len(lines) > 1 and all(BULLET.match(line) for line in lines if line.strip()):
        reason = "Cette cellule semble contenir plusieurs actions\u00a0: la première en donne l’intitulé."
        laid.doubts.append(Doubt(reason, record.pieces[Field.TITLE][0].spot))


def _leave_unused(
    source: SourceFile,
    laid: Laid,
    actions: list[ReadAction],
    lists: dict[Field, tuple[ReadHeading, ...]],
) -> None:
    """Say what was meant for the plan and that nothing in it took."""
    headings = [one for many in lists.values() for one in many]
    headings += [below for one in headings for below in one.orientations]
    used = {spot for one in headings for spot in one.spots}
    used |= {spot for action in actions for spots in action.cells.values() for spot in spots}
    for spot, role in list(laid.roles.items()):
        if role in (Role.FIELD, Role.BAND) and spot not in used:
            cell = source.tables[spot.table].cells[spot.place]
            name = source.tables[spot.table].name
            laid.leftovers.append(Leftover(name, spot.place, cell.text, "sans suite dans le plan", spot))
            del laid.roles[spot]


def _is_same(one: ReadAction, other: ReadAction) -> bool:
    """Of the same title, or number for want of one, nothing tells them apart."""
    if not one.title and not one.number_text:
        return False
    if one.number_text and other.number_text and one.number_text != other.number_text:
        return False
    pairs = [(getattr(one, name), getattr(other, name)) for name in _ABOVE]
    return all(not here or not there or fold(here) == fold(there) for here, there in pairs)


def _merge(source: SourceFile, laid: Laid, into: Record, record: Record) -> None:
    for kind, piece in record.headings.items():
        into.headings.setdefault(kind, piece)
    for kind, pieces in record.pieces.items():
        for piece in pieces:
            known = into.pieces.get(kind, [])
            if kind == Field.TITLE or any(_says_the_same(kind, one, piece) for one in known):
                _repeat(laid, piece.spot)
            elif known and kind in _LAST_SAID:
                _leave(source, laid, Record({kind: known}), "dit plus tard autrement pour la même action")
                into.pieces[kind] = [piece]
            elif known and kind == Field.PRIORITY:
                kept, left = (known, [piece]) if _has_words(known[0]) else ([piece], known)
                into.pieces[kind] = kept
                _leave(source, laid, Record({kind: left}), "dit autrement ailleurs pour la même action")
            elif known and kind in SINGLE:
                lone = Record({kind: [piece]})
                _leave(source, laid, lone, "dit autrement ailleurs pour la même action")
            else:
                into.add(kind, piece)


def _has_words(piece: Piece) -> bool:
    """« forte » rather than « *** »."""
    return any(letter.isalpha() for letter in piece.text)


def _says_the_same(kind: Field, one: Piece, other: Piece) -> bool:
    if kind == Field.NUMBER:
        return read_number(one.text).code == read_number(other.text).code
    return fold(one.text) == fold(other.text) and (kind != Field.PERIOD or one.title == other.title)


def _repeat(laid: Laid, spot: Spot | None) -> None:
    if spot:
        laid.roles[spot] = Role.REPEAT


def _leave(source: SourceFile, laid: Laid, record: Record, reason: str) -> None:
    for pieces in record.pieces.values():
        for piece in pieces:
            if piece.spot:
                name = source.tables[piece.spot.table].name
                laid.leftovers.append(Leftover(name, piece.spot.place, piece.text, reason, piece.spot))
                laid.roles.pop(piece.spot, None)


def _with_sure_numbers(actions: list[ReadAction], doubts: list[Doubt]) -> list[ReadAction]:
    """A number that two actions bear, in a plan that begins again under each axis, is the number of none."""
    numbers = Counter(action.number for action in actions if action.number is not None)
    if not any(count > 1 for count in numbers.values()):
        return actions
    doubts.append(
        Doubt("Plusieurs actions portent le même numéro\u00a0: elles seront numérotées à la suite.")
    )
    return [replace(action, number=None) for action in actions]
