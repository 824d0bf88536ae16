"""The page on which an organisation answers, by its link or with an account."""

import datetime as dt
from decimal import Decimal
from functools import partial

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from indicators.models import Absence, Channel, Frequency, Kind, Measurement, State
from partners.models import Change, Letter
from tests import factories as f
from tests.crowd import at_once, copy_of
from tests.htmx import htmx
from tests.htmx import soup as htmx_soup
from tests.htmx import text as page_text
from tests.state import difference, state_of


@pytest.fixture
def asked(world):
    """The solicitation of the service, with no answer yet; its link, and a browser that has opened it."""
    world.measurement.delete()
    world.link = f.EntryLinkFactory(
        solicitation=world.solicitation, respondent_name="Dominique Petit", respondent_email="d@exemple.fr"
    )
    world.visitor = visitor(world.link)
    return world


def visitor(link):
    client = Client()
    assert client.get(reverse("indicators:link_open", args=[link.token])).status_code == 302
    return client


def address(world, name="answer_edit"):
    return reverse(f"indicators:{name}", args=[world.solicitation.pk])


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def key(question):
    return f"q{question.pk}"


def filled(page, **typed):
    """What a browser sends of the form of the page, with what is typed over it: `q1__amount="12"`."""
    form = soup(page).select_one("#answers")
    data = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        kind, name = field.get("type"), field["name"]
        if kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                data[name] = field.get("value", "on")
        elif field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            data[name] = chosen["value"]
        elif field.name == "textarea":
            data[name] = field.text.removeprefix("\n")
        else:
            data[name] = field.get("value", "")
    return data | typed


def typed(question, **fields):
    return {f"{key(question)}-{name}": value for name, value in fields.items()}


def answered(world, question=None):
    question = question or world.question
    return Measurement.objects.filter(indicator=question.indicator, period=question.period).first()


def post(client, world, step="draft", **fields):
    page = client.get(address(world))
    data = filled(page) | {"step": step} | fields
    return client.post(address(world), data)


def test_an_answer_is_saved_as_a_draft_signed_by_whoever_answers(asked):
    response = post(asked.visitor, asked, **typed(asked.question, amount="1\u202f240"))
    assert response.status_code == 302
    value = answered(asked)
    assert (value.amount, value.state, value.channel) == (Decimal(1240), State.DRAFT, Channel.LINK)
    assert value.entered_label == "Dominique Petit, Service Jeunesse"


# What the page says


def test_the_page_says_all_that_the_organisation_needs(asked):
    indicator = asked.indicator
    indicator.unit, indicator.guidance, indicator.exclusions = "personnes", "les présents", "les inscrits"
    indicator.source, indicator.method, indicator.available = "registre", "au fil de l’eau", "en janvier"
    indicator.save()
    year = timezone.localdate().year
    indicator.targets.create(year=year, value=120)
    f.MeasurementFactory(indicator=indicator, organisation=asked.service, year=year - 1, amount=96)
    said = " ".join(soup(asked.visitor.get(address(asked))).main.get_text(" ").split())
    for words in (
        *("1 valeur demandée au Service Jeunesse", "Dominique Petit, Service Jeunesse", "Ce n’est pas moi"),
        *("Action 1 · Ouvrir un café des jeunes", indicator.wording, f"Valeur pour {year}", "personnes"),
        *(f"En {year - 1} : 96 personnes", f"Cible {year} : 120 personnes"),
        *(
            "Compter les présents",
            "Ne pas compter les inscrits",
            "Source registre",
            "Méthode au fil de l’eau",
        ),
        *("Disponible en janvier", "Vide ne veut pas dire zéro", "confier la saisie à un collègue"),
        "0 réponse sur 1",
    ):
        assert words in said, words


def test_a_value_of_last_year_that_was_never_sent_is_not_shown(asked):
    year = timezone.localdate().year
    for state in (State.DRAFT, State.RETURNED):
        f.MeasurementFactory(
            indicator=asked.indicator, organisation=asked.service, year=year - 1, amount=96, state=state
        )
        assert f"En {year - 1}" not in asked.visitor.get(address(asked)).text
        Measurement.objects.all().delete()


