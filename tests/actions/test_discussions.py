"""Questions asked about an action, what is answered, and how that ends."""

import datetime as dt
import uuid
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions import discussing
from actions.models import Decision, Discussion, Message, Outcome
from partners.models import Change
from partners.tracking import Author
from tests import factories as f
from tests.crowd import at_once, copy_of
from tests.htmx import htmx, soup, text

READERS = ("camille", "paul", "ines", "elise", "karim")


def address(name, thing):
    return reverse(f"actions:{name}", args=[thing.pk])


def ask(client, action, **typed):
    data = {"subject": "Qui tient les clés ?", "details": "", "token": uuid.uuid4()} | typed
    return client.post(address("discussion_add", action), data)


def answer(client, discussion, said="Le service Jeunesse.", **typed):
    return client.post(address("message_add", discussion), {"text": said, "token": uuid.uuid4()} | typed)


def ending(**typed):
    chosen = {"conclusion": "On garde le local.", "ending": "none", "decided": "", "token": uuid.uuid4()}
    return chosen | typed


def at_rest(page):
    page.select_one("#messages").clear()
    for token in page.select("[name=token]"):
        token["value"] = ""
    return text(page)


@pytest.fixture
def camille(client_of, world):
    return client_of(world.camille)


@pytest.fixture
def karim(client_of, world):
    return client_of(world.karim)


@pytest.fixture
def discussion(world):
    return f.DiscussionFactory(action=world.action, subject="Quel local ?", opened_by=world.karim)


@pytest.fixture
def path(world):
    return address("action_file", world.action)


# Who asks and answers


@pytest.mark.parametrize("person", READERS)
def test_everybody_who_reads_the_plan_asks_and_answers(client_of, world, person):
    user = getattr(world, person)
    client = client_of(user)
    response = ask(client, world.action, details="Le gardien part en mai.")
    discussion = Discussion.objects.get()
    assert response["Location"] == discussion.get_absolute_url()
    answer(client, discussion)
    page = soup(client.get(address("action_file", world.action)))
    said = [item.get_text(" ", strip=True) for item in page.select(f"#discussion-{discussion.pk} li")]
    assert len(said) == 2 and "Le gardien part en mai." in said[0] and "Le service Jeunesse." in said[1]
    assert discussion.opened_by == user and all(str(user) in line for line in said)
    assert Change.objects.filter(kind="discussion", author=user).exists()


@pytest.mark.parametrize("person", ["nadia", "alex"])
def test_strangers_do_not(client_of, world, discussion, person):
    client = client_of(getattr(world, person))
    for response in (ask(client, world.action), answer(client, discussion)):
        assert response.status_code == 404
    assert not Message.objects.exists() and Discussion.objects.count() == 1


@pytest.mark.parametrize("name", ["discussion_add", "message_add"])
def test_no_beneficiary_is_named_says_the_field(camille, world, discussion, name):
    thing = world.action if name == "discussion_add" else discussion
    for field in soup(camille.get(address(name, thing))).select("textarea, input[name=subject]"):
        page = field.find_parent("form")
        hint = page.select_one(f"[id='{field['aria-describedby'].split()[0]}']").text
        assert "N’écrivez le nom d’aucun bénéficiaire." in hint


def test_a_question_is_needed_and_what_was_typed_stays(karim, world):
    response = ask(karim, world.action, subject="", details="Le gardien part en mai.")
    assert response.status_code == 422 and "Le gardien part en mai." in response.text
    response = ask(karim, world.action, subject="Clés " * 100)
    assert response.status_code == 422 and "300 caractères au plus" in response.text
    assert not Discussion.objects.exists()


def test_an_empty_answer_is_refused_in_its_place(karim, world, discussion):
    response = answer(karim, discussion, " \n ")
    page = soup(response)
    assert response.status_code == 422 and page.select(f"#discussion-{discussion.pk} form .field__error")


def test_a_message_is_text_and_never_markup(karim, discussion, path):
    answer(karim, discussion, "<b hx-get='/'>gras</b>")
    page = soup(karim.get(path))
    assert not page.select(".timeline b") and "<b hx-get='/'>gras</b>" in page.select_one(".timeline").text


def test_a_very_long_message_is_kept_whole_and_folded(karim, discussion, path):
    answer(karim, discussion, "à suivre 😀 " * 4000)
    folded = soup(karim.get(path)).select_one(".timeline details .timeline__text")
    assert folded.text.count("à suivre") == 4000


# Changing and throwing away


