"""The facts of a review: each number checked in a plan where it is known, and what must not be there."""

import datetime as dt
import re
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ctg.reviews.facts.actions import read_actions
from ctg.reviews.facts.canonical import canonical_json
from ctg.reviews.facts.gathering import gather
from ctg.reviews.facts.progress import read_progress
from ctg.reviews.models import FrozenKind, Review
from partners import tracking
from partners.tracking import Author
from tests import factories as f
from tests.routes import FAR, neighbours

YEAR = 2026
TODAY = dt.date(2026, 11, 22)

pytestmark = pytest.mark.django_db


def at(*utc):
    return dt.datetime(*utc, tzinfo=dt.UTC)


@pytest.fixture
def plan(world):
    """The plan of the world, with its one action."""
    return world.plan


@pytest.fixture
def review(plan):
    return f.ReviewFactory(plan=plan, year=YEAR)


@pytest.fixture
def told(review, world):
    """What the review tells of the first action."""

    def read(year=YEAR):
        other = Review(plan=review.plan, year=year, pk=review.pk)
        return next(one for one in read_actions(other, today=TODAY) if one.number == world.action.number)

    return read


def shown(tallies):
    return {one.words: one.count for one in tallies}


# Progress


@pytest.fixture
def spread(plan, world):
    """Seven more actions: known statuses, under two ambitions and two themes, one under none."""
    second = f.AmbitionFactory(plan=plan, number=2, title="Aller vers")
    f.ThemeFactory(plan=plan, title="LOGEMENT")
    for number, (status, confidence, ambition, theme, calendar) in enumerate(
        (
            ("ongoing", "fine", world.ambition, world.theme, "2025"),
            ("ongoing", "watch", world.ambition, world.theme, "2027"),
            ("done", "fine", world.ambition, None, "2025"),
            ("done", "", second, None, "2025"),
            ("postponed", "hard", second, world.theme, "2025"),
            ("suspended", "", second, world.theme, "2025"),
            ("abandoned", "", None, world.theme, "2025"),
        ),
        start=2,
    ):
        f.ActionFactory(
            plan=plan,
            number=number,
            status=status,
            confidence=confidence,
            ambition=ambition,
            theme=theme,
            calendar_text=calendar,
        )
    f.ActionFactory(plan=plan, number=9, status="done", trashed_at=timezone.now())


def test_statuses_and_meteos_are_counted_in_order_those_at_zero_included(plan, spread):
    whole = read_progress(plan, today=TODAY).whole
    assert whole.total == 8
    assert [(one.words, one.count) for one in whole.statuses] == [
        ("à venir", 1),
        ("en cours", 2),
        ("réalisée", 2),
        ("reportée", 1),
        ("suspendue", 1),
        ("abandonnée", 1),
    ]
    assert [(one.code, one.words, one.count) for one in whole.confidences] == [
        ("fine", "sereine", 2),
        ("watch", "à surveiller", 1),
        ("hard", "en difficulté", 1),
        ("", "sans avis", 4),
    ]
    assert whole.late == 2  # The one that goes on and the one that was postponed, both until 2025.


def test_the_sentence_agrees_and_leaves_out_what_is_at_zero(plan, spread):
    assert read_progress(plan, today=TODAY).sentence == (
        "8 actions\u00a0: 1 à venir, 2 en cours, 2 réalisées, 1 reportée, 1 suspendue et 1 abandonnée"
        "\u00a0; 2 en retard."
    )


def test_headings_come_in_order_empty_ones_included_then_what_waits_to_be_classified(plan, spread):
    progress = read_progress(plan, today=TODAY)
    assert [(one.title, one.total, one.late) for one in progress.by_ambition] == [
        ("1. Renforcer le lien social", 4, 1),
        ("2. Aller vers", 3, 1),
        ("À classer", 1, 0),
    ]
    assert [(one.title, one.total) for one in progress.by_theme] == [
        ("JEUNESSE", 6),
        ("LOGEMENT", 0),
        ("À classer", 2),
    ]
    assert shown(progress.by_theme[1].statuses) == dict.fromkeys(shown(progress.whole.statuses), 0)


def test_nothing_waits_in_a_reading_that_the_plan_does_not_have():
    plan = f.PlanFactory()
    f.ActionFactory(plan=plan, theme=f.ThemeFactory(plan=plan, title="LOGEMENT"))
    progress = read_progress(plan, today=TODAY)
    assert progress.by_ambition == ()
    assert [one.title for one in progress.by_theme] == ["LOGEMENT"]


# Actions


def test_an_action_says_where_it_stands(plan, review, world, told):
    world.action.status, world.action.status_reason = "postponed", "Le bail n’est pas signé"
    world.action.confidence, world.action.progress, world.action.calendar_text = "watch", 40, "2025"
    world.action.audiences = "Les 15-18 ans"
    world.action.derive()
    world.action.save()
    f.InvolvementFactory(action=world.action, organisation=world.partner, part="partner")
    funder = f.OrganisationFactory(territory=world.territory, name="Caf")
    f.InvolvementFactory(action=world.action, organisation=funder, part="funder")
    action = told()
    assert (action.status_words, action.reason) == ("reportée", "Le bail n’est pas signé")
    assert (action.confidence, action.confidence_words, action.progress) == ("watch", "à surveiller", 40)
    assert (action.calendar, action.lateness) == ("2025", "En retard depuis janvier 2026")
    assert action.ambition == "1. Renforcer le lien social"
    assert (action.orientation, action.theme) == ("Animer des lieux ouverts", "JEUNESSE")
    assert (action.leads, action.partners) == (("Service Jeunesse",), ("Mission locale", "Caf (financeur)"))
    assert action.audiences == "Les 15-18 ans"


