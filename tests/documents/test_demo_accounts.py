"""The accounts of the demonstration open nothing outside it."""

import json

import pytest
from allauth.account.adapter import get_adapter
from django.contrib.auth import get_user
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from ctg.documents.demonstration.accounts import accounts, open_account, password
from ctg.documents.demonstration.script import read_script
from partners.models import User

CLAIRE = "claire.morvan@demonstration.example"


@pytest.fixture
def demo(settings):
    settings.DEMO = True


@pytest.fixture
def people(db):
    return [open_account(person) for person in read_script().people]


def test_every_account_signs_in(people, client, demo):
    for account in accounts(read_script()):
        assert client.login(email=account.email, password=account.password), account
        assert str(get_user(client)) == account.name


def test_no_account_signs_in_outside_the_demonstration(people, client):
    for person in people:
        assert not client.login(email=person.email, password=password())


def test_the_form_does_not_go_on_with_whom_the_backend_refuses(people, rf):
    # allauth remembers a person whose password is right, and lets her in if her account is open.
    assert get_adapter().authenticate(rf.post("/"), email=CLAIRE, password=password()) is None


def test_a_session_of_the_demonstration_dies_outside_it(people, client, settings):
    settings.DEMO = True
    client.login(email=CLAIRE, password=password())
    assert get_user(client).is_authenticated
    settings.DEMO = False
    assert get_user(client).is_anonymous


def test_other_accounts_sign_in_outside_the_demonstration(db, client):
    user = User.objects.create_user("camille@exemple.fr", "une phrase de passe")
    assert client.login(email=user.email, password="une phrase de passe")
    assert get_user(client) == user


def test_a_database_with_demonstration_accounts_is_refused_elsewhere(people, settings):
    found = [error for error in run_checks(databases=["default"]) if error.id == "partners.E001"]
    assert len(found) == 1
    settings.DEMO = True
    assert not [error for error in run_checks(databases=["default"]) if error.id == "partners.E001"]


def test_accounts_are_listed_without_a_database(demo, capsys):
    call_command("demo_accounts")
    listed = json.loads(capsys.readouterr().out)
    assert {account["role"] for account in listed} == {
        *("coordinator", "member", "official", "caf", "administrator")
    }
    assert len([account for account in listed if account["role"] == "caf"]) == 2
    assert all(account["email"].endswith(".example") for account in listed)
    assert all(len(account["password"]) >= 16 for account in listed)
    assert [account["territory"] for account in listed if account["role"] == "administrator"] == [None]


def test_each_installation_has_its_own_password(settings):
    here = password()
    settings.SECRET_KEY = "another-installation-0123456789-abcdefghijklmnopqrstuvwxyz"
    assert password() != here


def test_the_demonstration_is_refused_outside_it(db):
    with pytest.raises(CommandError, match="que par bin/demo"):
        call_command("load_demo")
    with pytest.raises(CommandError, match="que dans la démonstration"):
        call_command("demo_accounts")
    assert not User.objects.exists()
