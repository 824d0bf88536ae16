"""« Comparer »: the plan on two days, all that differs, and nothing that is not to be seen."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.models import Action
from ctg.dashboards.comparison.landmarks import read_landmarks
from ctg.dashboards.comparison.reading import read_evolution
from indicators.models import Channel, Measurement
from indicators.values import entry
from partners import tracking
from partners.tracking import Author
from tests import factories as f
from tests.test_queries import cost, grow

BY = Author("Camille Martin, coordination")


def days_ago(days):
    return timezone.localdate() - dt.timedelta(days=days)


def moment(days):
    """Noon, that many days ago."""
    return timezone.make_aware(dt.datetime.combine(days_ago(days), dt.time(12)))


def write(thing, days, **values):
    tracking.change(thing, values, by=BY, at=moment(days))


@pytest.fixture
def plan(world):
    """A plan of which the history begins 100 days ago."""
    tracking.change(world.plan, {"title": "Plan d’actions"}, by=BY, at=moment(100))
    return world.plan


@pytest.fixture
def read(world, plan, client_of):
    url = reverse("dashboards:comparison", args=[plan.pk])

    def page(user=world.elise, **days):
        return client_of(user).get(url, {name: str(day) for name, day in days.items()})

    return page


def test_the_page_opens_with_a_sentence(read, world):
    world.action.status = "ongoing"
    world.action.save(update_fields=["status"])
    write(world.action, 20, status="abandoned", status_reason="Le COPIL y renonce")
    new = Action(plan=world.plan, number=7, title="Une de plus")
    tracking.create(new, by=BY, at=moment(10))
    page = read(du=days_ago(30)).content.decode()
    assert "et aujourd’hui\u00a0: 1 action ajoutée et 1 action abandonnée." in page
    assert "Le COPIL y renonce" in page
    assert world.action.get_absolute_url() in page
    assert new.get_absolute_url() in page


def test_nothing_changed_is_said(read):
    page = read(du=days_ago(30)).content.decode()
    assert "rien n’a changé dans le plan" in page
    assert "Aucune action, aucun jalon ni aucune valeur" in page


def test_an_action_of_the_trash_is_named_without_a_link(read, world):
    tracking.trash(world.action, by=BY, at=moment(5))
    page = read(du=days_ago(30)).content.decode()
    assert "1 action retirée du plan" in page
    assert "1. Ouvrir un café des jeunes" in page
    assert world.action.get_absolute_url() not in page


# The two days.


@pytest.mark.parametrize(
    ("days", "message"),
    [
        ({"du": "2091-01-01"}, "Cette date est à venir"),
        ({"au": "2091-01-01"}, "Cette date est à venir"),
        ({"du": "2001-01-01"}, "L’histoire du plan commence le"),
        ({"du": "avant-hier"}, "Indiquez une date"),
        ({"du": "0001-01-01"}, "L’histoire du plan commence le"),
        ({"au": "9999-12-31"}, "Cette date est à venir"),
    ],
)
def test_a_day_that_cannot_be_is_refused_beside_its_field(read, days, message):
    response = read(**days)
    assert response.status_code == 422
    (name,) = days
    form = response.context["form"]
    assert list(form.errors) == [name]
    assert message in form.errors[name][0]
    assert f'value="{days[name]}"' in response.content.decode()


def test_inverted_days_are_put_in_order(read, world):
    write(world.action, 20, confidence="hard")
    response = read(du=days_ago(10), au=days_ago(30))
    assert [
        past.on for past in (response.context["evolution"].before, response.context["evolution"].after)
    ] == [
        days_ago(30),
        days_ago(10),
    ]
    assert "Les deux dates étaient inversées" in response.content.decode()
    assert "1 changement de météo" in response.context["evolution"].sentence


def test_what_came_after_the_second_day_is_left_out(read, world):
    write(world.action, 20, confidence="hard")
    write(world.action, 5, confidence="fine")
    evolution = read(du=days_ago(30), au=days_ago(10)).context["evolution"]
    assert [(shift.before, shift.after) for shift in evolution.shifts] == [("sans avis", "en difficulté")]


def test_one_compares_since_the_last_copil_unless_told_otherwise(read, world):
    f.MeetingFactory(body=f.BodyFactory(plan=world.plan, kind="steering"), held_on=days_ago(40))
    evolution = read().context["evolution"]
    assert (evolution.before.on, evolution.after.on) == (days_ago(40), timezone.localdate())


def test_a_young_plan_is_compared_with_its_first_day(read, world):
    assert read().context["evolution"].before.on == days_ago(100)


def test_a_plan_without_history_has_nothing_to_tell(world, client_of):
    url = reverse("dashboards:comparison", args=[world.foreign_plan.pk])
    assert "rien n’a changé" in client_of(world.nadia).get(url).content.decode()


def test_a_year_before_a_leap_day_is_28_february(plan, world):
    leap = Author("Import"), timezone.make_aware(dt.datetime(2023, 1, 1))
    tracking.change(plan, {"heading": "Plan"}, by=leap[0], at=leap[1])
    offered = read_landmarks(plan, world.elise, dt.date(2028, 2, 29)).offered
    assert {mark.name: mark.day for mark in offered} == {
        "le 31 décembre dernier": dt.date(2027, 12, 31),
        "il y a un an": dt.date(2027, 2, 28),
        "le début du plan": dt.date(2023, 1, 1),
    }


# Counts.


def test_both_days_are_counted(read, world):
    f.ActionFactory(plan=world.plan, number=2, calendar_text="2025")
    write(world.action, 20, status="done", confidence="fine")
    counts = read(du=days_ago(30)).context["evolution"].counts
    statuses, moods = (
        {count.value: (count.before, count.after, count.change) for count in part} for _, part in counts
    )
    assert statuses == {
        "planned": (2, 1, "−1"),
        "done": (0, 1, "+1"),
        "total": (2, 2, "="),
        "late": (1, 1, "="),
    }
    assert moods == {"fine": (0, 1, "+1"), "": (2, 1, "−1")}


# Values.


def answer(world, organisation, amount, days, channel=Channel.COORDINATION):
    year = timezone.localdate().year
    return entry.answer(
        world.indicator,
        organisation,
        str(year),
        {"amount": amount},
        year=year,
        channel=channel,
        by=BY,
        at=moment(days),
    )


def evolution(world, since, until=0, *, is_coordinator=False):
    days = days_ago(since), days_ago(until)
    today = timezone.localdate()
    return read_evolution(world.plan, *days, today=today, is_coordinator=is_coordinator)


def said(world, *days, **kwargs):
    return [
        (shift.before, shift.before_from, shift.after, shift.after_from)
        for shift in evolution(world, *days, **kwargs).values
    ]


def test_the_figures_of_a_year_then_and_now(plan, world):
    Measurement.objects.all().delete()
    answer(world, world.service, Decimal(10), 50)
    answer(world, world.partner, Decimal("4.5"), 40)
    answer(world, world.service, Decimal(12), 30)
    assert said(world, 60) == [("pas de valeur", 0, "16,5", 2)]
    assert said(world, 60, 45) == [("pas de valeur", 0, "10", 1)]
    assert said(world, 45, 35) == [("10", 1, "14,5", 2)]
    assert said(world, 35) == [("14,5", 2, "16,5", 2)]
    assert said(world, 20) == []


def test_a_value_counts_once_it_is_sent_and_being_accepted_changes_nothing(plan, world):
    Measurement.objects.all().delete()
    value = answer(world, world.service, Decimal(10), 50, Channel.ACCOUNT)
    entry.submit([value], by=BY, at=moment(40))
    entry.validate([value], by=BY, at=moment(30))
    assert said(world, 55, 45) == []
    assert said(world, 45, 35) == [("pas de valeur", 0, "10", 1)]
    assert said(world, 35) == []


def test_what_was_taken_back_is_told_to_the_coordination_alone(plan, world):
    Measurement.objects.all().delete()
    value = answer(world, world.service, Decimal(1000), 50, Channel.ACCOUNT)
    entry.submit([value], by=BY, at=moment(40))
    entry.send_back(value, note="Mille ?", by=BY, at=moment(30))
    assert said(world, 35) == [("valeur reprise depuis", 0, "pas de valeur", 0)]
    answer(world, world.service, Decimal(10), 20, Channel.ACCOUNT)
    value.refresh_from_db()
    entry.submit([value], by=BY, at=moment(20))
    assert said(world, 35) == [("valeur reprise depuis", 0, "10", 1)]
    assert said(world, 35, is_coordinator=True) == [("1\u202f000", 1, "10", 1)]
    assert said(world, 45, 35) == [("pas de valeur", 0, "valeur reprise depuis", 0)]


def test_the_same_total_made_otherwise_is_told(plan, world):
    Measurement.objects.all().delete()
    answer(world, world.service, Decimal(10), 50)
    answer(world, world.partner, Decimal(2), 50)
    answer(world, world.service, Decimal(2), 30)
    answer(world, world.partner, Decimal(10), 30)
    assert said(world, 40) == [("12", 2, "même chiffre, valeurs modifiées", 2)]


def test_an_indicator_of_the_trash_is_told_no_more(plan, world):
    answer(world, world.partner, Decimal(4), 30)
    tracking.trash(world.indicator, by=BY, at=moment(5))
    assert said(world, 40) == []


def test_a_comparison_costs_the_same_for_17_and_200_actions(world, plan, client_of):
    client = client_of(world.camille)
    url = reverse("dashboards:comparison", args=[plan.pk]) + f"?du={days_ago(30)}"

    def change_everything(size):
        grow(world, size)
        for action in Action.objects.filter(plan=plan).order_by("-pk")[:20]:
            write(action, 20, title=f"{action.title}, autrement", confidence="fine", theme=world.theme)
        answer(world, f.OrganisationFactory(territory=world.territory), Decimal(size), 20)
        f.MeetingFactory(body=f.BodyFactory(plan=plan, kind="steering"), held_on=days_ago(size))

    change_everything(17)
    few = cost(client, url)
    change_everything(200)
    assert cost(client, url) == few <= 20
