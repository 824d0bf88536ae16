"""`contenu.json`: everything that a plan holds, in words of no installation.

Rows are named by their rank in their part, from 1 on; what is usual is left out. Written again from what
it was loaded into, the text is the same, and so is its digest: whatever is added here must keep that true.
"""

import datetime as dt
import re
import uuid
from decimal import Decimal
from typing import Any

from django.db import models

from actions.models import Plan
from ctg.reviews.facts.canonical import canonical_json, digest_of
from ctg.web.numbers import plain_decimal
from partners.models import Change

from .bundled import Bundled, Bundling
from .gathering import Rows, gather
from .names import renamed
from .parts import PARTS, STORED, Part

FORMAT = "plan-ctg/contenu"

#: Read by those of the same number; a package of a greater one is refused.
VERSION = 1

#: An account without a name signs by its address, which does not leave this installation.
_ADDRESS = re.compile(r"[^\s,;<>()]+@[^\s,;<>()]+")
UNNAMED = "compte sans nom"


class Content:
    """The content of one plan; `files` are those that it names."""

    def __init__(self, rows: Rows) -> None:
        self._numbers: dict[type[models.Model], dict[int, int]] = {
            part.model: {thing.pk: rank for rank, thing in enumerate(rows[part.name], 1)} for part in PARTS
        }
        self._gestures: dict[uuid.UUID, int] = {}
        self._bundling = Bundling()
        parts = {part.name: self._write_part(part, rows[part.name]) for part in PARTS}
        self.text = canonical_json({"format": FORMAT, "version": VERSION, "parts": parts})
        self.sha256 = digest_of(self.text)
        self.counts = {name: len(written) for name, written in parts.items()}

    @property
    def files(self) -> list[Bundled]:
        return self._bundling.files

    @property
    def lost(self) -> list[str]:
        return self._bundling.lost

    def _write_part(self, part: Part, things: list[Any]) -> list[dict[str, Any]]:
        rows = [self._write_row(part, thing, rank) for rank, thing in enumerate(things, 1)]
        for field in part.lists:
            for pk, numbers in self._members(field, things).items():
                rows[self._numbers[part.model][pk] - 1][field.name] = sorted(numbers)
        return rows

    def _write_row(self, part: Part, thing: Any, rank: int) -> dict[str, Any]:
        row = {}
        for field in part.columns:
            value = getattr(thing, field.attname)
            if not is_usual(field, value):
                row[field.name] = self._plain(part, field, value)
        if stored_as := getattr(thing, STORED, ""):
            name = str(getattr(thing, part.named_by))
            row["file"] = self._bundling.add(part, rank, name, stored_as, thing.media_type)
        if isinstance(thing, Change):
            row |= self._names_in(thing)
        return row

    def _plain(self, part: Part, field: Any, value: Any) -> Any:
        """A value as JSON has it, the same whatever the database."""
        if field.is_relation:
            return self._numbers[field.related_model][value]
        match value:
            case dt.datetime():
                return value.astimezone(dt.UTC).isoformat()
            case dt.date() | dt.time():
                return value.isoformat()
            case Decimal():
                return plain_decimal(value)
            case uuid.UUID():
                return self._gestures.setdefault(value, len(self._gestures) + 1)
            case {"stored_as": stored_as, "media_type": media_type, **told}:
                file = self._bundling.add(part, 0, field.name, stored_as, media_type)
                return {"media_type": media_type, "file": file, **told}
            case str() if field.name.endswith("_label"):
                return _ADDRESS.sub(UNNAMED, value)
        return value

    def _members(self, field: Any, things: list[Any]) -> dict[int, list[int]]:
        """The numbers of what is in a list of each row that has some."""
        own, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        pairs = field.remote_field.through._base_manager.filter(**{f"{own}__in": [one.pk for one in things]})
        found: dict[int, list[int]] = {}
        for pk, member in pairs.values_list(own, other):
            found.setdefault(pk, []).append(self._numbers[field.related_model][member])
        return found

    def _names_in(self, change: Change) -> dict[str, Any]:
        """What a line of the history names, and the values that it tells."""
        models_by_kind = {model._meta.model_name: numbers for model, numbers in self._numbers.items()}
        told = {
            "object": models_by_kind.get(change.kind, {}).get(change.object_id),
            "action": models_by_kind["action"].get(change.action_id or 0),
            "before": renamed(change.kind, change.field, change.before, self._number),
            "after": renamed(change.kind, change.field, change.after, self._number),
        }
        return {name: value for name, value in told.items() if value is not None}

    def _number(self, model: type[models.Model], key: int) -> int | None:
        return self._numbers.get(model, {}).get(key)


def is_usual(field: Any, value: Any) -> bool:
    """Whether a value is what a row has when nobody said otherwise: it is left out, and comes back by itself.

    So a field that is added later changes nothing of the contents that do not use it.
    """
    if isinstance(field, models.UUIDField):
        return False
    usual = field.get_default()
    # False is no zero, and nothing is no empty text.
    kinds = {(one is None, isinstance(one, bool)) for one in (value, usual)}
    return bool(value == usual) and len(kinds) == 1


def content_of(plan: Plan) -> Content:
    """All of a plan whose door was passed."""
    return Content(gather(plan))
