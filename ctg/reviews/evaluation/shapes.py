"""What an evaluation tells: as the facts of a review, plain words that freeze as canonical JSON."""

from dataclasses import dataclass

from ctg.reviews.facts.shapes import Identity


@dataclass(frozen=True)
class Exhibit:
    """A piece of evidence: what it shows in one sentence, and the table behind it, when it has one."""

    title: str
    sentence: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Answer:
    """A question with what is known and what the coordination answers."""

    title: str
    question: str
    exhibits: tuple[Exhibit, ...]
    text: str


@dataclass(frozen=True)
class EvaluationFacts:
    identity: Identity
    #: « Évaluation à mi-parcours »
    name: str
    answers: tuple[Answer, ...]
    conclusion: str
