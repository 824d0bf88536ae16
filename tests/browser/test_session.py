"""The « séance » in a browser: by keyboard alone, without JavaScript, and on the wall."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from actions.models import Decision
from tests import factories as f

from .audit import audit
from .hands import Keyboard, Mouse

WALL = {"width": 1920, "height": 1080}


@pytest.fixture
def meeting(world, today):
    """A COPIL of today with three actions; a decision is asked about the last."""
    body = f.BodyFactory(plan=world.plan, name="COPIL")
    meeting = f.MeetingFactory(body=body, held_on=today)
    others = [f.ActionFactory(plan=world.plan, number=number, title=f"Faire {number}") for number in (2, 3)]
    for position, action in enumerate([world.action, *others]):
        f.AgendaItemFactory(meeting=meeting, title="", action=action, position=position)
    f.DecisionFactory(plan=world.plan, actions=[others[-1]], subject="Recruter une animatrice")
    return meeting


def opening_of(meeting):
    return reverse("actions:session_open", args=[meeting.pk])


def on_screen(page, title):
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator(".htmx-request")).to_have_count(0)


def test_a_copil_by_keyboard_alone(browse, world, meeting):
    page = browse(world.camille, viewport=WALL, reduced_motion="reduce")
    hands = Keyboard(page)
    hands.open(opening_of(meeting))
    on_screen(page, "COPIL")
    for key, title in (("ArrowRight", world.action.title), ("PageDown", "Faire 2"), ("Space", "Faire 3")):
        page.keyboard.press(key)
        on_screen(page, title)
    expect(page).to_have_title(re.compile("^Point 3, Faire 3"))

    hands.unfold("Météo")
    hands.choose("En difficulté")
    hands.write("Ce qui inquiète, en un mot", "Personne ne postule.")
    hands.button("Enregistrer la météo")
    expect(page.locator("#messages")).to_contain_text("Météo de l’action 3 enregistrée.")
    expect(page.locator(".session__state")).to_contain_text("En difficulté")

    hands.unfold("Décider")
    hands.reach(page.locator(f"#decision_{Decision.objects.get().pk}_ruling"))
    page.keyboard.type("Le poste est ouvert.")
    hands.button("Enregistrer la décision")
    expect(page.locator(".session__news")).to_contain_text("Le poste est ouvert.")

    page.keyboard.press("ArrowLeft")
    on_screen(page, "Faire 2")
    page.keyboard.press("End")
    on_screen(page, "Ce qui est décidé")
    expect(page.locator(".session__ledger")).to_contain_text("Le poste est ouvert.")
    page.keyboard.press("Home")
    on_screen(page, "COPIL")
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(f"{meeting.get_absolute_url()}$"))
    assert Decision.objects.get().meeting == meeting


def test_a_copil_without_javascript(browse, world, meeting):
    page = browse(world.camille, java_script_enabled=False)
    hands = Mouse(page)
    hands.open(opening_of(meeting))
    for title in (world.action.title, "Faire 2", "Faire 3"):
        page.locator("a[rel=next]").click()
        on_screen(page, title)
    hands.unfold("Météo")
    hands.choose("À surveiller")
    hands.button("Enregistrer la météo")
    expect(page.get_by_role("alert")).to_contain_text("Dites en un mot ce qui inquiète.")
    hands.write("Ce qui inquiète, en un mot", "Une seule candidature.")
    hands.button("Enregistrer la météo")
    expect(page.locator(".session__state")).to_contain_text("À surveiller")
    hands.unfold("Ce qui s’est dit")
    hands.write("Ce qui s’est dit (facultatif)", "Le maire de Maule propose une salle.")
    hands.button("Enregistrer")
    expect(page.locator(".session__news")).to_contain_text("Le maire de Maule propose une salle.")
    page.locator("a[rel=prev]").click()
    on_screen(page, "Faire 2")
    expect(page.get_by_role("button", name="Plein écran")).to_have_count(0)
    expect(page.locator("[data-help]")).to_be_hidden()


def test_keys_write_where_one_writes(browse, world, meeting):
    page = browse(world.camille)
    page.goto(opening_of(meeting))
    page.keyboard.press("ArrowRight")
    on_screen(page, world.action.title)
    page.locator("summary", has_text="Ce qui s’est dit").click()
    field = page.locator("#summary_summary")
    field.fill("Une phrase")
    for key in ("Space", "Home", "ArrowRight", "PageDown", "End"):
        field.press(key)
    field.press_sequentially("entière")
    expect(field).to_have_value("Une phrase entière")
    on_screen(page, world.action.title)
    field.press("Escape")
    expect(page.locator("summary", has_text="Ce qui s’est dit")).to_be_focused()


def test_what_is_typed_is_not_left_behind_without_a_word(browse, world, meeting):
    page = browse(world.camille)
    page.goto(reverse("actions:session_screen", args=[meeting.pk, 1]))
    page.locator("summary", has_text="Ce qui s’est dit").click()
    page.locator("#summary_summary").fill("Encore à relire")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#messages")).to_contain_text("n’est pas enregistré")
    expect(page.locator("#summary_summary")).to_be_focused()
    expect(page.locator("#summary_summary")).to_have_value("Encore à relire")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    on_screen(page, "Faire 2")


def test_the_wall_stays_full_from_one_point_to_the_next(browse, world, meeting):
    page = browse(world.elise, viewport=WALL)
    page.goto(opening_of(meeting))
    page.get_by_role("button", name="Plein écran").click()
    page.wait_for_function("document.fullscreenElement !== null")
    page.keyboard.press("ArrowRight")
    on_screen(page, world.action.title)
    assert page.evaluate("document.fullscreenElement !== null")
    expect(page.get_by_role("button", name="Plein écran")).to_be_hidden()


def test_it_is_read_from_ten_metres(browse, world, meeting):
    """A title as tall as a twentieth of the wall is wide, and no text of the point under a hundredth."""
    page = browse(world.elise, viewport=WALL)
    page.goto(reverse("actions:session_screen", args=[meeting.pk, 1]))
    sizes = """selector => [...document.querySelectorAll(selector)]
        .map((element) => parseFloat(getComputedStyle(element).fontSize))"""
    assert page.evaluate(sizes, "h1") == [96]
    assert min(page.evaluate(sizes, ".session__stage *:not(h1)")) >= 19.2


@pytest.mark.parametrize("viewport", [WALL, {"width": 390, "height": 844}], ids=["wall", "phone"])
def test_axe_has_nothing_to_say(browse, world, meeting, viewport):
    page = browse(world.camille, viewport=viewport, reduced_motion="reduce")
    found = []
    for rank in (0, 1, 3, 4):
        page.goto(reverse("actions:session_screen", args=[meeting.pk, rank]))
        found += audit(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(reverse("actions:session_screen", args=[meeting.pk, 3]))
    for fold in page.locator("summary").all():
        fold.click()
        found += audit(page, "with an open form", within="details[open]")
    page.reload()
    page.locator("summary", has_text="Nouvelle décision").click()
    page.locator("form", has_text="Ce qui est à décider").get_by_role("button").click()
    expect(page.get_by_role("alert")).to_be_focused()
    found += audit(page, "with errors")
    assert not found, "\n".join(found)
