"""Who is reading, and the actions of the plan as light as the lines need them."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from actions import facets
from actions.elected import names
from actions.gists import Gist
from actions.models import Action, Decision, Involvement, Plan
from actions.models.action import CARRYING
from actions.queries import carriers_of, gists_of
from indicators.models import Indicator
from partners.models import Role, User
from partners.shell import Visitor


class Case(NamedTuple):
    """What a line says of an action beside its gist, and what its sheet says of the essentials."""

    number: int
    title: str
    precision: str
    calendar_text: str
    audiences: str
    municipalities: str
    priority: int | None
    elected_lead: str
    is_carried: bool
    #: Whether a decision about it is waiting to be taken.
    is_asked: bool
    has_indicators: bool


@dataclass(frozen=True)
class Desk:
    """One person before one plan: what she keeps, what she follows, and whether she coordinates."""

    plan: Plan
    user: User
    at: dt.datetime
    coordinates: bool
    roles: Collection[str]
    organisations: Collection[int]
    gists: Sequence[Gist]
    cases: Mapping[int, Case]
    #: The actions that she may update: all of them for the coordination.
    kept: Collection[int]
    #: Those of which she is the élue référente.
    led: Collection[int]

    @property
    def today(self) -> dt.date:
        return timezone.localdate(self.at)

    @property
    def only_follows(self) -> bool:
        """An élue reads what becomes of her actions: nobody waits for what she may not do."""
        return Role.OFFICIAL in self.roles and not self.coordinates and not self.organisations

    @property
    def watched(self) -> list[Gist]:
        """The actions of which she is told, in the order of the plan."""
        return [gist for gist in self.gists if gist.pk in self.kept or gist.pk in self.led]

    @property
    def url(self) -> str:
        return reverse("dashboards:todo", args=[self.plan.pk])

    def list_of(self, watch: str) -> str:
        """The plan as a filter shows it; only what is hers, when she has but one organisation."""
        asked = {facets.WATCH: watch}
        if not self.coordinates and len(self.organisations) == 1:
            asked[facets.LEAD] = str(*self.organisations)
        return f"{self.plan.get_absolute_url()}?{urlencode(asked)}"

    def to_update(self, action: int, **asked: str) -> str:
        """The quick form of an action, which leads back to this page."""
        back = urlencode({"retour": self.url} | asked)
        return f"{reverse('actions:follow_up_edit', args=[action])}?{back}"


def read_desk(plan: Plan, visitor: Visitor, *, at: dt.datetime) -> Desk:
    here = [held for held in visitor.memberships if held.territory_id == plan.territory_id]
    roles = {held.role for held in here}
    mine = {held.organisation_id for held in here if held.role == Role.MEMBER and held.organisation_id}
    cases = read_cases(plan)
    return Desk(
        plan=plan,
        user=visitor.user,
        at=at,
        coordinates=Role.COORDINATOR in roles,
        roles=roles,
        organisations=mine,
        gists=gists_of(plan, visitor.user),
        cases=cases,
        kept=cases if Role.COORDINATOR in roles else carried_by(plan, mine),
        led={
            pk
            for pk, case in cases.items()
            if Role.OFFICIAL in roles and names(case.elected_lead, visitor.user.get_full_name())
        },
    )


def carried_by(plan: Plan, organisations: Iterable[int]) -> set[int]:
    if not organisations:
        return set()
    carried = carriers_of(plan).items()
    return {pk for pk, carriers in carried if any(one.organisation in organisations for one in carriers)}


def read_cases(plan: Plan) -> dict[int, Case]:
    carriers = Involvement.objects.of_plan(plan).filter(action=OuterRef("pk"), part__in=CARRYING)
    asked = Decision.objects.of_plan(plan).pending().filter(actions=OuterRef("pk"))
    indicators = Indicator.objects.of_plan(plan).filter(actions=OuterRef("pk"))
    rows = (
        Action.objects.of_plan(plan)
        .annotate(is_carried=Exists(carriers), is_asked=Exists(asked), has_indicators=Exists(indicators))
        .values_list("pk", *Case._fields)
    )
    return {pk: Case(*row) for pk, *row in rows}
