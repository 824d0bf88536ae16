"""What moved in the plan since a day: from which day, what, why, and who decided it."""

import datetime as dt

import pytest
from django.utils import timezone

from actions.models import Action
from ctg.reviews.facts.canonical import canonical_json
from ctg.reviews.facts.changes import read_changes_since_last_year, read_changes_since_signature
from ctg.reviews.models import FrozenKind
from partners import tracking
from partners.tracking import Author
from tests import factories as f

TODAY = dt.date(2026, 11, 22)
SIGNED = dt.date(2025, 11, 24)
BY = Author("Camille Martin, coordination")

pytestmark = pytest.mark.django_db


def noon(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def write(thing, day, reason="", **values):
    tracking.change(thing, values, by=BY, at=noon(day), reason=reason)


@pytest.fixture
def plan(world):
    """A plan of which the history begins in 2025, and that was signed in November."""
    write(world.plan, dt.date(2025, 3, 3), title="Plan d’actions")
    f.FrozenDocumentFactory(plan=world.plan, frozen_at=noon(SIGNED), adopted_on=SIGNED)
    world.action.status = "ongoing"
    world.action.save(update_fields=["status"])
    return world.plan


@pytest.fixture
def action(world):
    return world.action


@pytest.fixture
def copil(plan):
    return f.BodyFactory(plan=plan, name="COPIL")


def decide(plan, action, day, **values):
    return f.DecisionFactory(plan=plan, actions=[action], outcome="taken", decided_on=day, **values)


def the_change(plan, kind):
    changes = read_changes_since_signature(plan, today=TODAY).changes
    return next(one for one in changes if one.kind == kind)


def test_without_a_signed_plan_nothing_moved_since():
    assert read_changes_since_signature(f.PlanFactory(), today=TODAY) is None


def test_what_was_added_dropped_and_abandoned_since_the_signature(plan, action):
    write(action, SIGNED - dt.timedelta(days=5), title="Ouvrir un café")
    write(action, dt.date(2026, 6, 18), status="abandoned", status_reason="Plus de local")
    dropped = f.ActionFactory(plan=plan, number=2, title="Un forum")
    tracking.trash(dropped, by=BY, at=noon(dt.date(2026, 7, 1)))
    added = Action(plan=plan, number=3, position=3, title="Une navette")
    tracking.create(added, by=BY, at=noon(dt.date(2026, 8, 1)))
    changes = read_changes_since_signature(plan, today=TODAY)
    assert (changes.since, changes.until) == ("2025-11-24", "2026-11-22")
    assert changes.since_words == "la signature, le 24 novembre 2025"
    assert changes.sentence == (
        "Depuis la signature, le 24 novembre 2025\u00a0: "
        "1 action ajoutée, 1 action retirée du plan et 1 action abandonnée."
    )
    assert [(one.number, one.words, one.before, one.after, one.on) for one in changes.changes] == [
        (1, "abandonnée", "en cours", "abandonnée", "2026-06-18"),
        (2, "retirée du plan", "à venir", "", "2026-07-01"),
        (3, "ajoutée au plan", "", "à venir", "2026-08-01"),
    ]
    assert changes.changes[0].reason == "Plus de local"


def test_an_action_that_came_back_says_so(plan):
    gone = f.ActionFactory(plan=plan, number=2)
    tracking.trash(gone, by=BY, at=noon(SIGNED - dt.timedelta(days=9)))
    tracking.restore(gone, by=BY, at=noon(dt.date(2026, 8, 1)))
    change = the_change(plan, "added")
    assert (change.words, change.reason) == ("ajoutée au plan, sortie de la corbeille", "")


def test_nothing_moved_is_said(plan):
    changes = read_changes_since_signature(plan, today=TODAY)
    assert changes.changes == ()
    assert changes.sentence == ("Depuis la signature, le 24 novembre 2025, rien n’a changé dans le plan.")


def test_the_day_of_the_signature_is_told_apart_from_the_day_it_was_frozen(plan):
    plan.frozen_documents.update(adopted_on=dt.date(2025, 11, 3))
    words = read_changes_since_signature(plan, today=TODAY).since_words
    assert words == "la signature, le 3 novembre 2025, figée le 24 novembre 2025"


def test_meteo_and_milestones_are_the_life_of_the_plan_and_told_for_the_year_alone(plan, action, world):
    write(action, dt.date(2026, 2, 1), confidence="watch")
    write(world.milestone, dt.date(2026, 5, 2), reached_on=dt.date(2026, 5, 1))
    f.MilestoneFactory(action=action, title="Travaux finis", due_on=dt.date(2026, 9, 1))
    assert read_changes_since_signature(plan, today=TODAY).changes == ()
    changes = read_changes_since_last_year(f.ReviewFactory(plan=plan, year=2026), today=TODAY)
    assert [(one.words, one.before, one.after, one.on) for one in changes.changes] == [
        ("météo\u00a0: à surveiller", "sans avis", "à surveiller", "2026-02-01"),
        (
            "jalon atteint\u00a0: Bail signé",
            "attendu le 1er juin 2026",
            "atteint le 1er mai 2026",
            "2026-05-02",
        ),
        ("jalon manqué\u00a0: Travaux finis", "attendu le 1er septembre 2026", "pas atteint", ""),
    ]
    assert all(not one.reason and not one.decided_by for one in changes.changes)


# Why, and decided by whom


def test_a_calendar_says_by_how_much_it_was_moved_and_why(plan, action):
    write(action, dt.date(2026, 6, 1), "Le permis manque", calendar_text="mars 2027")
    change = the_change(plan, "calendar")
    assert (change.before, change.after) == ("2026", "mars 2027")
    assert change.reason == "repoussée de 3 mois\u00a0: Le permis manque"


def test_the_reason_of_an_earlier_change_is_not_that_of_the_last(plan, action):
    write(action, dt.date(2026, 5, 1), "Plus d’argent", status="suspended", status_reason="Plus d’argent")
    write(action, dt.date(2026, 6, 1), status="done", status_reason="")
    assert the_change(plan, "status").reason == ""
    write(action, dt.date(2026, 7, 1), "Relu en COTECH", title="Un autre intitulé")
    assert the_change(plan, "title").reason == "Relu en COTECH"


def test_a_move_names_the_level_in_the_words_of_the_territory(plan, action):
    plan.ambition_label = "Axe"
    plan.save()
    write(action, dt.date(2026, 6, 1), ambition=f.AmbitionFactory(plan=plan, title="Aller vers"))
    change = the_change(plan, "ambition")
    assert (change.words, change.before, change.after) == (
        "déplacée (axe)",
        "Renforcer le lien social",
        "Aller vers",
    )


def test_the_decision_taken_about_the_action_is_named_by_its_meeting(plan, action, copil):
    meeting = f.MeetingFactory(body=copil, held_on=dt.date(2026, 6, 18))
    decide(plan, action, dt.date(2026, 6, 18), meeting=meeting)
    decide(plan, f.ActionFactory(plan=plan, number=2), dt.date(2026, 6, 19))
    f.DecisionFactory(plan=plan, actions=[action], outcome="declined", decided_on=dt.date(2026, 6, 19))
    write(action, dt.date(2026, 6, 20), status="postponed", status_reason="Budget")
    assert the_change(plan, "status").decided_by == "COPIL du 18 juin 2026"


def test_of_several_decisions_the_last_before_the_change_made_it(plan, action):
    for day in (dt.date(2026, 3, 1), dt.date(2026, 6, 18), dt.date(2026, 9, 1)):
        decide(plan, action, day)
    write(action, dt.date(2026, 6, 18), status="abandoned", status_reason="Budget")
    assert the_change(plan, "status").decided_by == "décision du 18 juin 2026"


def test_a_decision_after_the_change_confirms_it(plan, action):
    write(action, dt.date(2026, 6, 18), status="abandoned", status_reason="Budget")
    decide(plan, action, dt.date(2026, 9, 1))
    assert the_change(plan, "status").decided_by == "décision du 1er septembre 2026"


def test_what_was_decided_before_the_signature_or_thrown_away_decided_nothing(plan, action, copil):
    decide(plan, action, SIGNED)
    decide(plan, action, dt.date(2026, 3, 1), trashed_at=timezone.now())
    write(action, dt.date(2026, 6, 18), status="abandoned", status_reason="Budget")
    assert the_change(plan, "status").decided_by == ""
    gone = f.MeetingFactory(body=copil, held_on=dt.date(2026, 3, 2), trashed_at=timezone.now())
    decide(plan, action, dt.date(2026, 3, 3), meeting=gone)
    assert the_change(plan, "status").decided_by == "décision du 3 mars 2026"


def test_no_meeting_decides_that_a_work_goes_on(plan, action):
    decide(plan, action, dt.date(2026, 3, 1))
    write(action, dt.date(2026, 6, 18), status="done")
    assert the_change(plan, "status").decided_by == ""


# Since which day


@pytest.fixture
def review(plan, world):
    world.milestone.delete()
    return f.ReviewFactory(plan=plan, year=2026)


def frozen_review(plan, year, data_on):
    return f.FrozenDocumentFactory(
        plan=plan,
        kind=FrozenKind.REVIEW,
        review=f.ReviewFactory(plan=plan, year=year),
        facts=canonical_json({"identity": {"data_on": data_on.isoformat()}}),
        frozen_at=noon(data_on + dt.timedelta(days=3)),
    )


def test_a_year_is_counted_from_the_end_of_the_one_before(review, action):
    write(action, dt.date(2025, 12, 31), title="Un café")
    write(action, dt.date(2026, 1, 1), status="done")
    changes = read_changes_since_last_year(review, today=TODAY)
    assert (changes.since, changes.since_words) == ("2025-12-31", "le 31 décembre 2025")
    assert changes.sentence == "Depuis le 31 décembre 2025\u00a0: 1 changement de statut."


def test_the_day_is_that_of_paris(review, action):
    late = dt.datetime(2025, 12, 31, 23, 30, tzinfo=dt.UTC)
    tracking.change(action, {"title": "Un café"}, by=BY, at=late)
    [change] = read_changes_since_last_year(review, today=TODAY).changes
    assert change.on == "2026-01-01"


def test_a_frozen_review_of_an_earlier_year_is_where_one_starts(plan, review):
    frozen_review(plan, 2024, dt.date(2025, 1, 20))
    frozen_review(plan, 2025, dt.date(2026, 1, 12))
    frozen_review(plan, 2027, dt.date(2026, 3, 1))
    changes = read_changes_since_last_year(review, today=TODAY)
    assert changes.since == "2026-01-12"
    assert changes.sentence.startswith("Depuis le bilan 2025, aux données du 12 janvier 2026, rien")


def test_one_never_starts_before_the_history(world):
    write(world.plan, dt.date(2026, 4, 2), title="Plan d’actions")
    changes = read_changes_since_last_year(f.ReviewFactory(plan=world.plan, year=2026), today=TODAY)
    assert (changes.since, changes.since_words) == ("2026-04-02", "le début du suivi, le 2 avril 2026")


def test_a_plan_that_begins_today_has_no_year_behind_it(world):
    review = f.ReviewFactory(plan=world.plan, year=2026)
    assert read_changes_since_last_year(review, today=TODAY) is None
    write(world.plan, TODAY, title="Plan d’actions")
    assert read_changes_since_last_year(review, today=TODAY) is None