def test_one_s_own_message_is_edited_and_thrown_away(karim, world, discussion, path):
    answer(karim, discussion)
    message = Message.objects.get()
    sent = {"text": "Le service Culture.", "seen": 1}
    assert karim.post(address("message_edit", message), sent).status_code == 302
    message.refresh_from_db()
    assert message.text == "Le service Culture."
    karim.post(address("message_trash", message), {"seen": 2})
    assert "service Culture" not in karim.get(path).text
    message.refresh_from_db()
    assert message.trashed_by == world.karim


def test_somebody_else_s_message_is_the_coordination_s_to_change_alone(client_of, world, discussion, path):
    message = f.MessageFactory(discussion=discussion, author=world.karim)
    for person in ("paul", "ines", "elise"):
        client = client_of(getattr(world, person))
        for name in ("message_edit", "message_trash"):
            assert client.post(address(name, message), {"text": "?", "seen": 1}).status_code == 404
        assert not soup(client.get(path)).select(".timeline a")
    assert client_of(world.camille).post(address("message_trash", message), {"seen": 1}).status_code == 302
    assert not Message.objects.current().exists()


def test_the_question_is_its_asker_s_to_correct(karim, client_of, world, discussion):
    sent = {"subject": "Quel local, et quand ?", "seen": 1}
    assert client_of(world.paul).post(address("discussion_edit", discussion), sent).status_code == 404
    assert karim.post(address("discussion_edit", discussion), sent).status_code == 302
    discussion.refresh_from_db()
    assert discussion.subject == "Quel local, et quand ?"


def test_an_asker_throws_a_question_away_until_somebody_answers(karim, camille, world, discussion, path):
    link = f"a[href='{address('discussion_trash', discussion)}']"
    f.MessageFactory(discussion=discussion, author=world.karim)
    assert soup(karim.get(path)).select(link)
    assert "Son message part avec la question." in karim.get(address("discussion_trash", discussion)).text
    f.MessageFactory(discussion=discussion, author=world.paul)
    assert not soup(karim.get(path)).select(link)
    assert karim.post(address("discussion_trash", discussion), {"seen": 1}).status_code == 404
    page = camille.get(address("discussion_trash", discussion))
    assert "Ses 2 messages partent avec la question." in page.text
    assert camille.post(address("discussion_trash", discussion), {"seen": 1})["Location"] == path
    assert "Quel local" not in soup(camille.get(path)).select_one("#echanges").text


def test_two_people_on_one_message_are_told(camille, karim, world, discussion):
    message = f.MessageFactory(discussion=discussion, author=world.karim, text="Oui.")
    karim.post(address("message_edit", message), {"text": "Oui, en mai.", "seen": 1})
    response = camille.post(address("message_edit", message), {"text": "Oui, en juin.", "seen": 1})
    assert (
        response.status_code == 409 and "Oui, en mai." in response.text and "Oui, en juin." in response.text
    )
    message.refresh_from_db()
    assert message.text == "Oui, en mai."


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_many_times_counts_once(world, karim, discussion):
    token = uuid.uuid4()
    calls = [partial(answer, copy_of(karim), discussion, token=token) for _ in range(12)]
    assert {response.status_code for response in at_once(calls)} == {302}
    assert Message.objects.count() == 1
    for _ in range(2):
        ask(karim, world.action, details="En mai.", token="00000000-0000-4000-8000-000000000001")
    assert Discussion.objects.count() == 2 and Message.objects.count() == 2


# How it ends


def test_only_the_coordination_concludes(client_of, world, discussion, path):
    for person in ("paul", "ines", "elise", "karim"):
        client = client_of(getattr(world, person))
        assert client.post(address("discussion_conclude", discussion), ending()).status_code == 404
        assert "Conclure" not in client.get(path).text
    assert Discussion.objects.get().concluded_at is None


def test_a_discussion_ends_without_a_decision(camille, karim, world, discussion, path):
    camille.post(address("discussion_conclude", discussion), ending())
    page = soup(karim.get(path))
    shown = page.select_one(f"#discussion-{discussion.pk}")
    assert "Conclu" in shown.strong.text and "On garde le local." in shown.text
    assert not shown.select("a[href$='/repondre/']") and not Decision.objects.exists()
    assert "0 échange ouvert" in page.select_one(".page-head__lead").text


