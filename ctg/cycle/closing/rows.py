"""Rows of a package as rows of a model: every value checked, nothing written, relations left for later."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from ctg.intake.tables import Refusal
from partners.models import Change

from .opening import NEWER
from .parts import BY_NAME, PARTS, STORED, Part

#: What a row says beside its columns: its file, and what a line of the history names.
_BESIDE = {"file"}
_IN_HISTORY = {"object", "action", "before", "after"}

WRONG = "Le contenu de ce paquet n’est pas celui d’un plan"

#: What PostgreSQL and UTF-8 cannot hold.
_UNHOLDABLE = {"\x00", *map(chr, range(0xD800, 0xE000))}


@dataclass
class Read:
    """A row that was read: the thing without its relations, what it names by rank, and where its file is."""

    thing: Any
    names: dict[str, Any] = field(default_factory=dict)
    file: dict[str, Any] = field(default_factory=dict)


def read_parts(parts: Any) -> dict[str, list[Read]]:
    """The rows of a package, part by part; raise Refusal when one cannot be."""
    if not isinstance(parts, dict) or parts.keys() - BY_NAME.keys():
        raise Refusal(NEWER)
    gestures: dict[int, uuid.UUID] = {}
    try:
        return {part.name: [_read(part, row, gestures) for row in parts.get(part.name, [])] for part in PARTS}
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError, InvalidOperation) as fault:
        raise Refusal(f"{WRONG}.") from fault


def _read(part: Part, row: dict[str, Any], gestures: dict[int, uuid.UUID]) -> Read:
    lists = {one.name for one in part.lists}
    known = {one.name for one in part.columns} | lists | _BESIDE
    if row.keys() - known - (_IN_HISTORY if part.model is Change else set()):
        raise Refusal(NEWER)
    values = {
        one.attname: _value(one, row[one.name], gestures)
        for one in part.columns
        if not one.is_relation and one.name in row
    }
    thing = part.model(**values)
    named = {one.name for one in part.relations} | lists | _IN_HISTORY
    names = {name: told for name, told in row.items() if name in named}
    _check_holdable(names)
    file = row.get("file", {})
    return Read(thing, names, {"path": str(file["path"]), "sha256": file.get("sha256")} if file else {})


def _value(column: Any, told: Any, gestures: dict[int, uuid.UUID]) -> Any:
    """A value as the model has it; a row that says nothing keeps what is usual."""
    if told is None and column.null:
        return None
    value = _typed(column, told, gestures)
    _check_holdable(value)
    if value not in column.empty_values:
        column.run_validators(value)
    if column.choices and value not in dict(column.flatchoices) and value != "":
        raise ValueError(f"{column} is none of its choices.")
    return value


def _typed(column: Any, told: Any, gestures: dict[int, uuid.UUID]) -> Any:
    match column:
        case models.JSONField():
            return told
        case models.UUIDField():
            return gestures.setdefault(int(told), uuid.uuid4())
        case models.DateTimeField():
            at = dt.datetime.fromisoformat(told)
            return at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at
        case models.DateField():
            return dt.date.fromisoformat(told)
        case models.TimeField():
            return dt.time.fromisoformat(told)
        case models.DecimalField():
            return Decimal(_of_type(told, str))
        case models.BooleanField():
            return _of_type(told, bool)
        case models.IntegerField():
            return _of_type(told, int)
    return _of_type(told, str)


def _of_type(told: Any, kind: type) -> Any:
    if type(told) is not kind:
        raise TypeError(f"{told!r} is no {kind}.")
    return told


def _check_holdable(value: Any) -> None:
    """No text may hold a sign that the database cannot, however deep it stands."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, str) and not _UNHOLDABLE.isdisjoint(one):
            raise ValueError("A text cannot be kept.")


def files_of(rows: dict[str, list[Read]]) -> Iterable[tuple[Read, str, dict[str, Any]]]:
    """Each file that a row names, and the field that keeps it: of the row itself, or of one of its values."""
    for part in PARTS:
        for read in rows[part.name]:
            if read.file:
                yield read, STORED, read.file
            for one in part.columns:
                held = getattr(read.thing, one.attname) if isinstance(one, models.JSONField) else None
                if part.folder and isinstance(held, dict) and "file" in held:
                    yield read, one.attname, held["file"]
