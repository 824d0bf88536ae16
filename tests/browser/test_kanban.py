"""Cards change column by their form alone, without JavaScript, by keyboard, and by drag."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from .hands import Keyboard, Mouse, settled


@pytest.fixture
def address(world):
    return reverse("actions:kanban", args=[world.plan.pk])


def status_of(world):
    world.action.refresh_from_db()
    return world.action.status


def column(page, status):
    return page.locator(f"[data-status='{status}']")


@pytest.mark.parametrize("way", [Keyboard, Mouse], ids=["keyboard", "without-javascript"])
def test_move_an_action_with_its_form(browse, world, address, way):
    paul = way(browse(world.paul, reduced_motion="reduce", java_script_enabled=way is Keyboard))
    paul.open(address)
    paul.pick("Action 1 : passer à", "en cours")
    paul.button("Changer le statut de l’action 1")
    paul.reads("Action 1 enregistrée", within="#messages")
    expect(column(paul.page, "ongoing").get_by_role("heading")).to_have_text("En cours 1")
    expect(column(paul.page, "ongoing").locator(".card")).to_have_count(1)
    assert status_of(world) == "ongoing"


@pytest.mark.parametrize("way", [Keyboard, Mouse], ids=["keyboard", "without-javascript"])
def test_say_why_an_action_is_postponed(browse, world, address, way):
    paul = way(browse(world.paul, reduced_motion="reduce", java_script_enabled=way is Keyboard))
    paul.open(address)
    paul.pick("Action 1 : passer à", "reportée…")
    paul.button("Changer le statut de l’action 1")
    paul.reads("Où en est-on", within="h1")
    assert status_of(world) == "planned"
    paul.write("Motif (obligatoire)", "Le local n’est pas prêt.")
    paul.button("Enregistrer")
    paul.reads("Le local n’est pas prêt.", within="[data-status='postponed']")
    assert status_of(world) == "postponed"


def test_drag_an_action_to_another_column(browse, world, address):
    page = browse(world.camille)
    page.goto(address)
    expect(page.locator(".kanban__drag")).to_be_visible()
    page.locator(".card").first.drag_to(column(page, "done"))
    expect(column(page, "done").locator(".card")).to_have_count(1)
    settled(page)
    expect(page.locator("#messages")).to_contain_text("Action 1 enregistrée : réalisée.")
    expect(page.locator(".card[draggable=true]")).to_have_count(1)
    assert status_of(world) == "done"
    page.locator(".card").first.drag_to(column(page, "suspended"))
    expect(page.get_by_label("Motif (obligatoire)")).to_be_visible()
    assert status_of(world) == "done"


def test_who_may_not_move_a_card_cannot_drag_it(browse, world, address):
    page = browse(world.elise)
    page.goto(address)
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator(".card[draggable=true], .card form")).to_have_count(0)
