"""The plan as it stood at the end of a day: compared with what was written down on that day."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.calendar_reading import read_period
from actions.models import Action, Milestone
from actions.past import ShiftKind, differences, read_past, read_pasts
from partners import tracking
from partners.tracking import Author
from tests import factories as f

BY = Author("Camille Martin, coordination")
JUNE = dt.date(2026, 6, 18)


def at(day, hour=12, minute=0):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def write(thing, day=JUNE + dt.timedelta(days=30), **values):
    tracking.change(thing, values, by=BY, at=day if isinstance(day, dt.datetime) else at(day))


@pytest.fixture
def plan(world):
    return world.plan


@pytest.fixture
def action(world):
    world.action.status = "ongoing"
    world.action.save(update_fields=["status"])
    return world.action


def test_what_changed_later_is_undone(plan, action):
    write(action, JUNE, confidence="fine")
    write(action, status="suspended", status_reason="Plus de local", confidence="hard")
    write(action, JUNE + dt.timedelta(days=60), status="done", status_reason="")
    then = read_past(plan, JUNE).actions[action.pk]
    assert (then.status, then.status_reason, then.confidence) == ("ongoing", "", "fine")
    between = read_past(plan, JUNE + dt.timedelta(days=45)).actions[action.pk]
    assert (between.status, between.status_reason, between.confidence) == (
        "suspended",
        "Plus de local",
        "hard",
    )


def test_an_action_is_there_from_its_creation_to_the_trash(plan):
    new = Action(plan=plan, number=40, position=40, title="Une action de plus")
    tracking.create(new, by=BY, at=at(JUNE))
    tracking.trash(new, by=BY, at=at(JUNE + dt.timedelta(days=10)))
    tracking.restore(new, by=BY, at=at(JUNE + dt.timedelta(days=20)))
    tracking.trash(new, by=BY, at=at(JUNE + dt.timedelta(days=30)))
    there = {
        days: new.pk in read_past(plan, JUNE + dt.timedelta(days=days)).actions for days in range(-1, 40)
    }
    assert [days for days, is_there in there.items() if is_there] == [*range(10), *range(20, 30)]


def test_an_action_of_another_plan_is_never_there(plan, world):
    write(world.foreign_action, status="done")
    assert set(read_past(plan, JUNE).actions) == {world.action.pk}


def test_dates_taken_from_a_text_go_back_with_it(plan, action):
    write(action, calendar_text="2e semestre 2027")
    then = read_past(plan, JUNE).actions[action.pk]
    assert (then.calendar_text, then.starts_on, then.ends_on) == (
        "2026",
        dt.date(2026, 1, 1),
        dt.date(2026, 12, 31),
    )


def test_dates_given_by_hand_come_back_as_dates(plan, action):
    given = {"dates_given": True, "starts_on": dt.date(2026, 3, 1), "ends_on": dt.date(2026, 5, 15)}
    write(action, JUNE, **given)
    write(action, dates_given=False, starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31))
    then = read_past(plan, JUNE).actions[action.pk]
    assert (then.dates_given, then.starts_on, then.ends_on) == tuple(given.values())
    assert then.calendar == "2026, du 1er mars 2026 au 15 mai 2026"


@pytest.mark.parametrize(
    ("change_of_clocks", "midnight_in_utc"), [(dt.date(2026, 3, 29), 22), (dt.date(2026, 10, 25), 23)]
)
def test_a_day_ends_at_midnight_in_paris_when_the_clocks_change(
    plan, action, change_of_clocks, midnight_in_utc
):
    midnight = dt.datetime.combine(change_of_clocks, dt.time(midnight_in_utc), dt.UTC)
    write(action, midnight - dt.timedelta(seconds=1), confidence="fine")
    write(action, midnight, confidence="hard")
    days = [change_of_clocks + dt.timedelta(days=shift) for shift in (-1, 0, 1)]
    assert [past.actions[action.pk].confidence for past in read_pasts(plan, *days)] == ["", "fine", "hard"]


def test_two_changes_of_the_same_instant_are_undone_in_the_order_of_writing(plan, action):
    late = at(JUNE + dt.timedelta(days=1))
    write(action, late, title="B")
    write(action, late - dt.timedelta(minutes=1), title="C")
    assert read_past(plan, JUNE).actions[action.pk].title == "Ouvrir un café des jeunes"


def test_lateness_then_is_the_rule_of_the_action(plan, action):
    for values in ({}, {"recurring": True}, {"status": "done"}, {"calendar_text": "2027"}):
        write(action, timezone.now(), **values)
        for day in (dt.date(2026, 12, 31), dt.date(2027, 1, 1)):
            then = read_past(plan, timezone.localdate()).actions[action.pk]
            assert then.is_late(day) == action.is_late(day)


# Differences, in words.


def shifts(plan, since=JUNE, until=None):
    before, after = read_pasts(plan, since, until or dt.date(2026, 11, 22))
    return differences(before, after)


def test_a_change_of_status_tells_its_reason(plan, action):
    write(action, status="abandoned", status_reason="Le COPIL y renonce")
    (shift,) = shifts(plan)
    assert (shift.kind, shift.before, shift.after) == (ShiftKind.STATUS, "en cours", "abandonnée")
    assert (shift.note, shift.at) == ("Le COPIL y renonce", at(JUNE + dt.timedelta(days=30)))
    assert shift.is_abandonment


def test_a_difference_is_dated_by_the_last_change_between_the_two_days(plan, action):
    for days, confidence in ((10, "fine"), (20, "hard"), (30, "watch")):
        write(action, JUNE + dt.timedelta(days=days), confidence=confidence)
    (shift,) = shifts(plan, until=JUNE + dt.timedelta(days=25))
    assert (shift.before, shift.after, shift.value) == ("sans avis", "en difficulté", "hard")
    assert shift.at == at(JUNE + dt.timedelta(days=20))


def test_what_came_and_went_is_no_difference(plan, action):
    write(action, status="suspended", status_reason="Travaux")
    write(action, JUNE + dt.timedelta(days=31), status="ongoing", status_reason="")
    assert shifts(plan) == []


def test_added_and_dropped_actions_are_told_once(plan, action):
    new = Action(plan=plan, number=40, position=40, title="Une action de plus")
    tracking.create(new, by=BY, at=at(JUNE + dt.timedelta(days=1)))
    write(new, status="ongoing")
    tracking.trash(action, by=BY, at=at(JUNE + dt.timedelta(days=2)))
    dropped, added = shifts(plan)
    assert (dropped.kind, dropped.before, dropped.after) == (ShiftKind.DROPPED, "en cours", "")
    assert dropped.at == at(JUNE + dt.timedelta(days=2))
    assert (added.kind, added.number, added.after) == (ShiftKind.ADDED, 40, "en cours")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2027", "repoussée d’un an"),
        ("2028", "repoussée de 2 ans"),
        ("janvier 2026 à mars 2027", "repoussée de 3 mois"),
        ("janvier à novembre 2026", "avancée d’un mois"),
        ("juillet à décembre 2026", "début repoussé de 6 mois"),
        ("du 1er janvier 2026 au 12 janvier 2027", "repoussée de 12 jours"),
        ("du 1er janvier 2026 au 12 mars 2027", "repoussée d’environ 2 mois"),
        ("à partir de 2026", "plus de date de fin"),
        ("Année 2026", ""),
    ],
)
def test_a_calendar_tells_by_how_much_it_moved(plan, action, text, words):
    write(action, calendar_text=text)
    (shift,) = shifts(plan)
    assert (shift.kind, shift.before, shift.after, shift.note) == (ShiftKind.CALENDAR, "2026", text, words)


def test_an_action_that_changed_places_names_both(plan, action, world):
    other = f.AmbitionFactory(plan=plan, title="Loger")
    write(action, ambition=other, theme=None, title="Ouvrir un café")
    moved, unthemed, renamed = shifts(plan)
    assert (moved.kind, moved.before, moved.after) == ("ambition", "Renforcer le lien social", "Loger")
    assert (unthemed.kind, unthemed.before, unthemed.after) == ("theme", "JEUNESSE", "")
    assert (renamed.kind, renamed.before) == ("title", "Ouvrir un café des jeunes")


def test_milestones_reached_and_missed_between_the_two_days(plan, action, world):
    missed = f.MilestoneFactory(action=action, title="Travaux finis", due_on=dt.date(2026, 9, 1))
    f.MilestoneFactory(action=action, title="Manqué avant", due_on=JUNE - dt.timedelta(days=1))
    f.MilestoneFactory(action=action, title="Atteint avant", reached_on=JUNE)
    f.MilestoneFactory(action=action, title="Plus tard", due_on=dt.date(2026, 11, 22))
    write(world.milestone, reached_on=dt.date(2026, 7, 3))
    told = {shift.note: (shift.kind, shift.after) for shift in shifts(plan) if shift.note}
    assert told == {
        "Bail signé": (ShiftKind.REACHED, "atteint le 3 juillet 2026"),
        missed.title: (ShiftKind.MISSED, "pas atteint"),
    }


def test_three_queries_whatever_was_done(plan, action, world, django_assert_num_queries):
    for day in range(40):
        write(action, JUNE + dt.timedelta(days=day), priority=day, title=f"Titre {day}")
    with django_assert_num_queries(3):
        assert len(shifts(plan)) >= 1


# Against a slow reference: what was seen at each moment, kept as it was.


STATUSES = ("planned", "ongoing", "done", "postponed", "suspended", "abandoned")
TEXTS = ("2026", "2e semestre 2027", "en continu", "", "on verra", "rentrée 2026 à juin 2027")
GESTURES = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 48 * 5), st.integers(0, 4), st.integers(0, 11)),
    min_size=1,
    max_size=14,
)


def do(plan, headings, gesture, target, choice, moment):
    """One thing that a person does; nothing when there is nothing to do it to."""
    actions = list(Action.objects.filter(plan=plan).order_by("pk"))
    if gesture == 0 or not actions:
        number = len(actions) + 1
        new = Action(plan=plan, number=number, title=f"Action {number}", calendar_text=TEXTS[choice % 6])
        return tracking.create(new, by=BY, at=moment)
    action = actions[target % len(actions)]
    if gesture == 1:
        return (tracking.restore if action.trashed_at else tracking.trash)(action, by=BY, at=moment)
    if gesture == 2:
        milestones = list(Milestone.objects.filter(action=action))
        if choice < 4 or not milestones:
            milestone = Milestone(action=action, title="Jalon", due_on=dt.date(2026, 3, 1 + choice))
            return tracking.create(milestone, by=BY, at=moment)
        if choice < 6:
            return tracking.trash(milestones[0], by=BY, at=moment)
        return write(milestones[0], moment, reached_on=dt.date(2026, 4, choice))
    if gesture == 3:
        reason = "Motif" if choice % 6 > 2 else ""
        return write(action, moment, status=STATUSES[choice % 6], status_reason=reason)
    if gesture == 4:
        ambition, theme = headings
        places = {"ambition": ambition[choice % 3], "theme": theme[choice % 2], "position": choice}
        return write(
            action,
            moment,
            title=f"Titre {choice}",
            elected_lead=f"Élue {choice}",
            confidence=("", "hard")[choice % 2],
            **places,
        )
    if gesture == 5:
        return write(action, moment, calendar_text=TEXTS[choice % 6])
    # As the form of the calendar does.
    text, period = TEXTS[choice % 6], read_period(TEXTS[choice % 6])
    dates = {"starts_on": period and period.starts_on, "ends_on": period and period.ends_on}
    if choice > 5:
        dates = {"starts_on": dt.date(2026, 1, choice), "ends_on": None}
    return write(action, moment, calendar_text=text, dates_given=choice > 5, recurring=choice == 3, **dates)


ACTION = (
    *("number", "title", "status", "status_reason", "confidence", "calendar_text", "dates_given"),
    *("starts_on", "ends_on", "recurring", "ambition_id", "theme_id", "position", "elected_lead"),
)


def seen(plan):
    """What a person sees in the plan at this moment."""
    actions = {
        action.pk: [getattr(action, name) for name in ACTION]
        + [str(action.ambition or ""), str(action.theme or "")]
        for action in Action.objects.current().filter(plan=plan).select_related("ambition", "theme")
    }
    milestones = {
        milestone.pk: (milestone.title, milestone.due_on, milestone.reached_on)
        for milestone in Milestone.objects.current().filter(action__in=actions)
    }
    return actions, milestones


def rebuilt(past):
    names = [name.removesuffix("_id") for name in ACTION] + ["ambition_title", "theme_title"]
    actions = {pk: [getattr(action, name) for name in names] for pk, action in past.actions.items()}
    return actions, {pk: (one.title, one.due_on, one.reached_on) for pk, one in past.milestones.items()}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from([dt.date(2026, 3, 27), dt.date(2026, 10, 23)]), gestures=GESTURES)
def test_any_past_is_what_was_seen_then(world, start, gestures):
    plan = f.PlanFactory(territory=world.territory, title=str(uuid.uuid4()))
    headings = (
        [*f.AmbitionFactory.create_batch(2, plan=plan), None],
        [f.ThemeFactory(plan=plan), None],
    )
    origin = dt.datetime.combine(start, dt.time(0), dt.UTC)
    days = [start + dt.timedelta(days=shift) for shift in range(-1, 7)]
    by_day = dict.fromkeys(days, ({}, {}))
    for gesture, half_hours, target, choice in sorted(gestures, key=lambda one: one[1]):
        moment = origin + dt.timedelta(minutes=30 * half_hours)
        do(plan, headings, gesture, target, choice, moment)
        now = seen(plan)
        by_day |= {day: now for day in days if day >= timezone.localdate(moment)}
    for past in read_pasts(plan, *days):
        assert rebuilt(past) == by_day[past.on]
        assert list(past.actions) == list(by_day[past.on][0])
