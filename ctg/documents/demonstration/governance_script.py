"""What `fixtures/demonstration-governance.toml` says; each `day`, `due`… counts days around the loading."""

import tomllib
from dataclasses import dataclass

from actions.models import AttachmentKind, BodyKind, Outcome
from ctg.documents.shapes import read_shape

from .script import FIXTURES


@dataclass(frozen=True)
class SeatStory:
    name: str
    function: str = ""
    organisation: str = ""
    email: str = ""


@dataclass(frozen=True)
class BodyStory:
    key: str
    kind: BodyKind
    name: str
    mission: str = ""
    seats: tuple[SeatStory, ...] = ()


@dataclass(frozen=True)
class ItemStory:
    """A point of an agenda: its title, the number of an action, or the key of a decision."""

    title: str = ""
    action: int | None = None
    decision: str = ""
    summary: str = ""


@dataclass(frozen=True)
class MeetingStory:
    key: str
    body: str
    day: int
    hour: int
    place: str = ""
    introduction: str = ""
    minutes: str = ""
    present: tuple[str, ...] = ()
    represented: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    items: tuple[ItemStory, ...] = ()


@dataclass(frozen=True)
class DecisionStory:
    """What is to be decided; with a `meeting`, what was decided there."""

    key: str
    subject: str
    asked_of: str
    asked: int
    context: str = ""
    actions: tuple[int, ...] = ()
    meeting: str = ""
    outcome: Outcome = Outcome.PENDING
    ruling: str = ""
    owner: str = ""
    due: int | None = None
    done: int | None = None


@dataclass(frozen=True)
class BlockageStory:
    action: int
    day: int
    by: str
    reason: str
    decision: str = ""
    lifted: int | None = None
    lifted_by: str = ""


@dataclass(frozen=True)
class MessageStory:
    day: int
    by: str
    text: str


@dataclass(frozen=True)
class DiscussionStory:
    action: int
    day: int
    by: str
    subject: str
    messages: tuple[MessageStory, ...]
    concluded: int | None = None
    conclusion: str = ""


@dataclass(frozen=True)
class LinkStory:
    """A document that is read elsewhere, on an action or on a meeting."""

    day: int
    by: str
    kind: AttachmentKind
    title: str
    url: str
    action: int | None = None
    meeting: str = ""


@dataclass(frozen=True)
class PlanGovernance:
    file: str
    bodies: tuple[BodyStory, ...]
    meetings: tuple[MeetingStory, ...]
    decisions: tuple[DecisionStory, ...]
    blockages: tuple[BlockageStory, ...] = ()
    discussions: tuple[DiscussionStory, ...] = ()
    links: tuple[LinkStory, ...] = ()


@dataclass(frozen=True)
class GovernanceScript:
    plans: tuple[PlanGovernance, ...]


def read_governance_script() -> GovernanceScript:
    text = (FIXTURES / "demonstration-governance.toml").read_text(encoding="utf-8")
    return read_shape(GovernanceScript, tomllib.loads(text))
