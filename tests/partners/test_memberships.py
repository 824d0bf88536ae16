import smtplib
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from actions.models import Action
from partners.models import Change, Membership, Receipt, Role, User
from tests import factories as f
from tests.htmx import soup


@pytest.fixture
def camille(client_of, world):
    return client_of(world.camille)


def url(name, thing):
    return reverse(f"partners:membership_{name}", args=[thing.pk])


def invitation(**changes):
    form = {
        "email": "Lea.Petit@exemple.fr",
        "first_name": "Léa",
        "last_name": "Petit",
        "role": Role.OFFICIAL,
        "organisation": "",
        "token": uuid.uuid4(),
    }
    return form | changes


def test_an_invitation_opens_an_access_and_mails_how_to_enter(world, camille):
    form = invitation(role=Role.MEMBER, organisation=world.service.pk)
    response = camille.post(url("invite", world.territory), form, follow=True)
    membership = Membership.objects.get(user__email="lea.petit@exemple.fr")
    assert (membership.role, membership.organisation) == (Role.MEMBER, world.service)
    assert membership.invited_at
    assert not membership.user.has_usable_password()
    assert "Invitation envoyée à lea.petit@exemple.fr" in response.text
    [sent] = mail.outbox
    body = sent.body.replace("\xa0", " ")
    assert sent.to == ["lea.petit@exemple.fr"]
    for words in ("Camille", "coordination", "Pays de Rivemont", "membre d’un organisme, Service Jeunesse"):
        assert words in body
    assert "https://plan.exemple.fr/compte/connexion/code/" in body


def test_the_token_of_another_form_invites_nobody(world, camille):
    used = Receipt.objects.create(token=uuid.uuid4(), user=world.camille, object_id=999_999)
    response = camille.post(url("invite", world.territory), invitation(token=used.token))
    assert response.status_code == 400
    assert not mail.outbox and not User.objects.filter(email="lea.petit@exemple.fr").exists()


def test_no_header_changes_the_address_in_a_mail(world, camille):
    camille.post(url("invite", world.territory), invitation(), headers={"host": "localhost"})
    forged = {"x-forwarded-host": "evil.example", "x-forwarded-server": "evil.example"}
    camille.post(url("invite", world.territory), invitation(email="b@exemple.fr"), headers=forged)
    assert len(mail.outbox) == 2
    for sent in mail.outbox:
        assert "evil" not in sent.body
        assert "localhost" not in sent.body


def test_a_forged_host_gets_nothing(world, camille):
    answer = camille.post(url("invite", world.territory), invitation(), headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert not mail.outbox


def test_one_form_sent_twice_sends_one_mail(world, camille):
    form = invitation()
    answers = [camille.post(url("invite", world.territory), form) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {302}
    assert len(mail.outbox) == 1
    assert Membership.objects.filter(user__email="lea.petit@exemple.fr").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_at_once_by_many_requests_sends_one_mail(world, client_of):
    form, address = invitation(), url("invite", world.territory)

    def send(client):
        try:
            return client.post(address, form).status_code
        finally:
            connection.close()

    clients = [client_of(world.camille) for _ in range(8)]
    with ThreadPoolExecutor(len(clients)) as pool:
        assert set(pool.map(send, clients)) == {302}
    assert len(mail.outbox) == 1
    assert Membership.objects.filter(user__email="lea.petit@exemple.fr").count() == 1


def test_the_answer_is_the_same_whether_or_not_an_account_exists(world, camille):
    f.UserFactory(email="connue@exemple.fr", first_name="Secrète", last_name="Ailleurs")
    texts = []
    for email in ("connue@exemple.fr", "neuve@exemple.fr"):
        response = camille.post(url("invite", world.territory), invitation(email=email), follow=True)
        texts.append(soup(response).select_one("#messages").text.replace(email, "…"))
    assert texts[0] == texts[1]
    assert User.objects.filter(email="connue@exemple.fr").count() == 1
    assert User.objects.get(email="connue@exemple.fr").first_name == "Secrète"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "pas une adresse"}, "email"),
        ({"role": Role.MEMBER}, "organisation"),
        ({"role": "administrator"}, "role"),
        ({"last_name": ""}, "last_name"),
    ],
)
def test_a_wrong_invitation_is_refused_and_sends_nothing(world, camille, changes, field):
    response = camille.post(url("invite", world.territory), invitation(**changes))
    assert response.status_code == 422
    assert soup(response).select_one(f"[role=alert] a[href='#id_{field}']")
    assert not mail.outbox


def test_an_organisation_of_another_territory_cannot_be_smuggled(world, camille):
    foreign = f.OrganisationFactory(territory=world.elsewhere, name="Canari")
    page = soup(camille.get(url("invite", world.territory)))
    assert "Canari" not in page.text
    form = invitation(role=Role.MEMBER, organisation=foreign.pk)
    assert camille.post(url("invite", world.territory), form).status_code == 422
    paul = world.memberships["paul"]
    change = {"role": Role.MEMBER, "organisation": foreign.pk}
    assert camille.post(url("edit", paul), change).status_code == 422
    assert not foreign.memberships.exists()


