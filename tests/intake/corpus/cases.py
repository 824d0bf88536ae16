"""A file of the corpus and what must come out of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ctg.intake.tables import SourceFile


@dataclass(frozen=True)
class Expected:
    """`actions` hold the fields that are told; the counts of leftovers and the lists are whole."""

    actions: list[dict[str, Any]]
    themes: list[str] = field(default_factory=list)
    ambitions: list[str] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    plan: dict[str, Any] = field(default_factory=dict)


CASES: dict[str, Callable[[], tuple[SourceFile, Expected]]] = {}


def case(make):
    CASES[make.__name__] = make
    return make
