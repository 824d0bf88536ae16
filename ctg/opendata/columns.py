"""A column of what is published: how it is called, what it means, what may be in it.

The files, the JSON, their schema and their dictionary all follow from the columns: none can say otherwise.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Any

#: What a cell may hold before a format writes it.
Cell = str | int | bool | Decimal | dt.date | Sequence[str] | Sequence[int] | None

#: Between the items of a list, in a file of one text per cell.
SEPARATOR = " | "
YES, NO = "oui", "non"

REQUIRED = {"required": True}
UNIQUE = REQUIRED | {"unique": True}


class Type(StrEnum):
    """The types of a Table Schema; a list, which it lacks, is written as a text."""

    TEXT = "string"
    LIST = "list"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    YEAR = "year"
    BOOLEAN = "boolean"

    @property
    def in_words(self) -> str:
        return _IN_WORDS[self]

    @property
    def schema(self) -> dict[str, Any]:
        """How a Table Schema says the type, with the way in which our files write it."""
        return {"type": self.value} | _WRITTEN.get(self, {})


_IN_WORDS = {
    Type.TEXT: "texte",
    Type.LIST: f"liste, séparée par «\u00a0{SEPARATOR.strip()}\u00a0»",
    Type.INTEGER: "nombre entier",
    Type.NUMBER: "nombre, virgule décimale",
    Type.DATE: "date, JJ/MM/AAAA",
    Type.YEAR: "année",
    Type.BOOLEAN: f"{YES} ou {NO}",
}
_WRITTEN: dict[Type, dict[str, Any]] = {
    Type.LIST: {"type": "string"},
    Type.NUMBER: {"decimalChar": ","},
    Type.DATE: {"format": "%d/%m/%Y"},
    Type.BOOLEAN: {"trueValues": [YES], "falseValues": [NO]},
}


@dataclass(frozen=True)
class Column:
    name: str
    title: str
    description: str
    type: Type
    #: What the column holds of a row.
    read: Callable[[Any], Cell]
    constraints: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_required(self) -> bool:
        return bool(self.constraints.get("required"))

    @property
    def choices(self) -> Sequence[str]:
        found: Sequence[str] = self.constraints.get("enum", ())
        return found

    @property
    def schema(self) -> dict[str, Any]:
        """The column as a field of a Table Schema."""
        said = {"name": self.name, "title": self.title, "description": self.description} | self.type.schema
        return said | ({"constraints": dict(self.constraints)} if self.constraints else {})


def column(field: str, name: str, title: str, kind: Type, description: str, **constraints: Any) -> Column:
    """A column read from the field of a row."""
    read: attrgetter[Cell] = attrgetter(field)
    return Column(name, title, description, kind, read, constraints)


@dataclass(frozen=True)
class Table:
    """A file of rows; `name` names the file, the list in the JSON and the part of the interface."""

    name: str
    title: str
    description: str
    columns: Sequence[Column]
    primary_key: Sequence[str] = ()
    #: The column that names a row of another table: « action » → « actions », « numero ».
    foreign_keys: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def schema(self) -> dict[str, Any]:
        said: dict[str, Any] = {"fields": [column.schema for column in self.columns], "missingValues": [""]}
        if self.primary_key:
            said["primaryKey"] = list(self.primary_key)
        if self.foreign_keys:
            said["foreignKeys"] = [
                {"fields": name, "reference": {"resource": table, "fields": theirs}}
                for name, (table, theirs) in self.foreign_keys.items()
            ]
        return said
