import uuid

import pytest
from django.urls import reverse

from actions.models import Part
from partners import tracking
from partners.models import Change, Organisation
from partners.queries import organisation_rows, suspects
from tests import factories as f
from tests.htmx import soup


@pytest.fixture
def camille(client_of, world):
    return client_of(world.camille)


def url(name, thing):
    return reverse(f"partners:organisation_{name}", args=[thing.pk])


def organisation_form(organisation=None, **changes):
    form = {
        "name": organisation.name if organisation else "",
        "kind": organisation.kind if organisation else "service",
        "aliases": "\n".join(organisation.other_names) if organisation else "",
        "contact_name": organisation.contact_name if organisation else "",
        "contact_email": organisation.contact_email if organisation else "",
        "seen": organisation.version if organisation else "",
        "token": uuid.uuid4(),
    }
    return form | changes


def rows_of(world):
    return {row.organisation.name: row for row in organisation_rows(world.camille, world.territory)}


def test_the_list_counts_the_actions_carried_and_joined(world, camille):
    other = f.ActionFactory(plan=world.plan)
    f.InvolvementFactory(action=other, organisation=world.service, part=Part.CO_LEAD)
    f.InvolvementFactory(action=other, organisation=world.service, part=Part.FUNDER)
    assert (rows_of(world)["Service Jeunesse"].carried, rows_of(world)["Service Jeunesse"].joined) == (2, 1)
    page = soup(camille.get(url("list", world.territory)))
    row = next(row for row in page.select("tbody tr") if "Service Jeunesse" in row.text)
    assert [cell.text.strip() for cell in row.select("td")] == ["2 actions", "1 action", "1 personne"]


def test_actions_in_the_trash_do_not_count(world):
    tracking.trash(world.action, by=tracking.Author("Camille"), at=world.note.written_at)
    assert rows_of(world)["Service Jeunesse"].carried == 0


def test_the_list_costs_the_same_for_two_organisations_as_for_many(
    world, camille, django_assert_num_queries, django_assert_max_num_queries
):
    address = url("list", world.territory)
    with django_assert_max_num_queries(20) as few:
        camille.get(address)
    for organisation in f.OrganisationFactory.create_batch(12, territory=world.territory):
        organisation.aliases.create(name=f"Autre {organisation}")
        f.InvolvementFactory(action=world.action, organisation=organisation, part=Part.PARTNER)
    with django_assert_num_queries(len(few.captured_queries)):
        camille.get(address)


@pytest.mark.parametrize("query", ["jeunesse", "JEUNÉSSE", "jeuness", "jeunnesse", "pij"])
def test_search_forgives_accents_case_and_one_typo_and_knows_other_names(world, camille, query):
    world.service.aliases.create(name="PIJ")
    page = soup(camille.get(url("list", world.territory), {"q": query}))
    assert "Service Jeunesse" in page.text
    assert "Mission locale" not in page.main.text


def test_a_search_that_finds_nothing_says_so(world, camille):
    page = soup(camille.get(url("list", world.territory), {"q": "<b>zzz"}))
    assert "Aucun organisme ne répond à « <b>zzz »" in page.main.text.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Service Jeunesse et Sport", "Sports", True),
        ("Mission Locale", "Mission locale", True),
        ("Relais petite enfance", "Relais petite enfannce", True),
        ("Pôle Parentalité", "Pôle Jeunesse", False),
        ("Service", "Service", False),
    ],
)
def test_names_that_say_the_same_are_suspected(world, one, other, alike):
    Organisation.objects.filter(pk=world.service.pk).update(name=one)
    Organisation.objects.filter(pk=world.partner.pk).update(name=other)
    assert bool(suspects(organisation_rows(world.camille, world.territory))) is alike


def test_the_sheet_shows_names_contact_actions_and_people(world, client_of):
    world.service.aliases.create(name="PIJ")
    page = soup(client_of(world.elise).get(url("detail", world.service)))
    assert "PIJ" in page.text
    assert "Ouvrir un café des jeunes" in page.select_one(".columns__main").text
    assert "Paul" in page.select_one(".columns__aside").text
    assert not page.select(".button--danger")


def test_adding_keeps_other_names_and_writes_history(world, camille):
    form = organisation_form(name=" Relais  petite\x0benfance ", aliases="RPE\n\n RPE \nRam", kind="service")
    response = camille.post(url("add", world.territory), form)
    made = Organisation.objects.get(name="Relais petite enfance")
    assert response.url == made.get_absolute_url()
    assert sorted(made.other_names) == ["RPE", "Ram"]
    assert Change.objects.get(kind="organisation", object_id=made.pk).author == world.camille


