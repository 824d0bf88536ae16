"""The page of the élus: every figure leads to as many lines, with an account and by a read link (D1)."""

import datetime as dt
import re
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from actions.models import Status
from ctg.dashboards.board.tally import LEAST, spread
from ctg.dashboards.board.wording import cut
from partners import tracking
from partners.tracking import Author
from tests import factories as f
from tests.htmx import soup
from tests.test_queries import cost, grow

#: Status, météo, ambition, theme of the actions of the plan with known counts, beside the first one.
ACTIONS = (
    *[("ongoing", "fine", 1, 1)] * 3,
    *[("ongoing", "watch", 1, 2)] * 2,
    *[("ongoing", "hard", 2, 2)] * 2,
    *[("done", "fine", 2, 1)] * 2,
    ("postponed", "watch", 2, None),
    ("suspended", "", None, 1),
    ("abandoned", "", None, None),
    *[("planned", "", 1, 1)] * 4,
)
WORDS = ("aucune", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
FIGURES = (
    ".glance-head__lead a, .glance__name a, .glance__count a, a.glance__count",
    ".seg",
    ".tally__list a",
)


@pytest.fixture
def known(world, today):
    """Sixteen actions beside that of the world: three late, two blocked, for which decisions are asked."""
    ambitions = {
        1: world.ambition,
        2: f.AmbitionFactory(plan=world.plan, number=2, title="Accéder aux droits"),
    }
    themes = {1: world.theme, 2: f.ThemeFactory(plan=world.plan, title="LOGEMENT")}
    world.milestone.delete()
    past = today - dt.timedelta(days=40)
    world.many = [
        f.ActionFactory(
            plan=world.plan,
            number=number,
            title=f"Action nommée {number}",
            status=status,
            status_reason="faute de moyens" if status in ("postponed", "suspended", "abandoned") else "",
            confidence=confidence,
            ambition=ambitions.get(ambition),
            theme=themes.get(theme),
            calendar_text=str(today.year - 1) if number in (2, 3, 4, 9) else "",
        )
        for number, (status, confidence, ambition, theme) in enumerate(ACTIONS, start=2)
    ]
    body = f.BodyFactory(plan=world.plan)
    f.MeetingFactory(body=body, held_on=past)
    world.next_meeting = f.MeetingFactory(body=body, held_on=today + dt.timedelta(days=17))
    f.DecisionFactory.create_batch(3, plan=world.plan, actions=world.many[:2], context="Il manque 8 400 €.")
    f.DecisionFactory(plan=world.plan, outcome="taken", decided_on=today)
    for action in world.many[:2]:
        f.BlockageFactory(action=action)
    f.BlockageFactory(action=world.many[0], since=today)
    f.BlockageFactory(action=world.many[5], lifted_on=today)
    for month in range(1, 10):
        due_on = dt.date(today.year, month, 15)
        f.MilestoneFactory(action=world.many[0], due_on=due_on, reached_on=due_on if month == 2 else None)
    f.IndicatorFactory.create_batch(7, plan=world.plan, is_key=True, contributors=[world.partner])
    return world


@pytest.fixture
def by_link(known):
    """A browser that was given a read link."""
    client = Client()
    client.get(reverse("dashboards:read_link_open", args=[f.ReadLinkFactory(plan=known.plan).token]))
    return client


def board_of(world, **params):
    return reverse("dashboards:board", args=[world.plan.pk], query=params or None)


def count_of(element):
    """The figure that a link shows: « 2 réalisées », « Trois décisions vous attendent »."""
    said = element.get("aria-label") or element.get_text(" ", strip=True)
    word = re.split(r"\W+", said.strip())[0].lower()
    return int(word) if word.isdecimal() else WORDS.index(word)


def rows_behind(client, url):
    """How many lines the page of a figure has, all its pages together."""
    found = 0
    while url:
        page = soup(client.get(url))
        found += len(page.select("tbody[id^='action-'] .ledger__row, table.behind tbody tr"))
        following = page.select_one(".pagination a[rel=next]")
        url = urljoin(url, following["href"]) if following else None
    return found


@pytest.mark.parametrize("way", ["ambitions", "themes"])
@pytest.mark.parametrize("figures", FIGURES, ids=["sentences and counts", "statuses", "météo"])
@pytest.mark.parametrize("reader", ["account", "link"])
def test_every_figure_leads_to_exactly_as_many_lines(known, client_of, by_link, reader, figures, way):
    client = client_of(known.elise) if reader == "account" else by_link
    links = soup(client.get(board_of(known, lecture=way))).select(figures)
    assert len(links) >= 6
    for link in links:
        assert rows_behind(client, link["href"]) == count_of(link), link


def test_the_figures_are_those_of_the_plan(known, client_of):
    page = soup(client_of(known.elise).get(board_of(known)))
    lead = page.select_one(".glance-head__lead").get_text()
    assert "Le plan avance\u00a0: 7 actions sur 17 sont en cours et 2 réalisées." in lead
    assert (
        "Trois sont en retard, deux en difficulté et deux bloquées. Trois décisions vous attendent." in lead
    )
    assert "dans 17 jours" in page.select_one(".glance-head__next").get_text()
    rows = {row.th.get_text(): row for row in page.select(".tally tbody tr")}
    shown = [segment["aria-label"] for segment in rows["2. Accéder aux droits"].select(".seg")]
    assert shown == ["2 réalisées", "2 en cours", "1 reportée"]
    assert [segment["aria-label"] for segment in rows["À classer"].select(".seg")] == [
        "1 suspendue",
        "1 abandonnée",
    ]


def test_the_counts_add_up_to_the_plan_in_both_readings(known, client_of):
    for way in ("ambitions", "themes"):
        page = soup(client_of(known.elise).get(board_of(known, lecture=way)))
        assert sum(map(count_of, page.select(".seg"))) == 17
        assert sum(map(count_of, page.select(".tally__list a"))) == 17


def test_long_lists_are_cut_and_say_how_many_are_left(known, client_of):
    page = soup(client_of(known.elise).get(board_of(known)))
    rests = [rest.get_text() for rest in page.select(".keys .brief__rest, .rail .brief__rest")]
    assert rests == ["et 2 autres", "et 3 autres"]  # key indicators, then milestones
    assert len(page.select(".rail__stop")) == 6


def test_the_key_indicators_say_what_they_contain(world, client_of, today):
    both = [world.service, world.partner]
    indicator = f.IndicatorFactory(plan=world.plan, is_key=True, contributors=both, direction="up")
    indicator.targets.create(year=today.year, value=600)
    f.MeasurementFactory(indicator=indicator, organisation=world.service, amount=412)
    [row] = soup(client_of(world.elise).get(board_of(world))).select(".keys tbody tr")
    assert "1 porteur sur 2, 1 à valider\u00a0; il manque Mission locale" in row.th.get_text()
    assert " ".join(row.select_one(".keys__value").get_text().split()) == "412 sur 600"
    assert row.select_one(".bullet__fill--partial")["width"] == "54.93%"
    assert row.select_one(".chart__target")["x1"] == "80.0%"


def test_the_key_indicators_of_last_year_stand_until_something_comes_in(world, client_of, today):
    indicator = f.IndicatorFactory(plan=world.plan, is_key=True, contributors=[world.service])
    f.MeasurementFactory(indicator=indicator, organisation=world.service, year=today.year - 1)
    page = soup(client_of(world.elise).get(board_of(world)))
    assert page.select_one("#glance-keys").get_text() == f"Indicateurs clés {today.year - 1}"


def test_what_changed_since_the_last_steering_committee_is_told(known, client_of):
    by = Author("Camille")
    tracking.change(known.many[0], {"status": "done"}, by=by, at=timezone.now())
    page = soup(client_of(known.elise).get(board_of(known)))
    news = page.select_one("[aria-labelledby=glance-news]").get_text(" ", strip=True)
    assert "Depuis le COPIL du" in news and "réalisée (2)" in news


def test_without_a_past_steering_committee_changes_are_told_since_the_year_began(world, client_of):
    page = soup(client_of(world.elise).get(board_of(world)))
    assert "Depuis le début de l’année" in page.get_text() and "Aucun COPIL n’est prévu" in page.get_text()


def test_an_elu_finds_the_actions_that_she_follows(known, client_of):
    known.elise.first_name, known.elise.last_name = "Élise", "Roche"
    known.elise.save()
    leads = ("Mme ELISE ROCHE", "Élise Rochefort", "Élise Roche, vice-présidente")
    for action, lead in zip(known.many, leads, strict=False):
        action.elected_lead = lead
        action.save()
    client = client_of(known.elise)
    own = soup(client.get(board_of(known))).select_one("[aria-labelledby=glance-own]")
    assert count_of(own.select_one("a.glance__count")) == 2
    assert rows_behind(client, own.select_one("a.glance__count")["href"]) == 2
    assert "3. Action nommée 3" not in own.get_text() and "2. Action nommée 2" in own.get_text()
    assert not soup(client_of(known.camille).get(board_of(known))).select_one("[aria-labelledby=glance-own]")


# States


def test_an_empty_plan_says_so(world, client_of):
    plan = f.PlanFactory(territory=world.territory)
    response = client_of(world.camille).get(reverse("dashboards:board", args=[plan.pk]))
    said = soup(response).get_text()
    assert "Ce plan n’a pas encore d’action." in said and "Aucun jalon" in said
    assert "choisir parmi les indicateurs" in said  # the coordination alone is told how
    assert "choisir parmi" not in soup(client_of(world.elise).get(board_of(world))).get_text()


def test_a_plan_without_headings_shows_no_table(world, client_of):
    plan = f.PlanFactory(territory=world.territory)
    f.ActionFactory(plan=plan, status="planned")
    page = soup(client_of(world.elise).get(reverse("dashboards:board", args=[plan.pk])))
    assert not page.select(".tally") and "ne sont pas encore classées" in page.get_text()
    assert "aucune action sur 1 n’est en cours" in page.get_text()


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        (["done"], "Le plan est réalisé\u00a0: son unique action est réalisée."),
        (["done", "done"], "Le plan est réalisé\u00a0: les 2 actions sont réalisées."),
        (["ongoing"], "Le plan avance\u00a0: 1 action sur 1 est en cours."),
        (["done", "planned"], "Le plan avance\u00a0: 1 action sur 2 est réalisée."),
        (
            ["ongoing", "ongoing", "done"],
            "Le plan avance\u00a0: 2 actions sur 3 sont en cours et 1 réalisée.",
        ),
    ],
)
def test_the_opening_sentence_agrees(world, client_of, statuses, said):
    plan = f.PlanFactory(territory=world.territory)
    for number, status in enumerate(statuses, start=1):
        f.ActionFactory(plan=plan, number=number, status=status)
    page = soup(client_of(world.elise).get(reverse("dashboards:board", args=[plan.pk])))
    assert page.select_one(".glance-head__lead strong").get_text().strip() == said


