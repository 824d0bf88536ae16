"""Whatever a plan holds, its facts add up and its sentences are complete."""

import datetime as dt
from dataclasses import fields, is_dataclass

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.models import Confidence, Status
from ctg.reviews.facts.canonical import canonical_json
from ctg.reviews.facts.gathering import gather
from indicators.models import Absence, Kind, State, Target
from partners import tracking
from partners.tracking import Author
from tests import factories as f

YEAR = 2026
TODAY = dt.date(2026, 11, 22)
DAYS = st.dates(dt.date(2025, 6, 1), dt.date(2027, 12, 31))

pytestmark = pytest.mark.django_db

ACTIONS = st.fixed_dictionaries(
    {
        "status": st.sampled_from(Status.values),
        "confidence": st.sampled_from(["", *Confidence.values]),
        "calendar_text": st.sampled_from(["", "2025", "2e semestre 2026", "rentrée 2027", "en continu"]),
        "recurring": st.booleans(),
        "is_in_trash": st.booleans(),
        "heading": st.integers(0, 2),
        "moved_on": st.none() | DAYS,
        "decided_on": st.none() | DAYS,
    }
)
INDICATORS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(Kind.values),
        "unit": st.sampled_from(["", "familles"]),
        "is_without_target": st.booleans(),
        "target": st.none() | st.tuples(st.sampled_from([None, YEAR]), st.integers(0, 50)),
        "values": st.lists(
            st.tuples(
                st.sampled_from(State.values),
                st.none() | st.decimals(0, 5, places=3),
                st.sampled_from(["", *Absence.values]),
            ),
            max_size=2,
        ),
    }
)


def build(actions, indicators):
    plan = f.PlanFactory()
    headings = [None, f.ThemeFactory(plan=plan), f.ThemeFactory(plan=plan)]
    ambitions = [None, f.AmbitionFactory(plan=plan), f.AmbitionFactory(plan=plan)]
    whom = f.OrganisationFactory.create_batch(2, territory=plan.territory)
    body = f.BodyFactory(plan=plan)
    made = [
        _action(plan, number, {**one}, headings, ambitions, body)
        for number, one in enumerate(actions, start=1)
    ]
    for one in indicators:
        _indicator(plan, one, made, whom)
    return plan


def _action(plan, number, one, headings, ambitions, body):
    heading, moved_on, decided_on = one.pop("heading"), one.pop("moved_on"), one.pop("decided_on")
    trashed_at = timezone.now() if one.pop("is_in_trash") else None
    action = f.ActionFactory(
        plan=plan,
        number=number,
        theme=headings[heading],
        ambition=ambitions[heading],
        trashed_at=trashed_at,
        **one,
    )
    f.MilestoneFactory(action=action, due_on=moved_on, reached_on=decided_on)
    f.FactorFactory(action=action, removed_on=moved_on)
    f.ProgressNoteFactory(action=action, written_at=_at(moved_on or TODAY))
    if decided_on:
        meeting = f.MeetingFactory(body=body, held_on=decided_on)
        f.DecisionFactory(
            plan=plan,
            outcome="taken",
            decided_on=decided_on,
            meeting=meeting,
            due_on=moved_on,
            actions=[action],
        )
    if moved_on:
        values = {"status": "suspended", "status_reason": "Budget", "calendar_text": "2028"}
        tracking.change(action, values, by=Author("Camille"), at=_at(moved_on))
    return action


def _indicator(plan, one, actions, whom):
    indicator = f.IndicatorFactory(
        plan=plan,
        actions=actions[:2],
        contributors=whom,
        kind=one["kind"],
        unit=one["unit"],
        is_without_target=one["is_without_target"],
    )
    if one["target"]:
        year, value = one["target"]
        Target.objects.create(indicator=indicator, year=year, value=value)
    for organisation, (state, amount, absence) in zip(whom, one["values"], strict=False):
        value = {"absence": absence, "amount": None} if absence else {"amount": amount}
        if not absence and one["kind"] == Kind.FINDING:
            value = {"amount": None, "finding": "On s’y sent bien."}
        if one["kind"] in (Kind.SHARE, Kind.SCALE) and value["amount"] is not None:
            value["base"] = 5
        f.MeasurementFactory(indicator=indicator, organisation=organisation, year=YEAR, state=state, **value)


def _at(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def texts(thing):
    """Every text in the facts, wherever it stands."""
    if isinstance(thing, str):
        yield thing
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from texts(getattr(thing, field.name))
    elif isinstance(thing, tuple):
        for one in thing:
            yield from texts(one)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(ACTIONS, max_size=4), indicators=st.lists(INDICATORS, max_size=3))
def test_whatever_the_plan_holds_its_facts_add_up(db, actions, indicators):
    plan = build(actions, indicators)
    review = f.ReviewFactory(plan=plan, year=YEAR)
    facts = gather(review, today=TODAY)
    whole = facts.progress.whole
    for counts in (whole, *facts.progress.by_ambition, *facts.progress.by_theme):
        assert sum(one.count for one in counts.statuses) == counts.total
        assert sum(one.count for one in counts.confidences) == counts.total
        assert counts.late <= counts.total
    for groups in (facts.progress.by_ambition, facts.progress.by_theme):
        assert sum(one.total for one in groups) == whole.total
        assert sum(one.late for one in groups) == whole.late
    assert whole.total == len(facts.actions) == sum(not one["is_in_trash"] for one in actions)
    assert whole.late == sum(bool(one.lateness) for one in facts.actions)

    summary = facts.indicator_summary
    assert summary.complete + summary.partial + summary.empty == summary.total == len(facts.indicators)
    assert summary.reached <= summary.with_target <= summary.total
    assert all(one.has_target for one in facts.indicators if one.is_reached is not None)

    for changes in filter(None, (facts.since_signature, facts.since_last_year)):
        assert changes.since < changes.until
    sentences = [facts.progress.sentence, summary.sentence]
    sentences += [one.sentence for one in (facts.since_last_year,) if one]
    assert all(one.endswith(".") and not one[0].islower() for one in sentences)
    for text in texts(facts):
        assert "None" not in text and "{" not in text and "  " not in text, text
    assert canonical_json(facts) == canonical_json(gather(review, today=TODAY))