def test_each_quarter_is_a_question(asked):
    asked.indicator.frequency = Frequency.QUARTER
    asked.indicator.save()
    year = timezone.localdate().year
    asked.question.delete()
    quarters = [
        f.QuestionFactory(
            solicitation=asked.solicitation, indicator=asked.indicator, period=f"{year}-T{rank}"
        )
        for rank in (1, 2)
    ]
    page = asked.visitor.get(address(asked))
    assert "Valeur pour 1er trimestre" in page.text and "Valeur pour 2e trimestre" in page.text
    assert post(asked.visitor, asked, **typed(quarters[1], amount="5")).status_code == 302
    [value] = Measurement.objects.all()
    assert (value.period, value.amount) == (f"{year}-T2", 5)


# Every kind


def other_kind(asked, kind, **rules):
    for name, value in {"kind": kind, **rules}.items():
        setattr(asked.indicator, name, value)
    asked.indicator.save()


def kept(value):
    return (value.amount, value.base, value.done_on, value.finding, value.verbatims)


KINDS = [
    (Kind.COUNT, {"amount": "1 240"}, (1240, None, None, "", "")),
    (Kind.AMOUNT, {"amount": "8 400,50 €"}, (Decimal("8400.5"), None, None, "", "")),
    (Kind.SHARE, {"amount": "27", "base": "120"}, (27, 120, None, "", "")),
    (Kind.DURATION, {"amount": "3,5", "base": ""}, (Decimal("3.5"), None, None, "", "")),
    (Kind.DELIVERABLE, {"done": "1", "done_on": "2026-03-12"}, (1, None, dt.date(2026, 3, 12), "", "")),
    (Kind.DELIVERABLE, {"done": "0"}, (0, None, None, "", "")),
    (
        Kind.SCALE,
        {"amount": "4,3", "base": "41", "finding": "On revient.", "verbatims": "« Enfin. »"},
        (Decimal("4.3"), 41, None, "On revient.", "« Enfin. »"),
    ),
    (
        Kind.FINDING,
        {"finding": "Mieux connu.", "verbatims": "« Enfin. »"},
        (None, None, None, "Mieux connu.", "« Enfin. »"),
    ),
]


@pytest.mark.parametrize(("kind", "fields", "expected"), KINDS)
def test_each_kind_has_its_fields_and_shows_again_what_was_entered(asked, kind, fields, expected):
    other_kind(asked, kind)
    with time_machine.travel(dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC), tick=False):
        reopen(asked)
        assert post(asked.visitor, asked, **typed(asked.question, **fields)).status_code == 302
        value = answered(asked)
        assert kept(value) == expected
        again = filled(asked.visitor.get(address(asked)))
        # What comes back is sent again without a change.
        assert asked.visitor.post(address(asked), again).status_code == 302
    assert answered(asked).version == value.version


def reopen(asked):
    asked.campaign.opens_on, asked.campaign.closes_on = dt.date(2026, 11, 1), dt.date(2026, 12, 31)
    asked.campaign.launched_at = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    asked.campaign.save()


def test_a_breakdown_may_be_partial_and_is_checked_against_the_total(asked):
    towns = f.DimensionFactory(territory=asked.territory, name="Commune", categories=["Maule", "Andelu"])
    maule, andelu = towns.categories.all()
    other_kind(asked, Kind.COUNT, first_dimension=towns)
    cells = {f"part-{maule.pk}-0": "12", f"part-{andelu.pk}-0": ""}
    assert post(asked.visitor, asked, **typed(asked.question, amount="30", **cells)).status_code == 302
    assert answered(asked).read_tracked("portions") == [[maule.pk, None, "12", None]]
    cells[f"part-{andelu.pk}-0"] = "19"
    wrong = post(asked.visitor, asked, **typed(asked.question, amount="30", **cells))
    assert wrong.status_code == 422 and "donne 31" in wrong.text and 'value="19"' in wrong.text
    cells[f"part-{andelu.pk}-0"] = "18"
    assert post(asked.visitor, asked, **typed(asked.question, amount="30", **cells)).status_code == 302
    assert len(answered(asked).read_tracked("portions")) == 2


