"""How the page of a definition is laid out: its parts, and what each kind asks."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from django import forms

from ..models import Kind
from .rules import usual_rules

NUMBERS = tuple(kind for kind in Kind if kind.has_number)


class Block(NamedTuple):
    """Fields that stand together, for some kinds or for all; titled when only they would tell for which."""

    names: Sequence[str]
    kinds: Collection[Kind] = tuple(Kind)
    title: str = ""
    has_usual_rules: bool = False
    is_row: bool = False


DEFINITION = {
    "Ce que l’on mesure": (
        Block(("wording", "kind", "is_key")),
        Block(("unit",), (Kind.COUNT, Kind.AMOUNT, Kind.DURATION)),
        Block(("numerator_label", "denominator_label"), (Kind.SHARE,), "Pour une part"),
        Block(("scale_min", "scale_max"), (Kind.SCALE,), "Pour une note", is_row=True),
    ),
    "Ce qu’il faut compter": (
        Block(("guidance", "exclusions", "source", "method")),
        Block(("keeper", "available"), is_row=True),
    ),
    "Qui le saisit, et quand": (Block(("contributors", "frequency")),),
    "Comment les valeurs se réunissent": (Block(("gathering", "accrual"), NUMBERS, has_usual_rules=True),),
    "D’où l’on part, où l’on va": (
        Block(("baseline", "baseline_on"), NUMBERS, is_row=True),
        Block(("baseline_source", "direction"), NUMBERS),
        Block(("targets", "is_without_target"), (*NUMBERS, Kind.DELIVERABLE)),
    ),
    "Ventilation": (Block(("first_dimension", "second_dimension"), is_row=True),),
    "Dans les catalogues": (Block(("common",)),),
    "Motif": (Block(("reason",)),),
}


class Hint(NamedTuple):
    """A sentence for one kind; the page hides it for the others."""

    sentence: str
    hidden_for: str


class ShownBlock(NamedTuple):
    title: str
    is_row: bool
    fields: list[forms.BoundField]
    hints: list[Hint]
    hidden_for: str


class ShownPart(NamedTuple):
    title: str
    blocks: list[ShownBlock]


def laid_out(form: forms.BaseForm) -> list[ShownPart]:
    """The parts of the page, with those of their fields that the form has."""
    parts = [
        ShownPart(title, [_shown(form, block) for block in blocks]) for title, blocks in DEFINITION.items()
    ]
    return [part for part in parts if any(block.fields for block in part.blocks)]


def _shown(form: forms.BaseForm, block: Block) -> ShownBlock:
    hints = (
        [Hint(usual_rules(kind), _all_but((kind,))) for kind in block.kinds] if block.has_usual_rules else []
    )
    fields = [form[name] for name in block.names if name in form.fields]
    # A titled block waits until its kind is chosen; « none » is how js/definition.js calls no choice yet.
    hidden_for = f"{_all_but(block.kinds)} none" if block.title else _all_but(block.kinds)
    return ShownBlock(block.title, block.is_row, fields, hints, hidden_for)


def _all_but(kinds: Collection[Kind]) -> str:
    return " ".join(kind.value for kind in Kind if kind not in kinds)
