"""A plan as inhabitants read it: the fields that were ticked, in plain words, and nothing else."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from actions.models import Action, Ambition, Involvement, Milestone, Part, Status, Theme
from ctg.web.templatetags.ui import day
from indicators.figures.sentences import say_target, say_total
from indicators.figures.yearly import read_figures
from indicators.models import Indicator, Kind

from ..models import PublicPage
from .fields import Shown, read_shown
from .masking import mask, without_contacts

#: The statuses as anybody says them.
PLAIN = {
    Status.PLANNED: ("Pas encore commencée", "pas encore commencée", "pas encore commencées"),
    Status.ONGOING: ("En cours", "en cours", "en cours"),
    Status.DONE: ("Terminée", "terminée", "terminées"),
    Status.POSTPONED: ("Reportée à plus tard", "reportée", "reportées"),
    Status.SUSPENDED: ("En pause", "en pause", "en pause"),
    Status.ABANDONED: ("Arrêtée", "arrêtée", "arrêtées"),
}


@dataclass(frozen=True)
class PublicFact:
    label: str
    items: Sequence[str]


@dataclass
class PublicAction:
    title: str
    status: str = ""
    status_words: str = ""
    purpose: str = ""
    content: str = ""
    facts: list[PublicFact] = field(default_factory=list)


@dataclass
class PublicPart:
    """Actions under one heading of the plan; without a title when the plan has none."""

    title: str
    actions: list[PublicAction] = field(default_factory=list)


@dataclass(frozen=True)
class PublicFigure:
    wording: str
    value: str
    aim: str
    contents: str


@dataclass(frozen=True)
class PublicPlan:
    parts: Sequence[PublicPart]
    counts: Sequence[str]
    total: int
    figures: Sequence[PublicFigure]
    figures_year: int
    today: dt.date


def read_public(page: PublicPage, today: dt.date) -> PublicPlan:
    """What the page shows today; what is not ticked is not even read."""
    shown = read_shown(page.shown)
    readable = Action.objects.of_plan(page.plan)
    if page.pk:
        readable = readable.exclude(pk__in=page.withheld.values("pk"))
    actions = list(readable.select_related("ambition", "theme"))
    facts = _Facts(page, shown, actions)
    year, figures = _figures(page, actions, today) if Shown.FIGURES in shown else (today.year, [])
    return PublicPlan(
        parts=_parts(actions, facts),
        counts=_counts(actions) if Shown.COUNTS in shown else [],
        total=len(actions),
        figures=figures,
        figures_year=year,
        today=today,
    )


class _Facts:
    """What there is to say of each action, read at once for all."""

    def __init__(self, page: PublicPage, shown: frozenset[Shown], actions: Sequence[Action]) -> None:
        self.shown = shown
        self.leads: dict[int, list[str]] = defaultdict(list)
        self.milestones: dict[int, list[str]] = defaultdict(list)
        if Shown.LEADS in shown:
            named = Involvement.objects.of_plan(page.plan).filter(part__in=(Part.LEAD, Part.CO_LEAD))
            for action, name in named.values_list("action", "organisation__name"):
                self.leads[action].append(name)
        if Shown.MILESTONES in shown:
            for one in Milestone.objects.of_plan(page.plan).filter(
                Q(due_on__isnull=False) | Q(reached_on__isnull=False)
            ):
                self.milestones[one.action_id].append(_say_step(one))

    def of(self, action: Action) -> PublicAction:
        has = self.shown.__contains__
        told = PublicAction(without_contacts(action.title))
        if has(Shown.STATUS):
            told.status, told.status_words = action.status, PLAIN[Status(action.status)][0]
        told.purpose = without_contacts(action.purpose) if has(Shown.PURPOSE) else ""
        told.content = without_contacts(action.content) if has(Shown.CONTENT) else ""
        texts = [
            ("Quand", action.calendar_text if has(Shown.CALENDAR) else ""),
            ("Pour qui", action.audiences if has(Shown.AUDIENCES) else ""),
            ("Où", action.municipalities if has(Shown.MUNICIPALITIES) else ""),
        ]
        told.facts = [PublicFact(label, [without_contacts(text)]) for label, text in texts if text]
        if self.leads[action.pk]:
            told.facts.append(PublicFact("Qui s’en occupe", self.leads[action.pk]))
        if self.milestones[action.pk]:
            told.facts.append(PublicFact("Étapes", self.milestones[action.pk]))
        return told


def _say_step(milestone: Milestone) -> str:
    title = without_contacts(milestone.title)
    if milestone.reached_on:
        return f"{title}\u00a0: fait le {day(milestone.reached_on)}"
    return f"{title}\u00a0: prévu le {day(milestone.due_on)}"


def _parts(actions: Sequence[Action], facts: _Facts) -> list[PublicPart]:
    """In the reading that the plan has: by ambitions, or else by themes."""
    by_ambition = any(action.ambition_id for action in actions)
    parts: dict[int, PublicPart] = {}
    for action in actions:
        heading: Ambition | Theme | None = action.ambition if by_ambition else action.theme
        if heading is not None and heading.trashed_at:
            heading = None
        part = parts.setdefault(heading.pk if heading else 0, PublicPart(heading.title if heading else ""))
        part.actions.append(facts.of(action))
    loose = [part for key, part in parts.items() if not key]
    return [*(part for key, part in parts.items() if key), *loose]


def _counts(actions: Sequence[Action]) -> list[str]:
    """« 10 en cours », « 2 terminées »…"""
    counts = Counter(action.status for action in actions)
    return [
        f"{counts[status]} {PLAIN[status][1 if counts[status] == 1 else 2]}"
        for status in PLAIN
        if counts[status]
    ]


def _figures(page: PublicPage, actions: Sequence[Action], today: dt.date) -> tuple[int, list[PublicFigure]]:
    """The key indicators of the last year that has some, each only once all that it holds was read again."""
    held = page.plan.indicators.current().filter(is_key=True).exclude(kind=Kind.FINDING)
    indicators = [one for one in held.prefetch_related("actions") if _is_shown(one, actions)]
    figures = read_figures(page.plan, indicators, today=today)
    year = max((one.last_year or 0 for one in figures.values()), default=0) or today.year
    found = []
    for indicator in indicators:
        figure = figures[indicator.pk].of_year(year)
        if figure.total.value is None or figure.total.to_validate:
            continue
        masked = mask(indicator, figure.total)
        found.append(
            PublicFigure(
                wording=without_contacts(indicator.wording),
                value=masked or say_total(indicator, figure.total),
                aim="" if masked or figure.target is None else say_target(indicator, figure.target),
                contents=figure.total.contents if figure.total.is_partial else "",
            )
        )
    return year, found


def _is_shown(indicator: Indicator, actions: Sequence[Action]) -> bool:
    """An indicator of withheld actions alone stays with them."""
    kept = {action.pk for action in actions}
    served = [action.pk for action in indicator.actions.all()]
    return not served or any(pk in kept for pk in served)
