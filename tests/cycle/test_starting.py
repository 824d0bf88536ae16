"""From an empty installation to a plan that one works on."""

import uuid

import pytest
from django.core import mail
from django.urls import reverse

from actions.models import Body, Objective, Plan, Theme
from ctg.cycle.starting.template import read_template
from indicators.models import Indicator
from partners.models import Change, Membership, Territory
from tests import factories as f
from tests.htmx import soup

THEMES = [
    *("Petite enfance", "Enfance", "Jeunesse", "Parentalité", "Animation de la vie sociale"),
    *("Accès aux droits", "Insertion", "Inclusion numérique", "Logement", "Handicap", "Mobilité"),
    *("Valeurs de la République et laïcité", "Autonomie et aidants"),
]


def sent_by(page, number=-1):
    """What a browser sends of a form of the page as it stands, with the address to which it goes."""
    form = page.select("main form")[number]
    data = {}
    for field in form.select("input[name], textarea[name], select[name] > option[selected]"):
        if field.get("type") in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        name = field.parent["name"] if field.name == "option" else field["name"]
        data.setdefault(name, []).append(field.get("value", field.get_text().strip()))
    return form.get("action"), data


def followed(client, page, words):
    """The page behind the link or button that bears these words."""
    [link] = [one for one in page.select("main a") if words in one.get_text()]
    return link["href"], soup(client.get(link["href"], follow=True))


def test_an_empty_installation_leads_to_a_plan_one_works_on(db, client_of):
    alex = f.UserFactory(
        first_name="Alex", last_name="Dumont", email="alex@exemple.fr", is_administrator=True
    )
    client = client_of(alex)
    page = soup(client.get("/", follow=True))
    address, page = followed(client, page, "Créer votre territoire")
    _, data = sent_by(page)
    response = client.post(address, data | {"name": "Pays de Neuf"}, follow=True)
    # She coordinates it herself: the last form of the page gives her the access.
    _, data = sent_by(soup(response))
    response = client.post(response.redirect_chain[-1][0], data, follow=True)
    assert Membership.objects.get(user=alex).role == "coordinator"
    assert mail.outbox[0].to == ["alex@exemple.fr"]
    _, page = followed(client, soup(response), "Commencer votre CTG")
    address, page = followed(client, page, "Partir du modèle")
    _, data = sent_by(page)
    answers = [client.post(address, data) for _ in range(2)]
    plan = Plan.objects.get()
    assert {answer.url for answer in answers} == {reverse("dashboards:todo", args=[plan.pk])}
    page = soup(client.get("/", follow=True))
    assert page.h1.get_text() == "À faire"
    address, page = followed(client, page, "Ajouter une action")
    _, data = sent_by(page)
    theme = plan.themes.get(title="Jeunesse")
    client.post(address, data | {"title": "Ouvrir un café des jeunes", "theme": theme.pk})
    assert plan.actions.get().theme == theme
    assert "Écrire la première action" not in client.get("/", follow=True).text


@pytest.fixture
def new(db, client_of):
    """Somebody who coordinates a territory without a plan, and the page of the template."""
    membership = f.MembershipFactory()
    client = client_of(membership.user)
    address = reverse("cycle:template_choose", args=[membership.territory.pk])
    return client, address, membership.territory


def test_all_of_the_template_is_ticked_and_becomes_the_plan(new):
    client, address, territory = new
    _, data = sent_by(soup(client.get(address)))
    client.post(address, data)
    plan = Plan.objects.get(territory=territory)
    template = read_template()
    assert [theme.title for theme in Theme.objects.filter(plan=plan)] == THEMES
    assert list(plan.indicators.values_list("wording", flat=True)) == [
        one.wording for one in template.indicators
    ]
    assert [body.kind for body in Body.objects.filter(plan=plan)] == ["steering", "technical"]
    assert plan.last_year - plan.first_year == 3
    assert not plan.actions.exists()
    # All of it is one gesture in the history.
    assert Change.objects.filter(plan_id=plan.pk).values("batch").distinct().count() == 1


def test_only_what_stays_ticked_is_taken(new):
    client, address, _ = new
    _, data = sent_by(soup(client.get(address)))
    data["themes"] = ["Jeunesse", "Logement"]
    data["indicators"] = ["Jeunes bénéficiant des services", "Enfants accueillis"]
    client.post(address, data)
    plan = Plan.objects.get()
    assert [theme.title for theme in plan.themes.all()] == ["Jeunesse", "Logement"]
    # The indicator of a theme that is left goes with it.
    [indicator] = plan.indicators.all()
    assert (indicator.wording, indicator.unit, indicator.frequency) == (
        "Jeunes bénéficiant des services",
        "jeunes",
        "year",
    )
    kept = [theme for theme in read_template().themes if theme.title in data["themes"]]
    objectives = {title for theme in kept for title in theme.objectives}
    assert set(Objective.objects.filter(plan=plan).values_list("title", flat=True)) == objectives


def test_an_indicator_of_the_common_catalogue_is_attached_to_it(new):
    client, address, _ = new
    common = f.CommonIndicatorFactory(wording="professionnels formés")
    other = f.CommonIndicatorFactory(wording="Satisfaction des familles", kind="count")
    _, data = sent_by(soup(client.get(address)))
    client.post(address, data)
    assert Indicator.objects.get(wording="Professionnels formés").common == common
    # The same words for something else are not the same indicator.
    assert not other.indicators.exists()


def test_a_refused_form_keeps_what_was_ticked(new):
    client, address, _ = new
    _, data = sent_by(soup(client.get(address)))
    data |= {"title": [""], "last_year": ["1990"], "themes": ["Mobilité"]}
    response = client.post(address, data)
    page = soup(response)
    assert response.status_code == 422
    assert [box["value"] for box in page.select("input[name=themes][checked]")] == ["Mobilité"]
    assert not Plan.objects.exists()


def test_what_the_template_does_not_hold_is_refused(new):
    client, address, _ = new
    data = {"title": "Plan", "themes": ["Météo"], "token": uuid.uuid4()}
    assert client.post(address, data).status_code == 422


def test_the_way_to_start_names_the_plans_that_are_there(world, client_of):
    page = soup(client_of(world.camille).get(reverse("cycle:start", args=[world.territory.pk])))
    assert world.plan.full_title in page.main.get_text()
    links = {link["href"] for link in page.select("main a.button")}
    assert reverse("intake:drop", args=[world.territory.pk]) in links
    assert reverse("actions:plan_add", args=[world.territory.pk]) in links
    assert reverse("cycle:renewal_open", args=[world.plan.pk]) in links


@pytest.mark.once
def test_the_template_is_sound():
    """No wording twice, no more indicators than one can follow, a unit wherever one counts."""
    template = read_template()
    assert [theme.title for theme in template.themes] == THEMES
    wordings = [one.wording for one in template.indicators]
    assert len(set(wordings)) == len(wordings) <= 30
    assert all(theme.objectives and theme.indicators for theme in template.themes)
    for one in template.indicators:
        assert bool(one.unit) == (one.kind == "count"), one.wording
        assert bool(one.denominator_label) == (one.kind == "share"), one.wording


def test_an_administrator_is_led_to_the_territories_until_she_reads_a_plan(world, client_of):
    assert client_of(world.alex).get("/").url == reverse("partners:territory_list")
    f.MembershipFactory(territory=world.territory, user=world.alex)
    assert client_of(world.alex).get("/").url == reverse("dashboards:todo", args=[world.plan.pk])
    assert Territory.objects.count() == 2
