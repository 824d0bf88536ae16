"""What the letters say: what others did to what a person leads or must enter, and nothing else."""

import datetime as dt
import email
import email.policy

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.elected import names
from ctg.dashboards.news.blocks import LONGEST
from ctg.dashboards.news.gathering import gather
from ctg.dashboards.news.letters import digest_letter, news_letter
from ctg.dashboards.news.readers import read_readers
from indicators.models import Channel, State
from partners import mail_choices, tracking
from partners.models import Letter, MailChoice
from partners.signing import author_of
from tests import factories as f
from tests.dashboards.mails import block, move, paris, run, to
from tests.routes import neighbours

THURSDAY = (2026, 11, 26)
AT = paris(*THURSDAY, 9)
RUN = (*THURSDAY, 10)
MONDAY = (2026, 11, 30, 9)


@pytest.fixture(autouse=True)
def early(request):
    """The world is older than what happens in it, and its own things are old news."""
    with time_machine.travel(dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC), tick=False):
        world = request.getfixturevalue("world")
    for person in (world.camille, world.paul, world.elise, world.karim, world.ines, world.nadia):
        MailChoice.objects.filter(pk=mail_choices.choice_of(person).pk).update(
            told_until=paris(2026, 11, 25, 8)
        )
    return world


def by(world, name):
    return author_of(getattr(world, name), world.territory.pk)


def body_for(person, *moment):
    letters = to(person, run(*(moment or RUN)))
    return letters[0].body if letters else ""


def reader_of(person, at=AT + dt.timedelta(hours=1)):
    [found] = [reader for reader in read_readers(at=at) if reader.user == person]
    return found


def settle(world, decision, name="camille", **values):
    values = {"outcome": "taken", "ruling": "Signer le bail", "decided_on": dt.date(2026, 11, 26)} | values
    tracking.change(decision, values, by=by(world, name), at=AT)


# What is told, and to whom


def test_a_member_learns_what_others_did_to_the_action_her_organisation_carries(world):
    move(world, AT, status="postponed", status_reason="Local fermé")
    move(world, AT, confidence="hard")
    block(world, AT)
    body = body_for(world.paul)
    assert "Statut\u00a0: à venir → reportée (Camille" in body
    assert "Météo\u00a0: en difficulté" in body
    assert "Blocage signalé\u00a0: «\u00a0Le bail n’est pas signé\u00a0» (Camille" in body
    assert f"/actions/{world.action.pk}/" in body
    assert not to(world.ines, mail.outbox), "Inès carries nothing"


def test_nobody_is_told_her_own_gestures(world):
    move(world, AT, by="paul")
    block(world, AT, by="paul")
    f.ProgressNoteFactory(action=world.action, author=world.paul, text="Ma note", written_at=AT)
    f.MessageFactory(
        discussion=f.DiscussionFactory(action=world.action, opened_by=world.paul, opened_at=AT),
        author=world.paul,
        written_at=AT,
    )
    assert not body_for(world.paul)
    told = to(world.camille, mail.outbox)[0].body
    assert "Blocage signalé" in told and "Statut" not in told


def test_a_field_that_came_back_to_what_it_was_is_no_news(world):
    move(world, AT, status="ongoing")
    move(world, AT + dt.timedelta(minutes=1), status="planned")
    assert not body_for(world.paul)


def test_several_changes_of_one_field_are_told_as_one(world):
    move(world, AT, status="ongoing")
    move(world, AT + dt.timedelta(minutes=1), status="done")
    body = body_for(world.paul)
    assert body.count("Statut") == 1 and "à venir → réalisée" in body


def test_a_blockage_that_was_lifted_is_told_as_lifted_alone(world):
    blockage = block(world, AT)
    values = {"lifted_on": dt.date(2026, 11, 26), "lifted_by": "Bail signé hier"}
    tracking.change(blockage, values, by=by(world, "camille"), at=AT)
    body = body_for(world.paul)
    assert "Blocage levé\u00a0: «\u00a0Bail signé hier\u00a0»" in body and "signalé" not in body


@pytest.mark.parametrize(
    ("text", "is_hers"),
    [
        ("Élise Roche", True),
        ("Mme ELISE ROCHE, vice-présidente", True),
        ("Élise Rochet", False),
        ("Roche", False),
        ("", False),
    ],
)
def test_an_elected_lead_is_known_by_her_whole_name(world, text, is_hers):
    world.elise.last_name = "Roche"
    assert names(text, world.elise.get_full_name()) == is_hers
    world.elise.save()
    world.action.elected_lead = text
    world.action.save()
    move(world, AT)
    assert bool(body_for(world.elise)) == is_hers


def test_somebody_without_a_name_leads_nothing():
    assert not names("Élise Roche", "")
    assert not names("", "")