def test_an_absence_has_a_reason_and_is_not_zero(asked):
    sent = typed(asked.question, is_absent="on", absence=Absence.UNTRACKED)
    assert post(asked.visitor, asked, **sent).status_code == 302
    value = answered(asked)
    assert (value.amount, value.absence) == (None, "untracked")
    both = post(asked.visitor, asked, **typed(asked.question, amount="12"))
    assert both.status_code == 422 and "gardez l’un des deux" in both.text
    data = filled(asked.visitor.get(address(asked)), **typed(asked.question, amount="12"))
    del data[f"{key(asked.question)}-is_absent"]
    assert asked.visitor.post(address(asked), data).status_code == 302
    assert (answered(asked).amount, answered(asked).absence) == (12, "")


def test_a_question_left_empty_leaves_no_value(asked):
    assert post(asked.visitor, asked).status_code == 302
    assert not Measurement.objects.exists()


# What is wrong


@pytest.fixture
def three(asked):
    """Three questions."""
    for _ in range(2):
        indicator = f.IndicatorFactory(plan=asked.plan, actions=[asked.action], contributors=[asked.service])
        f.QuestionFactory(solicitation=asked.solicitation, indicator=indicator)
    asked.questions = list(asked.solicitation.questions.order_by("pk"))
    return asked


def test_right_answers_are_saved_and_wrong_ones_come_back_as_typed(three):
    one, two, last = three.questions
    fields = typed(one, amount="7") | typed(two, amount="une douzaine", comment="à peu près")
    response = post(three.visitor, three, step="review", **fields, **typed(last, amount="3"))
    assert response.status_code == 422
    assert (answered(three, one).amount, answered(three, two), answered(three, last).amount) == (7, None, 3)
    page = soup(response)
    summary = page.select_one("[role=alert]")
    [link] = summary.select("a")
    wrong = page.select_one(link["href"])
    assert (wrong["value"], wrong["aria-invalid"]) == ("une douzaine", "true")
    assert two.indicator.wording in link.text and "Écrivez un nombre en chiffres" in link.text
    said = page.select_one(f"#{wrong['aria-describedby']}")
    assert "Écrivez un nombre en chiffres, par exemple 12 ou 12,5." in said.text
    assert page.select_one(f"[name={key(two)}-comment]")["value"] == "à peu près"
    # Sent again from this very page, the others are not disputed.
    data = filled(response, **typed(two, amount="12")) | {"step": "draft"}
    assert three.visitor.post(address(three), data).status_code == 302
    assert answered(three, two).amount == 12


def test_what_surprises_is_said_and_blocks_nothing(asked):
    year = timezone.localdate().year
    f.MeasurementFactory(indicator=asked.indicator, organisation=asked.service, year=year - 1, amount=96)
    assert (
        post(asked.visitor, asked, step="review", **typed(asked.question, amount="1240")).status_code == 302
    )
    review = asked.visitor.get(address(asked, "answer_review")).text.replace("\u00a0", " ")
    assert f"soit 13 fois plus qu’en {year - 1} (96)" in review and "Dire pourquoi" in review
    page = soup(asked.visitor.get(address(asked)))
    assert page.select_one("[data-comment]").has_attr("open")
    assert asked.visitor.post(address(asked, "answer_submit")).status_code == 302
    assert answered(asked).state == State.SUBMITTED


# Sending


def test_what_is_sent_is_read_again_first(three):
    one, two, _ = three.questions
    absent = typed(two, is_absent="on", absence="not_yet")
    response = post(three.visitor, three, step="review", **typed(one, amount="7"), **absent)
    assert response["Location"] == address(three, "answer_review")
    page = three.visitor.get(response["Location"])
    assert "Envoyer les 2 réponses" in page.text and "la donnée arrive plus tard" in page.text
    assert "Sans réponse" in page.text and "Revenir" in page.text
    assert set(Measurement.objects.values_list("state", flat=True)) == {"draft"}


def test_a_visit_sends_nothing(asked):
    post(asked.visitor, asked, **typed(asked.question, amount="7"))
    for name in ("answer_submit", "answer_echo"):
        assert asked.visitor.get(address(asked, name)).status_code == 405
    assert answered(asked).state == State.DRAFT and not Letter.objects.exists()


