"""One change for many actions: shown first, made once, never over somebody else, undone as one."""

import threading
import uuid

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions.models import Action, Involvement
from partners import tracking
from partners.models import Change
from partners.tracking import Author
from tests import factories as f
from tests.htmx import soup


@pytest.fixture
def many(world):
    """Three more actions that nobody carries, beside the one that Paul's service does."""
    return [world.action, *(f.ActionFactory(plan=world.plan, number=number) for number in (2, 3, 4))]


@pytest.fixture
def camille(world, client_of):
    return client_of(world.camille)


def url(verb, plan, query=""):
    return f"{reverse(f'actions:bulk_{verb}', args=[plan.pk])}{query}"


def preview(client, plan, actions, **change):
    return client.post(url("preview", plan), {"action": [action.pk for action in actions], **change})


def carried(response):
    """What the page of the preview would send."""
    sent = {}
    for field in soup(response).select("form.bulk-apply input[type=hidden]"):
        sent.setdefault(field["name"], []).append(field["value"])
    return sent


def bulk(client, plan, actions, **change):
    """Preview, then apply what the preview carries."""
    sent = carried(preview(client, plan, actions, **change))
    client.post(url("apply", plan), sent)
    return uuid.UUID(sent["token"][0])


def statuses(plan):
    return list(plan.actions.order_by("number").values_list("status", flat=True))


def leads(action):
    return action.read_tracked("leads")


def colleague_changes(action, **values):
    tracking.change(action, values, by=Author("Dominique"), at=timezone.now())


def test_the_page_ticks_the_actions_of_the_filter(world, many, camille):
    colleague_changes(many[1], status="done")
    page = soup(camille.get(url("edit", world.plan, "?statut=done")))
    assert [box["value"] for box in page.select("input[name=action][checked]")] == [str(many[1].pk)]
    assert len(soup(camille.get(url("edit", world.plan))).select("input[name=action][checked]")) == 4


def test_the_preview_shows_before_and_after_and_writes_nothing(world, many, camille):
    colleague_changes(many[3], status="ongoing")
    response = preview(camille, world.plan, many, kind="statut", status="ongoing")
    assert "3 actions changent" in response.text and "1 action est déjà ainsi" in response.text
    lines = soup(response).select("table tbody tr")
    assert [[td.text for td in line.select("td")] for line in lines] == [["à venir", "en cours"]] * 3
    assert statuses(world.plan) == ["planned", "planned", "planned", "ongoing"]


def test_applying_changes_every_action_in_one_gesture(world, many, camille):
    batch = bulk(camille, world.plan, many, kind="statut", status="postponed", reason="Budget voté en juin")
    assert statuses(world.plan) == ["postponed"] * 4
    told = Change.objects.filter(batch=batch, field="status")
    assert told.count() == 4 and {change.reason for change in told} == {"Budget voté en juin"}
    many[1].refresh_from_db()
    assert many[1].status_reason == "Budget voté en juin"


def test_a_status_without_need_of_a_reason_clears_the_old_one(world, many, camille):
    colleague_changes(many[1], status="suspended", status_reason="Congé")
    bulk(camille, world.plan, [many[1]], kind="statut", status="ongoing")
    many[1].refresh_from_db()
    assert many[1].status_reason == ""


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({}, "Ce champ est obligatoire"),
        ({"kind": "statut"}, "Choisissez le nouveau statut"),
        ({"kind": "statut", "status": "abandoned"}, "Dites pourquoi ces actions sont abandonnées"),
        ({"kind": "ajouter"}, "Choisissez au moins un organisme"),
    ],
)
def test_a_change_that_is_not_whole_comes_back_with_what_was_ticked(change, message, world, many, camille):
    response = preview(camille, world.plan, many[:2], **change)
    assert response.status_code == 422 and message in response.text
    assert len(soup(response).select("input[name=action][checked]")) == 2


def test_ticking_nothing_is_refused(world, many, camille):
    response = preview(camille, world.plan, [], kind="statut", status="done")
    assert response.status_code == 422 and "Cochez au moins une action" in response.text


def test_porteurs_are_added_or_replaced(world, many, camille):
    added, replaced = many[0], many[1]
    f.InvolvementFactory(action=replaced, organisation=world.service)
    bulk(camille, world.plan, [added], kind="ajouter", organisations=[world.partner.pk])
    bulk(camille, world.plan, [replaced], kind="remplacer", organisations=[world.partner.pk])
    assert leads(added) == [world.service.pk, world.partner.pk]
    assert leads(replaced) == [world.partner.pk]


