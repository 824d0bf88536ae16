"""The agenda and the minutes of a meeting: what they say, accessible and archivable."""

import datetime as dt
from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions.models import Meeting, Presence
from ctg.documents.meeting_reading import MeetingReading
from ctg.documents.papers.minutes import agenda_paper, minutes_paper
from ctg.documents.pdf.renderer import write_pdf
from ctg.documents.word.writer import write_docx
from tests import factories as f
from tests.documents.files import TODAY, failures, html_of, inside
from tests.documents.hostile import LONG, PAYLOADS, STORED, poison

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SHORT = {name: text for name, text in STORED.items() if name not in ("long", "emoji")}
WRITERS = (agenda_paper, minutes_paper)


def convene(plan, text, *, action=None):
    """A meeting in which whatever a person may write is the text, and its points about everything."""
    body = f.BodyFactory(plan=plan, name=text[:120], mission=text)
    organisation = f.OrganisationFactory(territory=plan.territory, name=text[:200])
    meeting = f.MeetingFactory(
        body=body,
        held_on=TODAY,
        place_text=text[:200],
        introduction=text,
        minutes=text,
        starts_at=dt.time(14),
    )
    seat = f.SeatFactory(body=body, name=text[:200], function=text[:200], organisation=organisation)
    f.SeatFactory(body=body)
    f.AttendanceFactory(meeting=meeting, seat=seat, guest="", presence=Presence.EXCUSED)
    f.AttendanceFactory(meeting=meeting, guest=text[:200])
    ruling = {"meeting": meeting, "decided_on": TODAY, "owner": organisation, "ruling": text}
    taken = f.DecisionFactory(
        plan=plan, subject=text[:300], context=text, outcome="taken", due_on=TODAY, **ruling
    )
    f.DecisionFactory(plan=plan, subject=text[:300], outcome="declined", **ruling | {"owner": None})
    f.DecisionFactory(plan=plan, subject=text[:300], asked_of=body)
    f.AgendaItemFactory(meeting=meeting, title=text[:300], decision=taken, summary=text)
    if action:
        f.AgendaItemFactory(meeting=meeting, title="", action=action, summary=text)
    f.MeetingFactory(body=body, held_on=TODAY + dt.timedelta(days=90), place_text=text[:200])
    return meeting


def reading_of(meeting):
    return MeetingReading(Meeting.objects.select_related("body__plan__territory").get(pk=meeting.pk))


def paper_of(meeting, write=minutes_paper):
    return write(reading_of(meeting), TODAY)


def words_of(paper):
    return "\n".join(
        [paragraph.text for paragraph in docx.Document(BytesIO(write_docx(paper))).paragraphs]
        + [
            cell.text
            for table in docx.Document(BytesIO(write_docx(paper))).tables
            for row in table.rows
            for cell in row.cells
        ]
    )


@pytest.fixture
def held(world):
    """A COPIL that was held, with something of everything."""
    body = f.BodyFactory(plan=world.plan, name="COPIL")
    meeting = f.MeetingFactory(
        body=body,
        held_on=TODAY,
        starts_at=dt.time(14, 30),
        place_text="Salle du conseil",
        minutes="On commence.",
    )
    elise = f.SeatFactory(body=body, name="Élise Roche", function="Présidente", email="elise@secret.fr")
    absent = f.SeatFactory(body=body, name="Jean Petit", function="")
    f.SeatFactory(body=body, name="Sans nouvelles")
    f.AttendanceFactory(meeting=meeting, seat=elise, guest="", presence=Presence.PRESENT)
    f.AttendanceFactory(meeting=meeting, seat=absent, guest="", presence=Presence.ABSENT)
    f.AttendanceFactory(meeting=meeting, guest="Madame la sous-préfète")
    f.AgendaItemFactory(meeting=meeting, position=2, title="", action=world.action, summary="Le bail tarde.")
    f.AgendaItemFactory(meeting=meeting, position=1, title="Bilan de l’année")
    f.DecisionFactory(
        plan=world.plan,
        actions=[world.action],
        subject="Louer le local",
        outcome="taken",
        ruling="Le local est loué.",
        decided_on=TODAY,
        meeting=meeting,
        owner=world.service,
        due_on=dt.date(2027, 1, 31),
    )
    f.DecisionFactory(plan=world.plan, subject="Trouver un second local")
    f.MeetingFactory(body=body, held_on=dt.date(2027, 3, 12))
    return meeting


def test_the_minutes_say_who_came_what_was_said_and_what_is_decided(held):
    text = words_of(paper_of(held)).replace("\u00a0", " ")
    for words in (
        *("Compte rendu : COPIL, 22 novembre 2026", "22 novembre 2026, à 14 h 30", "Salle du conseil"),
        *("Présents : ", "Élise Roche, Présidente", "Madame la sous-préfète, sur invitation"),
        *("Absents : Jean Petit", "Présence non notée : Sans nouvelles", "On commence."),
        *("1. Bilan de l’année", "2. Action 1 : Ouvrir un café des jeunes", "Le bail tarde."),
        *("Décision prise : Louer le local", "Ce qui est décidé : Le local est loué."),
        *("Qui s’en charge : Service Jeunesse", "Pour le : 31 janvier 2027"),
        *("Trouver un second local", "À prendre", "Date : 12 mars 2027", "projet, non arrêté"),
    ):
        assert words in text, words


def test_the_agenda_says_where_actions_stand_and_nothing_of_what_followed(held):
    text = words_of(paper_of(held, agenda_paper)).replace("\u00a0", " ")
    for words in (
        "Ordre du jour : COPIL",
        "Membres",
        "Élise Roche",
        "1. Bilan",
        "À venir",
        "Service Jeunesse",
    ):
        assert words in text, words
    for later in ("Le bail tarde.", "Le local est loué.", "Absents"):
        assert later not in text, later


