"""« Ne plus recevoir ces courriels »: a visit asks, one click stops, without signing in."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from ctg.web.logs import HideTokens
from partners import mail_choices, outbox
from partners.models import Letter, MailChoice
from tests import factories as f
from tests.dashboards.mails import move, paris, run, to

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def choice(world):
    return f.MailChoiceFactory(user=world.paul, told_until=paris(2026, 11, 23, 8))


def door(choice):
    return reverse("dashboards:mail_stop", args=[choice.token])


def state(choice):
    choice.refresh_from_db()
    return choice.wants_news, choice.wants_digest


def test_the_address_in_the_letters_is_that_of_the_page(choice):
    assert door(choice) == f"{mail_choices.STOP_PATH}{choice.token}/"


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_opens_the_link_twenty_times_changes_nothing(choice, method):
    client = Client()
    for _ in range(20):
        assert getattr(client, method)(door(choice)).status_code == 200
    assert state(choice) == (True, True)


def test_the_page_has_one_button_and_says_what_it_does(choice):
    page = Client().get(door(choice)).text
    assert page.count("<button") == 1 and "Arrêter ces courriels" in page
    assert reverse("partners:mail_choice_edit") in page


def test_one_click_of_a_mail_program_stops_both_without_cookie_nor_redirect(choice):
    response = Client(enforce_csrf_checks=True).post(door(choice), ONE_CLICK)
    assert response.status_code == 200 and "arrêtés" in response.text
    assert state(choice) == (False, False)
    assert reverse("partners:mail_choice_edit") in response.text


def test_stopping_twice_says_the_same(choice):
    client = Client()
    first, second = client.post(door(choice)).text, client.post(door(choice)).text
    assert "C’est fait" in first and "C’est fait" in second
    assert "C’est fait" in client.get(door(choice)).text


def test_an_unknown_token_says_so_and_changes_nothing(choice):
    for token in ("a" * 43, choice.seed, choice.digest, "x"):
        for method in ("get", "post"):
            response = getattr(Client(), method)(reverse("dashboards:mail_stop", args=[token]))
            assert response.status_code == 404 and "Ce lien n’ouvre rien" in response.text
    assert state(choice) == (True, True)


def test_the_page_says_nothing_of_whose_mails_they_are(world, choice):
    for response in (Client().get(door(choice)), Client().post(door(choice))):
        for word in (world.paul.email, str(world.paul), "Rivemont", choice.token):
            assert word not in response.text
        assert response["Referrer-Policy"] == "no-referrer"


def test_after_the_stop_no_letter_is_written_and_those_waiting_do_not_leave(world, choice):
    move(world, paris(2026, 11, 26, 9))
    for prefix in (
        mail_choices.news_prefix(world.paul),
        mail_choices.digest_prefix(world.paul),
        "campaign-1/",
    ):
        outbox.write(
            key=f"{prefix}x/y/z",
            to_email=world.paul.email,
            to_name="",
            subject=prefix,
            body="",
            territory=None,
            at=paris(2026, 11, 28, 9),
        )
    Client().post(door(choice), ONE_CLICK)
    assert [letter.subject for letter in Letter.objects.all()] == ["campaign-1/"]
    Letter.objects.all().delete()
    for day in (26, 27, 30):
        assert not to(world.paul, run(2026, 11, day, 10))


def test_the_link_of_one_person_stops_nobody_else(world, choice):
    other = f.MailChoiceFactory(user=world.ines)
    Client().post(door(choice), ONE_CLICK)
    assert state(other) == (True, True)


def test_the_link_in_a_letter_is_the_one_that_stops(world, choice):
    move(world, paris(2026, 11, 26, 9))
    [letter] = to(world.paul, run(2026, 11, 26, 10))
    address = letter.extra_headers["List-Unsubscribe"].strip("<>")
    Client().post(address.removeprefix("https://plan.exemple.fr"), ONE_CLICK)
    assert state(choice) == (False, False)


def test_only_visits_and_clicks_are_understood(choice):
    assert Client().delete(door(choice)).status_code == 405
    assert state(choice) == (True, True)


def test_the_token_is_in_no_line_of_the_log(choice):
    for message in (f"POST {door(choice)} 200", f"Not Found: {door(choice)}"):
        record = logging.LogRecord("a", logging.INFO, "", 0, "%s", (message,), None)
        assert HideTokens().filter(record)
        assert choice.token not in record.getMessage() and "/courriels/arreter/…" in record.getMessage()


def test_the_table_alone_opens_nothing(choice):
    row = MailChoice.objects.values().get(pk=choice.pk)
    assert choice.token not in map(str, row.values())