def test_the_name_of_an_elected_lead_makes_nobody_else_follow(world):
    """A member who bears the name is not the élue."""
    world.action.elected_lead = str(world.ines)
    world.action.save()
    move(world, AT)
    assert not body_for(world.ines)


def test_a_discussion_is_told_to_who_carries_the_action_and_to_the_coordination(world):
    discussion = f.DiscussionFactory(
        action=world.action, subject="Qui signe ?", opened_by=world.karim, opened_at=AT
    )
    for number in range(2):
        f.MessageFactory(
            discussion=discussion,
            author=world.karim,
            author_label="Karim, Caf",
            written_at=AT + dt.timedelta(minutes=number),
        )
    run(*RUN)
    for person in (world.paul, world.camille):
        [letter] = to(person, mail.outbox)
        assert "Échange «\u00a0Qui signe ?\u00a0»" in letter.body
        assert "2\u00a0messages (le dernier\u00a0: Karim, Caf)" in letter.body
        assert f"/actions/{world.action.pk}/dossier/" in letter.body
    assert not to(world.karim, mail.outbox)


def test_a_note_is_quoted_and_shortened(world):
    f.ProgressNoteFactory(
        action=world.action,
        author=world.camille,
        author_label="Camille, coordination",
        text="Visite\nfaite. " + "Et bien d’autres choses. " * 40,
        written_at=AT,
    )
    [line] = [line for line in body_for(world.paul).splitlines() if "Note" in line]
    assert line.startswith("- Note\u00a0: «\u00a0Visite faite.") and len(line) < 230


def test_a_decision_is_told_to_who_carries_it_out_and_to_who_follows_its_actions(world):
    decision = f.DecisionFactory(plan=world.plan, subject="Choisir un local", actions=[world.action])
    settle(world, decision, owner=world.partner, due_on=dt.date(2026, 12, 15))
    run(*RUN)
    [ines], [paul] = to(world.ines, mail.outbox), to(world.paul, mail.outbox)
    assert "Votre organisme s’en charge, pour le 15 décembre 2026." in ines.body
    assert "Décision prise\u00a0: «\u00a0Signer le bail\u00a0»" in paul.body
    assert "s’en charge" not in paul.body
    assert not to(world.karim, mail.outbox)


def test_a_decision_is_due_once_on_its_day(world):
    f.DecisionFactory(
        plan=world.plan,
        subject="Signer",
        outcome="taken",
        decided_on=dt.date(2026, 11, 1),
        owner=world.service,
        due_on=dt.date(2026, 11, 27),
    )
    assert not body_for(world.paul, *RUN)
    assert "À appliquer par votre organisme pour le 27 novembre 2026." in body_for(
        world.paul, 2026, 11, 27, 9
    )
    assert not body_for(world.paul, 2026, 11, 28, 9)


def test_a_returned_value_is_told_to_the_members_of_the_organisation(world):
    world.measurement.state, world.measurement.return_note = State.RETURNED, "Est-ce bien 12 ?"
    world.measurement.reviewed_at, world.measurement.reviewed_label = AT, "Camille, coordination"
    world.measurement.save()
    body = body_for(world.paul)
    assert "Valeur retournée à Service Jeunesse\u00a0: «\u00a0Est-ce bien 12 ?\u00a0»" in body
    assert not to(world.ines, mail.outbox) and not to(world.karim, mail.outbox)


def test_who_sent_the_value_with_her_account_got_a_mail_at_once_and_is_not_told_again(world):
    world.measurement.state, world.measurement.return_note = State.RETURNED, "Est-ce bien 12 ?"
    world.measurement.reviewed_at, world.measurement.channel = AT, Channel.ACCOUNT
    world.measurement.entered_by = world.paul
    world.measurement.save()
    assert not body_for(world.paul)


def test_the_coordination_learns_how_many_values_came(world):
    world.measurement.submitted_at = AT
    world.measurement.save()
    assert "- Service Jeunesse\u00a0: 1\u00a0valeur à relire." in body_for(world.camille)
    assert not to(world.paul, mail.outbox)


def test_an_action_entrusted_to_her_organisation_is_news(world):
    other = f.ActionFactory(plan=world.plan, title="Ouvrir une ludothèque")
    move(world, AT, action=other, leads=[world.partner])
    assert "Votre organisme la porte désormais" in body_for(world.ines)


# What is not told


