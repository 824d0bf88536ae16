"""What a review still lacks: each gap with the page where it is put right, and none of what is there."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ctg.reviews.facts.gathering import gather
from ctg.reviews.preparing.checklist import GapKind, group_gaps, read_checklist
from indicators.models import Target
from tests import factories as f
from tests.routes import neighbours

from .test_facts import furnish

YEAR = 2026
TODAY = dt.date(2026, 11, 22)
TEXTS = {"signatories": "Caf", "opening": "Bonjour", "participation": "Un forum", "outlook": "Demain"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(world):
    """A review that lacks nothing: one note, one value with its target, a meeting, a highlight, its texts."""
    review = f.ReviewFactory(plan=world.plan, year=YEAR, **TEXTS)
    world.action.status = "ongoing"
    world.action.save(update_fields=["status"])
    world.measurement.delete()
    world.question.delete()
    world.note.written_at = dt.datetime(2026, 5, 5, tzinfo=dt.UTC)
    world.note.save()
    f.MeasurementFactory(indicator=world.indicator, organisation=world.service, year=YEAR)
    Target.objects.create(indicator=world.indicator, year=YEAR, value=10)
    f.MeetingFactory(body=f.BodyFactory(plan=world.plan), held_on=dt.date(2026, 6, 18))
    f.HighlightFactory(review=review)
    return review


@pytest.fixture
def gaps(review):
    def read(kind=None):
        review.refresh_from_db()
        found = read_checklist(review, gather(review, today=TODAY), today=TODAY)
        return [(gap.words, gap.url) for gap in found if kind in (None, gap.kind)]

    return read


def page(review, slug):
    return reverse("reviews:review_section", args=[review.pk, slug])


def test_a_review_that_lacks_nothing_has_no_gap(gaps):
    assert gaps() == []


def test_an_action_of_which_the_year_says_nothing_leads_to_its_page(gaps, review, world):
    world.note.delete()
    url = reverse("reviews:review_action", args=[review.pk, 1])
    assert gaps() == [("Action 1\u00a0: Ouvrir un café des jeunes", url)]


@pytest.mark.parametrize("year", [2025, 2027])
def test_a_note_of_another_year_or_among_coordinators_says_nothing(gaps, world, year):
    world.note.written_at = world.note.written_at.replace(year=year)
    world.note.save()
    assert len(gaps(GapKind.ACTIONS)) == 1
    f.ProgressNoteFactory(
        action=world.action, audience="coordinators", written_at=dt.datetime(2026, 5, 5, tzinfo=dt.UTC)
    )
    assert len(gaps(GapKind.ACTIONS)) == 1


def test_the_text_of_the_review_says_enough(gaps, review, world):
    world.note.delete()
    f.ReviewedActionFactory(review=review, action=world.action)
    assert gaps(GapKind.ACTIONS) == []


@pytest.mark.parametrize(
    ("status", "is_asked"),
    [("planned", False), ("abandoned", False), ("done", True), ("postponed", True), ("suspended", True)],
)
def test_what_has_not_begun_or_was_given_up_is_not_asked_for(gaps, world, status, is_asked):
    world.note.delete()
    world.action.status = status
    world.action.save()
    assert bool(gaps(GapKind.ACTIONS)) is is_asked


def test_a_missing_value_says_who_owes_it_and_leads_to_the_indicator(gaps, world):
    world.indicator.contributors.add(world.partner)
    url = world.indicator.get_absolute_url()
    assert gaps() == [(f"{world.indicator.wording}\u00a0: il manque Mission locale", url)]


def test_an_indicator_of_nobody_says_so(gaps, world):
    alone = f.IndicatorFactory(
        plan=world.plan, actions=[world.action], is_without_target=True, wording="Seul"
    )
    assert gaps() == [("Seul\u00a0: aucun porteur attendu", alone.get_absolute_url())]


def test_who_is_not_concerned_owes_nothing(gaps, world):
    world.indicator.measurements.update(amount=None, absence="not_concerned")
    assert gaps(GapKind.VALUES) == []


def test_values_of_a_year_to_come_are_not_missing_yet(world):
    review = f.ReviewFactory(plan=world.plan, year=YEAR + 1, **TEXTS)
    found = read_checklist(review, gather(review, today=TODAY), today=TODAY)
    assert GapKind.VALUES not in {gap.kind for gap in found}


def test_a_figure_has_a_target_of_some_year_or_is_said_to_have_none(gaps, world):
    world.indicator.targets.update(year=None)
    assert gaps() == []
    world.indicator.targets.all().delete()
    assert gaps() == [(world.indicator.wording, world.indicator.get_absolute_url())]
    world.indicator.is_without_target = True
    world.indicator.save()
    assert gaps() == []


def test_what_is_done_or_told_needs_no_target(gaps, world):
    world.indicator.targets.all().delete()
    for kind in ("deliverable", "finding"):
        world.indicator.kind = kind
        world.indicator.save()
        assert gaps(GapKind.TARGETS) == []


def test_a_year_without_a_meeting_leads_to_the_bodies(gaps, world):
    [body] = world.plan.bodies.all()
    body.meetings.update(held_on=dt.date(2025, 6, 18))
    url = reverse("actions:body_list", args=[world.plan.pk])
    assert gaps() == [("Aucune réunion n’est notée en 2026.", url)]


def test_a_decision_past_its_date_leads_to_it(gaps, world):
    def decide(due_on, outcome="taken", **values):
        day = dt.date(2026, 6, 18)
        return f.DecisionFactory(
            plan=world.plan,
            outcome=outcome,
            decided_on=day,
            due_on=due_on,
            subject="Louer un local",
            **values,
        )

    late = decide(TODAY - dt.timedelta(days=1))
    decide(TODAY)
    decide(None)
    decide(dt.date(2026, 7, 1), done_on=dt.date(2026, 8, 1))
    decide(dt.date(2026, 7, 1), outcome="declined")
    decide(dt.date(2026, 7, 1), trashed_at=timezone.now())
    assert gaps() == [("Louer un local\u00a0: pour le 21 novembre 2026", late.get_absolute_url())]


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "Aucun fait marquant n’est choisi."),
        (1, None),
        (5, None),
        (6, "6 faits marquants sont choisis."),
    ],
)
def test_one_to_five_highlights_are_enough(gaps, review, count, words):
    review.highlights.all().delete()
    f.HighlightFactory.create_batch(count, review=review)
    assert gaps() == ([(words, page(review, "faits-marquants"))] if words else [])


@pytest.mark.parametrize(
    ("field", "words", "slug"),
    [
        ("signatories", "Signataires de la convention", "ouverture"),
        ("opening", "Mot d’ouverture", "ouverture"),
        ("participation", "Participation des habitants", "habitants"),
        ("outlook", "Feuille de route", "feuille-de-route"),
    ],
)
def test_an_empty_text_leads_to_its_section(gaps, review, field, words, slug):
    type(review).objects.filter(pk=review.pk).update(**{field: " \n"})
    assert gaps() == [(words, page(review, slug))]


def test_gaps_are_grouped_by_kind_with_a_sentence(world):
    review = f.ReviewFactory(plan=world.plan, year=YEAR)
    f.ActionFactory(plan=world.plan, number=2, status="ongoing")
    f.ActionFactory(plan=world.plan, number=3, status="done")
    groups = group_gaps(read_checklist(review, gather(review, today=TODAY), today=TODAY))
    assert [(one.title, one.sentence, len(one.gaps)) for one in groups] == [
        (
            "Actions dont l’année ne dit rien",
            "2 actions n’ont ni note de l’année, ni texte dans ce bilan.",
            2,
        ),
        ("Cibles", "1 indicateur n’a pas de cible, et n’est pas dit sans cible.", 1),
        ("Réunions", "L’année est sans réunion.", 1),
        ("Faits marquants", "Trois à cinq suffisent.", 1),
        ("Textes", "4 textes sont encore vides.", 4),
    ]


def test_a_territory_reads_no_gap_of_another(gaps, world, review):
    theirs = neighbours(world)
    assert gaps() == []
    found = read_checklist(theirs.review, gather(theirs.review, today=TODAY), today=TODAY)
    assert found and not any("café" in gap.words for gap in found)


def test_every_gap_leads_somewhere_that_the_coordination_opens(client, world):
    review = f.ReviewFactory(plan=world.plan, year=YEAR)
    f.ActionFactory(plan=world.plan, number=2, status="ongoing")
    f.DecisionFactory(
        plan=world.plan, outcome="taken", decided_on=dt.date(2026, 1, 1), due_on=dt.date(2026, 2, 1)
    )
    f.IndicatorFactory(plan=world.plan, actions=[world.action], contributors=[world.partner])
    found = read_checklist(review, gather(review, today=TODAY), today=TODAY)
    assert {gap.kind for gap in found} == set(GapKind)
    client.force_login(world.camille)
    for url in {gap.url for gap in found}:
        assert client.get(url).status_code == 200, url


def test_the_number_of_queries_does_not_grow(world):
    review = f.ReviewFactory(plan=world.plan, year=YEAR)
    costs = []
    for size in (3, 30):
        furnish(world.plan, world, size)
        facts = gather(review, today=TODAY)
        with CaptureQueriesContext(connection) as queries:
            assert len(read_checklist(review, facts, today=TODAY)) > size
        costs.append(len(queries))
    assert costs == [5, 5]
