"""The life of a value: every transition by everybody, from every state."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from indicators.models import Absence, Channel, Kind, Measurement, State
from indicators.values import entry
from partners.models import Change
from partners.tracking import Author, Conflict
from tests import factories as f

PARTNER = Author("Dominique Petit, CCAS")
COLLEAGUE = Author("Nour Aziz, CCAS")
CAMILLE = Author("Camille, coordination")
NOW = timezone.now()

#: Who is tried. The service was asked; « link » is its personal link, Paul one of its members.
PEOPLE = ("link", "paul", "camille", "ines", "elise", "karim", "alex", "nadia", "nobody")
STATES = (None, State.DRAFT, State.SUBMITTED, State.RETURNED, State.VALIDATED)

#: For each gesture, who may make it, and the state in which it leaves a value; nobody else changes anything.
CONTRIBUTORS, ANSWERERS = ("link", "paul"), ("link", "paul", "camille")
TRANSITIONS = {
    "answer": {
        CONTRIBUTORS: {
            None: State.DRAFT,
            State.DRAFT: State.DRAFT,
            State.SUBMITTED: State.DRAFT,
            State.RETURNED: State.RETURNED,
        },
        ("camille",): dict.fromkeys(STATES, State.VALIDATED),
    },
    "submit": {ANSWERERS: {State.DRAFT: State.SUBMITTED, State.RETURNED: State.SUBMITTED}},
    "validate": {("camille",): {State.SUBMITTED: State.VALIDATED}},
    "return": {("camille",): {State.SUBMITTED: State.RETURNED, State.VALIDATED: State.RETURNED}},
}


@pytest.fixture
def browsers(world, client_of):
    link = f.EntryLinkFactory(solicitation=world.solicitation, respondent_name="Dominique Petit")
    by_link = Client()
    by_link.get(reverse("indicators:link_open", args=[link.token]))
    people = {name: client_of(getattr(world, name)) for name in PEOPLE if name not in ("link", "nobody")}
    return people | {"link": by_link, "nobody": Client()}


def gesture(world, name, value):
    """Where a gesture is sent, and with what."""
    solicitation, question = world.solicitation.pk, f"q{world.question.pk}"
    if name == "answer":
        data = {f"{question}-amount": "40", f"{question}-seen": value.version if value else 0}
        return reverse("indicators:answer_edit", args=[solicitation]), data
    if name == "submit":
        return reverse("indicators:answer_submit", args=[solicitation]), {}
    path = reverse(f"indicators:measurement_{name}", args=[value.pk if value else 0])
    return path, {"return_note": "Vraiment ?", "note": "Vraiment ?", "seen": value.version if value else 0}


def standing():
    return Measurement.objects.values_list("state", "amount").first()


@pytest.mark.parametrize("name", TRANSITIONS)
@pytest.mark.parametrize("state", STATES)
def test_each_transition_is_for_some_and_from_some_states(world, browsers, name, state, subtests):
    value = world.measurement
    if state is None:
        value.delete()
        value = None
    else:
        Measurement.objects.filter(pk=value.pk).update(state=state)
        value.refresh_from_db()
    path, data = gesture(world, name, value)
    before = standing()
    for person in PEOPLE:
        expected = next((after.get(state) for who, after in TRANSITIONS[name].items() if person in who), None)
        with subtests.test(person), transaction.atomic():
            response = browsers[person].post(path, data)
            assert response.status_code in (302, 404, 409, 422), response.status_code
            if expected is None:
                assert standing() == before
            else:
                assert standing()[0] == expected, response.status_code
            transaction.set_rollback(True)


# The rules, one by one


@pytest.fixture
def question(world):
    world.measurement.delete()
    return world.indicator, world.service


def answer(question, values=None, *, seen=None, by=PARTNER, channel=Channel.LINK, at=NOW, **given):
    indicator, organisation = question
    read = {name: Decimal(value) if isinstance(value, int) else value for name, value in given.items()}
    period = str(timezone.localdate().year)
    return entry.answer(
        indicator,
        organisation,
        period,
        (values or {}) | read,
        year=timezone.localdate().year,
        channel=channel,
        by=by,
        at=at,
        seen=seen,
    )


def test_an_answer_says_who_when_and_by_which_way(question):
    value = answer(question, amount=12)
    assert (value.entered_label, value.entered_at, value.channel) == (PARTNER.label, NOW, "link")
    assert value.reviewed_at is None


def test_what_the_coordination_enters_is_reviewed_by_it_and_answers_its_own_question(question):
    value = answer(question, amount=12)
    entry.submit([value], by=PARTNER, at=NOW)
    entry.send_back(value, note="Vraiment ?", by=CAMILLE, at=NOW)
    value = answer(question, amount=13, by=CAMILLE, channel=Channel.COORDINATION)
    assert (value.state, value.return_note, value.reviewed_label) == (State.VALIDATED, "", CAMILLE.label)


def test_the_same_answer_again_changes_nothing(question):
    value = answer(question, amount=12)
    entry.submit([value], by=PARTNER, at=NOW)
    again = answer(question, amount=12, comment="", by=COLLEAGUE, seen=1)
    assert (again.state, again.version, again.entered_label) == (
        State.SUBMITTED,
        value.version,
        PARTNER.label,
    )


def test_an_emptied_answer_is_not_sent_nor_validated(question):
    value = answer(question, amount=12)
    value = answer(question, amount=None)
    assert entry.submit([value], by=PARTNER, at=NOW) == []
    value = answer(question, amount=None, comment="Rien", by=CAMILLE, channel=Channel.COORDINATION)
    assert value.state == State.DRAFT


def test_a_validated_value_is_answered_no_more(question):
    value = answer(question, amount=12, by=CAMILLE, channel=Channel.COORDINATION)
    for seen in (0, value.version, None):
        with pytest.raises(entry.NotNow):
            answer(question, amount=13, seen=seen)
    assert answer(question, amount=12, seen=value.version).version == value.version


def test_only_what_was_sent_is_returned(question):
    value = answer(question, amount=12)
    with pytest.raises(entry.NotNow):
        entry.send_back(value, note="Vraiment ?", by=CAMILLE, at=NOW)


def test_what_is_in_the_trash_does_not_move(question):
    value = answer(question, amount=12)
    Measurement.objects.filter(pk=value.pk).update(trashed_at=NOW)
    assert entry.submit([value], by=PARTNER, at=NOW) == []


def test_the_past_of_a_draft_is_between_the_organisation_and_the_coordination(question):
    value = answer(question, amount=12)
    value = answer(question, amount=13)
    entry.submit([value], by=PARTNER, at=NOW)
    rows = Change.objects.filter(kind="measurement", object_id=value.pk)
    assert {row.is_private for row in rows} == {True}
    entry.validate([value], by=CAMILLE, at=NOW)
    assert not rows.order_by("pk").last().is_private


# Two at once


def test_of_two_first_answers_the_second_is_told(question):
    answer(question, amount=12, seen=0)
    with pytest.raises(Conflict) as told:
        answer(question, amount=13, seen=0, by=COLLEAGUE)
    [clash] = told.value.clashes
    assert (clash.theirs, clash.mine, clash.author) == ("12", "13", PARTNER.label)
    assert Measurement.objects.get().amount == 12


def test_two_first_answers_alike_are_one(question):
    answer(question, amount=12, comment="", seen=0)
    assert answer(question, amount=12, comment="", seen=0, by=COLLEAGUE).entered_label == PARTNER.label


def test_a_comment_beside_an_answer_disputes_nothing(question):
    value = answer(question, amount=12, comment="")
    answer(question, amount=12, comment="Fermé en mai", seen=value.version, by=COLLEAGUE)
    merged = answer(question, amount=13, comment="", seen=value.version)
    assert (merged.amount, merged.comment) == (13, "Fermé en mai")


def test_a_first_comment_is_kept_beside_a_first_answer(question):
    answer(question, amount=None, comment="Fermé en mai", seen=0)
    merged = answer(question, amount=13, comment="", seen=0, by=COLLEAGUE)
    assert (merged.amount, merged.comment) == (13, "Fermé en mai")


def test_the_numbers_of_two_people_are_never_mixed(question):
    """27 sur 120, of which one makes 34 sur 120 and the other 27 sur 30: 34 sur 30 is nobody’s answer."""
    question[0].kind = Kind.SHARE
    question[0].save()
    value = answer(question, amount=27, base=120)
    answer(question, amount=27, base=30, seen=value.version, by=COLLEAGUE)
    with pytest.raises(Conflict):
        answer(question, amount=34, base=120, seen=value.version)
    value.refresh_from_db()
    assert (value.amount, value.base) == (27, 30)


def test_a_number_and_an_absence_never_meet(question):
    value = answer(question, amount=None, absence="", comment="à venir")
    answer(question, amount=None, absence=Absence.NOT_YET, seen=value.version, by=COLLEAGUE)
    with pytest.raises(Conflict):
        answer(question, amount=12, absence="", seen=value.version)
    with pytest.raises(IntegrityError), transaction.atomic():
        Measurement.objects.update(amount=12)


def test_a_dispute_settled_over_what_stands_goes_through(question):
    value = answer(question, amount=12)
    now = answer(question, amount=13, seen=value.version, by=COLLEAGUE)
    assert answer(question, amount=14, seen=now.version).amount == 14


def test_the_year_of_a_period_is_its_own(question):
    indicator, service = question
    keys = {"channel": Channel.LINK, "by": PARTNER, "at": NOW, "year": 2027}
    one = entry.answer(indicator, service, "2026-T3", {"amount": Decimal(1)}, **keys)
    once = entry.answer(indicator, service, "unique", {"amount": Decimal(1)}, **keys)
    assert (one.year, once.year) == (2026, 2027)
