import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from actions import merging
from actions.budget.totals import Line, rows_of, split, sums_of
from actions.forms.budget import EuroField
from actions.models import BudgetLine
from ctg.web.numbers import write_euros
from partners.models import Change
from partners.tracking import Author
from tests import factories as f
from tests.htmx import htmx, soup, text

YEAR = dt.date.today().year
AMOUNTS = st.none() | st.decimals(0, 10**6, places=2)
LINES = st.lists(
    st.builds(
        Line,
        action=st.integers(1, 3),
        year=st.integers(YEAR - 2, YEAR + 2),
        funder=st.sampled_from(["Caf", "MSA", "Autofinancement"]),
        planned=AMOUNTS,
        actual=AMOUNTS,
        group=st.none() | st.integers(1, 2),
    )
)


@pytest.fixture
def kept(world):
    """The plan of the world keeps a budget."""
    world.plan.has_budget = True
    world.plan.save()
    return world


@pytest.fixture
def camille(client, kept):
    client.force_login(kept.camille)
    return client


def add(client, action, **values):
    return client.post(
        reverse("actions:budget_line_add", args=[action.pk]), {"year": YEAR, "funder": ""} | values
    )


def spaced(words):
    """What a page says, every kind of space alike."""
    return " ".join(words.split())


def sheet(client, world):
    return soup(client.get(world.action.get_absolute_url()))


@settings(max_examples=50)
@given(LINES)
def test_whatever_parts_the_lines_the_sums_are_those_of_all(lines):
    whole = sums_of(lines, YEAR)
    assert whole.planned.amount == sum((line.planned or 0 for line in lines), Decimal())
    assert whole.actual.amount == sum((line.actual or 0 for line in lines), Decimal())
    assert whole.planned.known + whole.planned.missing == len(lines)
    to_come = [line for line in lines if line.actual is None and line.year > YEAR]
    assert whole.actual.known + whole.actual.missing + len(to_come) == len(lines)
    for key in (lambda line: line.year, lambda line: line.funder, lambda line: line.group):
        parts = split(lines, key)
        years = sorted({line.year for line in lines})
        rows = rows_of([(str(part), held) for part, held in parts.items()], YEAR, years)
        for name in ("planned", "actual"):
            for figure in ("amount", "known", "missing"):
                of_whole = getattr(getattr(whole, name), figure)
                of_rows = [getattr(getattr(row.whole, name), figure) for row in rows]
                of_cells = [
                    getattr(getattr(cell, name), figure) for row in rows for cell in row.cells if cell
                ]
                assert sum(of_rows) == sum(of_cells) == of_whole


def test_what_is_not_known_is_not_zero():
    total = sums_of([Line(1, YEAR, "Caf", None, Decimal(0))], YEAR)
    assert (total.planned.in_euros, total.planned.lack) == ("", "1 montant manque")
    assert (total.actual.in_euros, total.actual.lack) == ("0\u00a0€", "")
    to_come = sums_of([Line(1, YEAR + 1, "Caf", Decimal(5), None)], YEAR)
    assert to_come.actual.lack == "" and to_come.actual.in_euros == ""


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12 500 €", 12500),
        ("12\u202f500,50", Decimal("12500.5")),
        ("12500,50", Decimal("12500.5")),
        ("12.500,5 €", Decimal("12500.5")),
        ("0", 0),
        ("", None),
    ],
)
def test_an_amount_is_read_as_it_is_written(typed, amount):
    assert EuroField(required=False).clean(typed) == amount


@given(st.decimals(0, 10**9, places=2))
def test_what_is_written_is_read_back(amount):
    assert EuroField().clean(write_euros(amount)) == amount


def test_cents_are_written_in_two_digits():
    assert write_euros(Decimal("12500.5")) == "12\u202f500,50\u00a0€"


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("planned", "beaucoup", "Écrivez un nombre"),
        ("planned", "-5", "jamais négatif"),
        ("actual", "1,005", "Deux chiffres au plus"),
        ("actual", "99999999999", "dix au plus"),
        ("year", "1999", "2000"),
        ("year", "demain", "Indiquez une année"),
        ("nature", "x" * 101, "100 caractères au plus"),
    ],
)
def test_what_is_wrong_is_said_with_what_was_typed(camille, kept, name, typed, said):
    response = add(camille, kept.action, **{"comment": "À garder", name: typed})
    page = soup(response)
    assert response.status_code == 422 and said in page.select_one("#budget").get_text()
    assert page.select_one(f"#budget input[name={name}]")["value"] == typed
    assert "À garder" in page.select_one("#budget textarea").text
    assert not BudgetLine.objects.exists()


