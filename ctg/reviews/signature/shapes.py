"""What a signed plan tells: the voted texts, whole and in both readings, without any key of the database."""

from dataclasses import dataclass

from ctg.reviews.facts.shapes import Changes


@dataclass(frozen=True)
class VotedText:
    """A text under the title that the plan gives it."""

    label: str
    text: str


@dataclass(frozen=True)
class VotedRole:
    """Who holds a part in an action: « porteur », « partenaire »."""

    part: str
    organisations: tuple[str, ...]


@dataclass(frozen=True)
class VotedAction:
    """An action: where both readings put it, its texts, and what is linked to it beside what was written.

    Days are in ISO; `…_text` is a cell of the voted document as written.
    """

    number: int
    title: str
    ambition: str
    orientation: str
    theme: str
    need: str
    objective: str
    priority: int | None
    priority_reason: str
    texts: tuple[VotedText, ...]
    roles: tuple[VotedRole, ...]
    partners_text: str
    factors: tuple[str, ...]
    factors_text: str
    quantitative: tuple[str, ...]
    quantitative_text: str
    qualitative: tuple[str, ...]
    qualitative_text: str
    calendar_text: str
    starts_on: str
    ends_on: str
    recurring: bool
    audiences: str
    municipalities: str
    elected_lead: str


@dataclass(frozen=True)
class VotedAmbition:
    number: int | None
    title: str
    impacts: tuple[str, ...]
    orientations: tuple[str, ...]


@dataclass(frozen=True)
class SignedPlan:
    """The plan whole; `labels` are its own words for its levels, from ambition to priority.

    `version` is « Plan signé », or the name of the amendment that made it so.
    """

    version: str
    territory: str
    title: str
    years: str
    heading: str
    dated: str
    signed_on: str
    signatories: tuple[str, ...]
    labels: dict[str, str]
    ambitions: tuple[VotedAmbition, ...]
    themes: tuple[str, ...]
    actions: tuple[VotedAction, ...]


@dataclass(frozen=True)
class AmendedPlan:
    """The plan with an amendment, and what changed since the version that was signed before."""

    plan: SignedPlan
    changes: Changes
