"""A closed period refuses everywhere alike, from the very second on which it closes (S8)."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from indicators.models import Channel, Measurement, State
from indicators.values import entry
from indicators.values.locking import Locked, read_locks
from partners.tracking import Author
from tests import factories as f

PARIS = ZoneInfo("Europe/Paris")
PARTNER = Author("Dominique Petit, CCAS")

#: Last days on which a campaign closes: an ordinary one, and both days on which the clocks change.
LAST_DAYS = [dt.date(2027, 1, 15), dt.date(2027, 3, 28), dt.date(2026, 10, 25)]
JUST_BEFORE, MIDNIGHT = dt.time(23, 59, 59), dt.time(0, 0, 0)


def at(day, time):
    return dt.datetime.combine(day, time, PARIS)


@pytest.fixture
def closing(world):
    """closing(day): the campaign of 2026 ends with that day; the browser of the partner, on its page."""
    world.measurement.delete()
    world.question.period = "2026"
    world.question.save()

    def prepare(day):
        world.campaign.period = "2026"
        world.campaign.opens_on, world.campaign.closes_on = day - dt.timedelta(days=20), day
        world.campaign.launched_at = at(day - dt.timedelta(days=20), dt.time(9))
        world.campaign.save()
        link = f.EntryLinkFactory(solicitation=world.solicitation, respondent_name="Dominique Petit")
        client = Client()
        with time_machine.travel(at(day, dt.time(12)), tick=False):
            assert client.get(reverse("indicators:link_open", args=[link.token])).status_code == 302
        return client

    return prepare


def send(client, world, name="answer_edit", amount="12", **headers):
    question = f"q{world.question.pk}"
    data = {f"{question}-amount": amount, f"{question}-seen": "0", f"{question}-comment": "tout juste"}
    path = reverse(f"indicators:{name}", args=[world.solicitation.pk])
    return client.post(path, data, headers=headers)


@pytest.mark.parametrize("day", LAST_DAYS)
def test_the_last_second_counts_and_the_next_does_not(world, closing, client_of, day):
    client = closing(day)
    with time_machine.travel(at(day, JUST_BEFORE), tick=False):
        assert send(client, world).status_code == 302
        assert send(client, world, "answer_submit").status_code == 302
    value = Measurement.objects.get()
    assert (value.amount, value.state) == (12, State.SUBMITTED)
    with time_machine.travel(at(day + dt.timedelta(days=1), MIDNIGHT), tick=False):
        browsers = [client, client_of(world.paul), client_of(world.camille)]
        for browser in browsers:
            for name in ("answer_edit", "answer_submit", "answer_echo"):
                assert send(browser, world, name, amount="13").status_code == 409
        for browser in browsers:
            path = reverse("indicators:answer_edit", args=[world.solicitation.pk])
            assert browser.get(path).status_code == 410
        proof = reverse("indicators:evidence_add", args=[value.pk])
        for browser in browsers:
            browser.post(proof, {"url": "https://exemple.fr/a"})
    value.refresh_from_db()
    assert (value.amount, value.state, value.evidence.count()) == (12, State.SUBMITTED, 0)


def test_what_came_too_late_can_still_be_read(world, closing):
    day = LAST_DAYS[0]
    client = closing(day)
    with time_machine.travel(at(day + dt.timedelta(days=1), MIDNIGHT), tick=False):
        for headers in ({}, {"HX-Request": "true", "HX-Target": "answers"}):
            response = send(client, world, amount="une douzaine", **headers)
            assert response.status_code == 409
            for words in ("une douzaine", "tout juste", "Rien de ce qui suit n’est enregistré"):
                assert words in response.text
            assert "16 janvier 2027 à 0 h 00" in response.text
            assert response.headers.get("HX-Retarget") == ("#main" if headers else None)
    assert not Measurement.objects.exists()


def test_before_the_campaign_opens_nothing_is_taken(world, closing):
    day = LAST_DAYS[0]
    client = closing(day)
    with time_machine.travel(world.campaign.opens_at - dt.timedelta(seconds=1), tick=False):
        assert send(client, world).status_code == 409
    with time_machine.travel(world.campaign.opens_at, tick=False):
        assert send(client, world).status_code == 302


# The rule


@pytest.fixture
def closed(world):
    """The campaign of 2026 is closed; what is asked of it, a day later."""
    world.campaign.period = "2026"
    world.campaign.closed_at = at(dt.date(2027, 1, 15), dt.time(9))
    world.campaign.save()
    world.now = at(dt.date(2027, 1, 16), dt.time(9))
    return world


def is_locked(world, period, organisation=None):
    return read_locks(world.plan, at=world.now).is_locked(period, (organisation or world.service).pk)


def test_a_closed_period_closes_all_that_it_covers(closed):
    for period in ("2026", "2026-S2", "2026-T1", "2026-12"):
        assert is_locked(closed, period) and is_locked(closed, period, closed.partner), period
    for period in ("2025", "2027", "2027-01", "unique", ""):
        assert not is_locked(closed, period), period


def test_a_closed_quarter_leaves_the_year_open(closed):
    closed.campaign.period = "2026-T1"
    closed.campaign.save()
    assert is_locked(closed, "2026-02") and not is_locked(closed, "2026-04")
    assert not is_locked(closed, "2026") and not is_locked(closed, "2026-S1")


def test_one_organisation_may_be_let_in_again(closed):
    closed.solicitation.reopened_until = dt.date(2027, 1, 16)
    closed.solicitation.save()
    assert not is_locked(closed, "2026-T1")
    assert is_locked(closed, "2026-T1", closed.partner)
    closed.now = at(dt.date(2027, 1, 17), MIDNIGHT)
    assert is_locked(closed, "2026-T1")


@pytest.mark.parametrize("state", ["prepared", "trashed"])
def test_a_campaign_that_was_never_sent_closes_nothing(closed, state):
    if state == "prepared":
        closed.campaign.launched_at = None
    else:
        closed.campaign.trashed_at = closed.now
    closed.campaign.save()
    assert not is_locked(closed, "2026")


def test_reading_the_locks_costs_two_queries(closed, django_assert_num_queries):
    with django_assert_num_queries(2):
        locks = read_locks(closed.plan, at=closed.now)
        assert [locks.is_locked(key, closed.service.pk) for key in ("2026", "2026-T1", "2025")] == [
            True,
            True,
            False,
        ]


def test_what_was_received_is_accepted_after_the_end_and_nothing_else_moves(closed):
    value, at = (
        f.MeasurementFactory(indicator=closed.indicator, organisation=closed.partner, year=2026),
        closed.now,
    )
    keys = {"year": 2026, "channel": Channel.COORDINATION, "by": PARTNER, "at": at}
    with pytest.raises(Locked):
        entry.answer(closed.indicator, closed.partner, "2026", {"amount": Decimal(1)}, **keys)
    with pytest.raises(Locked):
        entry.send_back(value, note="Vraiment ?", by=PARTNER, at=at)
    draft = f.MeasurementFactory(
        indicator=closed.indicator, organisation=f.OrganisationFactory(), year=2026, state=State.DRAFT
    )
    with pytest.raises(Locked):
        entry.submit([draft], by=PARTNER, at=at)
    assert entry.validate([value], by=PARTNER, at=at) == [value]
    assert (value.state, value.amount) == (State.VALIDATED, 12)
