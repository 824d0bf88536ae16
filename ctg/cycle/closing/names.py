"""What the values of the history name: rows of other parts, by their keys.

The history stands below the models that it tells of, and knows no foreign key: here is where each
tracked field leads.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from actions.models import Action
from actions.models.action import PARTS as PARTS_OF_ACTION
from indicators.models import Category, Measurement
from partners.models import Change, Organisation

from .parts import PARTS

MODEL_OF = {part.model._meta.model_name: part.model for part in PARTS}

#: Finds the number of a key, or the key of a number; None for what is not there.
Finder = Callable[[type[models.Model], int], int | None]


def target_of(kind: str, field: str) -> type[models.Model] | None:
    """The model whose keys a tracked field holds, alone or as a list."""
    model = MODEL_OF.get(kind)
    if model is None:
        return None
    if model is Action and field in PARTS_OF_ACTION:
        return Organisation
    if model is Measurement and field == "portions":
        return Category
    try:
        found = model._meta.get_field(field)
    except FieldDoesNotExist:
        return None
    return found.related_model if found.is_relation and not found.auto_created else None


def renamed(kind: str, field: str, value: Any, find: Finder) -> Any:
    """A value of the history with each key replaced; what names nothing any more leaves a list."""
    target = target_of(kind, field)
    if target is None or value is None:
        return value
    if not isinstance(value, list):
        return find(target, value)
    if target is Category:
        return [[*(key and find(target, key) for key in row[:2]), *row[2:]] for row in value]
    return [found for key in value if (found := find(target, key)) is not None]


def named_in_history(change: Change) -> Iterator[tuple[type[models.Model], int]]:
    found: list[tuple[type[models.Model], int]] = []

    def note(model: type[models.Model], key: int) -> int:
        found.append((model, key))
        return key

    for value in (change.before, change.after):
        renamed(change.kind, change.field, value, note)
    return iter(found)
