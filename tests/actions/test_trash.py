"""Nothing is destroyed: thirty days in the trash, one click back, then the archives."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partners import tracking
from partners.models import Change
from partners.tracking import Author
from tests import factories as f

THINGS = ("milestone", "factor", "note", "indicator", "theme", "need", "objective", "orientation", "action")


@pytest.fixture
def camille(world, client_of):
    return client_of(world.camille)


def discard(world, *things, days=0):
    at = timezone.now() - dt.timedelta(days=days)
    for thing in things:
        tracking.trash(thing, by=Author("Camille", world.camille), at=at)


def trash(plan):
    return reverse("actions:trash_list", args=[plan.pk])


def restore(client, thing):
    return client.post(reverse("actions:trash_restore", args=[thing._meta.model_name, thing.pk]), follow=True)


@pytest.mark.parametrize("name", THINGS)
def test_everything_of_a_plan_is_in_its_trash_and_comes_back_in_one_click(name, world, camille):
    thing = getattr(world, name)
    discard(world, thing)
    page = camille.get(trash(world.plan)).text
    assert str(thing) in page and str(world.camille) in page
    assert restore(camille, thing).status_code == 200
    thing.refresh_from_db()
    assert thing.trashed_at is None
    assert Change.objects.filter(object_id=thing.pk, event="restored").exists()
    assert "La corbeille est vide" in camille.get(trash(world.plan)).text


def test_organisations_of_the_territory_are_in_both_trashes(world, camille):
    discard(world, world.partner)
    assert world.partner.name in camille.get(trash(world.plan)).text
    territory = reverse("actions:territory_trash", args=[world.territory.pk])
    assert world.partner.name in camille.get(territory).text


def test_after_thirty_days_a_thing_leaves_the_trash_and_stays_in_the_archives(world, camille):
    discard(world, world.milestone, days=31)
    discard(world, world.factor, days=29)
    page = camille.get(trash(world.plan)).text
    assert world.milestone.title not in page and world.factor.text in page
    assert restore(camille, world.milestone).status_code == 404
    world.milestone.refresh_from_db()
    assert world.milestone.title == "Bail signé"


def test_an_action_whose_number_was_taken_comes_back_with_the_next_one_and_says_so(world, camille):
    discard(world, world.action)
    f.ActionFactory(plan=world.plan, number=1, title="L’usurpatrice")
    f.ActionFactory(plan=world.plan, number=6)
    response = restore(camille, world.action)
    world.action.refresh_from_db()
    assert world.action.number == 7 and "porte maintenant le 7" in response.text
    number = Change.objects.get(kind="action", field="number", object_id=world.action.pk)
    assert (number.before, number.after) == (1, 7)


def test_an_action_whose_number_is_free_comes_back_with_it(world, camille):
    discard(world, world.action)
    assert "porte maintenant" not in restore(camille, world.action).text
    world.action.refresh_from_db()
    assert world.action.number == 1


def test_restoring_twice_restores_once(world, camille):
    discard(world, world.theme)
    restore(camille, world.theme)
    assert restore(camille, world.theme).status_code == 404
    assert Change.objects.filter(kind="theme", event="restored").count() == 1


def test_a_member_restores_what_she_may_update_and_sees_nothing_else(world, client_of):
    other = f.ActionFactory(plan=world.plan, number=2)
    hers, another = world.milestone, f.MilestoneFactory(action=other, title="Le jalon d’une autre")
    discard(world, hers, another, world.theme)
    paul = client_of(world.paul)
    page = paul.get(trash(world.plan)).text
    assert hers.title in page and another.title not in page and world.theme.title not in page
    assert restore(paul, another).status_code == 404
    assert restore(paul, world.theme).status_code == 404
    assert restore(paul, hers).status_code == 200


def test_a_private_note_is_in_nobody_elses_trash(world, client_of):
    note = f.ProgressNoteFactory(action=world.action, author=world.camille, audience="coordinators")
    discard(world, note)
    assert str(note) not in client_of(world.paul).get(trash(world.plan)).text
    assert restore(client_of(world.paul), note).status_code == 404


@pytest.mark.parametrize("name", THINGS)
def test_nobody_takes_back_a_thing_of_another_territory(name, world, client_of):
    thing = getattr(world, name)
    discard(world, thing)
    assert restore(client_of(world.nadia), thing).status_code == 404
    assert client_of(world.nadia).get(trash(world.plan)).status_code == 404


def test_a_word_that_names_no_kind_is_not_found(world, camille):
    for kind in ("user", "change", "n-importe-quoi"):
        assert camille.post(f"/corbeille/{kind}/1/restaurer/").status_code == 404


def test_the_trash_costs_the_same_for_two_things_as_for_twelve(world, camille):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            camille.get(trash(world.plan))
        return len(queries)

    discard(world, world.milestone, world.theme)
    before = cost()
    discard(world, *(f.MilestoneFactory(action=world.action) for _ in range(6)))
    discard(world, *(f.IndicatorFactory(plan=world.plan, actions=[world.action]) for _ in range(4)))
    assert cost() == before
