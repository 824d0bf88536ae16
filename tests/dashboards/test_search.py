"""The one box: it finds things of each sort, and nothing that its reader may not read."""

import pytest
from django.urls import reverse

from tests import factories as f
from tests.htmx import soup
from tests.test_queries import cost


def search(client, plan, query):
    page = soup(client.get(reverse("dashboards:search", args=[plan.pk]), {"q": query}))
    return {
        panel.select_one("h2").get_text(): [link.get_text() for link in panel.select("li a")]
        for panel in page.select("section.panel")
    }, page


@pytest.fixture
def camille(client_of, world):
    return client_of(world.camille)


@pytest.fixture
def everything(world):
    """Something of each sort that holds the word « passerelle »."""
    body = f.BodyFactory(plan=world.plan, name="COPIL")
    meeting = f.MeetingFactory(body=body)
    f.AgendaItemFactory(meeting=meeting, title="La passerelle")
    f.ActionFactory(plan=world.plan, number=2, title="Ouvrir une passerelle")
    f.IndicatorFactory(plan=world.plan, wording="Nombre de passerelles")
    f.OrganisationFactory(territory=world.territory, name="Association La Passerelle")
    f.DecisionFactory(plan=world.plan, subject="Financer", context="La passerelle coûte 800 €.")
    f.DiscussionFactory(action=world.action, subject="Où mettre la passerelle ?")
    f.AttachmentFactory(action=world.action, title="Plan de la passerelle")
    f.AttachmentFactory(action=None, meeting=meeting, title="Passerelle, support")
    f.AttachmentFactory(action=world.action, title="Passerelle privée", audience="coordinators")
    return world


def test_things_of_each_sort_are_found(camille, everything):
    found, page = search(camille, everything.plan, "passerelle")
    assert {heading.split(" (")[0] for heading in found} == {
        *("Actions", "Indicateurs", "Organismes", "Réunions", "Décisions", "Échanges", "Documents")
    }
    assert "9 résultats" in page.main.get_text().replace("\u00a0", " ")
    for link in page.select("section.panel li a"):
        assert camille.get(link["href"]).status_code == 200


@pytest.mark.parametrize("query", ["PASSERELLE", "passerele", "pässerelle"])
def test_accents_case_and_one_slip_are_forgiven(camille, everything, query):
    assert "Actions (1)" in search(camille, everything.plan, query)[0]


def test_what_is_private_is_found_by_the_coordination_alone(client_of, everything):
    for person, count in (("camille", 3), ("paul", 2), ("elise", 2)):
        found, _ = search(client_of(getattr(everything, person)), everything.plan, "passerelle")
        assert len(found[f"Documents ({count})"]) == count


def test_nothing_of_another_territory_is_found(camille, everything):
    f.IndicatorFactory(plan=everything.foreign_plan, wording="Passerelle canari")
    f.OrganisationFactory(territory=everything.elsewhere, name="Canari passerelle")
    assert "anari" not in search(camille, everything.plan, "passerelle")[1].main.get_text()


def test_long_lists_are_cut_and_say_so(camille, world):
    for number in range(2, 14):
        f.ActionFactory(plan=world.plan, number=number, title="Passerelle")
        f.IndicatorFactory(plan=world.plan, wording="Passerelle")
    found, page = search(camille, world.plan, "passerelle")
    assert len(found["Indicateurs (12)"]) == 8
    assert len(found["Actions (12)"]) == 8
    # An action is found by its indicators too; a page lists them all.
    everyone = page.find("a", string="Voir les 12 actions")
    assert len(soup(camille.get(everyone["href"])).select(".ledger__row")) == 12
    assert "Et 4 autres" in page.main.get_text()


@pytest.mark.parametrize("query", ["", "   ", "zzzz", "x" * 500, "<b>gras</b>", "%00\x0b"])
def test_every_question_has_an_answer(camille, world, query):
    found, page = search(camille, world.plan, query)
    assert not found
    assert page.select_one("h1")
    assert not page.select("main b")


def test_the_box_stands_on_every_page_of_a_plan(client_of, world):
    page = soup(client_of(world.elise).get(world.action.get_absolute_url()))
    form = page.select_one(".masthead form[role=search]")
    assert form["action"] == reverse("dashboards:search", args=[world.plan.pk])


def test_it_costs_the_same_for_twelve_as_for_two(camille, world):
    url = reverse("dashboards:search", args=[world.plan.pk]) + "?q=passerelle"
    body = f.BodyFactory(plan=world.plan)

    def grow(count):
        for _ in range(count):
            f.OrganisationFactory(territory=world.territory, name="La passerelle")
            f.AgendaItemFactory(meeting=f.MeetingFactory(body=body), title="Passerelle")
            f.IndicatorFactory(plan=world.plan, wording="Passerelle")
            f.DecisionFactory(plan=world.plan, subject="Passerelle")
            f.AttachmentFactory(action=world.action, title="Passerelle")
            f.DiscussionFactory(action=world.action, subject="Passerelle")

    grow(2)
    few = cost(camille, url)
    grow(10)
    assert cost(camille, url) == few
