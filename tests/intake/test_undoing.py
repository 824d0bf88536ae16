"""A file is taken back for thirty days, with all that it wrote and nothing else, unless edited since."""

import datetime as dt

import pytest
from django.urls import reverse

from actions.models import Action, Plan
from ctg.intake.models import DroppedFile
from ctg.intake.writing.importing import import_plan
from ctg.intake.writing.undoing import Obstructed, obstacles, undo
from indicators.models import Indicator
from partners import tracking
from partners.models import Change, Organisation
from partners.tracking import Author
from tests import factories as f
from tests.htmx import soup

BY = Author("Camille")
ROWS = (
    ("Axe", "Thématique", "Action", "Pilote", "Indicateurs"),
    ("Vivre ensemble", "Famille", "Ouvrir un café", "Club de lecture", "Nombre de cafés"),
    ("Grandir", "Jeunesse", "Organiser une fête", "Missions locales", "Nombre de jeunes"),
)
NAMED = {"organisations": {"missions locales": {"name": "Mission locale", "kind": ""}}}


pytestmark = pytest.mark.usefixtures("files_dir")


@pytest.fixture
def dropped(world):
    return f.DroppedFileFactory(territory=world.territory, rows=ROWS, corrections=NAMED)


@pytest.fixture
def plan(dropped):
    return take_in(dropped)


def take_in(dropped, **kwargs):
    plan = import_plan(dropped, title="Plan repris", by=BY, at=dropped.dropped_at, **kwargs)
    dropped.refresh_from_db()
    return plan


def address(dropped):
    return reverse("intake:import_undo", args=[dropped.pk])


def take_back(dropped):
    undo(dropped, by=BY, at=dropped.imported_at + dt.timedelta(hours=1))
    dropped.refresh_from_db()


def standing():
    """What stands, by kind: the trash is left out."""
    models = (Plan, Action, Indicator, Organisation)
    found = {model.__name__: set(model.objects.current().values_list("pk", flat=True)) for model in models}
    return found | {"aliases": set(Organisation.objects.values_list("aliases__name", flat=True))}


def test_a_plan_leaves_with_what_the_file_brought_and_comes_back_when_asked_anew(world, client, dropped):
    before = standing()
    take_in(dropped)
    assert standing() != before
    assert world.partner.other_names == ["Missions locales"]
    assert "Revenir en arrière" in soup(client.get(dropped.get_absolute_url())).get_text()
    assert "va à la corbeille" in soup(client.get(address(dropped))).get_text()
    response = client.post(address(dropped))
    assert response.url == dropped.get_absolute_url()
    now = standing()
    assert {**now, "Action": 0, "Indicator": 0} == {**before, "Action": 0, "Indicator": 0}
    assert Action.objects.visible_to(world.camille).filter(title="Ouvrir un café").count() == 0
    dropped.refresh_from_db()
    assert dropped.undone_at and not dropped.is_imported and dropped.plan is None
    again = take_in(dropped)
    assert again.actions.count() == 2 and dropped.undone_at is None


def test_all_that_leaves_leaves_in_one_batch(dropped, plan):
    take_back(dropped)
    rows = Change.objects.filter(event="trashed")
    assert {row.name for row in rows} == {"Plan repris", "Club de lecture"}
    assert rows.values("batch").distinct().count() == 1


def test_what_was_added_to_a_plan_leaves_it_and_the_rest_stays(world):
    dropped = f.DroppedFileFactory(territory=world.territory, rows=ROWS, corrections=NAMED, into=world.plan)
    before = standing()
    themes = set(world.plan.themes.current())
    take_in(dropped)
    new = world.plan.actions.get(title="Ouvrir un café")
    other = f.ActionFactory(plan=world.plan, theme=world.plan.themes.get(title="Famille"))
    take_back(dropped)
    now = standing()
    assert now["Action"] - {other.pk} == before["Action"]
    assert {**now, "Action": 0} == {**before, "Action": 0}
    new.refresh_from_db()
    assert new.trashed_at
    # A heading under which somebody else put an action stays.
    assert set(world.plan.themes.current()) == themes | {other.theme}


@pytest.mark.parametrize("change", ["action", "indicator", "milestone"])
def test_what_was_edited_since_stands_in_the_way_and_is_named(world, client, dropped, plan, change):
    action = plan.actions.first()
    by, at = Author("Paul, Service Jeunesse"), dropped.imported_at + dt.timedelta(minutes=5)
    if change == "action":
        tracking.change(action, {"title": "Un autre titre"}, by=by, at=at)
    elif change == "indicator":
        tracking.change(action.indicators.get(), {"wording": "Autre"}, by=by, at=at)
    else:
        tracking.create(f.MilestoneFactory.build(action=action), by=by, at=at)
    page = soup(client.get(address(dropped)))
    assert "Paul, Service Jeunesse" in page.select_one("table").get_text()
    assert not page.select(".button--danger")
    response = client.post(address(dropped))
    assert response.status_code == 409
    assert Plan.objects.current().filter(pk=plan.pk).exists()
    dropped.refresh_from_db()
    assert dropped.is_imported


def test_added_actions_that_were_edited_stand_in_the_way_too(world):
    dropped = f.DroppedFileFactory(territory=world.territory, rows=ROWS, into=world.plan)
    take_in(dropped)
    at = dropped.imported_at
    # What happens elsewhere in the plan does not.
    tracking.change(world.action, {"title": "Un autre titre"}, by=BY, at=at)
    action = world.plan.actions.get(title="Ouvrir un café")
    tracking.create(f.MilestoneFactory.build(action=action), by=BY, at=at)
    with pytest.raises(Obstructed):
        take_back(dropped)
    tracking.trash(world.plan.themes.get(title="Famille"), by=BY, at=at)
    assert {one.name for one in obstacles(dropped)} >= {"Famille"}


def test_an_organisation_that_serves_elsewhere_stays(world, dropped, plan):
    club = Organisation.objects.get(name="Club de lecture")
    f.InvolvementFactory(action=world.action, organisation=club)
    take_back(dropped)
    club.refresh_from_db()
    assert club.trashed_at is None


def test_after_thirty_days_it_is_too_late(client, dropped, plan):
    with pytest.raises(Obstructed):
        undo(dropped, by=BY, at=dropped.imported_at + dt.timedelta(days=30))
    DroppedFile.objects.update(imported_at=dropped.imported_at - dt.timedelta(days=31))
    page = soup(client.get(address(dropped)))
    assert "30 jours est passé" in page.get_text() and not page.select(".button--danger")
    assert client.post(address(dropped)).status_code == 409
    assert Plan.objects.current().filter(pk=plan.pk).exists()


def test_taken_back_twice_it_is_taken_back_once(client, dropped, plan):
    first = client.post(address(dropped))
    assert client.post(address(dropped)).url == first.url
    assert Change.objects.filter(event="trashed", kind="plan").count() == 1