def test_sending_leads_to_the_receipt_which_also_comes_by_mail(three):
    one, two, last = three.questions
    post(three.visitor, three, **typed(one, amount="7", comment="de janvier à mai"), **typed(two, amount="8"))
    response = three.visitor.post(address(three, "answer_submit"), follow=True)
    assert "2 réponses envoyées" in response.text and "Un récapitulatif part à d@exemple.fr" in response.text
    assert response.redirect_chain == [(address(three, "answer_review"), 302)]
    states = {value.indicator_id: value.state for value in Measurement.objects.all()}
    assert states == {one.indicator_id: "submitted", two.indicator_id: "submitted"}
    [letter] = Letter.objects.all()
    assert (letter.to_email, letter.to_name) == ("d@exemple.fr", "Dominique Petit")
    assert letter.link_seed == three.link.seed and "{lien}" in letter.body
    for words in (one.indicator.wording, ": 7", "de janvier à mai", "Sans réponse", last.indicator.wording):
        assert words in letter.body.replace("\u00a0", " ")


def test_the_rest_is_sent_later_with_a_receipt_of_its_own(three):
    one, two, _ = three.questions
    for question, amount in ((one, "7"), (two, "8")):
        post(three.visitor, three, **typed(question, amount=amount))
        three.visitor.post(address(three, "answer_submit"))
        three.visitor.post(address(three, "answer_submit"))
    bodies = list(Letter.objects.order_by("pk").values_list("body", flat=True))
    assert len(bodies) == 2 and two.indicator.wording in bodies[1]
    assert f"{one.indicator.wording}, " not in bodies[1]


def test_a_sent_answer_that_is_changed_is_sent_again(asked):
    post(asked.visitor, asked, **typed(asked.question, amount="7"))
    asked.visitor.post(address(asked, "answer_submit"))
    post(asked.visitor, asked, **typed(asked.question, amount="8"))
    assert answered(asked).state == State.DRAFT
    asked.visitor.post(address(asked, "answer_submit"))
    assert (answered(asked).state, Letter.objects.count()) == (State.SUBMITTED, 2)


def test_a_returned_value_shows_its_question_and_a_validated_one_is_read_only(three):
    one, two, _ = three.questions
    f.MeasurementFactory(
        indicator=one.indicator, organisation=three.service, state="returned", return_note="Et l’été ?"
    )
    f.MeasurementFactory(indicator=two.indicator, organisation=three.service, state="validated", amount=99)
    page = soup(three.visitor.get(address(three)))
    assert "Et l’été ?" in page.select_one(f"#question-{one.pk}").text
    settled = page.select_one(f"#question-{two.pk}")
    assert "99" in settled.text and "validée" in settled.text and not settled.select("input")
    forged = filled(three.visitor.get(address(three))) | typed(two, amount="1", seen="1")
    three.visitor.post(address(three), forged)
    assert answered(three, two).amount == 99


# Accounts


def test_a_member_finds_the_same_page_and_gets_the_receipt_at_her_address(asked, client_of):
    client = client_of(asked.paul)
    assert address(asked) in client.get(reverse("indicators:answer_list")).text
    page = client.get(address(asked))
    assert "Paul" in page.text and "Ce n’est pas moi" not in page.text
    post(client, asked, **typed(asked.question, amount="7"))
    client.post(address(asked, "answer_submit"))
    value, letter = answered(asked), Letter.objects.get()
    assert (value.state, value.channel, value.entered_by) == ("submitted", "account", asked.paul)
    assert (letter.to_email, letter.link_seed) == (asked.paul.email, "")
    assert "{lien}" not in letter.body


def test_the_coordination_enters_for_an_organisation_and_it_is_validated_at_once(asked, client_of):
    client = client_of(asked.camille)
    page = client.get(address(asked))
    assert "ce que vous enregistrez est validé aussitôt" in page.text
    response = client.post(address(asked), filled(page, **typed(asked.question, amount="7")), follow=True)
    assert "1 valeur enregistrée et validée" in response.text
    value = answered(asked)
    assert (value.state, value.channel) == ("validated", "coordination")
    again = filled(client.get(address(asked)), **typed(asked.question, amount="8"))
    client.post(address(asked), again)
    assert (answered(asked).amount, answered(asked).state) == (8, "validated")


