"""The plan by status: who moves what, what a move writes, and what it asks."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from actions.models import Status
from partners import tracking
from partners.models import Change
from partners.tracking import Author
from tests import factories as f
from tests.htmx import htmx, soup, text

pytestmark = pytest.mark.django_db


def address_of(world):
    return reverse("actions:kanban", args=[world.plan.pk])


def page_of(client, world, who="camille", query=""):
    client.force_login(getattr(world, who))
    return soup(client.get(address_of(world) + query))


def said(element):
    return " ".join(element.get_text(" ", strip=True).replace("\xa0", " ").split())


def heads(page):
    return [said(head) for head in page.select(".kanban__title")]


def move(client, world, status, **more):
    data = {"status": status, "seen": world.action.version, "retour": address_of(world)} | more
    return client.post(reverse("actions:kanban_move", args=[world.action.pk]), data)


def test_columns_hold_the_actions_of_their_status_and_count_them(client, world):
    f.ActionFactory(plan=world.plan, number=2, status="done", title="Former")
    f.ActionFactory(plan=world.plan, number=3, status="done", calendar_text="2024")
    f.ActionFactory(plan=world.plan, number=4, status="ongoing", calendar_text="2024")
    page = page_of(client, world)
    assert heads(page) == [
        "À venir 1",
        "En cours 1",
        "Réalisées 2",
        "Reportée 0",
        "Suspendue 0",
        "Abandonnée 0",
    ]
    assert "Former" in said(page.select_one("[data-status='done']"))
    assert [said(card.select_one(".card__title")) for card in page.select(".card:has(.status--late)")] == [
        "4 " + world.plan.actions.get(number=4).title
    ]


def test_the_words_of_the_plans_filters_filter_the_columns(client, world):
    f.ActionFactory(plan=world.plan, number=2, status="ongoing", theme=world.theme)
    f.ActionFactory(plan=world.plan, number=3, status="ongoing")
    page = page_of(client, world, query=f"?lecture=themes&theme={world.theme.pk}")
    assert heads(page)[:2] == ["À venir 1", "En cours 1"]
    assert "2 actions sur 3 : JEUNESSE." in said(page.select_one(".kanban__filter"))
    assert page.select_one(".kanban__filter a")["href"] == "?lecture=themes"
    assert page.select_one("main nav a")["href"].endswith(f"?lecture=themes&theme={world.theme.pk}")


@pytest.mark.parametrize(
    ("who", "count"), {"camille": 2, "paul": 1, "ines": 0, "elise": 0, "karim": 0}.items()
)
def test_only_who_keeps_an_action_up_to_date_may_move_it(client, world, who, count):
    f.ActionFactory(plan=world.plan, number=2)
    page = page_of(client, world, who)
    assert len(page.select(".card")) == 2
    assert len(page.select(".card form")) == count
    assert bool(page.select(".kanban__help")) == bool(count)


def test_a_move_is_written_as_the_follow_up_writes_it(client, world):
    client.force_login(world.paul)
    response = client.post(
        reverse("actions:kanban_move", args=[world.action.pk]),
        {"status": "ongoing", "seen": world.action.version, "retour": address_of(world)},
        follow=True,
    )
    assert response.redirect_chain == [(address_of(world), 302)]
    assert "Action 1 enregistrée\u00a0: en cours." in response.text
    [change] = Change.objects.filter(kind="action", object_id=world.action.pk, event="changed")
    assert (change.field, change.before, change.after) == ("status", "planned", "ongoing")
    assert change.author == world.paul


def test_a_move_changes_nothing_but_the_status_and_its_reason(client, world):
    values = {"confidence": "hard", "progress": 40, "status": "suspended", "status_reason": "Budget."}
    tracking.change(world.action, values, by=Author("Import"), at=world.note.written_at)
    client.force_login(world.camille)
    move(client, world, "ongoing")
    world.action.refresh_from_db()
    assert (world.action.status, world.action.status_reason) == ("ongoing", "")
    assert (world.action.confidence, world.action.progress) == ("hard", 40)


@pytest.mark.parametrize("status", ["postponed", "suspended", "abandoned"])
def test_a_status_that_needs_a_reason_asks_it_on_the_page_of_the_follow_up(client, world, status):
    client.force_login(world.camille)
    response = move(client, world, status)
    world.action.refresh_from_db()
    assert world.action.status == Status.PLANNED
    parts = urlsplit(response["Location"])
    assert parts.path == reverse("actions:follow_up_edit", args=[world.action.pk])
    assert parse_qs(parts.query) == {"statut": [status], "retour": [address_of(world)]}
    page = soup(client.get(response["Location"]))
    assert page.select_one("[name=status][checked]")["value"] == status
    assert said(page.select_one("[data-note-label]")) == "Motif (obligatoire)"
    sent = {"status": status, "note": "Budget.", "seen": 1, "retour": address_of(world)}
    answer = client.post(reverse("actions:follow_up_save", args=[world.action.pk]), sent)
    assert answer["Location"] == address_of(world)
    world.action.refresh_from_db()
    assert (world.action.status, world.action.status_reason) == (status, "Budget.")


@pytest.mark.parametrize("status", ["", "perdue"])
def test_no_status_or_an_unknown_one_changes_nothing(client, world, status):
    client.force_login(world.camille)
    response = move(client, world, status)
    assert response["Location"].startswith(reverse("actions:follow_up_edit", args=[world.action.pk]))
    page = soup(client.get(response["Location"]))
    assert page.select_one("[name=status][checked]")["value"] == "planned"
    assert not Change.objects.filter(kind="action", event="changed").exists()


def test_two_people_who_move_the_same_card_see_both_texts(client, world):
    client.force_login(world.camille)
    move(client, world, "ongoing")
    client.force_login(world.paul)
    response = move(client, world, "done")
    assert response.status_code == 409
    page = soup(response)
    sent = {
        f["name"]: f["value"]
        for f in page.select("#main form input[type=hidden]")
        if f["name"] != "csrfmiddlewaretoken"
    }
    sent["choice-status"] = "mine"
    client.post(page.select_one("#main form")["action"], sent)
    world.action.refresh_from_db()
    assert world.action.status == "done"


def test_after_a_move_by_htmx_the_page_equals_a_reload(client, world):
    f.ActionFactory(plan=world.plan, number=2, status="done")
    page = page_of(client, world)
    response, swapped = htmx(client, page, f".card:has(#move-{world.action.pk}) form", {"status": "done"})
    assert "Action 1 enregistrée" in response.text
    assert heads(swapped)[:3] == ["À venir 0", "En cours 0", "Réalisées 2"]
    assert "2 réalisées" in said(swapped.select_one("#plan-lead"))
    swapped.select_one("#messages").clear()
    reload = page_of(client, world)
    reload.select_one("#messages").clear()
    assert text(swapped) == text(reload)


def test_a_reason_asked_by_htmx_opens_its_page(client, world):
    client.force_login(world.camille)
    response = client.post(
        reverse("actions:kanban_move", args=[world.action.pk]),
        {"status": "postponed", "retour": address_of(world)},
        headers={"HX-Request": "true", "HX-Target": "kanban"},
        follow=True,
    )
    assert "statut=postponed" in response["HX-Redirect"]


def test_a_long_plan_is_paged_and_its_counts_are_those_of_all_pages(client, world):
    f.ActionFactory.create_batch(205, plan=world.plan, status="done")
    page = page_of(client, world)
    assert heads(page)[2] == "Réalisées 205"
    assert len(page.select(".card")) == 50
    assert page.select_one("[rel='next']")["href"] == "?page=2"


def test_the_number_of_queries_does_not_grow(client, world, django_assert_max_num_queries):
    client.force_login(world.paul)

    def queries():
        client.get(address_of(world))  # The first visit remembers the filters.
        with django_assert_max_num_queries(11) as counted:
            client.get(address_of(world))
        return len(counted)

    few = queries()
    for action in f.ActionFactory.create_batch(60, plan=world.plan, calendar_text="2026"):
        f.InvolvementFactory(action=action, organisation=world.service)
        f.MilestoneFactory(action=action, due_on=dt.date(2027, 1, 1))
    assert queries() == few


@pytest.mark.parametrize("who", ["ines", "elise", "karim", "nadia"])
def test_a_move_that_one_may_not_make_answers_404(client, world, who):
    client.force_login(getattr(world, who))
    assert move(client, world, "ongoing").status_code == 404
    world.action.refresh_from_db()
    assert world.action.status == Status.PLANNED
