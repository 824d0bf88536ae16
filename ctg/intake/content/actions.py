"""One action, from the pieces that the layout gives it."""

import re
from collections.abc import Iterable
from dataclasses import replace

from ctg.web.outline import tidy

from ..layout import Field, Piece, Record, Spot
from ..layout.matching import JOIN
from ..layout.matrices import part_of
from ..layout.numbering import Numbered, read_number
from ..layout.sections import Section
from .headings import heading_title
from .marks import is_mark, is_no_mark
from .outlines import read_action_cell
from .periods import calendar_of
from .shapes import ReadAction
from .shares import with_shares

#: The texts under a heading of their own, by the part of the file that they come from.
_OUTLINES = {
    Field.PURPOSE: "purpose",
    Field.OBJECTIVE: "purpose",
    Field.CONTENT: "content",
    Field.METHODS: "methods",
    Field.EFFECTS: "effects",
}
#: The texts that are kept as they are.
_TEXTS = {
    Field.PRIORITY: "priority_text",
    Field.AUDIENCES: "audiences",
    Field.MUNICIPALITIES: "municipalities",
    Field.FACTORS: "factors_text",
    Field.BRAKES: "brakes_text",
    Field.LEVERS: "levers_text",
    Field.ORGANISATIONS: "organisations_text",
    Field.LEADS: "leads_text",
    Field.CO_LEADS: "co_leads_text",
    Field.PARTNERS: "partners_text",
    Field.FUNDERS: "funders_text",
    Field.ELECTED_LEAD: "elected_lead",
    Field.INDICATORS: "indicators_text",
    Field.QUANTITATIVE: "quantitative_text",
    Field.QUALITATIVE: "qualitative_text",
    Field.TARGET: "target_text",
    Field.BUDGET: "budget_text",
    Field.RESOURCES: "resources_text",
    Field.STATUS: "status_text",
    Field.PROGRESS: "progress_text",
    Field.NOTES: "notes_text",
    Field.CALENDAR: "calendar_text",
}
_ABOVE = {
    kind: kind.value for kind in (Field.AMBITION, Field.ORIENTATION, Field.THEME, Field.NEED, Field.OBJECTIVE)
}
_LONGEST_LABEL = 100


def read_action(record: Record) -> ReadAction:
    """The title is blank when the file gives none."""
    numbered, sections = _read_title(record)
    texts: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    for section in sections:
        kind = section.field or Field.CONTENT
        name = _OUTLINES.get(kind) or _TEXTS.get(kind, "content")
        _say(texts, labels, name, section.label, section.text)
    for kind, pieces in _with_parts(record).items():
        name = _OUTLINES.get(kind, "")
        for piece in pieces if name else ():
            _say(texts, labels, name, _label(piece), piece.text)
        if not name and kind in _TEXTS and kind != Field.CALENDAR:
            texts.setdefault(_TEXTS[kind], []).extend(_once_said(pieces))
    if calendar := calendar_of(record):
        texts.setdefault("calendar_text", []).append(calendar)
    above = {
        name: heading_title(kind, record.headings[kind])
        for kind, name in _ABOVE.items()
        if kind in record.headings
    }
    outlines = set(_OUTLINES.values())
    return ReadAction(
        title=numbered.title,
        number=numbered.number,
        number_text=numbered.code,
        **above,
        **{f"{name}_label": label for name, label in labels.items()},
        **{
            name: tidy("\n".join(said)) if name in outlines else "\n".join(said)
            for name, said in texts.items()
        },
        cells=_cells(record),
    )


def _with_parts(record: Record) -> dict[Field, list[Piece]]:
    """The pieces by field, where a mark under the name of an organisation is that name, in its part."""
    pieces = dict(record.pieces)
    named = [piece for piece in pieces.get(Field.ORGANISATIONS, ()) if piece.title]
    if named and all(part_of(piece.text) for piece in named):
        del pieces[Field.ORGANISATIONS]
        for piece in named:
            part = part_of(piece.text) or Field.PARTNERS
            pieces[part] = [*pieces.get(part, ()), replace(piece, text=_label(piece), title="")]
    with_shares(pieces)
    return pieces


def _read_title(record: Record) -> tuple[Numbered, tuple[Section, ...]]:
    """The number may stand in its own cell, before the title, or in both."""
    cell = read_action_cell(record.text(Field.TITLE))
    said = read_number(record.text(Field.NUMBER)) if Field.NUMBER in record.pieces else Numbered("")
    if said.code and cell.numbered.code not in ("", said.code):
        cell = read_action_cell(record.text(Field.TITLE), is_numbered=False)
    code = said.code or cell.numbered.code
    if not cell.numbered.title:
        return Numbered(said.title, code), cell.sections
    beside = [Section(Field.CONTENT, "", said.title)] if said.title else []
    return Numbered(cell.numbered.title, code), (*beside, *cell.sections)


def _say(texts: dict[str, list[str]], labels: dict[str, str], name: str, label: str, text: str) -> None:
    """A second part of the same field keeps its label above its text."""
    if name in _OUTLINES.values():
        if name not in texts and label:
            labels[name] = label[:_LONGEST_LABEL]
        elif label and label != labels.get(name):
            text = f"{label} :\n{text}" if "\n" in text else f"{label} : {text}"
    texts.setdefault(name, []).append(text)


def _label(piece: Piece) -> str:
    return piece.title.rsplit(JOIN, 1)[-1].rstrip(": ").strip()


def _once_said(pieces: Iterable[Piece]) -> list[str]:
    """The texts of one field; with the title of their column where columns that share it are told apart."""
    by_title = dict.fromkeys(piece.title for piece in pieces)
    pieces = list(pieces)
    is_ticked = all(JOIN in piece.title or len(by_title) > 1 for piece in pieces)
    if is_ticked and all(is_mark(piece.text) or is_no_mark(piece.text) for piece in pieces):
        return [", ".join(_label(piece) for piece in pieces if is_mark(piece.text))]
    if len(by_title) <= 1:
        return [_number(piece) for piece in pieces]
    return [f"{_label(piece)} : {_number(piece)}" for piece in pieces]


def _number(piece: Piece) -> str:
    return re.sub(r"\.0$", "", piece.text) if piece.is_number else piece.text


def _cells(record: Record) -> dict[Field, tuple[Spot, ...]]:
    cells = {
        kind: [spot for piece in pieces for spot in (piece.spot, *piece.beside)]
        for kind, pieces in record.pieces.items()
    }
    for kind, piece in record.headings.items():
        cells.setdefault(kind, []).extend([piece.spot, *piece.beside])
    return {kind: tuple(dict.fromkeys(spot for spot in spots if spot)) for kind, spots in cells.items()}