def test_a_line_is_added_in_place_and_the_page_equals_a_reload(camille, kept):
    url = kept.action.get_absolute_url()
    page = soup(camille.get(url))
    _, page = htmx(camille, page, "#budget a.button")
    typed = {"planned": "12 500 €", "funder": str(kept.partner.pk)}
    response, page = htmx(camille, page, "#budget form.entry", typed)
    assert response.status_code == 200, page.select_one("#budget").get_text()
    reloaded = soup(camille.get(url))
    for tree in (page, reloaded):
        tree.select_one("#messages").clear()
    assert text(page) == text(reloaded)
    assert "12\u202f500\u00a0€ prévus" in page.select_one("#budget").get_text()
    line = BudgetLine.objects.get()
    edit = reverse("actions:budget_line_edit", args=[line.pk])
    _, page = htmx(camille, page, f"#budget a[href='{edit}']")
    _, page = htmx(camille, page, "#budget form.entry", {"actual": "9 000,50"})
    assert "9\u202f000,50\u00a0€ réalisés" in page.select_one("#budget").get_text()
    words = {
        change.label: change.after_text for change in Change.objects.filter(kind="budgetline", field="actual")
    }
    assert words == {"montant réalisé": "9\u202f000,50\u00a0€"}


def test_two_editors_of_a_line_never_overwrite_each_other(camille, kept):
    line = f.BudgetLineFactory(action=kept.action, year=YEAR, planned=1000)
    edit = reverse("actions:budget_line_edit", args=[line.pk])
    both = {"year": YEAR, "funder": "", "seen": 1}
    assert camille.post(edit, both | {"planned": "1200"}).status_code == 302
    assert camille.post(edit, both | {"planned": "1000", "actual": "900"}).status_code == 302
    line.refresh_from_db()
    assert (line.planned, line.actual) == (1200, 900)
    response = camille.post(edit, both | {"planned": "1500"})
    assert response.status_code == 409
    assert "1\u202f200\u00a0€" in response.text and "1\u202f500\u00a0€" in response.text


def test_sums_by_year_and_by_funder_stand_under_the_lines(camille, kept):
    f.BudgetLineFactory(action=kept.action, year=YEAR, planned=1000, actual=None, funder=kept.partner)
    f.BudgetLineFactory(action=kept.action, year=YEAR, planned=None, actual=500)
    f.BudgetLineFactory(action=kept.action, year=YEAR + 1, planned=250, actual=None)
    said = spaced(sheet(camille, kept).select_one("#budget").get_text(" "))
    assert "1 250 € prévus (1 montant manque), 500 € réalisés (1 montant manque)." in said
    assert f"{YEAR} 1 000 € 1 manque 500 € 1 manque" in said
    assert f"{kept.partner} 1 000 € 1 manque" in said
    assert "Autofinancement 250 € 1 manque 500 €" in said


def test_who_pays_without_being_noted_a_funder_is_proposed_as_one(camille, client_of, kept):
    f.BudgetLineFactory(action=kept.action, funder=kept.partner)
    f.BudgetLineFactory(action=kept.action)
    note = "#budget form.notice"
    assert not sheet(client_of(kept.paul), kept).select_one(note)
    form = sheet(camille, kept).select_one(note)
    assert "Mission locale finance l’action sans être notée" in spaced(form.get_text())
    camille.post(form["action"], {"seen": form.select_one("[name=seen]")["value"]})
    assert kept.action.read_tracked("funders") == [kept.partner.pk]
    assert not sheet(camille, kept).select_one(note)


def test_who_carries_an_action_keeps_its_budget_where_the_plan_says_so(client_of, kept):
    paul = client_of(kept.paul)
    assert add(paul, kept.action, planned="10").status_code == 404
    assert not sheet(paul, kept).select("#budget a")
    kept.plan.budget_kept_by = "follow_up"
    kept.plan.save()
    assert add(paul, kept.action, planned="10").status_code == 302
    assert sheet(paul, kept).select("#budget a")
    assert add(client_of(kept.ines), kept.action, planned="10").status_code == 404
    other = f.ActionFactory(plan=kept.plan, number=2)
    assert add(paul, other, planned="10").status_code == 404


