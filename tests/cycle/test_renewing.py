"""Preparing the next convention: what people say of each action, and the plan that comes of it."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions.models import Plan
from ctg.cycle import jobs
from ctg.cycle.models import Renewal, RenewalChoice
from ctg.cycle.renewing.proposing import propose
from indicators.models import Measurement
from partners import tracking, working
from partners.models import Job, JobState
from partners.tracking import Author
from tests import factories as f
from tests.htmx import soup


@pytest.fixture
def renewal(world):
    """The next convention in preparation, for a plan of four actions."""
    world.others = [f.ActionFactory(plan=world.plan, number=number) for number in (2, 3, 4)]
    world.last_one = world.others[-1]
    return f.RenewalFactory(plan=world.plan, title="CTG suivante", first_year=2029, last_year=2032)


def url(name, thing):
    return reverse(f"cycle:renewal_{name}", args=[thing.pk])


def sent(page, **verdicts):
    """What the form of the page sends, with « keep » or « drop: a reason » over it, by key of action."""
    data = {}
    for field in page.select("main form [name]"):
        if field.get("type") == "radio" and not field.has_attr("checked"):
            continue
        if field["name"] not in ("suite", "csrfmiddlewaretoken"):
            data.setdefault(field["name"], []).append(field.get("value", ""))
    for key, said in verdicts.items():
        verdict, _, reason = said.partition(": ")
        data |= {f"{key}-verdict": verdict} | ({f"{key}-reason": reason} if reason else {})
    return data


def key(action):
    return f"a{action.pk}"


def all_of(plan):
    """Every row of a plan: itself, its lines, its actions, its indicators and their values."""
    lines = (plan.ambitions, plan.orientations, plan.themes, plan.needs, plan.objectives, plan.bodies)
    return [
        *Plan.objects.filter(pk=plan.pk).values(),
        *(row for owned in (*lines, plan.actions, plan.indicators) for row in owned.order_by("pk").values()),
        *Measurement.objects.filter(indicator__plan=plan).values(),
    ]


def said(renewal):
    """What was said of each action, by its number."""
    return {one.action.number: (one.verdict, one.reason) for one in renewal.choices.select_related("action")}


def test_a_convention_is_renewed_action_by_action(world, client_of):
    """Begun from the navigation, decided of, created: the plan before does not change."""
    second, third = (f.ActionFactory(plan=world.plan, number=number) for number in (2, 3))
    client = client_of(world.camille)
    page = soup(client.get(url("open", world.plan)))
    assert page.select_one("[name=first_year]")["value"] == "2029"
    data = sent(page) | {"title": "CTG suivante"}
    begun = [client.post(url("open", world.plan), data) for _ in range(2)]
    renewal = Renewal.objects.get()
    assert {answer.url for answer in begun} == {renewal.get_absolute_url()}
    page = soup(client.get(renewal.get_absolute_url()))
    assert "3 actions sur 3 attendent un avis" in page.main.get_text()
    choices = {key(second): "adapt: Un public plus jeune.", key(third): "drop: Faite."}
    assert client.post(renewal.get_absolute_url(), sent(page, **choices)).status_code == 302
    # As long as one has no verdict, nothing is created.
    refused = client.post(url("create", renewal))
    assert (refused.status_code, Plan.objects.filter(territory=world.territory).count()) == (422, 1)
    client.post(url("keep", renewal))
    assert said(renewal) == {1: ("keep", ""), 2: ("adapt", "Un public plus jeune."), 3: ("drop", "Faite.")}
    before = all_of(world.plan)
    created = [client.post(url("create", renewal)) for _ in range(2)]
    plan = Plan.objects.get(renewed_from=world.plan)
    assert {answer.url for answer in created} == {reverse("dashboards:todo", args=[plan.pk])}
    assert [(one.number, one.renewed_from) for one in plan.actions.all()] == [(1, world.action), (2, second)]
    assert all_of(world.plan) == before
    sheet = soup(client.get(plan.actions.get(number=2).get_absolute_url())).select_one("#sheet-head")
    assert second.get_absolute_url() in [link["href"] for link in sheet.select("a")]
    record = soup(client.get(renewal.get_absolute_url())).main.get_text()
    assert "1 non reprise" in record and "Faite." in record
    assert "Adapter l’action 2" in client.get(f"/plans/{plan.pk}/a-faire/").text


def test_the_page_shows_the_facts_that_help_to_decide(world, client_of, renewal):
    world.action.status = "ongoing"
    world.action.save()
    world.indicator.unit = "rencontres"
    world.indicator.save()
    text = soup(client_of(world.camille).get(renewal.get_absolute_url())).main.get_text(" ", strip=True)
    assert "En cours" in text and "Visite faite." in text
    assert f"12\u00a0rencontres en {timezone.localdate().year}" in text.replace("12 ", "12\u00a0")
    assert "cible à fixer" in text


def test_the_page_is_narrowed_to_what_is_left_to_say(world, client_of, renewal):
    f.RenewalChoiceFactory(renewal=renewal, action=world.action)
    client = client_of(world.camille)
    for shown, count in (("", 4), ("sans-avis", 3), ("adapt", 1), ("drop", 0)):
        page = soup(client.get(renewal.get_absolute_url(), {"voir": shown}))
        assert len(page.select("fieldset.verdict")) == count, shown
    groups = soup(client.get(renewal.get_absolute_url(), {"lecture": "themes"})).select("main h2")
    assert [group.get_text() for group in groups] == ["JEUNESSE", "À classer"]


def test_two_people_never_overwrite_each_other(world, client_of, renewal):
    f.MembershipFactory(territory=world.territory, user=world.paul, role="coordinator")
    camille, paul = client_of(world.camille), client_of(world.paul)
    seen = soup(camille.get(renewal.get_absolute_url()))
    second = world.others[0]
    camille.post(renewal.get_absolute_url(), sent(seen, **{key(world.action): "keep"}))
    # Paul opened the page before that: he says otherwise of one action, and something of another.
    answer = paul.post(
        renewal.get_absolute_url(), sent(seen, **{key(world.action): "drop: Finie.", key(second): "adapt"})
    )
    page = soup(answer)
    assert answer.status_code == 409
    assert said(renewal)[1] == ("keep", "")
    assert said(renewal)[2][0] == "adapt"
    [row] = page.select("fieldset.verdict")
    assert "Camille" in row.select_one(".field__error").get_text()
    assert row.select_one("[type=radio][checked]")["value"] == "drop"
    assert row.select_one("[name$=reason]")["value"] == "Finie."
    assert paul.post(renewal.get_absolute_url(), sent(page)).status_code == 302
    assert said(renewal)[1] == ("drop", "Finie.")


def test_a_row_that_one_leaves_alone_keeps_what_the_other_said(world, client_of, renewal):
    client = client_of(world.camille)
    seen = soup(client.get(renewal.get_absolute_url()))
    client.post(renewal.get_absolute_url(), sent(seen, **{key(world.action): "drop: Finie."}))
    client.post(renewal.get_absolute_url(), sent(seen, **{key(world.others[0]): "keep"}))
    assert said(renewal) == {1: ("drop", "Finie."), 2: ("keep", "")}


def test_what_was_said_stays_as_it_was_once_the_plan_is_created(world, client_of, renewal):
    client = client_of(world.camille)
    seen = soup(client.get(renewal.get_absolute_url()))
    client.post(url("keep", renewal))
    client.post(url("create", renewal))
    client.post(renewal.get_absolute_url(), sent(seen, **{key(world.action): "drop"}))
    late = f.ActionFactory(plan=world.plan, number=5)
    client.post(url("keep", renewal))
    client.post(url("edit", renewal), {"title": "Autre", "seen": 2})
    renewal.refresh_from_db()
    assert said(renewal) == dict.fromkeys((1, 2, 3, 4), ("keep", ""))
    late.delete()
    assert renewal.title == "CTG suivante"
    # Its plan in the trash, one may say otherwise and create it anew.
    tracking.trash(renewal.created, by=Author("Camille", world.camille), at=timezone.now())
    page = soup(client.get(renewal.get_absolute_url()))
    client.post(renewal.get_absolute_url(), sent(page, **{key(world.action): "drop: Finie."}))
    client.post(url("create", renewal))
    again = Plan.objects.get(renewed_from=world.plan, trashed_at=None)
    assert [one.number for one in again.actions.all()] == [2, 3, 4]


def test_a_verdict_that_does_not_exist_is_refused_and_the_others_are_saved(world, client_of, renewal):
    client = client_of(world.camille)
    page = soup(client.get(renewal.get_absolute_url()))
    choices = {key(world.action): "oublier", key(world.others[0]): "keep"}
    assert client.post(renewal.get_absolute_url(), sent(page, **choices)).status_code == 422
    assert said(renewal) == {2: ("keep", "")}


def test_an_action_of_elsewhere_is_not_decided_of(world, client_of, renewal):
    data = {"action": world.foreign_action.pk, f"a{world.foreign_action.pk}-verdict": "drop"}
    client_of(world.camille).post(renewal.get_absolute_url(), data | {f"a{world.foreign_action.pk}-seen": 0})
    assert not RenewalChoice.objects.exists()


def test_a_second_preparation_of_the_same_plan_leads_to_the_first(world, client_of, renewal):
    data = {"title": "Autre", "token": uuid.uuid4()}
    assert client_of(world.camille).post(url("open", world.plan), data).url == renewal.get_absolute_url()
    assert Renewal.objects.count() == 1


@pytest.mark.parametrize("name", ["detail", "create"])
def test_pages_cost_the_same_for_three_actions_as_for_thirty(world, client_of, renewal, name):
    client = client_of(world.camille)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(name, renewal)).status_code == 200
        return len(queries)

    cost()
    few = cost()
    for number in range(5, 31):
        action = f.ActionFactory(plan=world.plan, number=number, theme=world.theme)
        f.ProgressNoteFactory(action=action)
        f.RenewalChoiceFactory(renewal=renewal, action=action)
        f.MeasurementFactory(
            indicator=f.IndicatorFactory(plan=world.plan, actions=[action]), organisation=world.service
        )
    assert cost() == few


def todo(client, plan):
    return soup(client.get(reverse("dashboards:todo", args=[plan.pk]))).main.get_text(" ", strip=True)


def test_the_last_year_of_a_plan_asks_for_the_next_one(world, client_of, today):
    client = client_of(world.camille)
    assert "prochaine CTG" not in todo(client, world.plan)
    world.plan.last_year = today.year
    world.plan.save()
    assert "Préparer la prochaine CTG" in todo(client, world.plan)
    assert "prochaine CTG" not in todo(client_of(world.paul), world.plan)
    renewal = f.RenewalFactory(plan=world.plan)
    assert "1 action sans avis pour la prochaine CTG" in todo(client, world.plan)
    f.RenewalChoiceFactory(renewal=renewal, action=world.action)
    assert "Chaque action a son avis" in todo(client, world.plan)
    client.post(url("create", renewal))
    assert "CTG" not in todo(client, world.plan).replace("Plan d’actions CTG", "")


def test_an_action_to_adapt_is_asked_for_until_somebody_goes_back_to_its_text(world, client_of):
    renewal = f.RenewalFactory(plan=world.plan)
    f.RenewalChoiceFactory(renewal=renewal, action=world.action, reason="Le public a changé.")
    client = client_of(world.camille)
    client.post(url("create", renewal))
    plan = Plan.objects.get(renewed_from=world.plan)
    assert "Adapter l’action 1" in todo(client, plan) and "Le public a changé." in todo(client, plan)
    by, now = Author("Camille", world.camille), timezone.now()
    [action] = plan.actions.all()
    tracking.change(action, {"calendar_text": "2029", "status": "ongoing"}, by=by, at=now)
    assert "Adapter l’action 1" in todo(client, plan)
    tracking.change(
        action, {"content": "- Aller vers les collégiens"}, by=by, at=now + dt.timedelta(minutes=1)
    )
    assert "Adapter l’action 1" not in todo(client, plan)


@pytest.mark.once
@pytest.mark.parametrize(
    ("title", "years", "proposed"),
    [
        ("Plan CTG 2025-2028", (2025, 2028), ("Plan CTG 2029-2032", 2029, 2032)),
        ("Plan CTG", (2024, 2025), ("Plan CTG", 2026, 2027)),
        ("Plan 2026", (2026, 2026), ("Plan 2027", 2027, 2027)),
        ("Plan", (None, 2028), ("Plan", 2029, 2032)),
        ("Plan", (None, None), ("Plan", 2031, 2034)),
    ],
)
def test_the_next_convention_is_proposed_as_long_as_this_one(title, years, proposed):
    plan = Plan(title=title, first_year=years[0], last_year=years[1])
    renewal = propose(plan, today=dt.date(2030, 5, 1))
    assert (renewal.title, renewal.first_year, renewal.last_year) == proposed


def test_a_large_plan_is_created_outside_the_request(
    world, client_of, renewal, monkeypatch, settings, tmp_path
):
    monkeypatch.setattr(jobs, "AT_ONCE", 3)
    settings.FILES_DIR = tmp_path / "files"
    client = client_of(world.camille)
    # What cannot be created yet is told at once.
    assert client.post(url("create", renewal)).status_code == 422
    f.RenewalChoiceFactory(renewal=renewal, action=world.last_one, verdict="drop", reason="Faite.")
    client.post(url("keep", renewal))
    assert Plan.objects.filter(renewed_from=world.plan).count() == 0
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    asked = {client.post(url("create", renewal)).url for _ in range(2)}
    assert len(asked) == 1 and working.work_all(timezone.now) == 1
    plan = Plan.objects.get(renewed_from=world.plan)
    assert plan.actions.count() == 3
    page = soup(client.get(asked.pop()))
    assert reverse("dashboards:todo", args=[plan.pk]) in [link["href"] for link in page.select("main a")]
    told = Job.objects.get()
    assert "Faite." in (settings.FILES_DIR / told.stored_as).read_text() and told.state == JobState.DONE
    # Asked again, it leads to the plan.
    assert client.post(url("create", renewal)).url == reverse("dashboards:todo", args=[plan.pk])
