"""The evaluation: five questions, the evidence at hand, the answers kept, and the document."""

import json
from itertools import chain

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ctg.reviews.evaluation.gathering import EvidenceReading, gather
from ctg.reviews.evaluation.papers import UNANSWERED, evaluation_paper
from ctg.reviews.evaluation.questions import QUESTIONS
from ctg.reviews.facts.canonical import canonical_json
from ctg.reviews.models import Evaluation, FrozenDocument
from partners import working
from partners.models import Job
from tests import factories as f
from tests.documents.files import failures
from tests.htmx import soup

ANSWERED = [question for question in QUESTIONS if question.field != "conclusion"]


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def evaluation(world):
    return f.EvaluationFactory(plan=world.plan)


@pytest.fixture
def client(world, client_of):
    return client_of(world.camille)


def exhibits(world, question):
    shown = EvidenceReading(world.plan, timezone.localdate()).of(question)
    return {one.title: one for one in shown}


def address(evaluation, question="pertinence"):
    return reverse("reviews:evaluation_question", args=[evaluation.pk, question])


def sent(client, path, **data):
    """What the form of a page sends back, changed as said."""
    form = soup(client.get(path)).select_one("main form")
    kept = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")}
    return kept | data


def test_beginning_twice_makes_one_evaluation(world, client):
    path = reverse("reviews:evaluation_add", args=[world.plan.pk, "finale"])
    first, second = client.post(path), client.post(path)
    assert first.url == second.url
    assert Evaluation.objects.get().moment == "finale"


def test_an_answer_is_kept_and_the_others_stay(world, client, evaluation):
    evaluation.impact = "Les familles se parlent."
    evaluation.save()
    path = address(evaluation)
    response = client.post(path, sent(client, path, relevance="Les besoins ont changé."))
    assert response.url == evaluation.get_absolute_url()
    evaluation.refresh_from_db()
    assert (evaluation.relevance, evaluation.impact) == (
        "Les besoins ont changé.",
        "Les familles se parlent.",
    )
    page = soup(client.get(response.url))
    assert "2 réponses sur 6" in page.select_one(".page-head__lead").get_text()


def test_one_goes_on_to_the_next_question(world, client, evaluation):
    path = address(evaluation)
    response = client.post(path, sent(client, path, relevance="Oui.", suite="1"))
    assert response.url == address(evaluation, "coherence")


def test_what_two_people_wrote_is_shown_to_the_second(world, client, evaluation):
    path = address(evaluation)
    late = sent(client, path, relevance="Ma version.")
    client.post(path, sent(client, path, relevance="Sa version."))
    response = client.post(path, late)
    assert response.status_code == 409
    assert "Ma version." in response.text
    assert "Sa version." in response.text
    evaluation.refresh_from_db()
    assert evaluation.relevance == "Sa version."


def test_the_lines_of_the_plan_without_an_action_are_named(world):
    f.ThemeFactory(plan=world.plan, title="HANDICAP")
    found = exhibits(world, "pertinence")["Ce à quoi le plan répond"]
    rows = {row[0]: row[1:] for row in found.rows}
    assert rows["Thématiques"] == ("2", "1", "HANDICAP")
    assert found.sentence == "1 ligne du plan n’a aucune action."


def test_who_carries_and_who_joins_is_counted(world):
    other = f.ActionFactory(plan=world.plan, number=2)
    f.InvolvementFactory(action=other, organisation=world.partner, part="lead")
    f.InvolvementFactory(action=other, organisation=world.service, part="partner")
    found = exhibits(world, "coherence")["Qui travaille avec qui"]
    assert (world.partner.name, "1", "0") in found.rows
    assert (world.service.name, "1", "1") in found.rows
    assert (
        found.sentence == "2 organismes prennent part au plan\u00a0; 1 action sur 2 en réunit au moins deux."
    )


def test_an_action_without_porteur_is_a_loose_end(world):
    f.ActionFactory(plan=world.plan, number=7)
    found = exhibits(world, "coherence")["Ce qui manque encore"]
    assert ("Sans porteur", "1", "7") in found.rows


