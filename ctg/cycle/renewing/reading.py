"""The actions of a plan with the facts that help to decide of each; the number of queries does not grow."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from actions.models import Action, Plan, ProgressNote
from actions.reading import STRATEGIC
from ctg.cycle.models import Renewal, RenewalChoice, Verdict
from indicators.figures.reports import Report
from indicators.figures.yearly import read_figures
from indicators.models import Indicator
from partners.models import User

from .choosing import choices_of

#: The choices of which nothing was said, as the address asks for them.
UNDECIDED = "sans-avis"


@dataclass(frozen=True)
class Case:
    """An action to decide of: where it stands, its last note, its figures."""

    choice: RenewalChoice
    #: The heading under which it stands, in the reading asked for.
    heading: str
    lateness: str
    note: str
    noted_at: dt.datetime | None
    #: Each with its year and its target, in words.
    figures: Sequence[tuple[Report, str]]

    @property
    def action(self) -> Action:
        return self.choice.action


@dataclass(frozen=True)
class Counts:
    """How many actions each verdict has, and how many wait for one."""

    by_verdict: Mapping[str, int]
    total: int

    @property
    def undecided(self) -> int:
        return self.total - sum(self.by_verdict.values())

    @property
    def taken(self) -> int:
        """How many actions the next plan will have."""
        return self.by_verdict[Verdict.KEEP] + self.by_verdict[Verdict.ADAPT]

    @property
    def facets(self) -> list[tuple[str, str, int]]:
        """What the page may be narrowed to: the word of the address, the label, how many."""
        verdicts = [(str(verdict), str(verdict.label), self.by_verdict[verdict]) for verdict in Verdict]
        return [("", "toutes", self.total), (UNDECIDED, "sans avis", self.undecided), *verdicts]


def count_choices(choices: Sequence[RenewalChoice]) -> Counts:
    counts = {str(verdict): sum(one.verdict == verdict for one in choices) for verdict in Verdict}
    return Counts(counts, len(choices))


def read_choices(renewal: Renewal, way: str) -> list[RenewalChoice]:
    """One for each action of the plan, as the plan is read by its ambitions or by its themes."""
    level = level_of(way)
    headings = headings_of(renewal.plan, way)
    rank = {pk: place for place, pk in enumerate(headings)}
    actions = Action.objects.of_plan(renewal.plan).defer("search_text", "content", "methods", "effects")
    ordered = sorted(
        actions,
        key=lambda one: (rank.get(getattr(one, f"{level}_id"), len(rank)), one.position, one.number),
    )
    for action in ordered:
        action.plan = renewal.plan
    return choices_of(renewal, ordered)


def wanted(choices: Sequence[RenewalChoice], voir: str) -> list[RenewalChoice]:
    """Those that the address asks for; all of them when it says nothing that is known."""
    if voir not in (UNDECIDED, *Verdict.values):
        return list(choices)
    return [one for one in choices if one.verdict == ("" if voir == UNDECIDED else voir)]


def read_cases(
    renewal: Renewal, choices: Sequence[RenewalChoice], user: User, *, way: str, today: dt.date
) -> list[Case]:
    plan, level = renewal.plan, level_of(way)
    keys = [choice.action_id for choice in choices]
    headings, notes, reports = headings_of(plan, way), _notes(keys, user), _reports(plan, keys, today)
    found = []
    for choice in choices:
        noted_at, note = notes.get(choice.action_id, (None, ""))
        found.append(
            Case(
                choice=choice,
                heading=headings.get(getattr(choice.action, f"{level}_id"), ""),
                lateness=choice.action.lateness(today),
                note=note,
                noted_at=noted_at,
                figures=[(report, _beside(report)) for report in reports[choice.action_id]],
            )
        )
    return found


def level_of(way: str) -> str:
    return "ambition" if way == STRATEGIC else "theme"


def headings_of(plan: Plan, way: str) -> dict[int | None, str]:
    """The titles of the first level of a reading, by key, in the order of the plan."""
    if way == STRATEGIC:
        found = plan.ambitions.current()
        return {one.pk: f"{plan.ambition_label} {one.number}. {one.title}" for one in found}
    return {one.pk: one.title for one in plan.themes.current()}


def _notes(keys: Sequence[int], user: User) -> dict[int, tuple[dt.datetime, str]]:
    """The last note that the user may read on each action."""
    opened = ProgressNote.objects.open_to(user)
    latest = opened.filter(action=OuterRef("action")).order_by("-written_at", "-pk").values("pk")[:1]
    rows = opened.filter(action__in=keys, pk=Subquery(latest)).values_list("action", "written_at", "text")
    return {action: (at, text) for action, at, text in rows}


def _beside(report: Report) -> str:
    """« en 2026, cible 24 rencontres »."""
    year = f"en {report.year}" if report.total.value is not None else ""
    target = f"cible {report.target}" if report.is_aimed else report.target
    return ", ".join(filter(None, [year, target]))


def _reports(plan: Plan, keys: Sequence[int], today: dt.date) -> dict[int, list[Report]]:
    """The figures of each action, each of the last year for which something is known."""
    indicators = Indicator.objects.of_plan(plan).filter(actions__in=keys).with_served()
    figures = read_figures(plan, indicators, today=today)
    found: dict[int, list[Report]] = defaultdict(list)
    for indicator in indicators:
        own = figures[indicator.pk]
        for served in indicator.served:
            found[served.pk].append(Report(own, own.last_year or today.year))
    return found
