"""A4, A7: pages on a small screen, in large letters, in grey and on paper."""

import pytest
from playwright.sync_api import expect

from actions.models import Confidence, Status
from tests import factories as f

from .rounds import ROUNDS, pages

#: What does not fit: the page itself, what lies past its edge, and what a box cuts off.
OVERFLOWS = """() => {
    const root = document.scrollingElement, found = [];
    if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} px wide`);
    const frame = "[role=region][tabindex='0']:is([aria-label], [aria-labelledby])";
    const clipped = element => element && (getComputedStyle(element).clipPath.startsWith("inset")
        || clipped(element.parentElement));
    const hidden = element => !element.checkVisibility() || element.closest("svg") || clipped(element);
    for (const element of document.body.querySelectorAll("*")) {
        if (hidden(element) || element.closest(frame)) continue;
        const box = element.getBoundingClientRect(), style = getComputedStyle(element);
        const name = element.outerHTML.slice(0, 100);
        if (box.width > 1 && box.right > innerWidth + 1) found.push(`past the edge: ${name}`);
        const isField = element.matches("input, textarea, select, progress, details");
        if (!isField && (/hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1
            || /hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 1))
            found.push(`cut: ${name}`);
    }
    return found;
}"""
#: RGAA 10.12. A sheet that a script makes is no breach of the content policy.
SPACING = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important } p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""
LONG = "Anticonstitutionnellement, l’intercommunalité coordonne l’accompagnement"


@pytest.mark.parametrize("name", ROUNDS)
def test_nothing_is_cut_nor_scrolls_sideways(browse, world, name):
    for thing in (world.plan, world.action, world.ambition, world.theme, world.objective):
        thing.title = LONG
        thing.save()
    page = browse(name and getattr(world, name), reduced_motion="reduce")
    browser = page.context.new_cdp_session(page)
    found = []
    for path in pages(world, name):
        page.set_viewport_size({"width": 320, "height": 640})
        browser.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})
        page.goto(path)
        found += [f"320 px {path} {fault}" for fault in page.evaluate(OVERFLOWS)]
        page.evaluate(SPACING)
        found += [f"320 px, spaced {path} {fault}" for fault in page.evaluate(OVERFLOWS)]
        page.set_viewport_size({"width": 1280, "height": 720})
        browser.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
        found += [f"200 %, spaced {path} {fault}" for fault in page.evaluate(OVERFLOWS)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("size", [(1366, 768), (1366, 1600), (390, 844)])
def test_saving_a_row_moves_no_other(browse, world, size):
    others = [f.ActionFactory(plan=world.plan, ambition=world.ambition) for _ in range(6)]
    page = browse(
        world.camille, reduced_motion="reduce", viewport=dict(zip(("width", "height"), size, strict=True))
    )
    page.goto(world.plan.get_absolute_url())
    edit = page.get_by_role("link", name="Modifier l’action 1", exact=True)
    edit.scroll_into_view_if_needed()

    def places():
        return {action.pk: page.locator(f"#action-{action.pk}").bounding_box() for action in others}

    before = places()
    edit.click()
    page.get_by_role("radio", name="En cours").check()
    page.get_by_label("Avancement").fill("30")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#messages")).to_contain_text("Action 1 enregistrée")
    after = places()
    moved = {
        pk: (box, after[pk])
        for pk, box in before.items()
        if any(abs(box[side] - after[pk][side]) > 1 for side in box)
    }
    assert not moved


def test_a_status_is_a_word_and_a_shape_of_its_own(browse, world):
    actions = [f.ActionFactory(plan=world.plan, status=status, status_reason="Motif.") for status in Status]
    page = browse(world.elise)
    page.goto(world.plan.get_absolute_url())
    dump = page.locator("body").inner_text()
    shapes = set()
    for action in actions:
        cell = page.locator(f"#action-{action.pk} td.status").first
        word = action.get_status_display().capitalize()
        expect(cell).to_have_text(word)
        assert word in dump
        expect(cell.locator("svg")).to_be_visible()
        shapes.add(cell.locator("use").get_attribute("href"))
    assert len(shapes) == len(Status)


def test_shapes_differ_without_their_colours(browse, world):
    page = browse(world.camille)
    page.goto(f"/actions/{world.action.pk}/suivi/")
    drawings = page.locator(".quick .status use").evaluate_all(
        """uses => uses.filter(use => use.getBBox().width > 4)
            .map(use => document.querySelector(use.getAttribute("href")).innerHTML)"""
    )
    assert len(drawings) == len(Status) + len(Confidence) + 1  # One shape is for no opinion.
    assert len(set(drawings)) == len(drawings)


def test_paper_is_white_and_holds_no_command(browse, world):
    page = browse(world.camille, color_scheme="dark")
    for address in (world.plan.get_absolute_url(), world.action.get_absolute_url()):
        page.goto(address)
        page.emulate_media(media="print", color_scheme="dark")
        for what in (
            "nav[aria-label='Navigation principale']",
            "main form",
            "main .button",
            ".facets",
            ".menu",
        ):
            for element in page.locator(what).all():
                expect(element).to_be_hidden()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        inks = page.evaluate(
            """[...document.querySelectorAll("h1, h2, th, td, dd, main p, main li")]
                .filter(element => element.checkVisibility()).map(element => getComputedStyle(element))
                .map(({color, backgroundColor}) => [color, backgroundColor])"""
        )
        assert inks
        for ink, ground in inks:
            assert lightness(ink) < 140, ink
            assert ground == "rgba(0, 0, 0, 0)" or lightness(ground) > 220, ground
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgba(0, 0, 0, 0)"


def lightness(colour):
    red, green, blue = (float(part) for part in colour.removeprefix("rgb(").rstrip(")").split(",")[:3])
    return 0.299 * red + 0.587 * green + 0.114 * blue
