"""A plan made of what was ticked in the template; its actions are left to write."""

import datetime as dt
import uuid

from django.db import transaction

from actions.models import Body, Objective, Plan, Theme
from ctg.web.text import fold
from indicators.models import CommonIndicator, Direction, Frequency, Indicator, Kind
from partners import tracking
from partners.tracking import Author

from .template import PlanTemplate, TemplateIndicator, objectives_of

#: What better means is plain for these; of the others, the coordination says it.
GROWING = (Kind.COUNT, Kind.SHARE, Kind.SCALE)


def plant_plan(plan: Plan, template: PlanTemplate, *, by: Author, at: dt.datetime) -> Plan:
    """Save a new plan with all that the template holds, in one gesture."""
    batch = uuid.uuid4()
    with transaction.atomic():
        tracking.create(plan, by=by, at=at, batch=batch)
        things = [
            *(Body(plan=plan, kind=one.kind, name=one.name, mission=one.mission) for one in template.bodies),
            *(
                Theme(plan=plan, title=one.title, position=rank)
                for rank, one in enumerate(template.themes, 1)
            ),
            *(
                Objective(plan=plan, title=title, position=rank)
                for rank, title in enumerate(objectives_of(template.themes), 1)
            ),
            *_indicators(plan, template),
        ]
        for thing in things:
            tracking.create(thing, by=by, at=at, batch=batch)
    return plan


def _indicators(plan: Plan, template: PlanTemplate) -> list[Indicator]:
    """Those that are written in the common catalogue too are attached to it."""
    offered = CommonIndicator.objects.filter(retired_at=None)
    common = {fold(one.wording): one for one in offered}
    return [
        _indicator(plan, one, rank, common.get(fold(one.wording)))
        for rank, one in enumerate(template.indicators, 1)
    ]


def _indicator(plan: Plan, one: TemplateIndicator, rank: int, common: CommonIndicator | None) -> Indicator:
    is_same = common is not None and common.kind == one.kind
    return Indicator(
        plan=plan,
        wording=one.wording,
        kind=one.kind,
        unit=one.unit,
        guidance=one.guidance,
        exclusions=one.exclusions,
        numerator_label=one.numerator_label,
        denominator_label=one.denominator_label,
        frequency=Frequency.YEAR,
        direction=Direction.UP if one.kind in GROWING else "",
        common=common if is_same else None,
        position=rank,
    )