def test_a_co_porteur_who_becomes_porteur_stands_once(world, many, camille):
    f.InvolvementFactory(action=many[0], organisation=world.partner, part="co_lead")
    bulk(camille, world.plan, [many[0]], kind="ajouter", organisations=[world.partner.pk])
    parts = Involvement.objects.filter(action=many[0], organisation=world.partner)
    assert [part.part for part in parts] == ["lead"]


def test_an_action_changed_since_the_preview_is_left_alone_and_named(world, many, camille):
    sent = carried(preview(camille, world.plan, many, kind="statut", status="ongoing"))
    colleague_changes(many[1], status="done")
    response = camille.post(url("apply", world.plan), sent, follow=True)
    assert statuses(world.plan) == ["ongoing", "done", "ongoing", "ongoing"]
    assert "modifiée entre-temps par Dominique" in response.text and "3 actions modifiées" in response.text


def test_another_field_changed_since_the_preview_is_no_conflict(world, many, camille):
    sent = carried(preview(camille, world.plan, many, kind="statut", status="ongoing"))
    colleague_changes(many[1], title="Un autre titre")
    response = camille.post(url("apply", world.plan), sent, follow=True)
    assert statuses(world.plan) == ["ongoing"] * 4 and "entre-temps" not in response.text
    many[1].refresh_from_db()
    assert many[1].title == "Un autre titre"


def test_porteurs_changed_since_the_preview_are_left_alone(world, many, camille):
    sent = carried(preview(camille, world.plan, many, kind="ajouter", organisations=[world.partner.pk]))
    third = f.OrganisationFactory(territory=world.territory)
    colleague_changes(many[0], leads=[third.pk])
    camille.post(url("apply", world.plan), sent)
    assert leads(many[0]) == [third.pk]
    assert leads(many[1]) == [world.partner.pk]


def test_an_action_trashed_since_the_preview_is_told(world, many, camille):
    sent = carried(preview(camille, world.plan, many, kind="statut", status="ongoing"))
    tracking.trash(many[1], by=Author("Dominique"), at=timezone.now())
    response = camille.post(url("apply", world.plan), sent, follow=True)
    assert "à la corbeille, ou plus à vous" in response.text
    many[1].refresh_from_db()
    assert many[1].status == "planned"


def test_sent_twice_it_applies_once(world, many, camille):
    sent = carried(preview(camille, world.plan, many, kind="statut", status="ongoing"))
    camille.post(url("apply", world.plan), sent)
    # Back, after the colleague went on, the same page sent again must not bring the old change back.
    colleague_changes(many[0], status="done")
    colleague_changes(many[0], status="planned")
    response = camille.post(url("apply", world.plan), sent, follow=True)
    assert statuses(world.plan)[0] == "planned"
    assert "4 actions modifiées" in response.text
    assert "entre-temps" not in response.text, "the second reply tells of the first, not of a conflict"
    assert Change.objects.filter(field="status", batch=sent["token"][0]).count() == 4


def test_undoing_gives_each_action_what_it_had(world, many, camille):
    colleague_changes(many[1], status="suspended", status_reason="Congé")
    batch = bulk(camille, world.plan, many, kind="statut", status="ongoing")
    page = camille.get(reverse("actions:bulk_undo", args=[batch]))
    assert "sur 4 actions" in page.text and "suspendue, Congé" in page.text
    response = camille.post(reverse("actions:bulk_undo", args=[batch]), follow=True)
    assert "Changement annulé sur 4 actions" in response.text
    assert statuses(world.plan) == ["planned", "suspended", "planned", "planned"]
    many[1].refresh_from_db()
    assert many[1].status_reason == "Congé"


def test_undoing_leaves_what_somebody_touched_since(world, many, camille):
    batch = bulk(camille, world.plan, many, kind="statut", status="ongoing")
    colleague_changes(many[2], status="done")
    page = camille.get(reverse("actions:bulk_undo", args=[batch])).text
    assert "modifiée depuis par Dominique" in page and "sur 3 actions" in page
    camille.post(reverse("actions:bulk_undo", args=[batch]))
    assert statuses(world.plan) == ["planned", "planned", "done", "planned"]