def test_an_access_is_not_given_twice(world, camille):
    form = invitation(email=world.elise.email.upper())
    response = camille.post(url("invite", world.territory), form)
    assert response.status_code == 422
    assert "a déjà cet accès" in response.text


def test_when_the_mail_does_not_leave_it_is_said(world, camille, monkeypatch):
    def refuse(self, fail_silently=False):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    response = camille.post(url("invite", world.territory), invitation(), follow=True)
    assert "le courriel n’est pas parti" in response.text
    assert Membership.objects.get(user__email="lea.petit@exemple.fr").invited_at is None


def test_a_reminder_leaves_once_for_each_form(world, camille):
    page = soup(camille.get(url("list", world.territory)))
    form = page.select_one(f"form[action='{url('remind', world.memberships['ines'])}']")
    token = form.select_one("[name=token]")["value"]
    for _ in range(2):
        camille.post(form["action"], {"token": token})
    assert [sent.to for sent in mail.outbox] == [[world.ines.email]]
    others = [field["value"] for field in page.select("[name=token]")]
    assert len(others) == len(set(others)) > 1


def test_a_change_of_role_counts_from_the_next_request(world, camille, client_of):
    ines = client_of(world.ines)
    assert world.action not in Action.objects.updatable_by(world.ines)
    camille.post(url("edit", world.memberships["ines"]), {"role": "member", "organisation": world.service.pk})
    assert world.action in Action.objects.updatable_by(world.ines)
    camille.post(url("edit", world.memberships["ines"]), {"role": "coordinator", "organisation": ""})
    assert ines.get(url("list", world.territory)).status_code == 200


def test_a_removed_person_reads_nothing_from_the_next_request(world, camille, client_of):
    paul = client_of(world.paul)
    address = reverse("partners:organisation_list", args=[world.territory.pk])
    assert paul.get(address).status_code == 200
    assert "Paul" in camille.get(url("revoke", world.memberships["paul"])).text
    assert paul.get(address).status_code == 200
    camille.post(url("revoke", world.memberships["paul"]))
    assert paul.get(address).status_code == 404
    assert User.objects.filter(pk=world.paul.pk).exists()


def test_the_last_coordinator_stays(world, camille):
    own = world.memberships["camille"]
    assert "C’est votre propre accès" in camille.get(url("revoke", own)).text
    assert "dernière personne" in camille.post(url("revoke", own), follow=True).text
    response = camille.post(url("edit", own), {"role": Role.OFFICIAL, "organisation": ""})
    assert response.status_code == 422
    closed = f.UserFactory(is_active=False)
    f.MembershipFactory(territory=world.territory, user=closed)
    camille.post(url("revoke", own))
    assert Membership.objects.get(pk=own.pk).role == Role.COORDINATOR


def test_with_another_coordinator_one_may_leave(world, camille):
    f.MembershipFactory(territory=world.territory)
    response = camille.post(url("revoke", world.memberships["camille"]), follow=True)
    assert "n’a plus cet accès" in response.text
    assert camille.get(url("list", world.territory)).status_code == 404


def test_each_gesture_is_written_down_for_the_coordination_alone(world, camille):
    camille.post(url("invite", world.territory), invitation())
    lea = Membership.objects.get(user__email="lea.petit@exemple.fr")
    camille.post(url("remind", lea), {"token": uuid.uuid4()})
    camille.post(url("edit", lea), {"role": Role.CAF, "organisation": ""})
    camille.post(url("revoke", lea))
    rows = Change.objects.filter(kind="membership", territory=world.territory).order_by("pk")
    assert [(row.event, row.before_text, row.after_text) for row in rows] == [
        ("created", "", "élu·e"),
        ("changed", "", "envoyée de nouveau"),
        ("changed", "élu·e", "Caf"),
        ("removed", "Caf", ""),
    ]
    assert {row.author for row in rows} == {world.camille}
    assert not Change.objects.visible_to(world.paul).filter(kind="membership").exists()


@pytest.mark.parametrize("person", ["paul", "ines", "elise", "karim", "nadia", "alex"])
def test_only_the_coordination_of_the_territory_sees_and_changes_people(world, client_of, person):
    client = client_of(getattr(world, person))
    before = list(Membership.objects.values())
    for name in ("list", "invite"):
        assert client.get(url(name, world.territory)).status_code == 404
    assert client.post(url("invite", world.territory), invitation()).status_code == 404
    for name in ("remind", "edit", "revoke"):
        response = client.post(url(name, world.memberships["paul"]), {"role": "caf", "token": uuid.uuid4()})
        assert response.status_code == 404
        assert "Paul" not in soup(response).main.text
    assert list(Membership.objects.values()) == before
    assert not mail.outbox


def test_the_list_costs_the_same_for_few_people_as_for_many(
    world, camille, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(10) as few:
        camille.get(url("list", world.territory))
    for organisation in f.OrganisationFactory.create_batch(6, territory=world.territory):
        f.MembershipFactory(territory=world.territory, role=Role.MEMBER, organisation=organisation)
    with django_assert_num_queries(len(few.captured_queries)):
        camille.get(url("list", world.territory))
