"""What goes from one plan to the next: all of what was kept but what is meant to begin anew."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import models
from django.utils import timezone

from actions.models import (
    Action,
    Ambition,
    Body,
    CustomField,
    Factor,
    Need,
    Objective,
    Orientation,
    Part,
    Plan,
    Seat,
    Theme,
)
from ctg.cycle.models import Verdict
from ctg.cycle.renewing.creating import Undecided, create_next_plan
from indicators.models import Indicator
from partners.models import Change
from partners.tracking import Author
from tests import factories as f

#: What is meant to differ in the next plan, beside the things that point at one another.
BEGINS_ANEW = {
    Plan: {"title", "first_year", "last_year", "heading", "dated_text", "dated_on"},
    Action: {
        *("status", "status_reason", "confidence", "progress"),
        *("calendar_text", "dates_given", "starts_on", "ends_on"),
    },
    Indicator: {"baseline", "baseline_on", "baseline_source", "targets"},
}

#: What points at another thing of the plan: its copy is pointed at.
POINTING = {"ambition", "orientation", "theme", "need", "objective", "actions"}


def fill(thing):
    """Give every tracked column of a thing a value of its own, whatever columns it has by now."""
    columns = {field.name: field for field in thing._meta.concrete_fields}
    for rank, name in enumerate(thing.tracked_fields, 1):
        field = columns.get(name)
        if field is None or field.is_relation:
            continue
        setattr(thing, name, value_for(field, rank))
    thing.save()
    return thing


def value_for(field, rank):
    if field.choices:
        return [value for value, _ in field.flatchoices if value not in ("", field.get_default())][0]
    if isinstance(field, models.BooleanField):
        return not field.get_default()
    if isinstance(field, models.DateField):
        return dt.date(2027, 1, rank)
    if isinstance(field, models.DecimalField):
        return Decimal(rank)
    if isinstance(field, models.IntegerField):
        return 2 if field.name == "scale_min" else 10 + rank
    return ["Une chose"] if isinstance(field, models.JSONField) else f"{field.name} à moi"


@pytest.fixture
def full(world):
    """A plan of which everything has a value, and the plan that was made of it."""
    plan, action = fill(world.plan), world.action
    service, partner = world.service, world.partner
    world.body = fill(f.BodyFactory(plan=plan))
    world.seat = fill(f.SeatFactory(body=world.body, organisation=partner))
    for heading in (world.ambition, world.orientation, world.theme, world.need, world.objective):
        fill(heading)
    world.field = CustomField.objects.create(plan=plan, key=3, label="Dispositif")
    fill(action)
    action.custom_values = {world.field.name: "CLAS", "custom_9": "d’un champ supprimé"}
    action.save()
    for part in Part:
        for rank, organisation in enumerate((partner, service)):
            action.involvements.update_or_create(
                organisation=organisation, part=part, defaults={"position": rank}
            )
    fill(world.factor)
    world.factor.removed_on = None
    world.factor.save()
    indicator = fill(world.indicator)
    indicator.common = f.CommonIndicatorFactory()
    indicator.first_dimension, indicator.second_dimension = (
        f.DimensionFactory(territory=world.territory, categories=["Rivemont"]) for _ in range(2)
    )
    indicator.save()
    indicator.contributors.set([service, partner])
    return world


def renew(world, **verdicts):
    """The next plan; the first action is kept unless said otherwise, by its number: `a2="drop"`."""
    renewal = f.RenewalFactory(plan=world.plan, first_year=2029, last_year=2032)
    for action in world.plan.actions.current():
        verdict = verdicts.get(f"a{action.number}", Verdict.KEEP)
        f.RenewalChoiceFactory(renewal=renewal, action=action, verdict=verdict)
    by = Author("Camille", world.camille)
    return create_next_plan(renewal, by=by, at=timezone.now())


def pairs(world, plan):
    """Each thing of the plan before with its copy."""
    yield world.plan, plan
    for model in (Ambition, Orientation, Theme, Need, Objective, Action, Indicator, Body):
        [source] = model.objects.current().filter(plan=world.plan)
        [copy] = model.objects.current().filter(plan=plan)
        yield source, copy
    yield world.seat, Seat.objects.get(body__plan=plan)
    yield world.factor, Factor.objects.get(action__plan=plan)
    yield world.field, CustomField.objects.get(plan=plan)


def test_nothing_of_what_is_kept_is_lost(full):
    plan = renew(full)
    compared = 0
    for source, copy in pairs(full, plan):
        source.refresh_from_db()
        for name in source.tracked_fields:
            where = f"{type(source).__name__}.{name}"
            if name in BEGINS_ANEW.get(type(source), ()):
                continue
            before, after = source.read_tracked(name), copy.read_tracked(name)
            if type(source) is not CustomField and where != "Factor.removed_on":
                assert before not in (None, "", []), f"{where} says nothing in the plan before"
            if name in POINTING:
                assert after and after != before, where
            else:
                assert after == before, where
            compared += 1
    assert compared > 60


def test_what_is_pointed_at_is_the_copy(full):
    plan = renew(full)
    [action], [indicator] = plan.actions.all(), plan.indicators.all()
    for name in ("ambition", "orientation", "theme", "need", "objective"):
        assert getattr(action, name).plan == plan, name
    assert action.orientation.ambition == action.ambition
    assert list(indicator.actions.all()) == [action]
    assert (action.renewed_from, indicator.renewed_from) == (full.action, full.indicator)
    assert plan.renewed_from == full.plan
    # The value of a field that lies in the trash does not come back under another field.
    assert action.custom_values == {full.field.name: "CLAS"}


def test_what_begins_anew_is_blank(full):
    [action] = renew(full).actions.all()
    assert (action.status, action.status_reason, action.confidence, action.progress) == (
        "planned",
        "",
        "",
        None,
    )
    assert (action.calendar_text, action.starts_on, action.ends_on, action.precision) == ("", None, None, "")
    assert not action.milestones.exists() and not action.notes.exists() and not action.blockages.exists()
    assert action.search_text


def test_the_last_complete_value_is_where_the_new_series_starts(full, today):
    full.indicator.contributors.set([full.service])
    full.indicator.kind = "count"
    full.indicator.save()
    full.indicator.measurements.all().delete()
    for year, amount in ((today.year - 2, 200), (today.year - 1, 340)):
        f.MeasurementFactory(indicator=full.indicator, organisation=full.service, year=year, amount=amount)
    # Of this year, one of two is still missing.
    f.SolicitationFactory(campaign=full.campaign, organisation=full.partner, indicators=[full.indicator])
    f.MeasurementFactory(indicator=full.indicator, organisation=full.service, year=today.year, amount=50)
    full.indicator.targets.create(year=today.year - 1, value=400)
    full.indicator.targets.create(year=2029, value=500)
    full.indicator.targets.create(year=None, value=600)
    [indicator] = renew(full).indicators.all()
    assert (indicator.baseline, indicator.baseline_on) == (340, dt.date(today.year - 1, 12, 31))
    assert f"Valeur {today.year - 1}" in indicator.baseline_source
    assert "1 porteur sur 1" in indicator.baseline_source
    # Targets of years gone by, and of the end of the plan before, stay behind.
    assert [(target.year, target.value) for target in indicator.targets.all()] == [(2029, 500)]


def test_without_a_value_the_start_stays_the_one_it_had(full):
    full.indicator.measurements.all().delete()
    [indicator] = renew(full).indicators.all()
    assert (indicator.baseline, indicator.baseline_source) == (
        full.indicator.baseline,
        full.indicator.baseline_source,
    )


def test_an_indicator_goes_on_with_the_actions_that_do(world):
    dropped = f.ActionFactory(plan=world.plan, number=2)
    trashed = f.ActionFactory(plan=world.plan, number=3, trashed_at=timezone.now())
    for wording, served in {
        "des deux": [world.action, dropped],
        "de la seule arrêtée": [dropped],
        "de la corbeille": [trashed],
        "d’aucune": [],
    }.items():
        f.IndicatorFactory(plan=world.plan, wording=wording, actions=served)
    plan = renew(world, a2=Verdict.DROP)
    served = {one.wording: [a.number for a in one.actions.all()] for one in plan.indicators.all()}
    assert served == {world.indicator.wording: [1], "des deux": [1], "d’aucune": []}


def test_lines_that_hold_nothing_any_more_stay_and_those_of_the_trash_do_not(world):
    f.ThemeFactory(plan=world.plan, title="Vide")
    world.theme.trashed_at = timezone.now()
    world.theme.save()
    f.FactorFactory(action=world.action, text="Levé", removed_on=dt.date(2026, 1, 1))
    plan = renew(world)
    assert [theme.title for theme in plan.themes.all()] == ["Vide"]
    assert plan.actions.get().theme is None
    assert [factor.text for factor in plan.actions.get().factors.all()] == ["Pas de local"]


def test_all_of_it_is_one_gesture_that_is_signed(world):
    plan = renew(world)
    changes = Change.objects.filter(plan_id=plan.pk)
    assert changes.values("batch").distinct().count() == 1
    assert set(changes.values_list("author_label", "event")) == {("Camille", "created")}


def test_nothing_is_created_as_long_as_an_action_waits(world):
    renewal = f.RenewalFactory(plan=world.plan)
    with pytest.raises(Undecided):
        create_next_plan(renewal, by=Author("Camille", world.camille), at=timezone.now())
    assert not Plan.objects.filter(renewed_from=world.plan).exists()