def test_adding_twice_with_one_form_makes_one(world, camille):
    form = organisation_form(name="Ludothèque", kind="association")
    first = camille.post(url("add", world.territory), form)
    again = camille.post(url("add", world.territory), form)
    assert Organisation.objects.filter(name="Ludothèque").count() == 1
    assert first.status_code == 302
    assert again.status_code == 302


@pytest.mark.parametrize("name", ["service jeunesse", "Sèrvice-Jeunesse", "PIJ"])
def test_a_name_that_another_already_has_is_refused(world, camille, name):
    world.service.aliases.create(name="P.I.J.")
    world.service.aliases.create(name="pij")
    response = camille.post(url("add", world.territory), organisation_form(name=name))
    assert response.status_code == 422
    assert "Service Jeunesse" in response.text
    assert Organisation.objects.filter(territory=world.territory).count() == 2


def test_what_is_wrong_is_said_and_the_text_kept(world, camille):
    long = "x" * 40_000
    response = camille.post(
        url("add", world.territory), organisation_form(name=long, kind="generique", contact_name="Léa")
    )
    page = soup(response)
    assert response.status_code == 422
    assert page.select_one("[name=name]")["value"] == long
    assert {link["href"] for link in page.select("[role=alert] a")} == {"#id_name", "#id_kind"}


def test_two_people_who_change_different_fields_both_win(world, camille):
    seen = organisation_form(world.partner)
    camille.post(url("edit", world.partner), seen | {"contact_name": "Accueil"})
    response = camille.post(url("edit", world.partner), seen | {"aliases": "ML"})
    world.partner.refresh_from_db()
    assert response.status_code == 302
    assert (world.partner.contact_name, world.partner.other_names) == ("Accueil", ["ML"])


@pytest.mark.django_db(transaction=True)  # A conflict undoes the whole request.
def test_two_people_who_change_the_same_field_see_both_texts(world, camille):
    seen = organisation_form(world.partner)
    camille.post(url("edit", world.partner), seen | {"aliases": "ML"})
    response = camille.post(url("edit", world.partner), seen | {"aliases": "Mission"})
    world.partner.refresh_from_db()
    assert response.status_code == 409
    assert "ML" in response.text
    assert "Mission" in response.text
    assert world.partner.other_names == ["ML"]


def test_an_organisation_that_serves_cannot_be_trashed(world, camille):
    page = soup(camille.get(url("trash", world.service)))
    assert "Ouvrir un café des jeunes" in page.main.text
    assert not page.select("main form")
    assert camille.post(url("trash", world.service)).status_code == 409
    world.service.refresh_from_db()
    assert world.service.trashed_at is None


def test_an_idle_organisation_goes_to_the_trash_on_confirmation(world, camille):
    idle = f.OrganisationFactory(territory=world.territory)
    assert camille.get(url("trash", idle)).status_code == 200
    idle.refresh_from_db()
    assert idle.trashed_at is None
    camille.post(url("trash", idle))
    assert idle in Organisation.objects.restorable_by(world.camille)
    assert camille.get(url("detail", idle)).status_code == 404


@pytest.mark.parametrize("name", ["list", "detail", "add", "edit", "trash"])
def test_another_territory_does_not_exist(world, client_of, name):
    thing = world.territory if name in ("list", "add") else world.partner
    before = list(Organisation.objects.values())
    for answer in (
        client_of(world.nadia).get(url(name, thing)),
        client_of(world.alex).get(url(name, thing)),
        client_of(world.nadia).post(url(name, thing), organisation_form(name="Intrus")),
    ):
        assert answer.status_code in (404, 405)
        assert "Mission locale" not in answer.text
    assert list(Organisation.objects.values()) == before


@pytest.mark.parametrize("person", ["paul", "ines", "elise", "karim"])
def test_only_the_coordination_changes_organisations(world, client_of, person):
    client = client_of(getattr(world, person))
    assert client.get(url("list", world.territory)).status_code == 200
    assert "Ajouter" not in client.get(url("list", world.territory)).text
    for name in ("edit", "trash"):
        assert client.get(url(name, world.partner)).status_code == 404
        assert client.post(url(name, world.partner), organisation_form(world.partner)).status_code == 404
