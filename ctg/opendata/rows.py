"""What is published of a plan, as frozen rows: they have no place for anything about a person."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Publication(StrEnum):
    """What became of the figure of a year; the value is what the files say."""

    PUBLISHED = "publiée"
    MASKED = "masquée"
    TO_VALIDATE = "à valider"
    ABSENT = "absente"
    TO_COME = "à venir"
    APART = "non réunie"


@dataclass(frozen=True)
class PlanRow:
    title: str
    territory: str
    first_year: int | None
    last_year: int | None
    read_on: dt.date


@dataclass(frozen=True)
class ActionRow:
    number: int
    title: str
    ambition: str
    orientation: str
    theme: str
    purpose: str
    status: str
    calendar: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    precision: str
    is_recurring: bool
    progress: int | None
    leads: Sequence[str]
    #: The kind of each of `leads`, in the same order.
    lead_kinds: Sequence[str]
    audiences: str
    municipalities: str


@dataclass(frozen=True)
class MilestoneRow:
    action: int
    title: str
    due_on: dt.date | None
    reached_on: dt.date | None


@dataclass(frozen=True)
class IndicatorRow:
    key: int
    wording: str
    actions: Sequence[int]
    kind: str
    unit: str
    numerator_label: str
    denominator_label: str
    rule: str
    direction: str
    frequency: str
    is_key: bool
    last_target: Decimal | None
    last_target_upper: Decimal | None


@dataclass(frozen=True)
class FigureRow:
    """The figure of one indicator and one year; its numbers are there only when it is published."""

    indicator: int
    wording: str
    year: int
    publication: Publication
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    done_on: dt.date | None
    target: Decimal | None
    target_upper: Decimal | None
    included: int
    expected: int
    is_complete: bool


@dataclass(frozen=True)
class OpenData:
    plan: PlanRow
    actions: Sequence[ActionRow]
    milestones: Sequence[MilestoneRow]
    indicators: Sequence[IndicatorRow]
    figures: Sequence[FigureRow]
