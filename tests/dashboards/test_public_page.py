"""The page of the inhabitants: closed until it is opened, field by field, and nothing beyond."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from actions.models import Status
from ctg.dashboards.models import PublicPage
from ctg.dashboards.public.fields import Shown
from ctg.dashboards.public.masking import REMOVED, without_contacts
from indicators.models import Kind, State
from partners.models import Change
from tests import factories as f
from tests.htmx import soup
from tests.test_queries import cost, grow

EVERYTHING = [one.value for one in Shown]


@pytest.fixture
def camille(client_of, world):
    return client_of(world.camille)


@pytest.fixture
def page(world):
    return f.PublicPageFactory(plan=world.plan, shown=EVERYTHING)


def text_of(page):
    response = Client().get(page.get_absolute_url())
    assert response.status_code == 200
    return soup(response).main.get_text(" ", strip=True)


def edit(client, plan, **data):
    url = reverse("dashboards:public_page_edit", args=[plan.pk])
    form = soup(client.get(url)).select_one("form.letter")
    sent = {field["name"]: field.get("value", "") for field in form.select("input[type=hidden]")}
    sent |= {"slug": form.select_one("[name=slug]")["value"], "introduction": "", "contact": ""}
    sent["shown"] = [box["value"] for box in form.select("[name=shown][checked]")]
    return client.post(url, sent | data)


def test_a_plan_has_no_public_page_until_it_is_opened(camille, world):
    camille.get(reverse("dashboards:public_page_detail", args=[world.plan.pk]))
    preview = camille.get(reverse("dashboards:public_page_preview", args=[world.plan.pk])).text
    assert world.action.title in preview and "La page est fermée" in preview
    assert not PublicPage.objects.exists()
    edit(camille, world.plan, introduction="Bonjour.")
    page = PublicPage.objects.get()
    assert Client().get(page.get_absolute_url()).status_code == 404
    assert "Bonjour." in camille.get(reverse("dashboards:public_page_preview", args=[world.plan.pk])).text
    edit(camille, world.plan, is_open="on")
    assert "Ouvrir un café des jeunes" in text_of(page)
    edit(camille, world.plan)
    assert Client().get(page.get_absolute_url()).status_code == 404
    assert Client().get(reverse("dashboards:public_page_qr", args=[page.slug])).status_code == 404


def test_who_opened_it_is_written_down(camille, world):
    edit(camille, world.plan)
    edit(camille, world.plan, is_open="on")
    change = Change.objects.get(kind="publicpage", field="is_open")
    assert (change.author, change.after_text) == (world.camille, "oui")


FIELDS = {
    "purpose": "Finalité secrète",
    "content": "Contenu secret",
    "status": "Pas encore commencée",
    "calendar": "2026",
    "leads": "Service Jeunesse",
    "audiences": "Publics secrets",
    "municipalities": "Communes secrètes",
    "milestones": "Bail signé",
    "counts": "1 pas encore commencée",
    "figures": "12",
}


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_is_shown_only_when_it_is_ticked(world, page, field):
    action = world.action
    action.purpose, action.content = "Finalité secrète", "Contenu secret"
    action.audiences, action.municipalities = "Publics secrets", "Communes secrètes"
    action.save()
    world.indicator.is_key = True
    world.indicator.save()
    world.measurement.state = State.VALIDATED
    world.measurement.save()
    # The year of the plan and of the page say « 2026 » elsewhere: what is asked is the fact itself.
    facts = {"calendar": r"Quand 2026", "figures": r"\b12\b"}
    sought = re.compile(facts.get(field, re.escape(FIELDS[field])))
    page.shown = [field]
    page.save()
    assert sought.search(text_of(page))
    page.shown = [name for name in EVERYTHING if name != field]
    page.save()
    assert not sought.search(text_of(page))


def test_what_is_for_those_who_keep_the_plan_is_never_shown(world, page):
    action = world.action
    action.status, action.status_reason, action.confidence = Status.SUSPENDED, "Motif tu", "hard"
    action.elected_lead, action.factors_text = "Élise Roche", "Frein tu"
    action.save()
    f.BlockageFactory(action=action, reason="Blocage tu")
    f.MessageFactory(discussion=f.DiscussionFactory(action=action, subject="Sujet tu"), text="Mot tu")
    world.measurement.comment = "Commentaire tu"
    world.measurement.save()
    text = text_of(page)
    for hidden in ("Motif tu", "Élise", "Frein tu", "Blocage tu", "Sujet tu", "Mot tu", "Commentaire tu"):
        assert hidden not in text
    assert "Visite faite." not in text and "Pas de local" not in text
    assert "difficulté" not in text


def test_actions_that_are_withheld_leave_with_their_indicators(world, page):
    page.withheld.set([world.action])
    world.indicator.is_key = True
    world.indicator.save()
    world.measurement.state = State.VALIDATED
    world.measurement.save()
    text = text_of(page)
    assert world.action.title not in text and world.indicator.wording not in text
    assert "Les actions seront bientôt présentées ici." in text


@pytest.mark.parametrize(
    ("kind", "values", "shown"),
    [
        (Kind.COUNT, {"amount": 4}, "moins de 5"),
        (Kind.COUNT, {"amount": 5}, "5"),
        (Kind.COUNT, {"amount": 0}, "0"),
        (Kind.SHARE, {"amount": 3, "base": 40}, "trop peu de réponses"),
        (Kind.SHARE, {"amount": 38, "base": 40}, "trop peu de réponses"),
        (Kind.SHARE, {"amount": 10, "base": 40}, "10 sur 40"),
        (Kind.SCALE, {"amount": 4, "base": 3}, "trop peu de réponses"),
        (Kind.SCALE, {"amount": 4, "base": 30}, "4 sur"),
    ],
)
def test_small_counts_are_masked(world, page, kind, values, shown):
    indicator = world.indicator
    indicator.is_key, indicator.kind = True, kind
    indicator.scale_min, indicator.scale_max = 1, 5
    indicator.gathering = "weighted" if kind == Kind.SCALE else "sum"
    indicator.save()
    world.measurement.state = State.VALIDATED
    for name, value in values.items():
        setattr(world.measurement, name, value)
    world.measurement.save()
    row = soup(Client().get(page.get_absolute_url())).select_one("table tbody tr")
    assert shown in row.select_one("strong").get_text().replace("\u00a0", " ")


def test_an_indicator_of_two_actions_is_shown_once(world, page):
    world.indicator.actions.add(f.ActionFactory(plan=world.plan, number=2))
    world.indicator.is_key = True
    world.indicator.save()
    world.measurement.state = State.VALIDATED
    world.measurement.save()
    assert text_of(page).count(world.indicator.wording) == 1


def test_a_value_that_nobody_read_again_is_not_shown(world, page):
    world.indicator.is_key = True
    world.indicator.save()
    assert world.indicator.wording not in text_of(page)


@pytest.mark.parametrize(
    "contact",
    ["camille.martin@mairie.fr", "06 12 34 56 78", "01.23.45.67.89", "+33 6 12 34 56 78", "0612345678"],
)
def test_contacts_leave_the_texts(contact):
    assert without_contacts(f"Écrire à {contact}, merci.") == f"Écrire à {REMOVED}, merci."


@pytest.mark.parametrize("text", ["le 12 03 2026", "1 200 familles", "10 000 €", "2025-2028", "78 %"])
def test_other_numbers_stay(text):
    assert without_contacts(text) == text


def test_an_address_that_is_taken_is_said_beside_the_field(camille, world):
    f.PublicPageFactory(plan=world.foreign_plan, slug="prise")
    response = edit(camille, world.plan, slug="Prisé", introduction="Gardez-moi")
    assert response.status_code == 422
    form = soup(response)
    assert "déjà prise" in form.select_one("#id_slug_error").get_text()
    assert form.select_one("#id_introduction").get_text(strip=True) == "Gardez-moi"
    assert edit(camille, world.plan, slug="…").status_code == 422


def test_the_qr_code_is_drawn_with_attributes_alone(page):
    response = Client().get(reverse("dashboards:public_page_qr", args=[page.slug]))
    assert response["Content-Type"] == "image/svg+xml"
    assert "attachment" in response["Content-Disposition"]
    drawing = response.content.decode()
    assert drawing.startswith("<svg") and "style=" not in drawing and "<script" not in drawing


def test_the_page_costs_the_same_for_two_hundred_actions(world, page):
    client, url = Client(), page.get_absolute_url()
    grow(world, 17)
    few = cost(client, url)
    grow(world, 200)
    assert cost(client, url) == few


def test_an_empty_plan_has_a_page_too(world):
    page = f.PublicPageFactory(plan=f.PlanFactory(territory=world.territory), shown=EVERYTHING)
    assert "bientôt" in text_of(page)
