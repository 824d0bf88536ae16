"""The entry grid in a browser: as a plain form, by keyboard, and with a block pasted from a spreadsheet."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from indicators.models import Kind, Measurement, State
from tests import factories as f

from .audit import audit
from .hands import Keyboard, Mouse


@pytest.fixture
def grid(world):
    """Three rows: a number and a share of the service, a number of Mission locale."""
    year = timezone.localdate().year
    asked = {"plan": world.plan, "actions": [world.action]}
    world.share = f.IndicatorFactory(
        **asked, wording="Part de nouveaux usagers", kind=Kind.SHARE, contributors=[world.service]
    )
    world.visits = f.IndicatorFactory(**asked, wording="Visites", contributors=[world.partner])
    world.address = f"/plans/{world.plan.pk}/valeurs/?annee={year}"
    world.cell = lambda indicator, organisation: f"{indicator.pk}-{organisation.pk}-{year}"
    return world


def value_of(indicator):
    return Measurement.objects.get(indicator=indicator, trashed_at=None)


@pytest.mark.parametrize("way", [Keyboard, Mouse], ids=["keyboard", "without-javascript"])
def test_enter_values_check_them_and_save(browse, grid, way):
    hands = way(browse(grid.camille, reduced_motion="reduce", java_script_enabled=way is Keyboard))
    year = timezone.localdate().year
    hands.open(grid.address)
    hands.write(f"Valeur : Part de nouveaux usagers, Service Jeunesse, {year}", "27")
    hands.write(f"Sur : Part de nouveaux usagers, Service Jeunesse, {year}", "12O")
    hands.write(f"Valeur : Visites, Mission locale, {year}", "1 240")
    hands.button("Vérifier")
    hands.reads("1 changement lu, pas encore enregistré ; 1 case à corriger", within="[role=alert]")
    hands.reads("Lu : 1\u202f240")
    hands.write(f"Sur : Part de nouveaux usagers, Service Jeunesse, {year}", "120")
    hands.button("Vérifier de nouveau")
    hands.reads("Lu : 27 sur 120, soit 22,5\u00a0%")
    hands.button("Enregistrer les 2 changements", within="[role=alert]")
    hands.reads("2 valeurs enregistrées.", within="#messages")
    assert (value_of(grid.share).amount, value_of(grid.share).base) == (27, 120)
    assert value_of(grid.visits).amount == 1240


def focused(page):
    return page.evaluate("document.activeElement.id")


def test_arrows_and_enter_lead_from_cell_to_cell(browse, grid):
    page = browse(grid.camille)
    page.goto(grid.address)
    first, share, visits = (
        grid.cell(grid.indicator, grid.service),
        grid.cell(grid.share, grid.service),
        grid.cell(grid.visits, grid.partner),
    )
    page.locator(f"#amount-{first}").focus()
    for key, expected in (
        ("ArrowDown", f"amount-{share}"),
        ("ArrowRight", f"base-{share}"),
        ("Enter", f"base-{share}"),  # Nothing under it is entered as two numbers.
        ("ArrowLeft", f"amount-{share}"),
        ("Enter", f"amount-{visits}"),
        ("ArrowDown", f"amount-{visits}"),
        ("ArrowRight", f"comment-{visits}"),
        ("ArrowLeft", f"amount-{visits}"),
        ("Shift+Enter", f"amount-{share}"),
        ("ArrowUp", f"amount-{first}"),
    ):
        page.keyboard.press(key)
        assert focused(page) == expected, key
    # Inside a text, the arrows move the caret.
    page.keyboard.type("15")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == f"amount-{first}"


PASTE = """([field, text]) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    return field.dispatchEvent(event);
}"""


def paste(page, field, text):
    """Paste into a field; true when the browser is left to do it itself."""
    return page.evaluate(PASTE, [page.locator(f"#{field}").element_handle(), text])


def test_a_block_of_a_spreadsheet_fills_cells_and_says_what_found_no_place(browse, grid):
    Measurement.objects.filter(pk=grid.measurement.pk).update(state=State.VALIDATED)
    page = browse(grid.camille)
    page.goto(grid.address)
    first, share, visits = (
        grid.cell(grid.indicator, grid.service),
        grid.cell(grid.share, grid.service),
        grid.cell(grid.visits, grid.partner),
    )
    block = '15\t\t"Deux\nlignes"\r\n27\t120\tOui\td’ailleurs\r\ndouze\t99\r\n7\r\n'
    assert not paste(page, f"amount-{first}", block)
    for field, text in {
        f"amount-{first}": "15",
        f"comment-{first}": "Deux\nlignes",
        f"amount-{share}": "27",
        f"base-{share}": "120",
        f"comment-{share}": "Oui",
        f"amount-{visits}": "douze",
    }.items():
        expect(page.locator(f"#{field}")).to_have_value(text)
    told = page.locator("[data-pasted]")
    expect(told).to_have_attribute("aria-live", "polite")
    expect(told).to_contain_text("Cases remplies : 6.")
    expect(told.locator("li")).to_have_text(
        [
            "« d’ailleurs » : au-delà du tableau",
            "« 99 » : aucune case à cet endroit",
            "« 7 » : au-delà du tableau",
        ]
    )
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_role("alert")).to_contain_text("2 changements lus")
    expect(page.locator(f"#amount-{visits}")).to_have_value("douze")
    page.get_by_role("alert").get_by_role("button").click()
    expect(page.locator("#messages")).to_contain_text("2 valeurs enregistrées.")
    assert (value_of(grid.indicator).amount, value_of(grid.indicator).comment) == (15, "Deux\nlignes")


def test_an_empty_cell_of_the_block_empties_nothing_and_one_cell_is_left_to_the_browser(browse, grid):
    page = browse(grid.camille)
    page.goto(grid.address)
    first = grid.cell(grid.indicator, grid.service)
    paste(page, f"amount-{first}", "\t\tVu\n")
    expect(page.locator(f"#amount-{first}")).to_have_value("12")
    assert paste(page, f"amount-{first}", "15\n")
    assert paste(page, f"comment-{first}", "Une ligne\nUne autre")


def test_leaving_with_something_typed_asks_first(browse, grid):
    page = browse(grid.camille)
    page.goto(grid.address)
    page.get_by_label(f"Valeur : Visites, Mission locale, {timezone.localdate().year}").fill("7")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Indicateurs").first.click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]


def test_axe_finds_nothing_in_the_grid(browse, grid):
    page = browse(grid.camille, reduced_motion="reduce")
    page.goto(grid.address)
    found = audit(page)
    year = timezone.localdate().year
    page.get_by_label(f"Valeur : Visites, Mission locale, {year}").fill("douze")
    page.locator(f"#amount-{grid.cell(grid.indicator, grid.service)}").fill("")
    page.get_by_label(f"Valeur : Part de nouveaux usagers, Service Jeunesse, {year}").fill("27")
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_role("alert")).to_be_focused()
    found += audit(page, "checked")
    assert not found, "\n".join(found)