def test_meetings_of_the_trash_and_of_the_future_are_not_time_spent(world):
    body = f.BodyFactory(plan=world.plan, name="COPIL")
    today = timezone.localdate()
    held = f.MeetingFactory(body=body, held_on=today)
    f.AttendanceFactory(meeting=held)
    f.MeetingFactory(body=body, held_on=today, trashed_at=timezone.now())
    f.MeetingFactory(body=body, held_on=today.replace(year=today.year + 1))
    found = exhibits(world, "efficience")["Le temps passé ensemble"]
    assert found.rows == (("COPIL", "1", "1", "0"),)


def test_every_table_has_a_title_for_each_of_its_columns(world):
    f.BlockageFactory(action=world.action)
    f.BodyFactory(plan=world.plan)
    shown = chain.from_iterable(exhibits(world, question.slug).values() for question in ANSWERED)
    for exhibit in shown:
        assert exhibit.sentence.endswith(".")
        assert all(exhibit.columns) and all(len(row) == len(exhibit.columns) for row in exhibit.rows)


def test_an_empty_plan_has_a_page_for_each_question_and_a_document(client_of, world):
    plan = f.PlanFactory(territory=world.territory, title="Plan vide")
    evaluation = f.EvaluationFactory(plan=plan)
    client = client_of(world.camille)
    for question in QUESTIONS:
        assert client.get(address(evaluation, question.slug)).status_code == 200
    paper = evaluation_paper(gather(evaluation, today=timezone.localdate()), None)
    assert UNANSWERED in paper.sections[0].summary


def test_the_number_of_queries_does_not_grow_with_the_plan(world, evaluation):
    def count():
        with CaptureQueriesContext(connection) as queries:
            gather(evaluation, today=timezone.localdate())
        return len(queries)

    def furnish(number):
        action = f.ActionFactory(plan=world.plan, number=number)
        f.InvolvementFactory(action=action, organisation=world.service, part="lead")
        f.BlockageFactory(action=action)
        f.AttendanceFactory(meeting=f.MeetingFactory(body=f.BodyFactory(plan=world.plan)))
        f.MeasurementFactory(indicator=f.IndicatorFactory(plan=world.plan, actions=[action]))

    for number in (2, 3):
        furnish(number)
    few = count()
    for number in range(4, 20):
        furnish(number)
    assert count() == few


@pytest.mark.once
@pytest.mark.parametrize("file_format", ["pdf", "docx"])
def test_the_document_holds_the_answers(world, client, evaluation, file_format):
    evaluation.relevance = "Les besoins ont changé."
    evaluation.save()
    path = reverse("reviews:evaluation_document", args=[evaluation.pk, file_format])
    response = client.get(path)
    assert response.status_code == 200
    assert "evaluation-mi-parcours-pays-de-rivemont-projet" in response["Content-Disposition"]
    if file_format == "pdf":
        assert failures(response.content) == []


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_frozen_it_is_read_by_all_and_written_by_nobody(world, client, client_of, evaluation):
    evaluation.conclusion = "Prolonger."
    evaluation.save()
    path = reverse("reviews:evaluation_freeze", args=[evaluation.pk])
    adopted = {"adopted_by": "Conseil communautaire", "adopted_on": "01/06/2026"}
    assert client.post(path, sent(client, path, **adopted)).url == Job.objects.get().get_absolute_url()
    assert working.work_all(timezone.now) == 1
    document = FrozenDocument.objects.get()
    facts = json.loads(document.facts)
    assert (document.evaluation, facts["conclusion"]) == (evaluation, "Prolonger.")
    told = gather(evaluation, today=timezone.localdate())
    assert json.loads(canonical_json(told))["answers"] == facts["answers"]
    assert client_of(world.ines).get(document.get_absolute_url()).status_code == 200
    assert client.get(address(evaluation)).status_code == 404
    assert client.get(path).url == document.get_absolute_url()


def test_it_goes_to_the_trash_and_comes_back(world, client, evaluation):
    path = reverse("reviews:evaluation_trash", args=[evaluation.pk])
    client.post(path, {"seen": evaluation.version})
    assert client.get(evaluation.get_absolute_url()).status_code == 404
    assert "Évaluation à mi-parcours" in client.get(reverse("actions:trash_list", args=[world.plan.pk])).text
    client.post(reverse("actions:trash_restore", args=["evaluation", evaluation.pk]))
    assert client.get(evaluation.get_absolute_url()).status_code == 200
