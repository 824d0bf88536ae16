"""The plan along its calendar: what the page says, draws, keeps and weighs."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from partners import tracking
from partners.tracking import Author
from tests import factories as f
from tests.htmx import soup

pytestmark = pytest.mark.django_db

#: 88 bytes: the average of the voted titles.
TITLE = "Lier systématiquement l’organisation d’un rendez-vous des droits à un événement"


@pytest.fixture(autouse=True)
def november(monkeypatch):
    today = SimpleNamespace(localdate=lambda: dt.date(2026, 11, 22))
    monkeypatch.setattr("actions.views.timeline.timezone", today)


def answer(client, world, query="", who="camille"):
    client.force_login(getattr(world, who))
    return client.get(reverse("actions:timeline", args=[world.plan.pk]) + query)


def page_of(client, world, query="", who="camille"):
    return soup(answer(client, world, query, who))


def said(element):
    return " ".join(element.get_text(" ", strip=True).replace("\xa0", " ").split())


def lane_of(page, number):
    [row] = [row for row in page.select(".lanes__row") if row.b and row.b.text == str(number)]
    return row


def cells_of(page, number):
    [row] = [row for row in page.select("table tbody tr") if row.td and row.td.text == str(number)]
    return [said(cell) for cell in row.select("td, th")]


def put_off(action, text, at=None):
    tracking.change(action, {"calendar_text": text}, by=Author("Import"), at=at or timezone.now())


def test_the_first_sentence_counts_what_the_rows_show(client, world):
    for number in (2, 3):
        f.ActionFactory(plan=world.plan, number=number, calendar_text="2027")
    f.ActionFactory(plan=world.plan, number=4, calendar_text="2025")
    page = page_of(client, world)
    assert said(page.select_one(".page-head__lead")) == (
        "4 actions sur quatre ans, dont 1 en retard . "
        "Le plus gros reste à faire en 2027 : deux actions y commencent."
    )
    assert said(lane_of(page, 4).small) == "En retard depuis janvier 2026"


def test_a_bar_of_a_year_covers_it_whole_with_rough_edges_and_a_semester_has_firm_ones(client, world):
    f.ActionFactory(plan=world.plan, number=2, calendar_text="2e semestre 2026")
    page = page_of(client, world)
    year, semester = (lane_of(page, n).select_one("g use") for n in (1, 2))
    assert (year["href"], year["x"], year["width"]) == ("#rough-rough", "24.98%", "24.99%")
    assert (semester["href"], semester["x"]) == ("#firm-firm", "37.37%")
    assert page.select_one("#rough-rough .lane__end--rough") and page.select_one(
        "#firm-firm .lane__end--firm"
    )
    assert cells_of(page, 2)[3] == "juill. – déc. 2026 au semestre près"


def test_every_shape_that_a_lane_uses_is_drawn_once(client, world):
    f.ActionFactory(plan=world.plan, number=2, calendar_text="12 novembre 2028")
    f.ActionFactory(plan=world.plan, number=3, calendar_text="à partir de 2027", status="done")
    f.ActionFactory(plan=world.plan, number=4, calendar_text="en continu", status="ongoing")
    page = page_of(client, world)
    for use in page.select(".lane use"):
        assert len(page.select(f"[id='{use['href'][1:]}']")) == 1, use
    assert lane_of(page, 2).select("g use")[1]["href"] == "#before-planned"
    assert lane_of(page, 3).select_one("g use")["href"] == "#rough-none"
    assert lane_of(page, 4).select_one("g use")["href"] == "#none-none"
    assert cells_of(page, 3)[3] == "à partir de janv. 2027 à l’année près"
    assert cells_of(page, 4)[3] == "en continu"


def test_an_action_without_date_says_so(client, world):
    f.ActionFactory(plan=world.plan, number=2)
    f.ActionFactory(plan=world.plan, number=3, calendar_text="quand le budget sera voté")
    page = page_of(client, world)
    assert said(lane_of(page, 2).svg) == "sans date : calendrier à préciser"
    assert said(lane_of(page, 3).svg) == "sans date lisible : « quand le budget sera voté »"
    assert cells_of(page, 2)[2:4] == ["à préciser", "–"]


def test_a_postponed_action_keeps_the_ghost_of_what_was_voted(client, world):
    put_off(world.action, "2027")
    put_off(world.action, "2e semestre 2028")
    page = page_of(client, world)
    ghost = lane_of(page, 1).select_one("[href='#ghost']")
    assert (ghost["x"], ghost["width"]) == ("24.98%", "24.99%")
    assert cells_of(page, 1)[2] == "2e semestre 2028 voté : 2026"


def test_a_calendar_said_more_precisely_is_no_postponement(client, world):
    put_off(world.action, "2e semestre 2026")
    page = page_of(client, world)
    assert not lane_of(page, 1).select("[href='#ghost']")
    assert cells_of(page, 1)[2] == "2e semestre 2026"


def test_a_lane_has_two_milestones_and_the_table_all(client, world):
    for title, due_on, reached_on in (
        ("Ouverture", dt.date(2027, 3, 1), None),
        ("Appel lancé", dt.date(2026, 2, 1), dt.date(2026, 2, 1)),
        ("Bilan", None, None),
    ):
        f.MilestoneFactory(action=world.action, title=title, due_on=due_on, reached_on=reached_on)
    page = page_of(client, world)
    lane = lane_of(page, 1)
    assert [said(words) for words in lane.select("svg > text")] == [
        "Bail signé, 1er juin 2026 : manqué",
        "Ouverture, 1er mars 2027",
    ]
    assert [use["href"] for use in lane.select("svg > use")][1:] == ["#late", "#next"]
    assert cells_of(page, 1)[5] == (
        "Appel lancé, 1er févr. 2026 (atteint) Bail signé, 1er juin 2026 (manqué) "
        "Ouverture, 1er mars 2027 Bilan, sans date"
    )


def test_empty_headings_are_written_until_a_filter_is_in_force(client, world):
    f.ThemeFactory(plan=world.plan, title="LOGEMENT")
    bands = [said(band.h2) for band in page_of(client, world, "?ranger=theme").select(".lanes__band")]
    assert bands == ["JEUNESSE 1 action", "LOGEMENT aucune action dans le plan"]
    kept = page_of(client, world, "?ranger=theme&statut=planned")
    assert [said(band.h2) for band in kept.select(".lanes__band")] == ["JEUNESSE 1 action"]
    assert "1 action sur 1 : À venir." in said(kept.select_one(".lanes-filter"))


def test_an_action_stands_under_each_of_its_porteurs(client, world):
    f.InvolvementFactory(action=world.action, organisation=world.partner)
    f.ActionFactory(plan=world.plan, number=2)
    page = page_of(client, world, "?ranger=porteur")
    assert [said(band.h2) for band in page.select(".lanes__band")] == [
        "Mission locale 1 action",
        "Service Jeunesse 1 action",
        "Sans porteur 1 action",
    ]
    assert said(page.select_one(".page-head__lead strong")) == "2 actions"


def test_the_words_of_the_plans_filters_filter_the_timeline(client, world):
    f.ActionFactory(plan=world.plan, number=2, status="ongoing", calendar_text="2027", title="Former")
    page = page_of(client, world, "?statut=ongoing&echelle=mois")
    assert [row.b.text for row in page.select(".lanes__row")] == ["2"]
    assert page.select_one(".lanes-filter a")["href"] == "?ranger=ambition&echelle=mois"
    assert page.select_one("main nav a")["href"].endswith("?statut=ongoing")
    months = next(a for a in page.select(".switch a") if a.text == "Années")
    assert months["href"] == "?statut=ongoing&ranger=ambition&echelle=annees"
    empty = page_of(client, world, "?statut=done")
    assert "Aucune action ne répond à Réalisée" in said(empty.select_one(".empty"))


@pytest.mark.parametrize("scale", ["annees", "trimestres", "mois", "siecles"])
@pytest.mark.parametrize("way", ["ambition", "theme", "porteur", "hasard"])
def test_neither_scale_nor_range_loses_an_action(client, world, scale, way):
    for number, text in enumerate(["2025", "rentrée 2027", "", "en continu", "15 mars 2028"], 2):
        f.ActionFactory(plan=world.plan, number=number, calendar_text=text)
    page = page_of(client, world, f"?echelle={scale}&ranger={way}")
    assert sorted(row.b.text for row in page.select(".lanes__row")) == list("123456")


def test_today_and_the_steering_meetings_stand_on_the_axis(client, world):
    copil = f.BodyFactory(plan=world.plan, name="COPIL")
    f.MeetingFactory(body=copil, held_on=dt.date(2026, 12, 16))
    f.MeetingFactory(body=f.BodyFactory(plan=world.plan, kind="group"), held_on=dt.date(2026, 5, 5))
    page = page_of(client, world)
    assert page.select_one(".lane__scale .lane__today")["x1"] == "47.23%"
    assert [use["x"] for use in page.select("[href='#meeting']")] == ["48.87%"]
    assert "Comités de pilotage : 16 décembre 2026." in said(page.select_one(".lanes-table"))


def test_an_empty_plan_has_a_page(client, world):
    world.plan = f.PlanFactory(territory=world.territory, first_year=None, last_year=None)
    page = page_of(client, world)
    assert said(page.select_one(".page-head__lead")) == "Ce plan n’a pas encore d’action."


def many(world, count):
    for number in range(2, count + 1):
        action = f.ActionFactory(
            plan=world.plan,
            number=number,
            title=TITLE,
            ambition=world.ambition,
            status="ongoing",
            calendar_text="2e semestre 2026" if number % 2 else "2026 à 2027",
        )
        f.InvolvementFactory(action=action, organisation=world.service)
        f.MilestoneFactory(action=action, title="Premier bilan", due_on=dt.date(2027, 3, 1))
        if number % 2:
            f.MilestoneFactory(action=action, title="Charte signée", due_on=dt.date(2026, 6, 30))


@pytest.mark.parametrize("scale", ["", "?echelle=trimestres", "?echelle=mois"])
def test_forty_actions_weigh_forty_kilobytes_at_most(client, world, scale):
    for number in range(2, 7):
        f.AmbitionFactory(plan=world.plan, number=number)
    many(world, 40)
    response = answer(client, world, scale)
    assert len(soup(response).select(".lanes__row b")) == 40
    assert len(response.content) <= 40_000


def test_beyond_twenty_rows_the_table_has_its_own_address(client, world):
    assert page_of(client, world).select_one(".toolbar__end > a:last-child")["href"] == "#tableau"
    many(world, 21)
    page = page_of(client, world, "?statut=ongoing&ranger=theme")
    assert page.select("table tbody")
    page = page_of(client, world, "?ranger=theme")
    assert not page.select("table")
    table = page_of(client, world, page.select_one(".toolbar__end > a:last-child")["href"])
    assert len(table.select("table tbody tr td:first-child")) == 21
    assert not table.select(".lanes")
    assert table.select_one(".toolbar__end > a:last-child")["href"] == "?ranger=theme&echelle=annees"


def test_a_long_plan_is_paged_and_loses_nothing(client, world):
    many(world, 201)
    first = page_of(client, world)
    assert len(first.select(".lanes__row b")) == 50
    assert said(first.select_one(".lanes__band h2 small")) == "201 actions"
    following = first.select_one("[rel='next']")["href"]
    assert following == "?ranger=ambition&echelle=annees&page=2"
    numbers = [
        b.text for n in range(1, 6) for b in page_of(client, world, f"?page={n}").select(".lanes__row b")
    ]
    assert len(numbers) == 201 == len(set(numbers))


@pytest.mark.parametrize("query", ["", "?ranger=theme&vue=tableau", "?ranger=porteur&echelle=mois"])
def test_the_number_of_queries_does_not_grow(client, world, query, django_assert_max_num_queries):
    client.force_login(world.camille)
    address = reverse("actions:timeline", args=[world.plan.pk]) + query

    def queries():
        client.get(address)  # The first visit remembers the filters.
        with django_assert_max_num_queries(13) as counted:
            client.get(address)
        return len(counted)

    put_off(world.action, "2028")
    few = queries()
    many(world, 205)
    for action in list(world.plan.actions.all())[2:12]:
        put_off(action, "2028")
    for _ in range(5):
        f.MeetingFactory(body=f.BodyFactory(plan=world.plan))
    assert queries() == few


def test_the_other_territory_stays_out(client, world):
    assert "Canari" not in answer(client, world).text
    assert answer(client, world, who="nadia").status_code == 404
