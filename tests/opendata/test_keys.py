"""Keys are handed out by the coordination, shown again, revoked, and written down."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from ctg.dashboards.models import ReadLink
from partners.models import Change
from partners.tokens import token_of
from tests import factories as f
from tests.htmx import soup
from tests.test_queries import cost


def path_of(name, plan):
    return reverse(f"opendata:{name}", args=[plan.pk])


@pytest.fixture
def camille(client_of, world):
    return client_of(world.camille)


def create(client, plan, **typed):
    path = path_of("data_key_add", plan)
    form = soup(client.get(path)).select_one("form.letter")
    sent = {field["name"]: field.get("value", "") for field in form.select("input")}
    return client.post(path, sent | {"label": "Portail"} | typed), sent | {"label": "Portail"} | typed


def test_a_new_key_is_shown_and_shown_again(camille, world):
    response, _ = create(camille, world.plan)
    key = ReadLink.objects.get()
    assert (key.opens, key.expires_at, key.owner) == ("data", None, None)
    for address in (response["Location"], f"{path_of('data_key_list', world.plan)}?montrer={key.pk}"):
        page = soup(camille.get(address))
        assert page.select_one(f"#jeton-{key.pk}")["value"] == token_of(key.seed)
    assert token_of(key.seed) not in camille.get(path_of("data_key_list", world.plan)).text
    assert token_of(key.seed) not in response["Location"]


def test_a_form_sent_twice_makes_one_key(camille, world):
    _, sent = create(camille, world.plan)
    camille.post(path_of("data_key_add", world.plan), sent)
    assert ReadLink.objects.count() == 1


def test_a_day_that_is_past_is_said_beside_the_field(camille, world, today):
    response, _ = create(camille, world.plan, last_day=str(today - dt.timedelta(days=1)))
    assert response.status_code == 422
    page = soup(response)
    assert page.select_one("[name=last_day]")["aria-invalid"] == "true"
    assert page.select_one("[name=label]")["value"] == "Portail"
    assert not ReadLink.objects.exists()


def test_a_key_has_the_end_that_was_chosen(camille, world, today):
    create(camille, world.plan, last_day=str(today))
    key = ReadLink.objects.get()
    assert key.is_live(timezone.now()) and not key.is_live(timezone.now() + dt.timedelta(days=1))


def test_revoking_is_written_down_and_shows_the_key_no_more(camille, world):
    create(camille, world.plan)
    key = ReadLink.objects.get()
    camille.post(reverse("opendata:data_key_revoke", args=[key.pk]))
    page = camille.get(f"{path_of('data_key_list', world.plan)}?montrer={key.pk}")
    assert "révoquée le" in page.text and token_of(key.seed) not in page.text
    told = Change.objects.filter(label="clé d’accès aux données").values_list("after_text", flat=True)
    assert sorted(told) == ["créé pour Portail", "révoqué, pour Portail"]


def test_links_and_keys_are_kept_on_their_own_pages(camille, world):
    f.ReadLinkFactory(plan=world.plan, label="Maires")
    key = f.ReadLinkFactory(plan=world.plan, opens="data", label="Portail")
    assert "Maires" not in camille.get(path_of("data_key_list", world.plan)).text
    links = reverse("dashboards:read_link_list", args=[world.plan.pk])
    assert "Portail" not in camille.get(links).text
    assert camille.post(reverse("dashboards:read_link_revoke", args=[key.pk])).status_code == 404


def test_only_the_coordination_is_led_to_the_keys(world, client_of):
    for name, is_led in (("camille", True), ("elise", False), ("karim", False)):
        text = client_of(getattr(world, name)).get(path_of("data_detail", world.plan)).text
        assert (path_of("data_key_list", world.plan) in text) == is_led, name


def test_a_page_of_the_elus_still_expires(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        f.ReadLinkFactory(plan=world.plan, opens="board", expires_at=None)


def test_the_list_costs_the_same_for_two_keys_as_for_twelve(camille, world):
    f.ReadLinkFactory.create_batch(2, plan=world.plan, opens="data")
    few = cost(camille, path_of("data_key_list", world.plan))
    f.ReadLinkFactory.create_batch(10, plan=world.plan, opens="data")
    assert cost(camille, path_of("data_key_list", world.plan)) == few