def test_rights_of_a_member_are_read_again_at_each_request(asked, client_of):
    client = client_of(asked.paul)
    assert client.get(address(asked)).status_code == 200
    asked.memberships["paul"].delete()
    assert client.get(address(asked)).status_code == 404
    assert client.post(address(asked), typed(asked.question, amount="7", seen="0")).status_code == 404
    assert not Measurement.objects.exists()


def test_the_list_puts_what_is_open_first(asked, client_of):
    last_year = f.CampaignFactory(
        plan=asked.plan, period="2019", opens_on=dt.date(2020, 1, 1), closes_on=dt.date(2020, 2, 1)
    )
    over = f.SolicitationFactory(campaign=last_year, organisation=asked.service, indicators=[asked.indicator])
    prepared = f.CampaignFactory(plan=asked.plan, period="2031", launched_at=None)
    f.SolicitationFactory(campaign=prepared, organisation=asked.service)
    for person in (asked.paul, asked.camille):
        rows = soup(client_of(person).get(reverse("indicators:answer_list"))).select("tbody tr")
        assert [row.a["href"] for row in rows] == [address(asked), over.get_absolute_url()]
        assert "0 sur 1" in rows[0].text and "close" in rows[1].text
    for person in (asked.ines, asked.elise, asked.alex, asked.nadia):
        assert "Rien ne vous est demandé" in client_of(person).get(reverse("indicators:answer_list")).text


# What is read while one types


def echo(client, world, question, **fields):
    headers = {"HX-Request": "true", "HX-Target": f"echo-{question.pk}"}
    data = typed(question, seen="0", **fields)
    return client.post(address(world, "answer_echo"), data, headers=headers)


def test_what_is_typed_is_said_back_without_being_written(asked):
    before = state_of()
    said = [
        echo(asked.visitor, asked, asked.question, amount=text) for text in ("1240", "une douzaine", "-1", "")
    ]
    texts = [soup(response).text.replace("\u202f", " ") for response in said]
    assert "Lu\u00a0: 1 240" in texts[0]
    assert "Écrivez un nombre en chiffres" in texts[1] and "négatif" in texts[2] and "Vide" in texts[3]
    assert {response.status_code for response in said} == {200}
    assert not difference(before, state_of())


def test_nothing_is_said_of_a_question_that_was_not_asked(asked):
    other = f.QuestionFactory(indicator=asked.indicator)
    assert echo(asked.visitor, asked, other, amount="12").status_code == 302


def test_after_a_draft_is_saved_in_place_the_page_equals_a_reload(three):
    page = htmx_soup(three.visitor.get(address(three)))
    sent = typed(three.questions[0], amount="7") | {"step": "draft"}
    _, swapped = htmx(three.visitor, page, "#answers", sent)
    reloaded = htmx_soup(three.visitor.get(address(three)))
    assert page_text(swapped.select_one("#answers")) == page_text(reloaded.select_one("#answers"))


# Two colleagues


def test_two_colleagues_on_different_questions_meet_without_noticing(three):
    one, two, last = three.questions
    mine, hers = three.visitor.get(address(three)), three.visitor.get(address(three))
    three.visitor.post(address(three), filled(hers, **typed(one, amount="7")))
    response = three.visitor.post(address(three), filled(mine, **typed(two, amount="8")))
    assert response.status_code == 302
    assert (answered(three, one).amount, answered(three, two).amount) == (7, 8)
    assert answered(three, last) is None