@pytest.mark.parametrize("write", WRITERS)
def test_professional_addresses_stay_in_the_tool(held, write):
    assert "elise@secret.fr" not in html_of(paper_of(held, write))


def test_concluded_minutes_say_since_when(held):
    held.concluded_at = timezone.make_aware(dt.datetime(2026, 11, 25, 10))
    held.save()
    assert "arrêté le 25 novembre 2026" in html_of(paper_of(held))


def test_a_decision_stands_under_the_first_point_that_it_is_about(held, world):
    f.AgendaItemFactory(meeting=held, position=3, title="Encore", action=world.action)
    assert html_of(paper_of(held)).count("Le local est loué.") == 1


def test_a_decision_stands_under_the_point_that_asked_for_it(held, world):
    decision = held.decisions.get()
    f.AgendaItemFactory(meeting=held, position=3, title="", decision=decision)
    text = html_of(paper_of(held))
    assert text.count("Le local est loué.") == 1
    assert text.index("3. Louer le local") < text.index("Le local est loué.")


def test_a_decision_of_no_point_is_not_forgotten(held, world):
    f.DecisionFactory(
        plan=world.plan, subject="Remercier l’équipe", outcome="taken", decided_on=TODAY, meeting=held
    )
    titles = [section.title for section in paper_of(held).sections]
    assert titles.index("Autres décisions") > titles.index("1. Bilan de l’année")
    assert "Remercier l’équipe" in html_of(paper_of(held))


def test_what_another_body_waits_for_is_not_in_the_minutes(held, world):
    cotech = f.BodyFactory(plan=world.plan, name="COTECH")
    f.DecisionFactory(plan=world.plan, subject="Affaire du COTECH", asked_of=cotech)
    assert "Affaire du COTECH" not in html_of(paper_of(held))


def test_a_point_about_something_in_the_trash_keeps_its_place(held, world):
    world.action.trashed_at = timezone.now()
    world.action.save()
    for write in WRITERS:
        assert "2. Point retiré du plan" in html_of(paper_of(held, write))


@pytest.mark.parametrize("write", WRITERS)
def test_both_are_accessible_and_archivable(held, write):
    assert not failures(write_pdf(paper_of(held, write)))


@pytest.mark.parametrize("write", WRITERS)
def test_a_meeting_of_which_nothing_is_known_is_still_a_document(plan, write):
    meeting = f.MeetingFactory(body=f.BodyFactory(plan=plan))
    paper = paper_of(meeting, write)
    assert "Aucun point n’est inscrit." in html_of(paper)
    assert not failures(write_pdf(paper))
    assert write_docx(paper)


@pytest.mark.parametrize("text", SHORT.values(), ids=SHORT)
def test_whatever_is_stored_is_printed(plan, text):
    meeting = convene(plan, text, action=poison(plan, text))
    for write in WRITERS:
        paper = paper_of(meeting, write)
        assert not failures(write_pdf(paper))
        docx.Document(BytesIO(write_docx(paper)))


def test_forty_thousand_characters_are_printed_whole(plan):
    meeting = convene(plan, LONG)
    for write in WRITERS:
        assert LONG[-40:] in words_of(paper_of(meeting, write))


def test_no_text_becomes_a_command(plan):
    meeting = convene(plan, "\n".join(PAYLOADS))
    for write in WRITERS:
        content = inside(write_pdf(paper_of(meeting, write)))
        for action in (b"/JavaScript", b"/Launch", b"/URI", b"/SubmitForm", b"/EmbeddedFile "):
            assert action not in content.replace(b"/OpenAction << /S /JavaScript >>", b""), action
        html = html_of(paper_of(meeting, write))
        assert "<script" not in html and "<img" not in html and 'javascript:alert(1)">' not in html


def test_they_are_downloaded_by_readers_under_a_plain_name(held, world, client_of):
    for name, file in (("agenda", "ordre-du-jour"), ("minutes", "compte-rendu")):
        for file_format in ("pdf", "docx"):
            path = reverse(f"documents:{name}", args=[held.pk, file_format])
            response = client_of(world.elise).get(path)
            assert response.status_code == 200
            expected = f"{file}-copil-pays-de-rivemont-2026-11-22.{file_format}"
            assert f'filename="{expected}"' in response["Content-Disposition"]
            assert client_of(world.nadia).get(path).status_code == 404


@pytest.mark.parametrize("write", WRITERS)
def test_twelve_points_cost_what_two_cost(plan, write):
    body = f.BodyFactory(plan=plan)
    meeting = f.MeetingFactory(body=body, held_on=TODAY)

    def add():
        action = f.ActionFactory(plan=plan)
        f.InvolvementFactory(action=action, organisation=f.OrganisationFactory(territory=plan.territory))
        f.AgendaItemFactory(meeting=meeting, title="", action=action)
        f.AgendaItemFactory(meeting=meeting, title="", decision=f.DecisionFactory(plan=plan))
        owner = f.OrganisationFactory(territory=plan.territory)
        f.DecisionFactory(
            plan=plan, actions=[action], meeting=meeting, outcome="taken", decided_on=TODAY, owner=owner
        )
        seat = f.SeatFactory(body=body, organisation=owner)
        f.AttendanceFactory(meeting=meeting, seat=seat, guest="")

    def cost():
        reading = reading_of(meeting)
        with CaptureQueriesContext(connection) as counted:
            html_of(write(reading, TODAY))
        return len(counted)

    add()
    few = cost()
    for _ in range(11):
        add()
    assert cost() == few