def test_a_heading_of_the_trash_is_not_named(world, told):
    world.theme.trashed_at = world.orientation.trashed_at = timezone.now()
    world.theme.save(), world.orientation.save()
    assert (told().theme, told().orientation) == ("", "")


def test_what_the_review_says_of_an_action_stands_beside_its_notes(review, world, told):
    f.ReviewedActionFactory(
        review=review, action=world.action, achieved="Ouvert", difficulties="Le bruit", outlook="Agrandir"
    )
    action = told()
    assert (action.achieved, action.difficulties, action.outlook) == ("Ouvert", "Le bruit", "Agrandir")
    assert [note.text for note in action.notes] == ["Visite faite."]


def test_notes_of_the_year_come_in_order_without_private_or_thrown_away_ones(world, told):
    world.note.delete()

    def note(text, day, **values):
        f.ProgressNoteFactory(action=world.action, text=text, written_at=day, **values)

    note("En juin", at(2026, 6, 2), author_label="Paul, Service Jeunesse")
    note("En mars", at(2026, 3, 2))
    note("De l’an passé", at(2025, 6, 2))
    note("Entre nous", at(2026, 6, 2), audience="coordinators")
    note("Jetée", at(2026, 6, 2), trashed_at=timezone.now())
    assert [(one.on, one.author, one.text) for one in told().notes] == [
        ("2026-03-02", "Camille Martin", "En mars"),
        ("2026-06-02", "Paul, Service Jeunesse", "En juin"),
    ]


def test_the_year_ends_at_midnight_in_paris(world, told):
    world.note.delete()
    f.ProgressNoteFactory(action=world.action, text="Réveillon", written_at=at(2026, 12, 31, 23, 30))
    f.ProgressNoteFactory(action=world.action, text="Vœux", written_at=at(2025, 12, 31, 23, 30))
    assert [(one.text, one.on) for one in told(2026).notes] == [("Vœux", "2026-01-01")]
    assert [(one.text, one.on) for one in told(2027).notes] == [("Réveillon", "2027-01-01")]
    assert told(2025).notes == ()


def test_milestones_are_those_that_the_year_awaited_or_reached(world, told):
    world.milestone.delete()
    make = f.MilestoneFactory
    make(action=world.action, title="Attendu", due_on=dt.date(2026, 12, 31), owner=world.service)
    make(action=world.action, title="Tenu", due_on=dt.date(2026, 1, 1), reached_on=dt.date(2026, 2, 1))
    make(action=world.action, title="En avance", due_on=dt.date(2027, 3, 1), reached_on=dt.date(2026, 5, 1))
    make(action=world.action, title="Sans date", due_on=None)
    make(action=world.action, title="Avant", due_on=dt.date(2025, 6, 1), reached_on=dt.date(2025, 6, 1))
    make(action=world.action, title="Jeté", trashed_at=timezone.now())
    assert [(one.title, one.due_on, one.reached_on, one.owner) for one in told().milestones] == [
        ("Tenu", "2026-01-01", "2026-02-01", ""),
        ("Attendu", "2026-12-31", "", "Service Jeunesse"),
        ("En avance", "2027-03-01", "2026-05-01", ""),
    ]


def test_freins_and_leviers_are_those_that_stood_in_the_year(world, told):
    world.factor.delete()

    def factor(text, kind, removed_on=None, **values):
        f.FactorFactory(action=world.action, text=text, kind=kind, removed_on=removed_on, **values)

    factor("Pas de bus", "brake")
    factor("Pas de local", "brake", dt.date(2026, 3, 3))
    factor("Vieux frein", "brake", dt.date(2025, 12, 31))
    factor("Une équipe", "lever", dt.date(2026, 4, 1))
    factor("Le collège", "")
    factor("Jeté", "brake", trashed_at=timezone.now())
    action = told()
    assert action.brakes == ("Pas de bus", "Pas de local (levé le 3 mars 2026)")
    assert action.levers == ("Une équipe (n’agit plus depuis le 1er avril 2026)",)
    assert action.factors == ("Le collège",)


# The whole


