"""Read what a TOML file holds into frozen dataclasses, and name the place of whatever does not fit.

A key that the dataclass does not know is refused: a typing mistake must not pass for an empty field.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from ctg.web.text import clean

T = TypeVar("T")

EXPECTED = {str: "un texte", int: "un nombre entier", bool: "true ou false", dt.date: "une date"}


class ShapeError(Exception):
    """The message says where, and what was expected there."""


def read_shape(shape: type[T], raw: object, where: str = "") -> T:
    """Build a `shape` whose fields are texts, numbers, dates, choices, shapes, or tuples of these."""
    if not isinstance(raw, Mapping):
        raise ShapeError(f"{where} : une table est attendue.")
    hints = get_type_hints(shape)
    needed = [
        field.name
        for field in fields(shape)  # type: ignore[arg-type]
        if field.default is MISSING and field.default_factory is MISSING
    ]
    for name in raw:
        if name not in hints:
            raise ShapeError(f"{_inside(where, name)} : clé inconnue.")
    for name in needed:
        if name not in raw:
            raise ShapeError(f"{_inside(where, name)} : clé absente.")
    return shape(**{name: _read(hints[name], value, _inside(where, name)) for name, value in raw.items()})


def _read(hint: Any, value: Any, where: str) -> Any:
    if get_origin(hint) is UnionType:  # TOML leaves out what is None.
        hint = get_args(hint)[0]
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise ShapeError(f"{where} : une liste est attendue.")
        item = get_args(hint)[0]
        return tuple(_read(item, one, f"{where}[{rank}]") for rank, one in enumerate(value, start=1))
    if is_dataclass(hint):
        return read_shape(hint, value, where)  # type: ignore[arg-type]
    if issubclass(hint, Enum):
        return _choose(hint, value, where)
    if type(value) is not hint:  # `True` would pass for a number.
        raise ShapeError(f"{where} : « {value} » n’est pas {EXPECTED[hint]}.")
    return clean(value) if hint is str else value


def _choose(choices: type[Enum], value: Any, where: str) -> Enum:
    try:
        return choices(value)
    except ValueError:
        known = ", ".join(str(choice.value) for choice in choices)
        raise ShapeError(f"{where} : « {value} » n’est pas l’un de {known}.") from None


def _inside(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
