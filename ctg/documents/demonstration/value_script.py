"""What `fixtures/demonstration-values.toml` says. `year` counts from the year that is being collected."""

import tomllib
from dataclasses import dataclass

from ctg.documents.shapes import read_shape
from indicators.models import Absence, Accrual, Direction, Frequency, Kind, State

from .script import FIXTURES


@dataclass(frozen=True)
class CommonStory:
    """An indicator of the common catalogue."""

    wording: str
    theme: str
    unit: str
    guidance: str = ""


@dataclass(frozen=True)
class Contact:
    organisation: str
    name: str
    email: str


@dataclass(frozen=True)
class DimensionStory:
    name: str
    categories: tuple[str, ...]


@dataclass(frozen=True)
class CampaignStory:
    year: int
    opens: int
    closes: int


@dataclass(frozen=True)
class Baseline:
    value: str
    source: str = ""


@dataclass(frozen=True)
class TargetStory:
    """A target without a `year` is that of the end of the plan."""

    value: str
    year: int | None = None


@dataclass(frozen=True)
class ValueStory:
    """What an organisation answered: `part` is the quarter or the semester, from 1."""

    year: int
    by: str
    part: int = 1
    amount: str = ""
    base: str = ""
    finding: str = ""
    verbatims: str = ""
    absence: Absence | None = None
    comment: str = ""
    portions: tuple[tuple[str, ...], ...] = ()
    state: State = State.VALIDATED
    note: str = ""


@dataclass(frozen=True)
class IndicatorStory:
    """An indicator of the plan that is defined more closely, or a new one if no such wording was voted."""

    wording: str
    actions: tuple[int, ...]
    kind: Kind | None = None
    common: str = ""
    key: bool = False
    unit: str = ""
    numerator: str = ""
    denominator: str = ""
    guidance: str = ""
    exclusions: str = ""
    source: str = ""
    method: str = ""
    keeper: str = ""
    available: str = ""
    frequency: Frequency = Frequency.YEAR
    direction: Direction | None = None
    accrual: Accrual | None = None
    contributors: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    baseline: Baseline | None = None
    targets: tuple[TargetStory, ...] = ()
    without_target: bool = False
    values: tuple[ValueStory, ...] = ()


@dataclass(frozen=True)
class PlanValues:
    file: str
    contacts: tuple[Contact, ...] = ()
    dimensions: tuple[DimensionStory, ...] = ()
    campaigns: tuple[CampaignStory, ...] = ()
    indicators: tuple[IndicatorStory, ...] = ()


@dataclass(frozen=True)
class ValueScript:
    plans: tuple[PlanValues, ...]
    common: tuple[CommonStory, ...] = ()


def read_value_script() -> ValueScript:
    text = (FIXTURES / "demonstration-values.toml").read_text(encoding="utf-8")
    return read_shape(ValueScript, tomllib.loads(text))
