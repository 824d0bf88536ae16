"""The faits marquants of a review: retained from what the year offers, ordered, put away and taken back."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from ctg.reviews.models import FrozenKind, Highlight
from partners import tracking
from partners.tracking import Author
from tests import factories as f
from tests.htmx import soup
from tests.routes import neighbours


@pytest.fixture
def camille(client, world):
    client.force_login(world.camille)
    return client


@pytest.fixture
def review(world, today):
    return f.ReviewFactory(plan=world.plan, year=today.year)


def page_of(review):
    return reverse("reviews:review_section", args=[review.pk, "faits-marquants"])


def to_add(review):
    return reverse("reviews:highlight_add", args=[review.pk])


def to(verb, highlight):
    return reverse(f"reviews:highlight_{verb}", args=[highlight.pk])


def offered(page):
    return [task.select_one(".task__what p").get_text() for task in page.select(".task")]


def retain(client, page, title):
    """Press « Retenir » beside a candidate, as a browser without scripts sends it."""
    task = next(task for task in page.select(".task") if title in task.get_text())
    sent = {field["name"]: field["value"] for field in task.select("input")}
    return client.post(task.select_one("form")["action"], sent | {"token": str(uuid.uuid4())})


def test_what_the_year_offers_is_retained_in_one_click(camille, world, review):
    world.milestone.reached_on = dt.date(review.year, 1, 12)
    world.milestone.save()
    assert offered(soup(camille.get(page_of(review)))) == ["Bail signé"]
    answer = retain(camille, soup(camille.get(page_of(review))), "Bail signé")
    assert answer.url == page_of(review)
    highlight = Highlight.objects.get()
    assert (highlight.title, highlight.action, highlight.review) == ("Bail signé", world.action, review)
    page = soup(camille.get(page_of(review)))
    assert offered(page) == [], "it is not offered again"
    assert "1 fait retenu : trois à cinq suffisent." in page.get_text().replace("\u00a0", " ")


def test_an_action_done_in_the_year_is_offered(camille, world, today):
    review = f.ReviewFactory(plan=world.plan, year=(today - dt.timedelta(days=10)).year)
    for days, values in ((40, {"title": "Ouvrir un café"}), (10, {"status": "done"})):
        at = timezone.now() - dt.timedelta(days=days)
        tracking.change(world.action, values, by=Author("Camille", world.camille), at=at)
    assert offered(soup(camille.get(page_of(review)))) == ["Ouvrir un café"]


def test_a_milestone_of_another_year_is_not_offered(camille, world, review):
    world.milestone.reached_on = dt.date(review.year - 1, 12, 31)
    world.milestone.save()
    assert offered(soup(camille.get(page_of(review)))) == []


def test_a_target_that_is_reached_is_offered(camille, world, review):
    world.indicator.targets.create(year=review.year, value=12)
    [title] = offered(soup(camille.get(page_of(review))))
    assert title.startswith(world.indicator.wording) and "12" in title
    world.indicator.targets.update(value=13)
    assert offered(soup(camille.get(page_of(review)))) == []


def test_a_candidate_with_a_long_title_can_be_retained(camille, world, review):
    world.indicator.wording = ("Nombre " * 60)[:300]
    world.indicator.save()
    world.indicator.targets.create(year=review.year, value=12)
    assert retain(camille, soup(camille.get(page_of(review))), "Nombre").status_code == 302
    assert Highlight.objects.get().title.endswith("…")
    assert offered(soup(camille.get(page_of(review)))) == []


def test_the_form_sent_twice_adds_one(camille, review):
    sent = {"title": "Le guichet a ouvert", "token": str(uuid.uuid4())}
    for _ in range(2):
        camille.post(to_add(review), sent)
    assert Highlight.objects.count() == 1


def test_an_error_keeps_what_was_typed(camille, world, review):
    answer = camille.post(to_add(review), {"title": "", "text": "Trois lignes."})
    assert answer.status_code == 422
    assert soup(answer).select_one("textarea").get_text(strip=True) == "Trois lignes."


def test_an_action_of_elsewhere_is_no_choice(camille, world, review):
    sibling = f.ActionFactory(plan=f.PlanFactory(territory=world.territory))
    for action in (neighbours(world).action, sibling):
        answer = camille.post(to_add(review), {"title": "Canari", "action": action.pk})
        assert answer.status_code == 422
    assert not Highlight.objects.filter(review=review).exists()


def test_a_highlight_is_changed_and_says_aloud_a_conflict(camille, review):
    highlight = f.HighlightFactory(review=review, title="Le guichet")
    camille.post(to("edit", highlight), {"title": "Le guichet ouvert", "seen": "1"})
    highlight.refresh_from_db()
    assert highlight.title == "Le guichet ouvert"
    assert camille.post(to("edit", highlight), {"title": "Le guichet fermé", "seen": "1"}).status_code == 409


def test_they_move_up_and_down(camille, review):
    first, second = (f.HighlightFactory(review=review, title=title) for title in ("Un", "Deux"))
    camille.post(to("move", second), {"sens": "haut"})
    titles = [title.get_text() for title in soup(camille.get(page_of(review))).select(".reorder__title")]
    assert titles == ["Deux", "Un"]


def test_under_three_and_over_five_are_said_without_blocking(camille, review):
    def said():
        return soup(camille.get(page_of(review))).select_one("#retained").find_parent("section").get_text()

    assert "trois à cinq suffisent" in said()
    for number in range(4):
        f.HighlightFactory(review=review, title=f"Fait {number}")
    assert "4 faits retenus." in said()
    for number in range(4, 6):
        f.HighlightFactory(review=review, title=f"Fait {number}")
    assert "6 faits retenus" in said() and "au-delà de cinq" in said()


def test_they_go_to_the_trash_of_the_plan_and_come_back(camille, world, review):
    highlight = f.HighlightFactory(review=review, action=world.action)
    alone = f.HighlightFactory(review=review, title="Sans action")
    for one in (highlight, alone):
        assert camille.post(to("trash", one), {"seen": one.version}).url == page_of(review)
    listed = (
        soup(camille.get(reverse("actions:trash_list", args=[world.plan.pk]))).select_one("main").get_text()
    )
    assert highlight.title in listed and alone.title in listed
    assert str(review) in listed, "where it was"
    camille.post(reverse("actions:trash_restore", args=["highlight", alone.pk]))
    assert "Sans action" in camille.get(page_of(review)).text


def test_a_frozen_review_keeps_its_highlights(camille, world, review):
    highlight = f.HighlightFactory(review=review)
    f.FrozenDocumentFactory(plan=review.plan, kind=FrozenKind.REVIEW, review=review, number=9)
    assert camille.post(to("move", highlight), {"sens": "haut"}).status_code == 404
    assert camille.post(to("trash", highlight), {"seen": "1"}).status_code == 404
    answer = camille.post(to("edit", highlight), {"title": "Trop tard", "seen": "1"})
    assert answer.status_code == 422 and "Trop tard" in answer.text
    assert camille.get(to("edit", highlight)).url == review.get_absolute_url()
    assert camille.get(to_add(review)).url == review.get_absolute_url()
    highlight.refresh_from_db()
    assert highlight.title == "Le guichet a ouvert"
