"""What `fixtures/demonstration.toml` says. Each `day`, `due`, `since`… counts the days around the loading."""

import tomllib
from dataclasses import dataclass

from django.conf import settings

from actions.models import Confidence, FactorKind, Status
from ctg.documents.shapes import read_shape
from partners.models import OrganisationKind, Role

FIXTURES = settings.BASE_DIR / "fixtures"


@dataclass(frozen=True)
class Access:
    territory: str
    role: Role
    organisation: str = ""


@dataclass(frozen=True)
class Person:
    key: str
    first_name: str
    last_name: str
    email: str
    administrator: bool = False
    access: tuple[Access, ...] = ()


@dataclass(frozen=True)
class OrganisationStory:
    name: str
    kind: OrganisationKind
    aliases: tuple[str, ...] = ()
    contact_name: str = ""
    contact_email: str = ""


@dataclass(frozen=True)
class Step:
    """What one person did in one gesture: a change of the follow-up, a note, or both."""

    day: int
    by: str
    status: Status | None = None
    reason: str = ""
    confidence: Confidence | None = None
    progress: int | None = None
    calendar: str = ""
    note: str = ""
    private: bool = False


@dataclass(frozen=True)
class MilestoneStory:
    title: str
    due: int
    reached: int | None = None
    owner: str = ""


@dataclass(frozen=True)
class FactorStory:
    """A frein or a levier: the first, the second… `voted` one, or a new one with its `text`."""

    kind: FactorKind
    text: str = ""
    voted: int | None = None
    since: int | None = None
    removed: int | None = None
    handler: str = ""


@dataclass(frozen=True)
class ActionStory:
    number: int
    leads: tuple[str, ...] = ()
    co_leads: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    funders: tuple[str, ...] = ()
    calendar: str = ""
    recurring: bool = False
    late: bool = False
    audiences: str = ""
    municipalities: str = ""
    elected_lead: str = ""
    steps: tuple[Step, ...] = ()
    milestones: tuple[MilestoneStory, ...] = ()
    factors: tuple[FactorStory, ...] = ()


@dataclass(frozen=True)
class PlanStory:
    file: str
    days_old: int
    coordinator: str
    actions: tuple[ActionStory, ...]
    first_year: str = ""
    last_year: str = ""
    organisations: tuple[OrganisationStory, ...] = ()


@dataclass(frozen=True)
class Script:
    people: tuple[Person, ...]
    plans: tuple[PlanStory, ...]


def read_script() -> Script:
    text = (FIXTURES / "demonstration.toml").read_text(encoding="utf-8")
    return read_shape(Script, tomllib.loads(text))
