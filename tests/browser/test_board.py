"""The page of the élus by a read link, in a browser: with and without scripts, by keyboard, on paper."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from partners import tracking
from partners.tracking import Author
from tests import factories as f

from .audit import audit


@pytest.fixture
def shared(world, today):
    """Seventeen actions under four ambitions, decisions, key indicators, and a link to their page."""
    ambitions = [world.ambition, *f.AmbitionFactory.create_batch(3, plan=world.plan)]
    for number in range(2, 18):
        f.ActionFactory(
            plan=world.plan,
            number=number,
            title=f"Structurer une offre accessible et inclusive, étape {number}",
            ambition=ambitions[number % 4],
            status=("ongoing", "planned", "done")[number % 3],
            confidence=("fine", "watch", "hard", "")[number % 4],
            calendar_text=str(today.year - 1) if number in (3, 6) else "",
        )
    action = world.plan.actions.get(number=3)
    f.DecisionFactory.create_batch(3, plan=world.plan, actions=[action], context="Il manque 8 400 €. " * 9)
    f.BlockageFactory(action=action)
    f.IndicatorFactory.create_batch(4, plan=world.plan, is_key=True, contributors=[world.service])
    for month in range(1, 10):
        f.MilestoneFactory(action=action, title=f"Jalon {month}", due_on=dt.date(today.year, month, 15))
    link = f.ReadLinkFactory(plan=world.plan)
    world.door = reverse("dashboards:read_link_open", args=[link.token])
    world.token = link.token
    return world


@pytest.mark.parametrize("java_script", [True, False])
def test_whoever_holds_the_link_reads_the_page_and_the_lists_behind(browse, shared, java_script):
    page = browse(None, java_script_enabled=java_script)
    page.goto(shared.door)
    assert shared.token not in page.url
    expect(page.get_by_text("Document de travail · lien de lecture")).to_be_visible()
    expect(page.get_by_role("navigation", name="Navigation principale")).to_have_count(0)
    page.get_by_role("link", name="Trois décisions vous attendent").click()
    expect(page.get_by_role("row")).to_have_count(4)
    page.get_by_role("link", name="Page des élus").click()
    page.locator(".seg").first.click()
    count = int(re.match(r"(\d+)", page.locator(".page-head__lead").inner_text())[1])
    expect(page.locator("table.behind tbody tr")).to_have_count(count)


def test_the_keyboard_reaches_a_figure_and_its_list(browse, shared):
    page = browse(None)
    page.goto(shared.door)
    segment = page.locator(".seg").first
    said = segment.get_attribute("aria-label")
    for _ in range(60):
        page.keyboard.press("Tab")
        if segment.evaluate("element => element === document.activeElement"):
            break
    expect(segment).to_be_focused()
    assert segment.locator("rect").evaluate("bar => getComputedStyle(bar).strokeWidth") == "4px"
    page.keyboard.press("Enter")
    expect(page.locator("table.behind tbody tr")).to_have_count(int(said.split()[0]))


@pytest.fixture
def crowded(shared, today):
    """As much as the page may show: nine themes, a COPIL since, actions of an élue that do not go on."""
    themes = f.ThemeFactory.create_batch(
        8, plan=shared.plan, title="ANIMATION DE LA VIE SOCIALE ET CULTURELLE"
    )
    for rank, action in enumerate(shared.plan.actions.order_by("number")):
        action.theme, action.elected_lead = themes[rank % 8], "Élise Roche"
        action.save()
        if rank < 6:
            body = {"by": Author("Camille"), "at": timezone.now()}
            tracking.change(action, {"confidence": "hard", "status": "ongoing"}, **body)
    f.BlockageFactory.create_batch(2, action=shared.plan.actions.get(number=5), reason="Le bail attend. " * 9)
    body = f.BodyFactory(plan=shared.plan)
    f.MeetingFactory(body=body, held_on=today - dt.timedelta(days=30))
    f.MeetingFactory(body=body, held_on=today + dt.timedelta(days=17))
    return shared


@pytest.mark.parametrize("way", ["ambitions", "themes"])
@pytest.mark.parametrize("reader", ["camille", "elise", None])
def test_it_is_one_screen(browse, crowded, reader, way):
    """D1: all of it stands within 768 points, whoever reads and however many lines the plan has."""
    page = browse(getattr(crowded, reader) if reader else None, viewport={"width": 1366, "height": 768})
    if reader is None:
        page.goto(crowded.door)
    page.goto(reverse("dashboards:board", args=[crowded.plan.pk], query={"lecture": way}))
    assert page.locator(".glance").evaluate("part => part.getBoundingClientRect().bottom") <= 768


def test_it_is_one_sheet_of_paper(browse, shared):
    page = browse(None)
    page.goto(shared.door)
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_it_is_read_on_a_phone_and_axe_has_nothing_to_say(browse, shared):
    page = browse(None, viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page.goto(shared.door)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert not audit(page)
    page.goto(page.locator("a.glance__count").first.get_attribute("href"))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert not audit(page)


def test_axe_has_nothing_to_say_of_the_page_and_of_the_links(browse, shared):
    page = browse(shared.camille, reduced_motion="reduce")
    for name in ("board", "read_link_list", "read_link_add"):
        page.goto(reverse(f"dashboards:{name}", args=[shared.plan.pk]))
        assert not audit(page)