def test_nothing_private_and_nothing_of_elsewhere_leaks(world):
    """Canaries in every place that somebody else alone may read."""
    foreign = neighbours(world)
    note = f.ProgressNoteFactory(
        action=world.action, audience="coordinators", text="Canari privé", written_at=AT, author=world.camille
    )
    tracking.change(note, {"text": "Canari privé, relu"}, by=by(world, "camille"), at=AT)
    move(world, AT, action=foreign.action, by="nadia", status="done", status_reason="")
    block(world, AT, by="nadia", action=foreign.action, reason="Canari blocage neuf")
    for thing in (foreign.note, foreign.message):
        type(thing).objects.filter(pk=thing.pk).update(written_at=AT)
    type(foreign.discussion).objects.filter(pk=foreign.discussion.pk).update(opened_at=AT)
    type(foreign.measurement).objects.filter(pk=foreign.measurement.pk).update(submitted_at=AT)
    move(world, AT)
    for moment in (RUN, MONDAY):
        run(*moment)
    ours = [message for message in mail.outbox if message.to != [world.nadia.email]]
    assert to(world.paul, ours) and to(world.camille, ours)
    for message in ours:
        assert "Canari" not in message.body + message.subject, message.to
    assert "Canari" in to(world.nadia, mail.outbox)[0].body


def test_what_was_withdrawn_before_the_letter_is_not_in_it(world):
    blockage = block(world, AT, reason="Canari retiré")
    note = f.ProgressNoteFactory(action=world.action, text="Canari note", written_at=AT)
    message = f.MessageFactory(
        discussion=f.DiscussionFactory(action=world.action, opened_at=AT, subject="Canari échange"),
        written_at=AT,
    )
    decision = f.DecisionFactory(plan=world.plan, subject="Canari décision", actions=[world.action])
    settle(world, decision)
    for thing in (blockage, note, message.discussion, decision):
        tracking.trash(thing, by=by(world, "camille"), at=AT)
    assert not body_for(world.paul) and not to(world.camille, mail.outbox)


def test_a_trashed_action_is_told_no_more(world):
    move(world, AT)
    block(world, AT)
    tracking.trash(world.action, by=by(world, "camille"), at=AT)
    assert not run(*RUN)


def test_a_decision_taken_back_is_not_told(world):
    decision = f.DecisionFactory(plan=world.plan, actions=[world.action])
    settle(world, decision)
    tracking.change(
        decision,
        {"outcome": "pending", "ruling": "", "decided_on": None},
        by=by(world, "camille"),
        at=AT,
    )
    assert not body_for(world.paul)


# How it is said


def test_the_letter_can_be_stopped_in_one_click_and_says_so_last(world):
    move(world, AT)
    [letter] = to(world.paul, run(*RUN))
    last = letter.body.rstrip().splitlines()[-1]
    address = last.removeprefix("Ne plus recevoir ces courriels\u00a0: ")
    assert letter.extra_headers["List-Unsubscribe"] == f"<{address}>"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    read = email.message_from_bytes(letter.message().as_bytes(), policy=email.policy.default)
    assert read["List-Unsubscribe"].strip() == f"<{address}>"
    kept = Letter.objects.get(to_email=world.paul.email)
    assert address.rsplit("/", 2)[1] not in kept.body + kept.stop_path + kept.stop_seed


def test_what_is_most_important_comes_first(world):
    f.ProgressNoteFactory(action=world.action, author=world.camille, written_at=AT)
    move(world, AT)
    block(world, AT)
    world.measurement.state, world.measurement.return_note = State.RETURNED, "Vraiment ?"
    world.measurement.reviewed_at = AT
    world.measurement.save()
    body = body_for(world.paul)
    marks = ["Valeur retournée", "Blocage signalé", "Statut", "Note\u00a0:"]
    assert [body.index(mark) for mark in marks] == sorted(body.index(mark) for mark in marks)


def crowd(world, count):
    """As many more actions, each with news of every kind."""
    for number in range(count):
        action = f.ActionFactory(plan=world.plan, number=100 + number, title=f"Action de plus {number}")
        f.InvolvementFactory(action=action, organisation=world.service)
        move(world, AT, action=action)
        block(world, AT, action=action)
        f.ProgressNoteFactory(action=action, author=world.camille, written_at=AT)
        discussion = f.DiscussionFactory(action=action, opened_at=AT)
        f.MessageFactory(discussion=discussion, written_at=AT)
        settle(world, f.DecisionFactory(plan=world.plan, actions=[action]))
        indicator = f.IndicatorFactory(plan=world.plan, actions=[action], contributors=[world.service])
        state = State.RETURNED if number % 2 else State.SUBMITTED
        f.MeasurementFactory(
            indicator=indicator, organisation=world.service, state=state, reviewed_at=AT, submitted_at=AT
        )


def test_a_letter_never_exceeds_forty_lines_and_counts_what_it_leaves_out(world):
    crowd(world, 30)
    late = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 6, 30), "precision": "month"}
    type(world.action).objects.filter(plan=world.plan).update(**late)
    for moment in (RUN, MONDAY):
        MailChoice.objects.update(told_until=paris(2026, 11, 25, 8))
        run(*moment)
        for letter in (to(world.paul, mail.outbox)[-1], to(world.camille, mail.outbox)[-1]):
            assert len(letter.body.rstrip().splitlines()) <= LONGEST, letter.body
            assert "à lire dans l’outil" in letter.body
    assert "en retard" in to(world.paul, mail.outbox)[-1].body


