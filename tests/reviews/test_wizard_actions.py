"""The actions of a review, one by one."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ctg.reviews.models import FrozenKind, ReviewedAction
from ctg.reviews.preparing.sections import SECTIONS
from partners.models import Change, Role
from tests import factories as f
from tests.htmx import soup


@pytest.fixture
def camille(client, world):
    client.force_login(world.camille)
    return client


@pytest.fixture
def dominique(client_of, world):
    """The other coordinator of the same territory."""
    other = f.UserFactory(first_name="Dominique")
    f.MembershipFactory(territory=world.territory, user=other, role=Role.COORDINATOR, organisation=None)
    return client_of(other)


@pytest.fixture
def review(world, today):
    return f.ReviewFactory(plan=world.plan, year=today.year)


def to_action(review, number=1):
    return reverse("reviews:review_action", args=[review.pk, number])


def to_actions(review):
    return reverse("reviews:review_section", args=[review.pk, "actions"])


def typed(page):
    return {area["name"]: area.get_text(strip=True) for area in page.select("textarea")}


def test_the_page_shows_what_the_plan_knows_of_the_year(camille, world, review):
    page = soup(camille.get(to_action(review))).get_text(" ")
    for words in ("Visite faite.", "Pas de local", world.indicator.wording, "Service Jeunesse"):
        assert words in page


def test_a_note_kept_among_coordinators_is_not_in_the_review(camille, world, review):
    f.ProgressNoteFactory(action=world.action, text="Entre nous.", audience="coordinators")
    assert "Entre nous." not in camille.get(f"{to_action(review)}?reprendre=notes").text


def test_the_notes_of_the_year_begin_the_text(camille, world, review):
    area = typed(soup(camille.get(f"{to_action(review)}?reprendre=notes")))["achieved"]
    assert area.endswith("Visite faite.")
    assert not ReviewedAction.objects.exists()


def test_notes_never_take_the_place_of_a_text(camille, world, review):
    f.ReviewedActionFactory(review=review, action=world.action, achieved="Déjà écrit.")
    assert typed(soup(camille.get(f"{to_action(review)}?reprendre=notes")))["achieved"] == "Déjà écrit."


def test_the_first_save_opens_the_line_of_the_action(camille, world, review):
    texts = {"achieved": "Le café est ouvert.", "difficulties": "Le bail.", "outlook": "Des soirées."}
    camille.post(to_action(review), texts | {"seen": "1"})
    assert typed(soup(camille.get(to_action(review)))) == texts
    written = ReviewedAction.objects.get()
    assert (written.review, written.action) == (review, world.action)


def test_saving_goes_on_to_the_next_action_in_the_order_of_the_plan(camille, world, review):
    world.action.position = 1
    world.action.save()
    f.ActionFactory(plan=world.plan, number=7, position=2)
    f.ActionFactory(plan=world.plan, number=3, position=3)
    assert camille.post(to_action(review), {"suite": "1"}).url == to_action(review, 7)
    assert camille.post(to_action(review, 7), {"suite": "1"}).url == to_action(review, 3)
    assert camille.post(to_action(review, 3), {"suite": "1"}).url == to_actions(review)


def test_an_empty_form_writes_nothing(camille, review):
    camille.post(to_action(review), {"seen": "1"})
    assert not ReviewedAction.objects.exists()


def test_the_same_form_sent_twice_writes_once(camille, review):
    for _ in range(2):
        camille.post(to_action(review), {"achieved": "Fait.", "seen": "1"})
    assert Change.objects.filter(kind="reviewedaction", field="achieved").count() == 1


def test_two_first_texts_in_two_fields_are_both_kept(camille, dominique, review):
    dominique.post(to_action(review), {"achieved": "Le sien.", "seen": "1"})
    camille.post(to_action(review), {"outlook": "Le mien.", "seen": "1"})
    written = ReviewedAction.objects.get()
    assert (written.achieved, written.outlook) == ("Le sien.", "Le mien.")


def test_two_first_texts_in_one_field_are_both_shown(camille, dominique, review):
    dominique.post(to_action(review), {"achieved": "Le sien.", "seen": "1"})
    answer = camille.post(to_action(review), {"achieved": "Le mien.", "seen": "1", "outlook": "Et après."})
    assert answer.status_code == 409
    assert all(words in answer.text for words in ("Le sien.", "Le mien.", "Et après."))
    assert ReviewedAction.objects.get().achieved == "Le sien."


def test_a_line_opened_between_reading_and_writing_is_merged(camille, dominique, review, monkeypatch):
    """Both forms found no line; the second one to write finds the line of the first."""
    dominique.post(to_action(review), {"achieved": "Le sien.", "seen": "1"})
    none = staticmethod(lambda user: ReviewedAction.objects.none())
    monkeypatch.setattr(type(ReviewedAction.objects), "visible_to", none)
    camille.post(to_action(review), {"outlook": "Le mien.", "seen": "1"})
    assert ReviewedAction.objects.values_list("achieved", "outlook").get() == ("Le sien.", "Le mien.")
    assert camille.post(to_action(review), {"achieved": "Autre chose.", "seen": "1"}).status_code == 409
    assert ReviewedAction.objects.get().achieved == "Le sien."


def test_a_text_that_comes_after_the_freezing_is_given_back(camille, review):
    f.FrozenDocumentFactory(plan=review.plan, kind=FrozenKind.REVIEW, review=review, number=9)
    answer = camille.post(to_action(review), {"achieved": "Trop tard.", "seen": "1"})
    assert answer.status_code == 422
    assert typed(soup(answer))["achieved"] == "Trop tard."
    assert not ReviewedAction.objects.exists()
    assert camille.get(to_action(review)).url == review.get_absolute_url()


def test_actions_of_elsewhere_are_not_of_this_review(camille, world, review):
    f.ActionFactory(plan=f.PlanFactory(territory=world.territory), number=77)
    assert camille.get(to_action(review, 77)).status_code == 404
    assert camille.get(to_action(review, 987654321012345678901)).status_code == 404


def test_the_list_says_what_each_action_has(camille, world, review):
    f.ActionFactory(plan=world.plan, number=2)
    f.ReviewedActionFactory(review=review, action=f.ActionFactory(plan=world.plan, number=3))
    page = soup(camille.get(to_actions(review)))
    said = {
        line.select_one(".contents__no").get_text(): line.select_one(".contents__state").get_text()
        for line in page.select(".contents__line")
    }
    assert said == {"1": "1 note", "2": "À écrire", "3": "Écrite"}
    assert "1 action écrite sur 3, 1 avec ses notes seules, 1 sans rien." in page.get_text()


def test_very_long_texts_have_their_page(camille, world, review):
    long = "Une phrase interminable, avec des virgules. " * 900
    world.action.title = "Un titre " * 300
    world.action.save()
    f.ProgressNoteFactory(action=world.action, text=long)
    f.ReviewedActionFactory(review=review, action=world.action, achieved=long, outlook="m" * 20_000)
    page = soup(camille.get(to_action(review)))
    assert len(typed(page)["outlook"]) == 20_000
    assert camille.get(to_actions(review)).status_code == 200


def cost(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def enlarge(world, review, first, last):
    """Actions of these numbers, each with what the pages show of it."""
    body = f.BodyFactory(plan=world.plan)
    for number in range(first, last):
        action = f.ActionFactory(plan=world.plan, number=number, status="done")
        f.ProgressNoteFactory(action=action)
        f.MilestoneFactory(action=action, reached_on=dt.date(review.year, 1, 5))
        f.IndicatorFactory(plan=world.plan, actions=[action], contributors=[world.service])
        f.HighlightFactory(review=review, action=action, title=f"Fait {number}")
        meeting = f.MeetingFactory(body=body, held_on=timezone.localdate())
        f.DecisionFactory(plan=world.plan, actions=[action], meeting=meeting)


def test_the_pages_cost_the_same_for_a_large_plan(camille, world, review):
    sections = [reverse("reviews:review_section", args=[review.pk, slug]) for slug in SECTIONS]
    addresses = [review.get_absolute_url(), to_action(review), *sections]
    enlarge(world, review, 100, 103)
    few = {address: cost(camille, address) for address in addresses}
    enlarge(world, review, 103, 130)
    assert {address: cost(camille, address) for address in addresses} == few
