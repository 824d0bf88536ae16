"""Which mails a person wants, chosen on her account."""

import pytest
from django.db import connection
from django.urls import reverse

from partners import mail_choices, outbox
from partners.models import Letter, MailChoice
from partners.tokens import digest_of, token_of
from tests import factories as f
from tests.crowd import at_once

PAGE = reverse("partners:mail_choice_edit")


def wanted(person):
    return MailChoice.objects.values_list("wants_news", "wants_digest").get(user=person)


def test_the_account_leads_to_the_choice(world, client_of):
    assert PAGE in client_of(world.paul).get(reverse("partners:account")).text


def test_both_are_ticked_for_whoever_chose_nothing_and_a_visit_writes_nothing(world, client_of):
    page = client_of(world.paul).get(PAGE).text
    assert page.count('type="checkbox"') == page.count(" checked") == 2
    assert not MailChoice.objects.exists()


@pytest.mark.parametrize("news", [True, False])
@pytest.mark.parametrize("digest", [True, False])
def test_what_is_chosen_is_kept_and_said(world, client_of, news, digest):
    client = client_of(world.paul)
    sent = {"wants_news": "on"} if news else {}
    sent |= {"wants_digest": "on"} if digest else {}
    page = client.post(PAGE, sent, follow=True)
    assert page.redirect_chain == [(PAGE, 302)] and "C’est noté" in page.text
    assert wanted(world.paul) == (news, digest)
    assert page.text.count(" checked") == news + digest


def test_the_choice_keeps_its_token(world, client_of):
    choice = f.MailChoiceFactory(user=world.paul)
    client_of(world.paul).post(PAGE, {})
    assert mail_choices.find_choice(choice.token).pk == choice.pk


def test_nobody_chooses_for_another(world, client_of):
    f.MailChoiceFactory(user=world.ines)
    client_of(world.paul).post(PAGE, {"user": world.ines.pk})
    assert wanted(world.ines) == (True, True) and wanted(world.paul) == (False, False)


def test_what_waits_and_is_wanted_no_more_does_not_leave(world, client_of):
    for prefix in (mail_choices.news_prefix(world.paul), mail_choices.digest_prefix(world.paul)):
        outbox.write(
            key=f"{prefix}2026-11-22",
            to_email=world.paul.email,
            to_name="",
            subject=prefix,
            body="",
            territory=None,
            at=world.note.written_at,
        )
    client_of(world.paul).post(PAGE, {"wants_news": "on"})
    assert [letter.subject for letter in Letter.objects.all()] == [mail_choices.news_prefix(world.paul)]


def test_the_prefix_of_one_person_is_not_that_of_another(world):
    """« news-1/ » must not begin « news-12/ »."""
    assert mail_choices.news_prefix(world.paul).endswith("/")


@pytest.mark.django_db(transaction=True)
def test_the_first_row_is_one_however_many_ask_for_it_at_once():
    user = f.UserFactory()
    made = at_once([lambda: mail_choices.choice_of(user).pk] * 6)
    assert len(set(made)) == 1
    choice = MailChoice.objects.get()
    assert choice.digest == digest_of(token_of(choice.seed))
    connection.close()
