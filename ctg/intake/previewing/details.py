"""What a report in JSON says of each action, and of each cell: where it went, and what it became."""

from collections.abc import Iterator, Mapping
from typing import Any

from actions.calendar_reading import read_period
from actions.models import Part
from actions.models.action import PARTS
from ctg.intake.content import ReadAction, ReadPlan
from ctg.intake.layout import Role, Spot
from ctg.intake.previewing.outcome import Outcome
from ctg.intake.previewing.preview import Preview
from ctg.intake.previewing.telling import Line, lines_of
from ctg.intake.tables import SourceFile

HEADINGS = ("ambition", "orientation", "theme", "need", "objective")
TEXTS = ("purpose", "content", "methods", "effects", "audiences", "municipalities", "elected_lead")
#: What a cell is that no action holds.
_ROLES = {
    Role.FIELD: "lu",
    Role.HEADER: "titre de colonne",
    Role.TITLE: "titre du document",
    Role.BAND: "titre d’une rubrique",
    Role.HELP: "aide à la saisie",
    Role.REPEAT: "répétition",
}


def actions_in_detail(preview: Preview, outcome: Outcome) -> list[dict[str, Any]]:
    """All that each action would hold; headings by their title, the cells where it was read by field."""
    return [_action(preview.source, line) for line in lines_of(preview, outcome)]


def _action(source: SourceFile, line: Line) -> dict[str, Any]:
    read, entry, cut = line.action, line.entry, line.cut
    period = read_period(entry.calendar_text) if entry.calendar_text else None
    return {
        "number": read.number,
        "title": read.title,
        "text": read.number_text,
        "fate": line.fate.name.lower(),
        **{name: getattr(read, name) for name in HEADINGS},
        **{name: getattr(entry, name) for name in TEXTS},
        **{name: _names(line, part) for name, part in PARTS.items()},
        "calendar": {
            "text": read.calendar_text,
            "starts_on": period and period.starts_on and period.starts_on.isoformat(),
            "ends_on": period and period.ends_on and period.ends_on.isoformat(),
        },
        "status": {"text": read.status_text, "value": entry.status},
        "priority": {"text": read.priority_text, "value": entry.priority},
        "progress": {"text": read.progress_text, "value": entry.progress},
        "indicators": [{"wording": one.wording, "kind": str(one.kind)} for one in cut.indicators],
        "factors": [{"text": one.text, "kind": str(one.kind or "")} for one in cut.factors],
        "budget": read.budget_text,
        "notes": list(entry.notes),
        "cells": {kind.value: [_where(source, spot) for spot in spots] for kind, spots in read.cells.items()},
    }


def _names(line: Line, part: Part) -> list[str]:
    return [one.organisation.name for one in line.cut.parts if one.part == part]


def _where(source: SourceFile, spot: Spot) -> str:
    return f"{source.tables[spot.table].name}!{spot.place}"


def cells_in_detail(preview: Preview) -> list[dict[str, str]]:
    """Every cell of the file in order, with what it became; nothing else than its text is repeated."""
    read, source = preview.read, preview.source
    became: dict[Spot, list[str]] = {}
    for action in read.actions:
        for spot, words in _uses(action):
            became.setdefault(spot, []).append(words)
    for one in read.leftovers:
        became.setdefault(one.spot, []).append(f"sans place\u00a0: {one.reason}")
    return [
        {
            "sheet": table.name,
            "cell": str(place),
            "text": cell.text,
            "became": _told(became, read, Spot(rank, place)),
        }
        for rank, table in enumerate(source.tables)
        for place, cell in table.cells.items()
    ]


def _uses(action: ReadAction) -> Iterator[tuple[Spot, str]]:
    name = f"action {action.number_text or action.title[:60]}"
    for kind, spots in action.cells.items():
        for spot in spots:
            yield spot, f"{name}\u00a0: {kind.label}"


def _told(became: Mapping[Spot, list[str]], read: ReadPlan, spot: Spot) -> str:
    words = became.get(spot)
    if words:
        return "\u00a0; ".join(dict.fromkeys(words))
    return _ROLES[read.roles[spot]] if spot in read.roles else ""
