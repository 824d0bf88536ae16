"""The annual review in a browser: an afternoon by keyboard, the same without JavaScript."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ctg.reviews.models import Highlight, Review, ReviewedAction
from ctg.reviews.preparing.sections import SECTIONS
from tests import factories as f

from .audit import audit
from .hands import Keyboard, Mouse


@pytest.fixture
def milestone(world, today):
    world.milestone.reached_on = dt.date(today.year, 1, 15)
    world.milestone.save()
    return world.milestone


def write_the_review(page, hands, world):
    hands.open(reverse("reviews:review_add", args=[world.plan.pk]))
    hands.button("Commencer le bilan")
    expect(page.locator("h1")).to_contain_text("Bilan")
    hands.link("Où en est le plan", within=".contents")
    hands.link("Reprendre cette phrase")
    expect(page.locator("textarea")).to_contain_text("1 action")
    hands.button("Enregistrer et continuer")
    expect(page.locator("h1")).to_have_text("Les actions, une à une")
    hands.link(world.action.title, within=".contents")
    hands.link("Reprendre les notes de l’année")
    hands.write("Perspectives (facultatif)", "Des soirées.")
    hands.button("Enregistrer et passer à la liste")
    expect(page.locator(".contents__state")).to_have_text("Écrite")
    hands = type(hands)(page)
    hands.open(reverse("reviews:review_section", args=[Review.objects.get().pk, "faits-marquants"]))
    hands.button("Retenir : Bail signé")
    expect(page.locator(".reorder__title")).to_have_text("Bail signé")


@pytest.mark.parametrize("hands", [Keyboard, Mouse])
def test_a_review_is_written(browse, world, milestone, hands):
    page = browse(world.camille, java_script_enabled=hands is Keyboard, reduced_motion="reduce")
    write_the_review(page, hands(page), world)
    assert Review.objects.get().progress.startswith("1 action")
    written = ReviewedAction.objects.get()
    assert written.achieved.endswith("Visite faite.") and written.outlook == "Des soirées."
    assert Highlight.objects.get().action == world.action


@pytest.fixture
def addresses(world, milestone, today):
    """Every page of a review whose words are as long as people paste them."""
    review = f.ReviewFactory(plan=world.plan, year=today.year, progress="M" * 900)
    f.HighlightFactory(review=review, title="Un fait " * 20, text="m" * 300, action=world.action)
    f.ReviewedActionFactory(review=review, action=world.action, achieved="Une phrase. " * 900)
    f.FactorFactory(action=world.action, text="Un frein sans espace" * 20, kind="brake")
    f.DecisionFactory(plan=world.plan, actions=[world.action], subject="Recruter " * 30)
    slugs = [reverse("reviews:review_section", args=[review.pk, slug]) for slug in SECTIONS]
    action = reverse("reviews:review_action", args=[review.pk, world.action.number])
    return [review.get_absolute_url(), action, *slugs]


def test_axe_has_nothing_to_say(browse, world, addresses):
    page = browse(world.camille, reduced_motion="reduce")
    found = []
    for address in addresses:
        page.goto(address)
        found += audit(page)
    assert not found, "\n".join(found)


def test_nothing_overflows_a_phone(browse, world, addresses):
    page = browse(world.camille, viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