def test_identity_texts_and_highlights_are_those_of_the_review(plan, world):
    review = f.ReviewFactory(
        plan=plan, year=2025, signatories="Caf\n\n  MSA  \n", opening="Bonjour", outlook="Demain"
    )
    f.HighlightFactory(
        review=review, title="Second", position=2, action=f.ActionFactory(plan=plan, number=77)
    )
    f.HighlightFactory(review=review, title="Premier", position=1, text="Ce qui s’est passé")
    f.HighlightFactory(review=review, title="Jeté", position=0, trashed_at=timezone.now())
    facts = gather(review, today=TODAY)
    assert facts.identity.signatories == ("Caf", "MSA")
    assert (facts.identity.year, facts.identity.data_on) == (2025, "2026-11-22")
    assert (facts.identity.plan, facts.identity.territory) == (
        "Plan d’actions CTG 2025–2028",
        "Pays de Rivemont",
    )
    assert (facts.texts.opening, facts.texts.outlook, facts.texts.progress) == ("Bonjour", "Demain", "")
    assert [(one.title, one.text, one.action) for one in facts.highlights] == [
        ("Premier", "Ce qui s’est passé", None),
        ("Second", "", 77),
    ]


def test_an_empty_plan_says_so():
    facts = gather(f.ReviewFactory(plan__first_year=None, year=YEAR), today=TODAY)
    assert facts.progress.sentence == "Le plan ne compte aucune action."
    assert facts.indicator_summary.sentence == "Le plan ne compte aucun indicateur."
    assert (facts.since_signature, facts.since_last_year) == (None, None)
    lists = (facts.actions, facts.indicators, facts.meetings, facts.decisions, facts.road_map)
    assert not any(lists) and not any((facts.highlights, facts.progress.by_theme, facts.progress.by_ambition))


def test_the_facts_are_the_same_each_time_and_hold_no_key_of_the_database(world):
    """Every thing of the neighbour has a key that no number of hers can be."""
    theirs = neighbours(world)
    theirs.highlight.action = theirs.action
    theirs.highlight.save()
    theirs.meeting.held_on = dt.date(2026, 6, 18)
    theirs.meeting.save()
    facts = canonical_json(gather(theirs.review, today=TODAY))
    assert facts == canonical_json(gather(Review.objects.get(pk=theirs.review.pk), today=TODAY))
    assert "Canari action" in facts
    assert not re.findall(rf"{FAR // 100}\d\d", facts)


def test_a_territory_reads_nothing_of_another(world, review):
    theirs = neighbours(world)
    ours = canonical_json(gather(review, today=TODAY))
    assert "Ouvrir un café des jeunes" in ours
    assert "Canari" not in ours
    assert "café" not in canonical_json(gather(theirs.review, today=TODAY))


def furnish(plan, world, size):
    """Bring the plan to `size` of everything that a review tells, each with a change and its reason."""
    body = f.BodyFactory(plan=plan)
    for number in range(plan.actions.count() + 1, size + 1):
        ambition = f.AmbitionFactory(plan=plan)
        orientation = f.OrientationFactory(plan=plan, ambition=ambition)
        theme = f.ThemeFactory(plan=plan)
        action = f.ActionFactory(
            plan=plan, number=number, ambition=ambition, orientation=orientation, theme=theme
        )
        f.InvolvementFactory(action=action, organisation=world.service)
        f.InvolvementFactory(action=action, organisation=world.partner, part="partner")
        f.ProgressNoteFactory(action=action, written_at=at(2026, 5, 5))
        moved = {"status": "suspended", "status_reason": "Budget"}
        tracking.change(action, moved, by=Author("Camille"), at=at(2026, 5, 6), reason="Budget")
        f.MilestoneFactory(action=action, owner=world.service)
        f.MilestoneFactory(action=action, owner=world.service, due_on=dt.date(2027, 6, 1))
        f.FactorFactory(action=action)
        indicator = f.IndicatorFactory(plan=plan, actions=[action], contributors=[world.service])
        f.MeasurementFactory(indicator=indicator, organisation=world.service, year=2026)
        meeting = f.MeetingFactory(body=body, held_on=dt.date(2026, 5, 1))
        f.AttendanceFactory(meeting=meeting)
        f.AgendaItemFactory(meeting=meeting)
        for due_on in (None, dt.date(2027, 1, 1)):
            f.DecisionFactory(
                plan=plan,
                actions=[action],
                outcome="taken",
                decided_on=dt.date(2026, 5, 1),
                meeting=meeting,
                owner=world.service,
                due_on=due_on,
            )


def test_the_number_of_queries_does_not_grow(plan, world):
    review = f.ReviewFactory(plan=plan, year=YEAR)
    f.FrozenDocumentFactory(plan=plan, frozen_at=at(2026, 1, 5))
    last = f.ReviewFactory(plan=plan, year=YEAR - 1)
    tracking.change(plan, {"title": "Plan"}, by=Author("Camille"), at=at(2025, 3, 3))
    known = canonical_json({"identity": {"data_on": "2026-01-05"}})
    f.FrozenDocumentFactory(plan=plan, kind=FrozenKind.REVIEW, review=last, facts=known)
    costs = Counter()
    for size in (3, 30):
        furnish(plan, world, size)
        fresh = Review.objects.select_related("plan__territory").get(pk=review.pk)
        with CaptureQueriesContext(connection) as queries:
            facts = gather(fresh, today=TODAY)
        assert len(facts.actions) == size and len(facts.since_signature.changes) == size - 1
        assert len(facts.since_last_year.changes) > size
        costs[size] = len(queries)
    assert costs[3] == costs[30] <= 38, costs
