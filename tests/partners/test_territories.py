import uuid

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from partners.models import Membership, Territory, User

PEOPLE = ["camille", "paul", "elise", "karim", "nadia"]


@pytest.fixture
def alex(client_of, world):
    return client_of(world.alex)


def url(name, *territory):
    return reverse(f"partners:territory_{name}", args=[one.pk for one in territory])


def test_an_administrator_opens_a_territory_and_invites_its_coordination(world, alex):
    form = {"name": "Pays de Neuf", "short_name": "PN", "note": "", "token": uuid.uuid4()}
    answers = [alex.post(url("add"), form) for _ in range(2)]
    territory = Territory.objects.get(name="Pays de Neuf")
    assert {answer.url for answer in answers} == {url("invite", territory)}
    person = {"email": "zoe@exemple.fr", "first_name": "Zoé", "last_name": "Lune", "token": uuid.uuid4()}
    for _ in range(2):
        alex.post(url("invite", territory), person)
    assert Membership.objects.get(territory=territory).role == "coordinator"
    assert len(mail.outbox) == 1
    assert "Pays de Neuf" in mail.outbox[0].body


def test_the_list_shows_who_has_no_coordination_yet(world, alex):
    Territory.objects.create(name="Désert")
    text = alex.get(url("list")).text
    assert "Désert" in text
    assert "à inviter" in text


def test_a_name_is_given_once(world, alex):
    form = {"name": world.elsewhere.name, "token": uuid.uuid4()}
    assert alex.post(url("add"), form).status_code == 422
    assert alex.post(url("edit", world.territory), form).status_code == 422
    response = alex.post(url("edit", world.territory), {"name": "Grand Rivemont", "token": uuid.uuid4()})
    world.territory.refresh_from_db()
    assert response.status_code == 302
    assert world.territory.name == "Grand Rivemont"


@pytest.mark.parametrize("person", PEOPLE)
def test_nobody_else_administers(world, client_of, person):
    client = client_of(getattr(world, person))
    before = list(Territory.objects.values())
    for address in (url("list"), url("add"), url("edit", world.territory), url("invite", world.territory)):
        assert client.get(address).status_code == 404
        form = {"name": "Intrus", "email": "a@exemple.fr", "first_name": "A", "last_name": "B"}
        assert client.post(address, form).status_code in (404, 405)
    assert list(Territory.objects.values()) == before
    assert not mail.outbox


def test_an_administrator_reads_no_plan_without_an_access(world, alex):
    assert alex.get(world.plan.get_absolute_url()).status_code == 404
    assert alex.get(reverse("partners:membership_list", args=[world.territory.pk])).status_code == 404
    assert alex.get("/").url == url("list")


def test_a_command_makes_the_first_administrator(db, capsys):
    call_command("create_administrator", "Root@exemple.fr")
    call_command("create_administrator", "root@exemple.fr", "--first-name", "Ada")
    user = User.objects.get()
    assert (user.is_administrator, user.first_name, user.has_usable_password()) == (True, "Ada", False)
    assert "https://plan.exemple.fr/compte/connexion/code/" in capsys.readouterr().out


def test_the_command_refuses_what_is_no_address(db):
    with pytest.raises(CommandError):
        call_command("create_administrator", "root")
    assert not User.objects.exists()
