"""Reminders: one command, run as often as one likes, on a clock that moves."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from indicators.campaigns import lifecycle, reminders
from indicators.models import Absence, Campaign, State
from partners import outbox
from partners.models import Letter
from partners.tracking import Author
from tests import factories as f
from tests.crowd import at_once

BY = Author("Camille, coordination")
PARIS = timezone.get_default_timezone()


def paris(*moment):
    return dt.datetime(*moment, tzinfo=PARIS)


def launched(opens_on=dt.date(2026, 11, 1), closes_on=dt.date(2026, 11, 30), organisations=1, **given):
    """A campaign launched on the morning it opens; each organisation owes one value."""
    territory = f.MembershipFactory().territory
    asked = [
        f.OrganisationFactory(territory=territory, contact_email=given.pop("email", f"o{number}@exemple.fr"))
        for number in range(organisations)
    ]
    plan = f.PlanFactory(territory=territory)
    f.IndicatorFactory(plan=plan, contributors=asked)
    campaign = f.CampaignFactory.build(
        plan=plan, period="2026", opens_on=opens_on, closes_on=closes_on, launched_at=None, **given
    )
    at = dt.datetime.combine(opens_on, dt.time(9), tzinfo=PARIS)
    lifecycle.prepare(campaign, by=BY, at=at)
    lifecycle.launch(campaign, by=BY, at=at)
    return campaign


def run(*moment):
    """The command at a moment of Paris; how many reminders it wrote."""
    at = paris(*moment)
    with time_machine.travel(at, tick=False):
        before = reminder_keys()
        call_command("remind_campaigns")
        return len(reminder_keys()) - len(before)


def reminder_keys():
    return list(Letter.objects.filter(key__contains="/reminder/").values_list("key", flat=True))


def answer(campaign, state=State.SUBMITTED, **values):
    [asked] = campaign.solicitations.all()[:1]
    question = asked.questions.get()
    return f.MeasurementFactory(
        indicator=question.indicator, organisation=asked.organisation, year=2026, state=state, **values
    )


def test_ten_runs_a_day_remind_once_on_each_of_the_days(db):
    launched()
    sent = [run(2026, 11, day, hour) for day in range(1, 31) for hour in (7, 9, 15)]
    days = [rank // 3 + 1 for rank, count in enumerate(sent) if count]
    assert days == [20, 27] and sum(sent) == 2
    # And once more after the end.
    assert run(2026, 12, 1, 9) == 0
    assert [message.subject for message in mail.outbox].count("Il manque des valeurs") == 2


def test_a_reminder_leaves_at_eight_and_not_a_second_before(db):
    launched()
    assert run(2026, 11, 20, 7, 59, 59) == 0
    assert run(2026, 11, 20, 8) == 1


@pytest.mark.parametrize("change", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)])
def test_eight_in_the_morning_is_eight_on_both_days_on_which_the_clock_changes(db, change):
    launched(opens_on=change - dt.timedelta(days=20), closes_on=change + dt.timedelta(days=3))
    day = (change.year, change.month, change.day)
    # The reminder of ten days before went its way.
    assert run(*(change - dt.timedelta(days=6)).timetuple()[:3], 9) == 1
    assert run(*day, 7, 59, 59) == 0
    assert run(*day, 8) == 1
    assert run(*day, 23) == 0


def test_a_run_that_comes_late_sends_the_latest_due_alone(db):
    launched()
    assert run(2026, 11, 28, 18) == 1
    assert reminder_keys()[0].endswith("/2026-11-27")
    assert run(2026, 11, 28, 19) == run(2026, 11, 29, 9) == 0


@pytest.mark.parametrize(
    ("state", "reminded"),
    [(State.DRAFT, 1), (State.RETURNED, 1), (State.SUBMITTED, 0), (State.VALIDATED, 0)],
)
def test_whoever_has_finished_is_not_reminded(db, state, reminded):
    answer(launched(), state)
    assert run(2026, 11, 20, 9) == reminded


def test_whoever_has_finished_is_not_reminded_by_hand_either(db):
    campaign = launched()
    answer(campaign)
    at = paris(2026, 11, 15, 9)
    assert not reminders.remind(campaign.solicitations.get(), by=BY, at=at)
    assert not reminder_keys()


def test_not_available_is_an_answer(db):
    answer(launched(), amount=None, absence=Absence.UNTRACKED)
    assert run(2026, 11, 20, 9) == 0


def test_the_closing_minute(db):
    campaign = launched(reminder_days="1")
    assert run(2026, 11, 30, 23, 59, 59) == 1
    Letter.objects.filter(key__contains="/reminder/").delete()
    assert run(2026, 12, 1) == 0
    assert campaign.closes_at == paris(2026, 12, 1)


def test_a_campaign_that_is_closed_before_its_end_reminds_nobody(db):
    campaign = launched()
    lifecycle.close(campaign, by=BY, at=paris(2026, 11, 19, 18))
    assert run(2026, 11, 20, 9) == 0


def test_nothing_is_sent_before_the_opening_nor_on_its_day(db):
    campaign = launched(closes_on=dt.date(2026, 11, 8), reminder_days="10, 7, 3")
    assert run(2026, 11, 1, 10) == 0, "the invitation left this morning, and ten days before was in October"
    assert run(2026, 11, 5, 9) == 1
    waiting = launched(opens_on=dt.date(2026, 11, 20), closes_on=dt.date(2026, 11, 25), reminder_days="10")
    assert run(2026, 11, 16, 9) == 0
    assert waiting.pk != campaign.pk


def test_who_answers_for_two_organisations_gets_one_letter_a_day_and_both_in_the_end(db):
    campaign = launched(organisations=2)
    campaign.solicitations.update(contact_email="Secretariat@exemple.fr")
    assert [run(2026, 11, day, 9) for day in (20, 21, 22)] == [1, 1, 0]
    assert len({key.split("/")[1] for key in reminder_keys()}) == 2


def test_a_reminder_by_hand_counts_for_the_day_and_for_what_was_due(db):
    campaign = launched()
    [asked] = campaign.solicitations.all()
    with time_machine.travel(paris(2026, 11, 21, 9), tick=False):
        assert reminders.remind(asked, by=BY, at=timezone.now())
        assert not reminders.remind(asked, by=BY, at=timezone.now())
    assert run(2026, 11, 21, 10) == run(2026, 11, 22, 10) == 0
    assert run(2026, 11, 27, 9) == 1
    with time_machine.travel(paris(2026, 11, 27, 15), tick=False):
        assert not reminders.remind(asked, by=BY, at=timezone.now()), "she was reminded this morning"


def test_an_organisation_opened_again_is_reminded_by_its_own_end(db):
    campaign = launched()
    lifecycle.close(campaign, by=BY, at=paris(2026, 11, 10, 9))
    [asked] = campaign.solicitations.all()
    lifecycle.reopen([asked], until=dt.date(2026, 12, 14), by=BY, at=paris(2026, 12, 3, 9))
    assert [run(2026, 12, day, 9) for day in (3, 4, 11, 15)] == [0, 1, 1, 0]


def test_what_is_left_is_counted_when_the_reminder_leaves(db):
    launched(reminder_message="Il reste {nombre} : {lien}")
    run(2026, 11, 20, 9)
    assert mail.outbox[-1].body.startswith("Il reste 1 valeur : https://plan.exemple.fr/repondre/")


@pytest.mark.django_db(transaction=True)
def test_runs_at_the_same_moment_write_one_reminder():
    launched(organisations=3)
    at = paris(2026, 11, 20, 9)
    assert sum(at_once([lambda: reminders.write_due_reminders(at=at)] * 4)) == 3
    assert len(reminder_keys()) == 3


def test_a_reminder_costs_no_more_reads_for_twelve_who_have_finished_than_for_two(
    db, django_assert_num_queries, django_assert_max_num_queries
):
    def finish(organisations):
        campaign = launched(organisations=organisations)
        for asked in campaign.solicitations.all():
            f.MeasurementFactory(
                indicator=asked.questions.get().indicator, organisation=asked.organisation, year=2026
            )

    at = paris(2026, 11, 20, 9)
    finish(2)
    with django_assert_max_num_queries(30) as few:
        assert reminders.write_due_reminders(at=at) == 0
    Campaign.objects.update(closed_at=paris(2026, 11, 2))
    finish(12)
    Campaign.objects.filter(closed_at__isnull=False).update(launched_at=None)
    with django_assert_num_queries(len(few)):
        assert reminders.write_due_reminders(at=at) == 0


def test_the_button_reminds_once_and_says_so(world, client_of):
    client = client_of(world.camille)
    f.IndicatorFactory(plan=world.plan)
    world.measurement.delete()
    path = reverse("indicators:solicitation_remind", args=[world.solicitation.pk])
    first, second = (client.post(path, follow=True).text for _ in range(2))
    assert "Relance envoyée" in first and "un courriel lui est déjà parti aujourd’hui" in second
    assert outbox.deliver(at=timezone.now()) == 1


def test_none_leaves_from_a_territory_that_nobody_coordinates(db):
    campaign = launched(organisations=1)
    campaign.plan.territory.memberships.all().delete()
    assert run(2026, 11, 20, 9) == 0
    f.MembershipFactory(territory=campaign.plan.territory)
    assert run(2026, 11, 20, 9) == 1
