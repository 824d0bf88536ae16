"""When the letters leave: on a clock that moves, as often as the command runs."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.utils import timezone

from ctg.dashboards.news import sending
from ctg.dashboards.news.sending import write_news
from partners import mail_choices, outbox
from partners.models import Letter, MailChoice, User
from tests import factories as f
from tests.crowd import at_once
from tests.dashboards.mails import block, move, paris, run, to

#: A Tuesday; nobody was ever written to.
TUESDAY = (2026, 11, 24)


@pytest.fixture(autouse=True)
def early(request):
    """The world is older than what happens in it, and its own things are old news."""
    with time_machine.travel(dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC), tick=False):
        world = request.getfixturevalue("world")
    for person in (world.camille, world.paul, world.elise, world.karim, world.ines, world.nadia):
        choice = mail_choices.choice_of(person)
        MailChoice.objects.filter(pk=choice.pk).update(told_until=paris(2026, 11, 23, 8))
    return world


def told(world, *moment):
    MailChoice.objects.update(told_until=paris(*moment))


def test_a_change_is_told_once_however_often_the_command_runs(world):
    move(world, paris(*TUESDAY, 9))
    sent = [len(to(world.paul, run(*TUESDAY, hour))) for hour in (7, 8, 10, 12, 18)]
    assert sent == [0, 0, 1, 0, 0]
    assert not to(world.paul, run(2026, 11, 25, 9)), "what was told is told no more"


def test_what_happens_after_the_letter_of_the_day_waits_for_the_next(world):
    move(world, paris(*TUESDAY, 9))
    assert to(world.paul, run(*TUESDAY, 10))
    block(world, paris(*TUESDAY, 11))
    assert not to(world.paul, run(*TUESDAY, 12))
    [letter] = to(world.paul, run(2026, 11, 25, 8))
    assert "Blocage signalé" in letter.body and "Statut" not in letter.body


@pytest.mark.parametrize(
    ("done", "ran", "count"),
    [
        ((23, 55), (*TUESDAY, 23, 58), 1),
        ((23, 59), (2026, 11, 25, 0, 1), 0),
        ((23, 59), (2026, 11, 25, 7, 59, 59), 0),
        ((23, 59), (2026, 11, 25, 8), 1),
    ],
)
def test_around_midnight(world, done, ran, count):
    move(world, paris(*TUESDAY, *done))
    assert len(to(world.paul, run(*ran))) == count


def test_a_letter_of_midnight_does_not_hold_back_that_of_the_morning(world):
    move(world, paris(*TUESDAY, 23, 50))
    assert to(world.paul, run(*TUESDAY, 23, 59))
    move(world, paris(2026, 11, 25, 0, 5))
    assert to(world.paul, run(2026, 11, 25, 8))


def test_a_gesture_that_is_not_settled_yet_is_told_by_the_next_run(world):
    move(world, paris(*TUESDAY, 10))
    assert not to(world.paul, run(*TUESDAY, 10, 1))
    assert to(world.paul, run(*TUESDAY, 10, 2))


@pytest.mark.parametrize("change", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)])
def test_across_both_changes_of_the_clock_each_day_has_its_letter(world, change):
    told(world, 2026, 1, 6, 9)
    days = [change + dt.timedelta(days=number) for number in (-1, 0, 1)]
    count = 0
    for day in days:
        at = (day.year, day.month, day.day)
        for hour in (1, 3):
            move(world, paris(*at, hour))
        assert not to(world.paul, run(*at, 7, 59, 59)), day
        count += len(to(world.paul, run(*at, 8)))
        assert not to(world.paul, run(*at, 8, 10)), day
        move(world, paris(*at, 22))
        assert not to(world.paul, run(*at, 23, 59)), day
    assert count == 3


@pytest.mark.parametrize("change", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)])
def test_the_digest_of_the_monday_after_a_change_of_the_clock(world, change):
    told(world, *(change - dt.timedelta(days=6)).timetuple()[:3], 8)
    f.ActionFactory(plan=world.plan)
    move(world, paris(*(change - dt.timedelta(days=3)).timetuple()[:3], 9))
    monday = change + dt.timedelta(days=1)
    [letter] = to(world.karim, run(monday.year, monday.month, monday.day, 8))
    assert letter.subject == "Plan CTG – Votre semaine"
    tuesday = monday + dt.timedelta(days=1)
    assert not to(world.karim, run(tuesday.year, tuesday.month, tuesday.day, 8))


def test_on_monday_the_digest_takes_the_place_of_the_news(world):
    move(world, paris(2026, 11, 29, 15))
    letters = to(world.paul, run(2026, 11, 30, 8))
    assert [letter.subject for letter in letters] == ["Plan CTG – Votre semaine"]
    assert "Statut" in letters[0].body and "Ce qui a changé pour vous" in letters[0].body
    move(world, paris(2026, 11, 30, 10))
    assert not to(world.paul, run(2026, 11, 30, 18))
    [news] = to(world.paul, run(2026, 12, 1, 8))
    assert news.subject.startswith("Plan CTG – Action 1")


def test_a_calm_week_has_no_digest_and_what_follows_is_news(world):
    assert not to(world.elise, run(2026, 11, 30, 9))
    world.action.elected_lead = f"Mme {world.elise}, vice-présidente"
    world.action.save(update_fields=["elected_lead"])
    move(world, paris(2026, 11, 30, 10))
    [letter] = to(world.elise, run(2026, 12, 1, 9))
    assert letter.subject.startswith("Plan CTG – Action 1")


def test_the_digest_comes_on_tuesday_when_another_mail_stood_in_its_way_on_monday(world):
    move(world, paris(2026, 11, 28, 9))
    another(world.paul, paris(2026, 11, 30, 7))
    assert not told_by_us(to(world.paul, run(2026, 11, 30, 9)))
    [letter] = to(world.paul, run(2026, 12, 1, 9))
    assert letter.subject == "Plan CTG – Votre semaine"


def test_four_days_without_a_run_lose_nothing_and_bring_one_letter(world):
    run(2026, 11, 23, 9)
    moments = [paris(2026, 11, day, 9) for day in (24, 25, 26, 27)]
    for moment in moments:
        block(world, moment, reason=f"Blocage du {moment.day}")
    [letter] = to(world.paul, run(2026, 11, 28, 9))
    assert all(f"Blocage du {moment.day}" in letter.body for moment in moments)


def test_what_is_older_than_two_weeks_is_no_news(world):
    told(world, 2026, 10, 1, 8)
    block(world, paris(2026, 11, 9, 9), reason="Une vieille histoire")
    block(world, paris(2026, 11, 15, 9), reason="Encore neuf")
    [letter] = to(world.paul, run(2026, 11, 26, 9))
    assert "Encore neuf" in letter.body and "vieille histoire" not in letter.body


def another(person, at, key="campaign-1/solicitation-1/reopened/x", **given):
    return outbox.write(
        key=key,
        to_email=person.email.upper(),
        to_name="",
        subject="Relance",
        body="",
        territory=None,
        at=at,
        **given,
    )


def told_by_us(mails):
    return [message for message in mails if message.subject.startswith("Plan CTG –")]


def test_news_wait_for_the_day_after_a_campaign_mail_and_lose_nothing(world):
    move(world, paris(*TUESDAY, 7))
    another(world.paul, paris(*TUESDAY, 8))
    assert [letter.subject for letter in to(world.paul, run(*TUESDAY, 9))] == []
    assert len(mail.outbox) == 1
    assert not told_by_us(run(*TUESDAY, 18))
    assert len(told_by_us(to(world.paul, run(2026, 11, 25, 8)))) == 1


def test_a_mail_due_later_in_the_day_holds_the_news_back_too(world):
    move(world, paris(*TUESDAY, 7))
    another(world.paul, paris(2026, 11, 20, 8), due_at=paris(*TUESDAY, 17))
    assert not told_by_us(run(*TUESDAY, 9))


def test_a_mail_of_another_day_holds_nothing_back(world):
    move(world, paris(*TUESDAY, 7))
    late = another(world.paul, paris(2026, 11, 23, 8))
    Letter.objects.filter(pk=late.pk).update(sent_at=paris(2026, 11, 23, 23, 59))
    another(
        world.paul,
        paris(*TUESDAY, 8),
        key="campaign-2/solicitation-1/reopened/x",
        due_at=paris(2026, 11, 25, 8),
    )
    assert len(told_by_us(to(world.paul, run(*TUESDAY, 9)))) == 1


def test_a_receipt_she_asked_for_holds_nothing_back(world):
    move(world, paris(*TUESDAY, 7))
    another(world.paul, paris(*TUESDAY, 8), key="receipt-1/abc")
    assert len(told_by_us(run(*TUESDAY, 9))) == 1


def test_the_reminder_of_the_morning_comes_before_the_news(world):
    """Even when the command for news is the first of the day to run."""
    world.campaign.closes_on, world.campaign.opens_on = dt.date(2026, 11, 27), dt.date(2026, 11, 1)
    world.campaign.launched_at, world.campaign.reminder_days = paris(2026, 11, 1, 9), "3"
    world.campaign.save()
    world.measurement.delete()
    world.solicitation.contact_email = world.paul.email
    world.solicitation.save()
    move(world, paris(*TUESDAY, 7))
    letters = to(world.paul, run(*TUESDAY, 8))
    assert len(letters) == 1 and not told_by_us(letters)
    assert len(told_by_us(to(world.paul, run(2026, 11, 25, 8)))) == 1


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_write_one_letter(world):
    at = paris(*TUESDAY, 10)
    move(world, paris(*TUESDAY, 9))
    written = at_once([lambda: write_news(at=at)] * 4)
    assert sum(written) == Letter.objects.count() == 1
    connection.close()


@pytest.mark.parametrize(
    "meanwhile",
    [
        {"wants_news": False, "wants_digest": False},
        {"wants_news": False},
        {"told_until": paris(*TUESDAY, 9, 58)},
    ],
)
def test_a_run_that_meets_another_run_or_a_new_choice_writes_nothing(world, monkeypatch, meanwhile):
    """Between the moment a letter is made and the moment it is kept."""

    def overtaken(reader):
        text = made(reader)
        MailChoice.objects.filter(user=reader.user).update(**meanwhile)
        return text

    made = sending.news_letter
    monkeypatch.setattr(sending, "news_letter", overtaken)
    move(world, paris(*TUESDAY, 9))
    assert not run(*TUESDAY, 10) and not Letter.objects.exists()


def test_a_person_with_two_territories_gets_one_letter_that_says_which(world):
    f.MembershipFactory(territory=world.elsewhere, user=world.paul, role="coordinator")
    move(world, paris(*TUESDAY, 9))
    block(world, paris(*TUESDAY, 9), by="nadia", action=world.foreign_action, reason="Un blocage d’ailleurs")
    [letter] = to(world.paul, run(*TUESDAY, 10))
    assert "Vallée de Hautepierre – Action" in letter.body and "Pays de Rivemont – Action 1" in letter.body


def test_an_access_removed_or_an_account_closed_ends_the_letters(world):
    move(world, paris(*TUESDAY, 9))
    world.memberships["paul"].delete()
    User.objects.filter(pk=world.elise.pk).update(is_active=False)
    assert not run(*TUESDAY, 10)
    assert not run(2026, 11, 30, 10) or not to(world.elise, mail.outbox)


def test_a_letter_that_did_not_leave_ends_with_the_access(world):
    from partners import memberships
    from partners.signing import author_of

    move(world, paris(*TUESDAY, 9))
    assert write_news(at=paris(*TUESDAY, 10)) == 1
    by = author_of(world.camille, world.territory.pk)
    memberships.revoke(world.memberships["paul"], by=by, at=timezone.now())
    assert not Letter.objects.exists()


def test_an_access_has_no_news_from_before_it_was_given(world):
    from partners import memberships
    from partners.signing import author_of

    move(world, paris(2026, 11, 20, 9))
    world.memberships["paul"].delete()
    held = f.MembershipFactory(
        territory=world.territory, user=world.paul, role="member", organisation=world.service
    )
    told(world, 2026, 11, 18, 8)
    by = author_of(world.camille, world.territory.pk)
    memberships.record(held, "created", by=by, at=paris(2026, 11, 22, 9))
    assert not to(world.paul, run(2026, 11, 26, 9))
    move(world, paris(2026, 11, 26, 9))
    assert to(world.paul, run(2026, 11, 26, 10))