def test_a_word_that_means_nothing_keeps_all_the_actions(known, by_link):
    page = reverse("dashboards:board_list", args=[known.plan.pk])
    for query in ("", "?de=rien", "?statut=parti", "?ambition=999999&lecture=zzz"):
        assert rows_behind(by_link, page + query) == 17, query


# What it costs


def test_the_number_of_queries_grows_with_nothing(world, client_of, today):
    f.IndicatorFactory.create_batch(3, plan=world.plan, is_key=True, contributors=[world.partner])
    body = f.BodyFactory(plan=world.plan)
    f.MeetingFactory(body=body, held_on=today - dt.timedelta(days=40))
    by_link = Client()
    by_link.get(reverse("dashboards:read_link_open", args=[f.ReadLinkFactory(plan=world.plan).token]))
    pages = {
        **{name: client_of(getattr(world, name)) for name in ("camille", "elise", "karim")},
        "link": by_link,
    }
    grow(world, 17)
    few = {name: cost(client, board_of(world)) for name, client in pages.items()}
    assert max(few.values()) <= 12, few
    for size in (200, 2_000):
        grow(world, size)
        f.MeetingFactory.create_batch(4, body=body, held_on=today - dt.timedelta(days=50))
        f.DecisionFactory.create_batch(5, plan=world.plan, actions=[world.action])
        f.IndicatorFactory.create_batch(4, plan=world.plan, is_key=True, contributors=[world.partner])
        assert {name: cost(client, board_of(world)) for name, client in pages.items()} == few, size


# Geometry and words


@given(st.lists(st.integers(1, 2_000), min_size=1, max_size=len(Status)))
def test_segments_fill_the_bar_in_order_each_wide_enough_for_its_number(counts):
    places = spread(counts)
    assert places[0][0] == 0
    assert sum(places[-1]) == pytest.approx(100, abs=0.05)
    for (start, width), (following, _) in zip(places, places[1:], strict=False):
        assert start + width < following
    assert all(width >= LEAST - 1 for _, width in places)
    widths = [width for _, width in places[:-1]]
    for one, count in zip(widths, counts, strict=False):
        for other, more in zip(widths, counts, strict=False):
            assert one <= other + 0.02 or count > more


@given(st.text(max_size=90), st.integers(10, 60))
def test_a_text_is_cut_between_words_and_never_longer(text, length):
    short = cut(text, length)
    assert len(short) <= length + 1
    assert short == " ".join(text.split()) or short.endswith("…")
    assert BeautifulSoup(short, "html.parser") is not None


def test_cutting_keeps_whole_words():
    assert cut("Créer une information territoriale unique", 20) == "Créer une…"