def test_a_discussion_ends_with_a_decision_taken(camille, world, discussion):
    meeting = f.MeetingFactory(body=f.BodyFactory(plan=world.plan), held_on=dt.date(2026, 3, 12))
    sent = ending(
        ending="taken",
        decided="Garder le local",
        meeting=meeting.pk,
        owner=world.service.pk,
        due_on="2026-05-01",
    )
    camille.post(address("discussion_conclude", discussion), sent)
    decision = Decision.objects.get()
    assert (decision.outcome, decision.subject) == (Outcome.TAKEN, "Garder le local")
    assert decision.ruling == "On garde le local." and decision.decided_on == dt.date(2026, 3, 12)
    assert (decision.meeting, decision.owner) == (meeting, world.service)
    assert decision.due_on == dt.date(2026, 5, 1) and list(decision.actions.all()) == [world.action]
    discussion.refresh_from_db()
    assert discussion.decision == decision and discussion.concluded_at
    batches = Change.objects.filter(kind__in=["decision", "discussion"]).values("batch").distinct()
    assert batches.count() == 1


def test_a_discussion_ends_with_a_decision_to_take(camille, world, discussion, path, today):
    body = f.BodyFactory(plan=world.plan, name="COPIL")
    camille.post(
        address("discussion_conclude", discussion),
        ending(ending="pending", decided="Choisir le local", asked_of=body.pk, decided_on="2026-01-01"),
    )
    decision = Decision.objects.get()
    assert decision.is_pending and decision.asked_of == body and decision.asked_on == today
    assert decision.context == "On garde le local." and decision.decided_on is None
    page = soup(camille.get(path))
    shown = page.select_one("#decisions .record").get_text(" ", strip=True)
    assert "À prendre" in shown and "Choisir le local" in shown and "COPIL" in shown
    assert "1 décision à prendre" in page.select_one(".page-head__lead").text


