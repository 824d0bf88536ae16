"""What `fixtures/demonstration-fields.toml` says: the fields that a plan adds, and its budget."""

import tomllib
from dataclasses import dataclass

from actions.models import FieldKind, FilledBy
from ctg.documents.shapes import read_shape

from .script import FIXTURES


@dataclass(frozen=True)
class AnswerStory:
    """The same value for several actions; « oui » or « non » for a field of that kind."""

    value: str
    actions: tuple[int, ...]


@dataclass(frozen=True)
class FieldStory:
    label: str
    kind: FieldKind
    answers: tuple[AnswerStory, ...]
    kept_by: FilledBy = FilledBy.COORDINATION
    choices: tuple[str, ...] = ()
    help_text: str = ""


@dataclass(frozen=True)
class LineStory:
    """`year` counts from the year of the loading."""

    action: int
    year: int
    funder: str = ""
    nature: str = ""
    planned: int | None = None
    actual: int | None = None
    comment: str = ""


@dataclass(frozen=True)
class PlanFields:
    file: str
    fields: tuple[FieldStory, ...]
    budget: tuple[LineStory, ...]


@dataclass(frozen=True)
class FieldScript:
    plans: tuple[PlanFields, ...]


def read_field_script() -> FieldScript:
    text = (FIXTURES / "demonstration-fields.toml").read_text(encoding="utf-8")
    return read_shape(FieldScript, tomllib.loads(text))
