"""The demonstration: two years of values, a campaign half answered, a mail to open."""

import datetime as dt

import pytest

from indicators.models import Campaign, Channel, Indicator, Kind, Measurement, Stage, State
from partners.models import Letter


@pytest.fixture(scope="module")
def today(demo_day):
    return demo_day


def year_of(today):
    """In November the year under way is collected; in February, the one before."""
    return today.year if today.month > 6 else today.year - 1


@pytest.fixture
def at(today, db):
    return dt.datetime.combine(today, dt.time(9), tzinfo=dt.UTC)


def test_each_plan_has_a_closed_campaign_and_an_open_one(today, at):
    year = year_of(today)
    stages = {(one.plan.title, one.period): one.stage(at) for one in Campaign.objects.all()}
    assert len(stages) == 4
    assert {stage for (_, period), stage in stages.items() if period == str(year)} == {Stage.OPEN}
    assert {stage for (_, period), stage in stages.items() if period == str(year - 1)} == {Stage.CLOSED}


def test_the_open_campaigns_are_half_answered(today, at):
    for campaign in Campaign.objects.filter(period=str(year_of(today))):
        values = Measurement.objects.filter(indicator__plan=campaign.plan, year=year_of(today))
        asked = sum(one.questions.count() for one in campaign.solicitations.all())
        assert 0.3 * asked < values.count() < 0.9 * asked, campaign
        silent = [
            one for one in campaign.solicitations.all() if not values.filter(organisation=one.organisation)
        ]
        assert silent, campaign


def test_every_state_every_kind_and_every_channel_is_shown(at):
    assert set(Measurement.objects.values_list("state", flat=True)) == set(State)
    used = set(Measurement.objects.values_list("indicator__kind", flat=True))
    assert used == set(Kind) - {Kind.AMOUNT, Kind.DURATION}
    assert set(Measurement.objects.values_list("channel", flat=True)) == {
        Channel.LINK,
        Channel.ACCOUNT,
        Channel.COORDINATION,
    }
    assert Measurement.objects.exclude(absence="").exists()
    assert Measurement.objects.filter(portions__isnull=False).exists()


def test_last_year_is_validated_whole(today, at):
    past = Measurement.objects.filter(year=year_of(today) - 1)
    assert past.count() >= 20
    assert set(past.values_list("state", flat=True)) == {State.VALIDATED}


def test_targets_are_met_missed_and_absent(at):
    indicators = Indicator.objects.filter(measurements__isnull=False).distinct()
    assert indicators.filter(is_without_target=True).exists()
    assert indicators.filter(targets__year=None, targets__isnull=False).exists()
    assert indicators.filter(baseline__isnull=False).exists()


def test_nothing_is_entered_before_it_is_asked_nor_in_the_future(at):
    for value in Measurement.objects.all():
        assert value.entered_at < at
        assert value.reviewed_at is None or value.entered_at <= value.reviewed_at <= at


def test_the_invitations_of_the_open_campaigns_wait_to_be_opened(today, at):
    letters = list(Letter.objects.all())
    assert letters
    assert all(letter.due_at <= at for letter in letters)
    assert all(str(year_of(today)) in letter.subject + letter.body for letter in letters)
    assert "camille.berthier@ccas.example" in {letter.to_email for letter in letters}
    assert {letter.to_email.partition("@")[2].rpartition(".")[2] for letter in letters} == {"example"}