def test_an_action_of_which_much_is_told_leaves_room_for_the_others(world):
    for number in range(40):
        f.ProgressNoteFactory(
            action=world.action, author=world.camille, text=f"Fait {number}.", written_at=AT
        )
    body = body_for(world.paul)
    assert "«\u00a0Fait 7.\u00a0»" in body and "Fait 8." not in body and "- et 32\u00a0autres" in body


@pytest.mark.parametrize("person", ["paul", "camille", "elise"])
def test_a_letter_costs_as_many_queries_for_twelve_actions_as_for_two(world, person):
    world.elise.save()

    def cost():
        counts = []
        for write in (gather, news_letter, digest_letter):
            reader = reader_of(getattr(world, person))
            with CaptureQueriesContext(
                connection,
            ) as queries:
                write(reader)
            counts.append(len(queries))
        return counts

    crowd(world, 2)
    type(world.action).objects.filter(plan=world.plan).update(elected_lead=str(world.elise))
    few = cost()
    crowd_of_ten(world)
    type(world.action).objects.filter(plan=world.plan).update(elected_lead=str(world.elise))
    assert cost() == few and max(few) <= 35, few


def crowd_of_ten(world):
    for number in range(10):
        action = f.ActionFactory(plan=world.plan, number=500 + number)
        f.InvolvementFactory(action=action, organisation=world.service)
        move(world, AT, action=action)
        block(world, AT, action=action)
        f.ProgressNoteFactory(action=action, author=world.camille, written_at=AT)
        f.MessageFactory(discussion=f.DiscussionFactory(action=action, opened_at=AT), written_at=AT)
        settle(world, f.DecisionFactory(plan=world.plan, actions=[action], owner=world.service))


# The digest


def test_the_digest_says_what_awaits_then_what_changed_then_the_plan(world):
    f.ActionFactory(plan=world.plan, number=2, title="Hors de ma vue", status="ongoing")
    world.action.calendar_text = "2025"
    world.action.derive()
    world.action.status = "ongoing"
    world.action.save()
    world.measurement.delete()
    meeting = f.MeetingFactory(
        body=f.BodyFactory(plan=world.plan, name="COPIL"),
        held_on=dt.date(2026, 12, 10),
        starts_at=dt.time(14, 30),
        place_text="Salle des fêtes",
    )
    world.campaign.opens_on, world.campaign.closes_on = dt.date(2026, 11, 1), dt.date(2026, 12, 15)
    world.campaign.save()
    block(world, paris(2026, 11, 28, 9))
    body = body_for(world.paul, *MONDAY)
    parts = [
        "Ce qui vous attend",
        "- 1\u00a0valeur à saisir pour Service Jeunesse, avant le 15 décembre 2026 inclus",
        "- 1\u00a0action en retard",
        "  - Action 1\u00a0: Ouvrir un café des jeunes (en retard depuis janvier 2026)",
        "- Réunion\u00a0: COPIL, le 10 décembre 2026 à 14\u00a0h\u00a030, Salle des fêtes",
        f"/reunions/{meeting.pk}/",
        "Ce qui a changé pour vous",
        "Blocage signalé",
        "Dans le plan, depuis une semaine",
        "- 1\u00a0blocage signalé",
    ]
    assert all(part in body for part in parts), body
    assert [body.index(part) for part in parts] == sorted(body.index(part) for part in parts)
    assert "Hors de ma vue" not in body


def test_the_digest_of_a_caf_is_the_plan_in_figures(world):
    move(world, paris(2026, 11, 28, 9))
    block(world, paris(2026, 11, 28, 9))
    body = body_for(world.karim, *MONDAY)
    assert "- 1\u00a0changement de statut, 1\u00a0blocage signalé" in body
    assert "Ce qui vous attend" not in body


def test_a_calm_week_brings_no_digest(world):
    world.measurement.state = State.VALIDATED
    world.measurement.save()
    assert not [letter for letter in run(*MONDAY) if letter.to != [world.camille.email]]


def test_one_mail_without_the_other(world):
    choice = MailChoice.objects.get(user=world.paul)
    mail_choices.choose(choice, wants_news=False, wants_digest=True)
    move(world, AT)
    assert not body_for(world.paul)
    assert "Statut" in body_for(world.paul, *MONDAY), "what was not told is in the digest"
    mail_choices.choose(choice, wants_news=True, wants_digest=False)
    move(world, paris(2026, 12, 6, 9))
    [letter] = to(world.paul, run(2026, 12, 7, 9))
    assert letter.subject.startswith("Plan CTG – Action 1")