WRONG = {
    "no conclusion": ({"conclusion": ""}, "conclusion"),
    "no day": ({"ending": "taken", "decided": "Garder"}, "decided_on"),
    "a day to come": ({"ending": "taken", "decided": "Garder", "decided_on": "2999-01-01"}, "decided_on"),
    "due before": (
        {"ending": "taken", "decided": "Garder", "decided_on": "2026-03-01", "due_on": "2026-02-01"},
        "due_on",
    ),
    "no subject": ({"ending": "pending", "decided": ""}, "decided"),
    "no ending": ({"ending": "maybe"}, "ending"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(camille, discussion, case):
    typed, name = WRONG[case]
    response = camille.post(address("discussion_conclude", discussion), ending(**typed))
    page = soup(response)
    field = page.select_one(f"[name={name}]").find_parent(class_="field")
    assert response.status_code == 422 and field.select(".field__error")
    if case != "no conclusion":
        assert "On garde le local." in page.select_one("[name=conclusion]").text
    assert Discussion.objects.get().concluded_at is None and not Decision.objects.exists()


def test_bodies_and_meetings_of_elsewhere_are_not_offered(camille, world, discussion):
    body = f.BodyFactory(plan=world.foreign_plan)
    meeting = f.MeetingFactory(body=body, held_on=dt.date(2026, 3, 12))
    owner = f.OrganisationFactory(territory=world.elsewhere)
    for typed in (
        {"ending": "pending", "asked_of": body.pk},
        {"ending": "taken", "meeting": meeting.pk, "decided_on": "2026-03-12"},
        {"ending": "taken", "owner": owner.pk, "decided_on": "2026-03-12"},
    ):
        sent = ending(decided="Garder", **typed)
        assert camille.post(address("discussion_conclude", discussion), sent).status_code == 422
    assert not Decision.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_concluding_many_times_makes_one_decision(camille, world, discussion):
    sent = ending(ending="pending", decided="Choisir le local")
    where = address("discussion_conclude", discussion)
    calls = [partial(copy_of(camille).post, where, sent) for _ in range(8)]
    assert {response.status_code for response in at_once(calls)} == {302}
    assert Decision.objects.count() == 1


def test_whoever_concludes_second_reads_what_the_first_wrote_and_keeps_her_text(client_of, world, discussion):
    other = f.UserFactory(first_name="Claire", last_name="Second")
    f.MembershipFactory(territory=world.territory, user=other, role="coordinator", organisation=None)
    client_of(world.camille).post(address("discussion_conclude", discussion), ending())
    response = client_of(other).post(
        address("discussion_conclude", discussion), ending(conclusion="On part.")
    )
    assert response.status_code == 422 and "On part." in response.text
    assert "On garde le local." in response.text and "Camille" in response.text
    discussion.refresh_from_db()
    assert discussion.conclusion == "On garde le local."


def test_a_refused_conclusion_leaves_no_decision(world, discussion):
    by, at = Author("Camille", world.camille), timezone.now()
    discussing.conclude(discussion, conclusion="Oui.", ending=None, by=by, at=at)
    chosen = discussing.Ending(outcome=Outcome.PENDING, subject="Choisir")
    with pytest.raises(ValidationError):
        discussing.conclude(discussion, conclusion="Non.", ending=chosen, by=by, at=at)
    assert not Decision.objects.exists()


def test_what_was_concluded_is_opened_again_and_concluded_otherwise(camille, karim, discussion, path):
    sent = ending(ending="pending", decided="Choisir le local")
    camille.post(address("discussion_conclude", discussion), sent)
    assert karim.post(address("discussion_reopen", discussion), {"seen": 2}).status_code == 404
    camille.post(address("discussion_reopen", discussion), {"seen": 2})
    discussion.refresh_from_db()
    assert discussion.concluded_at is None
    shown = soup(karim.get(path)).select_one(f"#discussion-{discussion.pk}").get_text(" ", strip=True)
    assert "Conclusion d’avant sa réouverture" in shown and "Répondre" in shown
    page = soup(camille.get(address("discussion_conclude", discussion)))
    assert page.select_one("[name=conclusion]").text.strip() == "On garde le local."
    assert not page.select("[name=ending]")  # It has its decision.
    camille.post(address("discussion_conclude", discussion), ending(conclusion="On part."))
    discussion.refresh_from_db()
    assert discussion.conclusion == "On part." and discussion.decision == Decision.objects.get()


def test_a_button_drawn_before_somebody_reopened_changes_nothing(camille, discussion):
    camille.post(address("discussion_conclude", discussion), ending())
    camille.post(address("discussion_reopen", discussion), {"seen": 2})
    camille.post(address("discussion_conclude", discussion), ending(conclusion="On part."))
    page = camille.post(address("discussion_reopen", discussion), {"seen": 2}, follow=True)
    assert "Rien n’est changé" in page.text
    discussion.refresh_from_db()
    assert discussion.concluded_at


def test_an_answer_written_while_the_coordination_concludes_is_kept(camille, karim, discussion, path):
    camille.post(address("discussion_conclude", discussion), ending())
    assert answer(karim, discussion, "Attendez, il y a mieux.").status_code == 302
    assert "Attendez, il y a mieux." in karim.get(path).text


# The page


def test_decisions_to_take_come_first_then_the_latest(camille, world, path):
    for subject, day in (("Ancienne", 1), ("Récente", 20)):
        f.DecisionFactory(
            plan=world.plan,
            actions=[world.action],
            subject=subject,
            outcome=Outcome.TAKEN,
            decided_on=dt.date(2026, 1, day),
            due_on=dt.date(2026, 2, day),
            owner=world.service,
        )
    f.DecisionFactory(plan=world.plan, actions=[world.action], subject="À prendre")
    f.DecisionFactory(plan=world.plan, subject="D’une autre action")
    f.DecisionFactory(plan=world.plan, actions=[world.action], subject="Jetée", trashed_at=timezone.now())
    rows = soup(camille.get(path)).select("#decisions .record")
    assert [row.h3.text for row in rows] == ["À prendre", "Récente", "Ancienne"]
    assert "Qui s’en charge\u00a0: Service Jeunesse, pour le 20 février 2026" in rows[1].get_text(
        " ", strip=True
    )
    assert "retard de" in rows[1].text and "retard" not in rows[0].text


def test_what_is_open_comes_before_what_ended(camille, world, path):
    now = timezone.now()
    for subject, days, ended in (("Vieille", 9, None), ("Neuve", 1, None), ("Finie", 0, now)):
        opened = now - dt.timedelta(days=days)
        f.DiscussionFactory(action=world.action, subject=subject, opened_at=opened, concluded_at=ended)
    shown = [title.text for title in soup(camille.get(path)).select("#echanges h3")]
    assert shown == ["Neuve", "Vieille", "Finie"]


def test_an_empty_file_says_so(client_of, world, path):
    page = soup(client_of(world.elise).get(path))
    assert [len(page.select(f"#{part} .empty")) for part in ("decisions", "echanges", "documents")] == [
        1,
        1,
        1,
    ]
    offered = [link.text.strip() for link in page.select("#main .button")]
    assert offered == ["Poser une question"]


def test_a_trashed_decision_is_no_longer_what_a_discussion_led_to(camille, discussion, path):
    camille.post(
        address("discussion_conclude", discussion), ending(ending="pending", decided="Choisir le local")
    )
    Decision.objects.update(trashed_at=timezone.now())
    assert "Choisir le local" not in camille.get(path).text


SAID = {
    "nothing": ({}, ["décisions, échanges et documents"]),
    "pending": (
        {"pending": 1, "taken": 2, "open": 2, "ended": 1, "public": 2},
        ["1 décision à prendre", "2 échanges ouverts", "2 documents"],
    ),
    "settled": ({"taken": 2, "ended": 1, "public": 1}, ["2 décisions", "1 échange", "1 document"]),
    "private": ({"private": 1}, ["décisions, échanges et documents"]),
}


@pytest.mark.parametrize("case", SAID)
def test_the_sheet_says_what_the_file_holds(client_of, world, case):
    holds, expected = SAID[case]
    taken = {"outcome": Outcome.TAKEN, "decided_on": dt.date(2026, 1, 1)}
    for _ in range(holds.get("pending", 0)):
        f.DecisionFactory(plan=world.plan, actions=[world.action])
    for _ in range(holds.get("taken", 0)):
        f.DecisionFactory(plan=world.plan, actions=[world.action], **taken)
    f.DiscussionFactory.create_batch(holds.get("open", 0), action=world.action)
    f.DiscussionFactory.create_batch(holds.get("ended", 0), action=world.action, concluded_at=timezone.now())
    f.AttachmentFactory.create_batch(holds.get("public", 0), action=world.action)
    f.AttachmentFactory.create_batch(holds.get("private", 0), action=world.action, audience="coordinators")
    for model in (f.DiscussionFactory, f.AttachmentFactory):
        model(action=world.action, trashed_at=timezone.now())
        model(action=f.ActionFactory(plan=world.plan, number=f"9{model.__name__ < 'B':d}", need=world.need))

    def said(person):
        page = soup(client_of(getattr(world, person)).get(world.action.get_absolute_url()))
        return [
            link.text
            for link in page.select(f"#sheet-head a[href^='{address('action_file', world.action)}']")
        ]

    assert said("elise") == expected
    assert said("camille") == (["1 document"] if case == "private" else expected)


def test_pages_cost_the_same_for_two_and_for_twelve(client_of, world, path):
    client = client_of(world.paul)
    body = f.BodyFactory(plan=world.plan)

    def fill(number):
        for _ in range(number):
            meeting = f.MeetingFactory(body=body)
            decision = f.DecisionFactory(
                plan=world.plan,
                actions=[world.action],
                asked_of=body,
                meeting=meeting,
                owner=world.service,
                outcome=Outcome.TAKEN,
                decided_on=dt.date(2026, 1, 1),
            )
            ended = {"concluded_at": timezone.now(), "conclusion": "Oui.", "decision": decision}
            for more in ({}, ended):
                discussion = f.DiscussionFactory(action=world.action, opened_by=world.paul, **more)
                f.MessageFactory.create_batch(number, discussion=discussion, author=world.paul)
            f.AttachmentFactory(action=world.action, added_by=world.paul)

    def cost():
        counted = []
        for page in (path, world.action.get_absolute_url()):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            counted.append(len(queries))
        return counted

    fill(2)
    client.get(path)
    few = cost()
    fill(10)
    assert cost() == few


# htmx


def test_answering_in_place_leaves_the_page_as_a_reload(karim, world, discussion, path):
    f.MessageFactory(discussion=discussion, author=world.karim, text="Une première idée.")
    other = f.DiscussionFactory(action=world.action)
    page = soup(karim.get(path))
    region = f"#discussion-{discussion.pk}"
    _, page = htmx(karim, page, f"{region} a[hx-get$='/repondre/']")
    assert page.select(f"{region} textarea") and not page.select(f"#discussion-{other.pk} textarea")
    response, page = htmx(karim, page, f"{region} form", {"text": ""})
    assert response.status_code == 422
    _, page = htmx(karim, page, f"{region} form", {"text": "Le local du port."})
    assert "Le local du port." in page.select_one(region).text
    assert at_rest(page) == at_rest(soup(karim.get(path)))
    _, page = htmx(karim, page, f"{region} a[hx-get$='/modifier/']")
    _, page = htmx(karim, page, f"{region} form [hx-post$='/supprimer/']")
    assert "Une première idée." not in page.select_one(region).text
    assert at_rest(page) == at_rest(soup(karim.get(path)))
    _, page = htmx(karim, page, f"{region} a[hx-get$='/repondre/']")
    _, page = htmx(karim, page, f"{region} [data-cancel]")
    assert at_rest(page) == at_rest(soup(karim.get(path)))
