"""One reading of a plan for everybody, in a number of queries that does not grow with it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from actions.calendar import Precision
from actions.models import Action, Involvement, Milestone, Plan, Status
from actions.models.action import CARRYING
from actions.models.heading import Heading
from ctg.dashboards.models import PublicPage
from ctg.dashboards.public.masking import without_contacts
from ctg.web.text import clean
from indicators.figures.aggregation import Rules
from indicators.figures.sentences import say_rules
from indicators.figures.yearly import read_figures
from indicators.models import Direction, Indicator, Kind, Target
from partners.models.organisation import OrganisationKind

from .figures import figure_rows, rounded
from .rows import ActionRow, IndicatorRow, MilestoneRow, OpenData, PlanRow

PRECISIONS = {
    Precision.DAY: "jour",
    Precision.MONTH: "mois",
    Precision.QUARTER: "trimestre",
    Precision.SEASON: "saison",
    Precision.SEMESTER: "semestre",
    Precision.YEAR: "année",
    Precision.CONTINUOUS: "en continu",
}


def read_open_data(plan: Plan, today: dt.date) -> OpenData:
    """What a plan whose door was passed publishes today; what its public page withholds is withheld here."""
    actions = _read_actions(plan)
    numbers = {action.pk: action.number for action in actions}
    indicators = [
        one
        for one in plan.indicators.current().with_served()
        if any(served.pk in numbers for served in one.served)
    ]
    figures = read_figures(plan, indicators, today=today)
    wordings = {one.pk: told(one.wording) for one in indicators}
    return OpenData(
        plan=PlanRow(
            title=told(plan.title),
            territory=told(plan.territory.name),
            first_year=plan.first_year,
            last_year=plan.last_year,
            read_on=today,
        ),
        actions=_action_rows(plan, actions),
        milestones=_milestone_rows(plan, numbers),
        indicators=[_indicator_row(one, numbers, figures[one.pk].targets.get(None)) for one in indicators],
        figures=[
            row
            for one in indicators
            if one.kind != Kind.FINDING
            for row in figure_rows(figures[one.pk], wordings[one.pk])
        ],
    )


def told(text: str) -> str:
    """A text of the plan as it is published."""
    return without_contacts(clean(text))


def _read_actions(plan: Plan) -> list[Action]:
    withheld = PublicPage.objects.of_plan(plan).filter(withheld__isnull=False).values("withheld")
    actions = Action.objects.of_plan(plan).exclude(pk__in=withheld)
    headings = actions.select_related("ambition", "orientation", "theme").defer("search_text")
    return list(headings.order_by("position", "number", "pk"))


def _action_rows(plan: Plan, actions: Sequence[Action]) -> list[ActionRow]:
    leads: dict[int, list[tuple[str, str]]] = defaultdict(list)
    carrying = Involvement.objects.of_plan(plan).filter(part__in=CARRYING, organisation__trashed_at=None)
    # « lead » comes after « co_lead » in the alphabet: porteurs first.
    for action, name, kind in carrying.order_by("-part", "position", "pk").values_list(
        "action", "organisation__name", "organisation__kind"
    ):
        leads[action].append((told(name), OrganisationKind(kind).label))
    return [_action_row(action, leads[action.pk]) for action in actions]


def _action_row(action: Action, leads: Sequence[tuple[str, str]]) -> ActionRow:
    return ActionRow(
        number=action.number,
        title=told(action.title),
        ambition=_title_of(action.ambition),
        orientation=_title_of(action.orientation),
        theme=_title_of(action.theme),
        purpose=told(action.purpose),
        status=Status(action.status).label,
        calendar=told(action.calendar_text),
        starts_on=action.starts_on,
        ends_on=action.ends_on,
        precision=PRECISIONS[Precision(action.precision)] if action.precision else "",
        is_recurring=action.recurring,
        progress=action.progress,
        leads=[name for name, _ in leads],
        lead_kinds=[kind for _, kind in leads],
        audiences=told(action.audiences),
        municipalities=told(action.municipalities),
    )


def _title_of(heading: Heading | None) -> str:
    return told(heading.title) if heading and heading.trashed_at is None else ""


def _milestone_rows(plan: Plan, numbers: dict[int, int]) -> list[MilestoneRow]:
    found: Iterable[Milestone] = Milestone.objects.of_plan(plan).filter(action__in=numbers)
    rows = [
        MilestoneRow(numbers[one.action_id], told(one.title), one.due_on, one.reached_on) for one in found
    ]
    return sorted(rows, key=lambda row: row.action)


def _indicator_row(indicator: Indicator, numbers: dict[int, int], last: Target | None) -> IndicatorRow:
    served: Collection[int] = [numbers[one.pk] for one in indicator.served if one.pk in numbers]
    return IndicatorRow(
        key=indicator.pk,
        wording=told(indicator.wording),
        actions=sorted(served),
        kind=Kind(indicator.kind).label,
        unit=told(indicator.unit),
        numerator_label=told(indicator.numerator_label),
        denominator_label=told(indicator.denominator_label),
        rule=" ".join(say_rules(Rules.of(indicator))),
        direction=Direction(indicator.direction).label if indicator.direction else "",
        frequency=indicator.rhythm.label,
        is_key=indicator.is_key,
        last_target=rounded(last.value if last else None),
        last_target_upper=rounded(last.upper if last else None),
    )
