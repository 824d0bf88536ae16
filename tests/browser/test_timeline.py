"""The timeline as a browser draws it: what its attributes promise is where it stands, on every width."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories as f

from .audit import audit

PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1366, "height": 768}


@pytest.fixture
def address(world):
    f.ActionFactory(plan=world.plan, number=2, status="done", calendar_text="2e semestre 2025")
    f.ActionFactory(plan=world.plan, number=3, status="ongoing", calendar_text="en continu")
    f.ActionFactory(plan=world.plan, number=4, title="Former " * 60, calendar_text="12 décembre 2028")
    f.MilestoneFactory(action=world.action, title="Ouverture", due_on=dt.date(2028, 12, 1))
    f.MeetingFactory(body=f.BodyFactory(plan=world.plan))
    return reverse("actions:timeline", args=[world.plan.pk])


def box(page, selector):
    return page.locator(selector).first.bounding_box()


@pytest.mark.parametrize("query", ["", "?echelle=mois&ranger=porteur", "?vue=tableau", "?statut=done"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browse, world, address, query, scheme):
    page = browse(world.elise, reduced_motion="reduce", color_scheme=scheme)
    page.goto(address + query)
    assert not audit(page)


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("scale", ["annees", "mois"])
def test_bars_stand_under_their_year_and_the_page_does_not_slide(browse, world, address, size, scale):
    page = browse(world.elise, viewport=size)
    page.goto(f"{address}?echelle={scale}")
    expect(page.locator(".lanes")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    axis = box(page, ".lane__scale")
    row = f".lanes__row:has(a[href='/actions/{world.action.pk}/'])"
    bar = box(page, f"{row} g use")
    assert abs(bar["x"] - axis["x"] - axis["width"] * 365 / 1461) < 2
    assert abs(bar["width"] - axis["width"] * 365 / 1461) < 3
    lane = box(page, f"{row} .lane")
    assert abs(lane["x"] - axis["x"]) < 1 and abs(lane["width"] - axis["width"]) < 1


def test_a_timeline_wider_than_the_page_slides_by_keyboard(browse, world, address):
    page = browse(world.elise, viewport=PHONE)
    page.goto(f"{address}?echelle=mois")
    lanes = page.get_by_role("region", name="Frise : 4 actions")
    lanes.focus()
    expect(lanes).to_be_focused()
    before = box(page, ".lane__scale")["x"]
    for _ in range(25):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".lane__year").last).to_be_in_viewport()
    assert box(page, ".lane__scale")["x"] < before


def test_it_prints_on_a_wide_a3(browse, world, address):
    page = browse(world.elise)
    page.goto(address)
    paper = page.pdf(prefer_css_page_size=True)
    sizes = {
        (round(float(w)), round(float(h)))
        for w, h in re.findall(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", paper)
    }
    assert sizes and all(abs(w - 1191) < 2 and abs(h - 842) < 2 for w, h in sizes), sizes