def test_undoing_twice_undoes_once(world, many, camille):
    batch = bulk(camille, world.plan, many, kind="ajouter", organisations=[world.partner.pk])
    undo = reverse("actions:bulk_undo", args=[batch])
    camille.post(undo)
    assert leads(many[0]) == [world.service.pk] and leads(many[1]) == []
    assert "plus rien à annuler" in camille.post(undo, follow=True).text
    assert leads(many[0]) == [world.service.pk]


def test_the_history_offers_to_undo_a_bulk_change_to_its_author_alone(world, many, camille, client_of):
    batch = bulk(camille, world.plan, many, kind="statut", status="ongoing")
    undo, history = (
        reverse("actions:bulk_undo", args=[batch]),
        reverse("actions:plan_history", args=[world.plan.pk]),
    )
    assert undo in camille.get(history).text
    for reader in (world.paul, world.nadia, world.elise):
        assert undo not in client_of(reader).get(history).text
        assert client_of(reader).get(undo).status_code == 404
        assert client_of(reader).post(undo).status_code == 404
    assert statuses(world.plan) == ["ongoing"] * 4


def test_a_member_changes_the_status_of_her_own_actions_and_no_other(world, many, client_of):
    paul = client_of(world.paul)
    page = soup(paul.get(url("edit", world.plan)))
    assert [box["value"] for box in page.select("input[name=action]")] == [str(world.action.pk)]
    assert not page.select("input[name=organisations]")
    bulk(paul, world.plan, many, kind="statut", status="ongoing")
    assert statuses(world.plan) == ["ongoing", "planned", "planned", "planned"]
    refused = {"kind": "ajouter", "organisations": [world.partner.pk]}
    assert preview(paul, world.plan, [world.action], **refused).status_code == 422
    sent = {"action": f"{world.action.pk}:1", "token": uuid.uuid4(), **refused}
    assert paul.post(url("apply", world.plan), sent).status_code == 422
    assert leads(world.action) == [world.service.pk]


@pytest.mark.parametrize("name", ["ines", "elise", "karim", "nadia", "alex"])
def test_those_who_may_change_nothing_find_no_page(name, world, many, client_of):
    client = client_of(getattr(world, name))
    form = {"action": f"{world.action.pk}:1", "kind": "statut", "status": "done", "token": uuid.uuid4()}
    assert client.get(url("edit", world.plan)).status_code == 404
    assert client.post(url("preview", world.plan), form).status_code == 404
    assert client.post(url("apply", world.plan), form).status_code == 404
    assert statuses(world.plan) == ["planned"] * 4


def test_neither_a_foreign_action_nor_a_foreign_organisation_gets_in(world, many, camille):
    bulk(camille, world.plan, [many[0], world.foreign_action], kind="statut", status="done")
    world.foreign_action.refresh_from_db()
    assert (world.foreign_action.status, world.foreign_action.version) == ("planned", 1)
    foreign = f.OrganisationFactory(territory=world.elsewhere)
    assert preview(camille, world.plan, many, kind="ajouter", organisations=[foreign.pk]).status_code == 422


def test_each_page_costs_the_same_for_two_actions_as_for_twelve(world, camille):
    def costs():
        actions = list(Action.objects.filter(plan=world.plan))
        pages = [
            lambda: camille.get(url("edit", world.plan)),
            lambda: preview(camille, world.plan, actions, kind="statut", status="done"),
            lambda: preview(camille, world.plan, actions, kind="ajouter", organisations=[world.partner.pk]),
        ]
        counts = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                page()
            counts.append(len(queries))
        return counts

    f.ActionFactory(plan=world.plan, number=2)
    before = costs()
    for number in range(3, 13):
        action = f.ActionFactory(plan=world.plan, number=number)
        f.InvolvementFactory(action=action, organisation=f.OrganisationFactory(territory=world.territory))
    assert costs() == before


@pytest.mark.django_db(transaction=True)
def test_many_identical_replies_at_once_apply_once(world, many):
    client = Client()
    client.force_login(world.camille)
    sent = carried(preview(client, world.plan, many, kind="statut", status="ongoing"))
    replies = []

    def send():
        browser = Client()
        browser.force_login(world.camille)
        replies.append(browser.post(url("apply", world.plan), sent).status_code)
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert replies == [302] * 8
    assert Change.objects.filter(field="status", batch=sent["token"][0]).count() == 4
