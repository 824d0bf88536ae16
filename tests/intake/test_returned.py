"""A workbook goes out, is edited, comes back: shown line by line, written once, taken back."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from actions.models import Action
from ctg.intake.forms import returned
from ctg.intake.models import ReturnedPlan
from ctg.intake.returned import shown, taking
from partners import tracking
from partners.models import Change
from partners.tracking import Author
from tests import factories as f
from tests.htmx import soup
from tests.intake.leaving import EXPORTS, Edited, diff_of, flat

PAUL = Author("Paul, Service Jeunesse")


@pytest.fixture
def book(world):
    """The flat table of the plan, its only action on the first row."""
    return Edited(flat(world.plan))


def bring(client, plan, content, name="plan corrigé.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("intake:returned_add", args=[plan.pk]), {"file": file})


def kept(client, plan, content):
    response = bring(client, plan, content)
    assert response.status_code == 302, soup(response).select_one(".notice")
    return ReturnedPlan.objects.get(plan=plan)


def sent_by(page):
    """What the form of the page sends when nobody touches it."""
    form = page.select_one("form[action$='/reprendre/']")
    data = {"take": [box["value"] for box in form.select("input[name=take][checked]")]}
    return data | {one["name"]: one["value"] for one in form.select("input[name^=seen-]")}


def page_of(client, workbook):
    return soup(client.get(workbook.get_absolute_url()))


def take(client, workbook, **choices):
    data = sent_by(page_of(client, workbook)) | choices
    return client.post(reverse("intake:returned_apply", args=[workbook.pk]), data)


@pytest.mark.once
def test_an_untouched_workbook_is_told_so_and_asks_for_nothing(world, client, book):
    page = page_of(client, kept(client, world.plan, book.content))
    assert "Aucune modification" in page.select_one(".page-head__lead").text
    assert not page.select("input[name=take]")


def test_what_was_edited_is_shown_then_written_under_the_name_of_the_file(world, client, book):
    book.write(1, "Action", "Ouvrir deux cafés")
    book.write(1, "Statut", "réalisée")
    book.write(2, "Action", "Une action de plus")
    workbook = kept(client, world.plan, book.content)
    page = page_of(client, workbook)
    assert "3 propositions" in page.select_one(".page-head__lead").text
    assert "Ouvrir un café des jeunes" in page.text and "Ouvrir deux cafés" in page.text
    assert take(client, workbook).url == workbook.get_absolute_url()
    world.action.refresh_from_db()
    assert (world.action.title, world.action.status) == ("Ouvrir deux cafés", "done")
    new = world.plan.actions.get(title="Une action de plus")
    assert new.number == 2
    workbook.refresh_from_db()
    changes = Change.objects.filter(batch=workbook.batch)
    (signature,) = {change.author_label for change in changes}
    assert signature.startswith("Camille") and signature.endswith(", repris de plan corrigé.xlsx")
    assert "Ouvrir deux cafés" in page_of(client, workbook).text


@pytest.mark.once
def test_what_is_not_ticked_is_not_written(world, client, book):
    book.write(1, "Action", "Ouvrir deux cafés")
    book.write(1, "Publics", "Jeunes")
    workbook = kept(client, world.plan, book.content)
    take(client, workbook, take=[f"action-{world.action.pk}-audiences"])
    world.action.refresh_from_db()
    assert (world.action.title, world.action.audiences) == ("Ouvrir un café des jeunes", "Jeunes")


def test_sent_twice_it_is_written_once(world, client, book):
    book.write(2, "Action", "Une action de plus")
    workbook = kept(client, world.plan, book.content)
    data = sent_by(page_of(client, workbook))
    address = reverse("intake:returned_apply", args=[workbook.pk])
    assert [client.post(address, data).status_code for _ in range(3)] == [302] * 3
    # As a request does that was already under way: it read the workbook before it was taken in.
    again = taking.take_in(workbook, data["take"], {}, by=PAUL, at=timezone.now())
    assert again.applied_at
    assert world.plan.actions.filter(title="Une action de plus").count() == 1


@pytest.mark.once
def test_two_who_wrote_the_same_field_choose_whose_words_stay(world, client, book):
    book.write(1, "Publics", "Jeunes")
    workbook = kept(client, world.plan, book.content)
    tracking.change(world.action, {"audiences": "Tous"}, by=PAUL, at=timezone.now())
    page = page_of(client, workbook)
    key = f"choice-action-{world.action.pk}-audiences"
    assert PAUL.label in page.text and page.select(f"input[name={key}]")
    assert take(client, workbook).status_code == 422
    take(client, workbook, **{key: "theirs"})
    world.action.refresh_from_db()
    assert world.action.audiences == "Tous"


@pytest.mark.once
def test_the_words_of_the_file_may_be_chosen(world, client, book):
    book.write(1, "Publics", "Jeunes")
    workbook = kept(client, world.plan, book.content)
    tracking.change(world.action, {"audiences": "Tous"}, by=PAUL, at=timezone.now())
    take(client, workbook, **{f"choice-action-{world.action.pk}-audiences": "mine"})
    world.action.refresh_from_db()
    assert world.action.audiences == "Jeunes"


def test_what_somebody_wrote_after_the_page_was_shown_stops_everything(world, client, book):
    book.write(1, "Publics", "Jeunes")
    book.write(1, "Communes", "Maule")
    book.write(2, "Action", "Une action de plus")
    workbook = kept(client, world.plan, book.content)
    data = sent_by(page_of(client, workbook))
    tracking.change(world.action, {"audiences": "Tous"}, by=PAUL, at=timezone.now())
    response = client.post(reverse("intake:returned_apply", args=[workbook.pk]), data)
    assert response.status_code in (409, 422)
    assert PAUL.label in soup(response).text
    world.action.refresh_from_db()
    assert (world.action.audiences, world.action.municipalities) == ("Tous", "")
    assert not world.plan.actions.filter(title="Une action de plus").exists()
    choice = {f"choice-action-{world.action.pk}-audiences": "mine"}
    shown = sent_by(page_of(client, workbook)) | choice
    tracking.change(world.action, {"audiences": "Tout le monde"}, by=PAUL, at=timezone.now())
    response = client.post(reverse("intake:returned_apply", args=[workbook.pk]), shown)
    assert response.status_code == 409 and "vient d’écrire" in soup(response).text
    world.action.refresh_from_db()
    assert world.action.audiences == "Tout le monde"


def test_a_fault_on_the_way_leaves_nothing_written(world, client, book, monkeypatch):
    book.write(1, "Publics", "Jeunes")
    book.write(2, "Action", "Une action de plus")
    workbook = kept(client, world.plan, book.content)

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(taking.tracking, "create", fail)
    with pytest.raises(RuntimeError):
        take(client, workbook)
    world.action.refresh_from_db()
    workbook.refresh_from_db()
    assert (world.action.audiences, workbook.applied_at) == ("", None)


def test_numbers_can_be_exchanged_and_absent_actions_trashed(world, client):
    second = f.ActionFactory(plan=world.plan, number=2)
    third = f.ActionFactory(plan=world.plan, number=3)
    book = Edited(flat(world.plan))
    book.write(1, "N°", 2)
    book.write(2, "N°", 1)
    book.sheet.delete_rows(book.header + 3)
    workbook = kept(client, world.plan, book.content)
    absent = f"absent-{third.pk}"
    data = sent_by(page_of(client, workbook))
    assert absent not in data["take"]
    take(client, workbook, take=[*data["take"], absent])
    numbers = dict(Action.objects.current().filter(plan=world.plan).values_list("pk", "number"))
    assert numbers == {world.action.pk: 2, second.pk: 1}
    client.post(reverse("intake:returned_undo", args=[workbook.pk]))
    numbers = dict(Action.objects.current().filter(plan=world.plan).values_list("pk", "number"))
    assert numbers == {world.action.pk: 1, second.pk: 2, third.pk: 3}


def test_it_is_taken_back_but_for_what_was_edited_since(world, client, book):
    book.write(1, "Publics", "Jeunes")
    book.write(1, "Thématique", "JEUNES")
    book.write(2, "Action", "Une action de plus")
    workbook = kept(client, world.plan, book.content)
    take(client, workbook)
    world.action.refresh_from_db()
    tracking.change(world.action, {"audiences": "Tous"}, by=PAUL, at=timezone.now())
    address = reverse("intake:returned_undo", args=[workbook.pk])
    page = soup(client.get(address))
    assert f"Modifiée depuis par {PAUL.label}" in page.text
    client.post(address)
    client.post(address)
    world.action.refresh_from_db()
    world.theme.refresh_from_db()
    assert (world.action.audiences, world.theme.title) == ("Tous", "JEUNESSE")
    assert not Action.objects.current().filter(title="Une action de plus").exists()
    workbook.refresh_from_db()
    assert workbook.applied_at is None and page_of(client, workbook).select("input[name=take]")


@pytest.mark.once
def test_after_thirty_days_it_is_not_taken_back(world, client, book):
    book.write(1, "Publics", "Jeunes")
    workbook = kept(client, world.plan, book.content)
    take(client, workbook)
    with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
        client.force_login(world.camille)
        client.post(reverse("intake:returned_undo", args=[workbook.pk]))
    world.action.refresh_from_db()
    assert world.action.audiences == "Jeunes"


@pytest.mark.once
def test_a_workbook_of_another_plan_and_any_other_file_are_refused_alike(world, client, book):
    book.sheet.delete_cols(book.sheet.max_column)
    foreign = flat(world.foreign_plan)
    told = set()
    for content in (foreign, book.content):
        response = bring(client, world.plan, content)
        assert response.status_code == 422
        page = soup(response)
        told.add(page.select_one(".notice").text)
        assert "Canari" not in page.text and "vallée" not in page.text
        assert page.select(f"a[href='{reverse('intake:drop_into', args=[world.plan.pk])}']")
    assert len(told) == 1
    assert bring(client, world.plan, b"n'importe quoi").status_code == 422
    assert not ReturnedPlan.objects.filter(plan=world.plan).exists()


@pytest.mark.once
def test_dropped_where_files_are_it_is_recognised(world, client, book, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    book.write(1, "Publics", "Jeunes")
    address = reverse("intake:drop", args=[world.territory.pk])
    response = client.post(address, {"file": SimpleUploadedFile("plan.xlsx", book.content)})
    assert response.url == ReturnedPlan.objects.get().get_absolute_url()
    other = EXPORTS["thematic"](world.foreign_plan)
    response = client.post(address, {"file": SimpleUploadedFile("autre.xlsx", other)})
    assert "fichiers-apportes" in response.url
    assert "Repère" not in soup(client.get(response.url)).text


@pytest.mark.once
def test_a_great_diff_is_taken_page_by_page(world, client, monkeypatch):
    for module in (shown, returned):
        monkeypatch.setattr(module, "MOST_LINES", 3)
    f.ActionFactory.create_batch(4, plan=world.plan)
    book = Edited(flat(world.plan))
    for row in range(1, 6):
        book.write(row, "Publics", f"Public {row}")
    workbook = kept(client, world.plan, book.content)
    assert len(page_of(client, workbook).select("input[name=take]")) == 3
    take(client, workbook)
    assert len(diff_of(book.content, world.plan).lines) == 2