@pytest.mark.parametrize(("keep", "amount"), [("mine", 13), ("theirs", 12)])
def test_a_question_that_both_answered_comes_back_with_both_and_a_choice(three, keep, amount):
    one, two, _ = three.questions
    colleague = f.EntryLinkFactory(solicitation=three.solicitation, respondent_name="Nour Aziz")
    nour = visitor(colleague)
    page = three.visitor.get(address(three))
    post(nour, three, **typed(one, amount="12", comment="Fermé en mai"))
    response = three.visitor.post(
        address(three), filled(page, **typed(one, amount="13"), **typed(two, amount="8"))
    )
    assert response.status_code == 409
    assert answered(three, one).amount == 12 and answered(three, two).amount == 8
    disputed = soup(response).select_one(f"#question-{one.pk}")
    assert "Nour Aziz, Service Jeunesse a répondu" in disputed.text
    assert "12" in disputed.select_one(".notice").text and "13" in disputed.select_one(".notice").text
    assert disputed.select_one(f"[name={key(one)}-comment]")["value"] == "Fermé en mai"
    undecided = three.visitor.post(address(three), filled(response))
    assert undecided.status_code == 422 and "Choisissez la réponse à garder" in undecided.text
    assert answered(three, one).amount == 12
    settled = three.visitor.post(address(three), filled(undecided, **typed(one, keep=keep)))
    assert settled.status_code == 302
    assert (answered(three, one).amount, answered(three, one).comment) == (amount, "Fermé en mai")


def test_a_value_validated_meanwhile_is_left_and_what_was_typed_can_be_read(asked):
    post(asked.visitor, asked, **typed(asked.question, amount="12"))
    page = asked.visitor.get(address(asked))
    Measurement.objects.update(state=State.VALIDATED)
    response = asked.visitor.post(address(asked), filled(page, **typed(asked.question, amount="13")))
    assert response.status_code == 409 and "Vous aviez écrit" in response.text and "13" in response.text
    assert answered(asked).amount == 12


# The same form fifty times (R6), and everything at once


@pytest.mark.django_db(transaction=True)
def test_fifty_identical_submissions_send_once_and_write_one_receipt(asked):
    post(asked.visitor, asked, **typed(asked.question, amount="12"))
    copies = [copy_of(asked.visitor) for _ in range(50)]
    answers = at_once([partial(copy.post, address(asked, "answer_submit")) for copy in copies])
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, address(asked, "answer_review"))
    }
    value = answered(asked)
    assert value.state == State.SUBMITTED
    moves = Change.objects.filter(kind="measurement", object_id=value.pk, field="state", after="submitted")
    assert (moves.count(), Letter.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_fifty_identical_drafts_make_one_value(asked):
    page = filled(asked.visitor.get(address(asked)), **typed(asked.question, amount="12"))
    copies = [copy_of(asked.visitor) for _ in range(50)]
    answers = at_once([partial(copy.post, address(asked), page) for copy in copies])
    assert {answer.status_code for answer in answers} == {302}
    assert Measurement.objects.count() == 1 and answered(asked).version == 1


# Queries


def test_the_page_costs_the_same_for_two_questions_as_for_twelve(asked):
    def count():
        with CaptureQueriesContext(connection) as queries:
            for name in ("answer_edit", "answer_review"):
                assert asked.visitor.get(address(asked, name)).status_code == 200
        return len(queries)

    def ask(number):
        for _ in range(number):
            town = f.DimensionFactory(territory=asked.territory, categories=["Maule", "Andelu"])
            indicator = f.IndicatorFactory(
                plan=asked.plan, actions=[asked.action], contributors=[asked.service], first_dimension=town
            )
            indicator.targets.create(year=timezone.localdate().year, value=12)
            f.QuestionFactory(solicitation=asked.solicitation, indicator=indicator)
            for year in (0, 1):
                value = f.MeasurementFactory(
                    indicator=indicator, organisation=asked.service, year=timezone.localdate().year - year
                )
                f.EvidenceFactory(measurement=value)

    ask(2)
    few = count()
    ask(10)
    assert count() == few


def test_the_list_costs_the_same_for_two_organisations_as_for_twelve(asked, client_of):
    client = client_of(asked.camille)

    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("indicators:answer_list"))
        return len(queries)

    def solicit(number):
        for _ in range(number):
            organisation = f.OrganisationFactory(territory=asked.territory)
            f.SolicitationFactory(
                campaign=asked.campaign, organisation=organisation, indicators=[asked.indicator]
            )

    solicit(2)
    few = count()
    solicit(10)
    assert count() == few