def test_a_plan_that_keeps_no_budget_shows_none(camille, kept):
    line = f.BudgetLineFactory(action=kept.action, comment="Écrit avant")
    page = reverse("actions:plan_budget", args=[kept.plan.pk])
    assert page in camille.get(kept.plan.get_absolute_url()).text
    kept.plan.has_budget = False
    kept.plan.save()
    assert not sheet(camille, kept).select_one("#budget")
    assert camille.get(page).status_code == 404 and add(camille, kept.action).status_code == 404
    assert camille.get(reverse("actions:budget_line_edit", args=[line.pk])).status_code == 404
    assert page not in camille.get(kept.plan.get_absolute_url()).text


def test_the_page_of_the_plan_sums_by_heading_and_by_funder(camille, kept):
    page = reverse("actions:plan_budget", args=[kept.plan.pk])
    assert "Aucune action n’a encore de ligne de budget" in camille.get(page).text
    loose = f.ActionFactory(plan=kept.plan, number=2, status="ongoing")
    f.BudgetLineFactory(action=kept.action, year=YEAR, planned=1000, actual=900, funder=kept.partner)
    f.BudgetLineFactory(action=loose, year=YEAR + 1, planned=500)
    f.BudgetLineFactory(action=f.ActionFactory(plan=kept.plan, trashed_at=timezone.now()), planned=7)
    shown = soup(camille.get(page))
    assert spaced(shown.select_one(".page-head__lead").get_text()) == (
        f"1 500 € prévus et 900 € réalisés de {YEAR} à {YEAR + 1}. 2 actions sur 2 ont des lignes de budget."
    )

    def rows(table):
        cells = [
            [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
            for row in table.select("tbody tr")
        ]
        return {row[0]: row[1:] for row in cells}

    by_heading, by_funder = map(rows, shown.select("table.budget"))
    thousand, nine, five = "1\u202f000\u00a0€", "900\u00a0€", "500\u00a0€"
    total = [thousand, nine, five, "", "1\u202f500\u00a0€", nine]
    assert by_heading == {
        "1. Renforcer le lien social": [thousand, nine, "", "", thousand, nine],
        "À classer": ["", "", five, "", five, ""],
        "Total": total,
    }
    assert by_funder == {
        "Mission locale": [thousand, nine, "", "", thousand, nine],
        "Autofinancement": ["", "", five, "", five, ""],
        "Total": total,
    }
    themes = soup(camille.get(f"{page}?lecture=themes"))
    assert rows(themes.select_one("table.budget")).keys() == {"JEUNESSE", "À classer", "Total"}
    filtered = camille.get(f"{page}?statut=ongoing")
    assert "1 action sur 2" in text(soup(filtered)) and "1. Renforcer" not in filtered.text


def test_pages_cost_the_same_however_many_lines(camille, kept):
    page = reverse("actions:plan_budget", args=[kept.plan.pk])
    costs = []
    for _ in range(2):
        for year in range(YEAR, YEAR + 3):
            funder = f.OrganisationFactory(territory=kept.territory)
            f.BudgetLineFactory(action=kept.action, year=year, funder=funder)
        for url in (page, kept.action.get_absolute_url()):
            camille.get(url)
            with CaptureQueriesContext(connection) as queries:
                camille.get(url)
            costs.append(len(queries))
    assert all(few == many for few, many in pairwise(costs[::2])) and costs[1] == costs[3]


def test_lines_follow_organisations_that_merge_and_come_out_of_the_trash(camille, kept):
    line = f.BudgetLineFactory(action=kept.action, funder=kept.partner)
    view = merging.preview(kept.camille, kept.service, kept.partner)
    assert "1 ligne de budget" in view.followed
    by = Author("Camille", kept.camille)
    merging.merge_organisations(kept.service, kept.partner, seen=view.seen, by=by, at=timezone.now())
    line.refresh_from_db()
    assert line.funder == kept.service
    camille.post(reverse("actions:budget_line_trash", args=[line.pk]), {"seen": line.version})
    assert not sheet(camille, kept).select("#budget tbody tr")
    camille.post(reverse("actions:trash_restore", args=["budgetline", line.pk]))
    assert sheet(camille, kept).select("#budget tbody tr")
