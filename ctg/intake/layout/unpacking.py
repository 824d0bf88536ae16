"""Cells that hold more than one thing of a plan: parts under their own labels, several actions in a list."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ctg.web.text import fold

from .fields import HEADINGS, Field
from .guessing import begins_with_infinitive
from .matching import best_score
from .matrices import part_of
from .sections import Section, split_sections
from .shapes import Doubt, Laid, Piece, Record
from .statuses import says_status

_ITEM = re.compile(r"^\s*(?:[•●·‣○◦▪■➢►✓*–—-]\s*|\d{1,2}\s*[.)/-]\s*|[a-z]\)\s*)(?=\S)")
_PART = re.compile(r"^\s*(?P<mark>[A-Za-z]{1,2})[\s\u00a0]*[:=][\s\u00a0]*(?P<rest>\S.*?)\s*$")
_ACTIONS = re.compile(r"\bactions\b")
_LONGEST_TITLE = 150
#: Columns whose cells may be small documents; the other ones hold names, numbers or lists.
_PACKED = (
    *(Field.CONTENT, Field.METHODS, Field.PURPOSE, Field.EFFECTS, Field.STATUS, Field.NOTES),
    *(Field.CALENDAR, Field.BUDGET, Field.RESOURCES, Field.AUDIENCES, Field.OBJECTIVE, Field.NEED),
)
#: What no line inside a cell can open.
_NOT_INSIDE = frozenset({Field.NUMBER, Field.TITLE, Field.PERIOD, Field.IMPACTS})
#: How well a label alone in its cell must be known.
_SURE = 0.9
SEVERAL = (
    "Cette cellule contient une liste d’actions\u00a0: chacune est lue à part, et ce que dit le reste de "
    "la ligne vaut pour toutes."
)


def unpack(laid: Laid) -> None:
    """Give each part of a cell to its field, and each action of a list its own record."""
    laid.records = [one for record in laid.records for one in _actions(laid, record)]
    for record in laid.records:
        for kind in _PACKED:
            if kind in record.pieces:
                _unpack_pieces(laid, record, kind)
        _take_need(laid, record)
        _take_parts(laid, record)


def _actions(laid: Laid, record: Record) -> Iterable[Record]:
    titles = record.pieces.get(Field.TITLE, [])
    lines = [line for line in titles[0].text.split("\n") if line.strip()] if len(titles) == 1 else []
    items = [_ITEM.sub("", line).strip() for line in lines]
    are_items = len(lines) > 1 and all(_ITEM.match(line) for line in lines)
    are_told = sum(map(begins_with_infinitive, items)) >= 0.6 * len(items)
    if not are_items or not (are_told or _lists_actions(record, items)):
        return [record]
    laid.doubts.append(Doubt(SEVERAL, titles[0].spot))
    return [
        Record(record.pieces | {Field.TITLE: [replace(titles[0], text=item)]}, dict(record.headings))
        for item in items
    ]


def _lists_actions(record: Record, items: list[str]) -> bool:
    """Under « Actions », short texts without a number that would make them one."""
    says_several = _ACTIONS.search(fold(record.pieces[Field.TITLE][0].title))
    are_short = all(0 < len(item) <= _LONGEST_TITLE for item in items)
    return bool(says_several) and are_short and Field.NUMBER not in record.pieces


def _unpack_pieces(laid: Laid, record: Record, kind: Field) -> None:
    kept: list[Piece] = []
    for piece in record.pieces.pop(kind):
        sections = split_sections(piece.text)
        if not _is_packed(sections) or any(_is_said_by_label(kind, section) for section in sections):
            kept.append(piece)
            continue
        for own, part in _parts(sections, piece, kind):
            if own in HEADINGS:
                _head(laid, record, own, part)
            else:
                (kept if own == kind else record.pieces.setdefault(own, [])).append(part)
    if kept:
        record.pieces[kind] = kept


def _is_packed(sections: list[Section]) -> bool:
    """Whether a cell is nothing but labels and their texts."""
    named = [section.field for section in sections]
    # « Échéance dépassée : … » is a remark, not a calendar.
    is_sure = len(sections) > 1 or (bool(sections) and best_score(sections[0].label) >= _SURE)
    return all(named) and is_sure and not _NOT_INSIDE.intersection(named)


def _is_said_by_label(kind: Field, section: Section) -> bool:
    """« En cours : 7 rencontres » in a status, « État : 15 000 € » in a budget: a text, not a part of one."""
    if kind == Field.STATUS:
        return section.field == Field.STATUS and says_status(section.label)
    return kind == Field.BUDGET and section.field == Field.STATUS and "€" in section.text


def _parts(sections: list[Section], piece: Piece, kind: Field) -> Iterator[tuple[Field, Piece]]:
    for section in sections:
        if section.text.strip():
            yield section.field or kind, replace(piece, text=section.text.strip(), title=section.label)


def _take_need(laid: Laid, record: Record) -> None:
    """« Constat : … » under the title of an action is the need that it meets."""
    for rank, piece in enumerate(record.pieces.get(Field.TITLE, ())):
        sections = split_sections(piece.text)
        needs = [one for one in sections if one.field == Field.NEED and one.text.strip()]
        if len(needs) != 1 or Field.NEED in record.headings or sections[0].field not in (None, Field.TITLE):
            continue
        rest = [one for one in sections if one is not needs[0]]
        text = "\n".join(f"{one.label} : {one.text}" if one.label else one.text for one in rest)
        record.pieces[Field.TITLE][rank] = replace(piece, text=text)
        _head(laid, record, Field.NEED, replace(piece, text=needs[0].text.strip()))


def _take_parts(laid: Laid, record: Record) -> None:
    """« P : CCAS », then « A : Caf, MSA »: a letter says the part of each line."""
    kept: list[Piece] = []
    for piece in record.pieces.pop(Field.ORGANISATIONS, []):
        lines = [_PART.match(line) for line in piece.text.split("\n") if line.strip()]
        parts = [(part_of(line["mark"]), line["rest"]) for line in lines if line]
        if len(parts) < len(lines) or not all(part for part, _ in parts):
            kept.append(piece)
            continue
        for part, rest in parts:
            record.pieces.setdefault(part or Field.PARTNERS, []).append(replace(piece, text=rest))
        if piece.spot:
            laid.labels[piece.spot] = " ".join(line["mark"] for line in lines if line)
    if kept:
        record.pieces[Field.ORGANISATIONS] = kept


def _head(laid: Laid, record: Record, level: Field, piece: Piece) -> None:
    record.headings[level] = piece
    laid.contexts.append(dict(record.headings))
