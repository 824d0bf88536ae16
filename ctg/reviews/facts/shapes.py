"""What a review tells: plain words, numbers and ISO dates only, so that they freeze as canonical JSON.

No key of the database is in them. Every number here is printed by each file that has its place.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tally:
    """How many actions have a status or a météo; `code` chooses colour and shape, and may be blank."""

    code: str
    words: str
    count: int


@dataclass(frozen=True)
class Counts:
    """The actions under one heading, or of the whole plan: every status in order, those at zero included."""

    title: str
    total: int
    statuses: tuple[Tally, ...]
    confidences: tuple[Tally, ...]
    late: int


@dataclass(frozen=True)
class Progress:
    """`sentence` says it all in words: « 17 actions : 9 en cours, 5 réalisées… ; 2 en retard. »"""

    whole: Counts
    by_ambition: tuple[Counts, ...]
    by_theme: tuple[Counts, ...]
    sentence: str


@dataclass(frozen=True)
class Note:
    """A text with its day and its signature."""

    on: str
    author: str
    text: str


@dataclass(frozen=True)
class MilestoneFact:
    title: str
    due_on: str
    reached_on: str
    owner: str


@dataclass(frozen=True)
class Finding:
    """A qualitative value, beside the figures: who says it, and what."""

    organisation: str
    text: str


@dataclass(frozen=True)
class IndicatorFact:
    """An indicator in the year; all words come from `indicators.figures`, so pages say the same.

    `number` is the figure as plain decimal text, "" when there is none; `contents` says who is in it.
    """

    wording: str
    kind_words: str
    unit: str
    is_key: bool
    #: Numbers of the actions that it serves.
    actions: tuple[int, ...]
    value: str
    number: str
    target: str
    comparison: str
    trend: str
    contents: str
    is_complete: bool
    #: None without a target or without a figure.
    is_reached: bool | None
    has_target: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class ActionFact:
    """An action in the year: where it stands, what was done, what slows it down, what comes next.

    `achieved` is what the coordination wrote; without it, the `notes` of the year tell, private ones aside.
    """

    number: int
    title: str
    ambition: str
    orientation: str
    theme: str
    status: str
    status_words: str
    confidence: str
    confidence_words: str
    progress: int | None
    lateness: str
    reason: str
    calendar: str
    leads: tuple[str, ...]
    partners: tuple[str, ...]
    audiences: str
    achieved: str
    notes: tuple[Note, ...]
    milestones: tuple[MilestoneFact, ...]
    brakes: tuple[str, ...]
    levers: tuple[str, ...]
    #: Freins ou leviers of which the plan does not say which.
    factors: tuple[str, ...]
    difficulties: str
    outlook: str


@dataclass(frozen=True)
class IndicatorSummary:
    """`sentence` : « En 2026, 12 indicateurs sur 43 ont leur valeur complète ; 3 cibles atteintes. »"""

    total: int
    complete: int
    partial: int
    empty: int
    with_target: int
    reached: int
    sentence: str


@dataclass(frozen=True)
class MeetingFact:
    on: str
    body: str
    kind_words: str
    present: int
    points: int
    decisions: int


@dataclass(frozen=True)
class DecisionFact:
    """A decision taken, declined or still to be taken; `state` in the words of papers."""

    subject: str
    ruling: str
    outcome: str
    state: str
    decided_on: str
    meeting: str
    owner: str
    due_on: str
    done_on: str
    actions: tuple[int, ...]


@dataclass(frozen=True)
class ChangeFact:
    """Something that moved in the plan; `kind` is a `ShiftKind`, `decided_by` names meeting and day."""

    kind: str
    words: str
    number: int
    title: str
    before: str
    after: str
    on: str
    reason: str
    decided_by: str


@dataclass(frozen=True)
class Changes:
    """What moved since a day; `since_words` : « la signature, le 24 novembre 2025 »."""

    since: str
    since_words: str
    until: str
    changes: tuple[ChangeFact, ...]
    sentence: str


@dataclass(frozen=True)
class HighlightFact:
    title: str
    text: str
    action: int | None


@dataclass(frozen=True)
class RoadStep:
    """Something of next year: a milestone, the start or the end of an action, a decision to carry out."""

    number: int | None
    title: str
    what: str
    when: str
    who: str


@dataclass(frozen=True)
class Identity:
    territory: str
    territory_label: str
    plan: str
    years: str
    dated: str
    signatories: tuple[str, ...]
    year: int
    data_on: str
    ambition_label: str
    orientation_label: str
    theme_label: str


@dataclass(frozen=True)
class Texts:
    """What the coordination wrote, section by section; the names are those of `Review`."""

    opening: str
    progress: str
    findings: str
    difficulties: str
    governance: str
    participation: str
    changes: str
    outlook: str


@dataclass(frozen=True)
class ReviewFacts:
    identity: Identity
    texts: Texts
    highlights: tuple[HighlightFact, ...]
    progress: Progress
    actions: tuple[ActionFact, ...]
    indicator_summary: IndicatorSummary
    indicators: tuple[IndicatorFact, ...]
    meetings: tuple[MeetingFact, ...]
    decisions: tuple[DecisionFact, ...]
    #: None when no version of the plan was signed in the tool.
    since_signature: Changes | None
    #: Since the last frozen review, else since the end of the year before.
    since_last_year: Changes | None
    road_map: tuple[RoadStep, ...]
