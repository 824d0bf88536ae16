"""What a review still lacks before it is frozen, each thing with the page where it is put right."""

import datetime as dt
import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from actions.calendar import say
from actions.models import Decision, Outcome, Plan, Status
from ctg.reviews.facts.indicators import read_reports
from ctg.reviews.facts.shapes import ReviewFacts
from ctg.reviews.models import Review
from ctg.reviews.preparing import sections
from ctg.reviews.preparing.sections import Section
from indicators.figures.reports import Report

#: Beyond these nobody remembers any of them.
MOST_HIGHLIGHTS = 5

#: Nothing is expected of such an action in the year.
IDLE = (Status.PLANNED, Status.ABANDONED)


class GapKind(enum.Enum):
    """The title of what is lacking, then the sentence for one of them and for several."""

    ACTIONS = (
        "Actions dont l’année ne dit rien",
        "1 action n’a ni note de l’année, ni texte dans ce bilan.",
        "{} actions n’ont ni note de l’année, ni texte dans ce bilan.",
    )
    VALUES = (
        "Valeurs de l’année",
        "1 indicateur n’a pas de valeur complète.",
        "{} indicateurs n’ont pas de valeur complète.",
    )
    TARGETS = (
        "Cibles",
        "1 indicateur n’a pas de cible, et n’est pas dit sans cible.",
        "{} indicateurs n’ont pas de cible, et ne sont pas dits sans cible.",
    )
    MEETINGS = ("Réunions", "L’année est sans réunion.", "")
    DECISIONS = (
        "Décisions à appliquer",
        "1 décision prise a dépassé sa date.",
        "{} décisions prises ont dépassé leur date.",
    )
    HIGHLIGHTS = ("Faits marquants", "Trois à cinq suffisent.", "")
    TEXTS = ("Textes", "1 texte est encore vide.", "{} textes sont encore vides.")

    @property
    def title(self) -> str:
        return self.value[0]

    def say(self, count: int) -> str:
        _, one, several = self.value
        return several.format(count) if count > 1 else one


@dataclass(frozen=True)
class Gap:
    """One thing that lacks; `section` is where the review tells it, `url` where it is put right."""

    kind: GapKind
    section: Section
    words: str
    url: str


@dataclass(frozen=True)
class GapGroup:
    title: str
    sentence: str
    gaps: Sequence[Gap]


def read_checklist(review: Review, facts: ReviewFacts, *, today: dt.date) -> tuple[Gap, ...]:
    """What the review and its facts lack, gaps of one kind together; five queries."""
    plan = review.plan
    reports = read_reports(plan, review.year, today=today)
    return (
        *_actions(review, facts),
        *_values(reports),
        *_targets(reports),
        *_meetings(plan, facts),
        *_decisions(plan, today),
        *_highlights(review, facts),
        *_texts(review),
    )


def group_gaps(gaps: Iterable[Gap]) -> tuple[GapGroup, ...]:
    by_kind: dict[GapKind, list[Gap]] = {}
    for gap in gaps:
        by_kind.setdefault(gap.kind, []).append(gap)
    return tuple(GapGroup(kind.title, kind.say(len(held)), held) for kind, held in by_kind.items())


def _actions(review: Review, facts: ReviewFacts) -> Iterator[Gap]:
    for action in facts.actions:
        if action.notes or action.achieved or action.status in IDLE:
            continue
        url = reverse("reviews:review_action", args=[review.pk, action.number])
        words = f"Action {action.number}\u00a0: {action.title}"
        yield Gap(GapKind.ACTIONS, sections.ACTIONS, words, url)


def _values(reports: Iterable[Report]) -> Iterator[Gap]:
    """Those of which a value is awaited, with who owes it."""
    for report in reports:
        total = report.total
        is_unconcerned = bool(total.unconcerned) and not total.expected
        if report.figure.is_due and not total.is_complete and not is_unconcerned:
            why = f"il manque {total.lacking}" if total.is_partial else total.why_not or total.contents
            yield _of_indicator(GapKind.VALUES, report, f"{report.indicator.wording}\u00a0: {why}")


def _targets(reports: Iterable[Report]) -> Iterator[Gap]:
    for report in reports:
        figures = report.figures
        is_settled = figures.targets or figures.indicator.is_without_target
        if figures.rules.kind.has_number and not is_settled:
            yield _of_indicator(GapKind.TARGETS, report, report.indicator.wording)


def _of_indicator(kind: GapKind, report: Report, words: str) -> Gap:
    return Gap(kind, sections.INDICATORS, words, report.indicator.get_absolute_url())


def _meetings(plan: Plan, facts: ReviewFacts) -> Iterator[Gap]:
    if not facts.meetings:
        words = f"Aucune réunion n’est notée en {facts.identity.year}."
        url = reverse("actions:body_list", args=[plan.pk])
        yield Gap(GapKind.MEETINGS, sections.GOVERNANCE, words, url)


def _decisions(plan: Plan, today: dt.date) -> Iterator[Gap]:
    """The rule of `Decision.is_overdue`."""
    taken = Decision.objects.of_plan(plan).filter(outcome=Outcome.TAKEN, done_on=None, due_on__lt=today)
    for decision in taken.order_by("due_on", "pk"):
        assert decision.due_on
        words = f"{decision.subject}\u00a0: pour le {say(decision.due_on)}"
        yield Gap(GapKind.DECISIONS, sections.GOVERNANCE, words, decision.get_absolute_url())


def _highlights(review: Review, facts: ReviewFacts) -> Iterator[Gap]:
    count = len(facts.highlights)
    if 0 < count <= MOST_HIGHLIGHTS:
        return
    words = f"{count} faits marquants sont choisis." if count else "Aucun fait marquant n’est choisi."
    url = _page(review, sections.HIGHLIGHTS)
    yield Gap(GapKind.HIGHLIGHTS, sections.HIGHLIGHTS, words, url)


def _texts(review: Review) -> Iterator[Gap]:
    """Those that nothing of the plan can replace."""
    for section, name, words in (
        (sections.OPENING, "signatories", "Signataires de la convention"),
        (sections.OPENING, "opening", "Mot d’ouverture"),
        (sections.PARTICIPATION, "participation", "Participation des habitants"),
        (sections.ROAD_MAP, "outlook", "Feuille de route"),
    ):
        if not getattr(review, name).strip():
            yield Gap(GapKind.TEXTS, section, words, _page(review, section))


def _page(review: Review, section: Section) -> str:
    return reverse("reviews:review_section", args=[review.pk, section.slug])
