"""The governance of the demonstration: plausible on whatever day it is loaded."""

import pytest

from actions.models import Body, Decision, Discussion, Meeting, Plan
from partners.models import Change


@pytest.fixture(scope="module")
def today(demo_day):
    return demo_day


@pytest.fixture(params=["Plan d’actions CTG", "Plan d’actions CTG 2025-2028"])
def plan(request, today, db):
    return Plan.objects.get(title=request.param)


def test_the_steering_committee_met_and_meets_again(plan, today):
    steering = Meeting.objects.of_plan(plan).steering()
    last, coming = steering.past(today).first(), steering.coming(today).first()
    assert last.concluded_at and last.items.exists()
    assert last.attendances.exists()
    assert coming.concluded_at is None
    assert coming.items.filter(decision__outcome="pending").count() >= 2


def test_no_meeting_before_its_day_has_minutes(plan, today):
    for meeting in Meeting.objects.of_plan(plan):
        assert bool(meeting.concluded_at) == bool(meeting.minutes) == (meeting.held_on < today)


def test_decisions_are_to_take_taken_and_carried_out(plan, today):
    decisions = Decision.objects.of_plan(plan)
    assert {"pending", "taken"} <= set(decisions.values_list("outcome", flat=True))
    for decision in decisions:
        assert decision.asked_on <= today
        assert decision.actions.exists()
        assert not decision.decided_on or decision.asked_on <= decision.decided_on == decision.meeting.held_on


def test_blocked_actions_wait_for_a_decision(plan):
    blocked = plan.actions.filter(blockages__lifted_on=None, blockages__isnull=False)
    assert blocked.count() >= 2
    for action in blocked:
        assert action.blockages.get(lifted_on=None).decision.is_pending


def test_somebody_waits_for_an_answer(plan):
    assert Discussion.objects.filter(action__plan=plan, concluded_at=None).exists()


def test_everything_is_signed_and_nothing_comes_from_tomorrow(plan, today):
    kinds = [model._meta.model_name for model in (Body, Meeting, Decision, Discussion)]
    changes = Change.objects.filter(plan_id=plan.pk, kind__in=kinds)
    assert changes.count() > 10
    for change in changes:
        assert change.author_id
        assert change.at.date() <= today
