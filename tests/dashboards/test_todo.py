"""« À faire »: each kind of line for whom it concerns, with a way to deal with it, and gone once it is."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions.models import Action, Milestone, Outcome
from indicators.models import Measurement, State
from tests import factories as f
from tests.htmx import soup

PEOPLE = ("camille", "paul", "ines", "elise", "karim")


@pytest.fixture
def calm(world):
    """The world with nothing left to do: its sheet complete, its milestone reached, nothing asked."""
    world.solicitation.questions.all().delete()
    world.indicator.__class__.objects.update(
        unit="rencontres", frequency="year", is_without_target=True, baseline=1
    )
    Milestone.objects.update(reached_on=dt.date(2026, 6, 1))
    full = {"audiences": "Jeunes", "municipalities": "Toutes", "priority": 1, "elected_lead": "Élise Martin"}
    Action.objects.filter(plan=world.plan).update(ends_on=dt.date(2099, 12, 31), calendar_text="2099", **full)
    world.elise.last_name = "Martin"
    world.elise.save()
    world.action.refresh_from_db()
    return world


def url_of(world):
    return reverse("dashboards:todo", args=[world.plan.pk])


def page_for(client_of, world, person):
    return soup(client_of(getattr(world, person)).get(url_of(world)))


def lines_for(client_of, world, person):
    """The lines of somebody's page: sort, title, why."""
    page = page_for(client_of, world, person)
    return [" ".join(line.get_text(" ").split()) for line in page.select(".task")]


def late(world):
    Action.objects.filter(pk=world.action.pk).update(
        calendar_text="juin 2026", ends_on=dt.date(2026, 6, 30), precision="month"
    )


def silent(world):
    Action.objects.filter(pk=world.action.pk).update(status="ongoing")
    # Days of the wall clock: an hour more or less at a clock change is another day, late in the evening.
    world.action.notes.update(written_at=timezone.localtime() - dt.timedelta(days=144))


def missed(world):
    f.MilestoneFactory(action=world.action, title="Travaux finis", due_on=dt.date(2026, 6, 30))


def blocked(world):
    return f.BlockageFactory(action=world.action, reason="Le local est vendu")


def waiting(world):
    blockage = blocked(world)
    blockage.decision = f.DecisionFactory(plan=world.plan, subject="Louer ailleurs", actions=[world.action])
    blockage.save()
    return blockage


def settled(world):
    blockage = waiting(world)
    decision = blockage.decision
    decision.outcome, decision.decided_on = Outcome.TAKEN, dt.date(2026, 6, 2)
    decision.save()
    return blockage


def overdue(world):
    return f.DecisionFactory(
        plan=world.plan,
        subject="Signer le bail",
        outcome=Outcome.TAKEN,
        decided_on=dt.date(2026, 6, 2),
        due_on=dt.date(2026, 7, 1),
        owner=world.service,
    )


def question_of_the_caf(world):
    return f.DiscussionFactory(action=world.action, subject="Faut-il un avenant", opened_by=world.karim)


def answer_of_the_coordination(world):
    discussion = question_of_the_caf(world)
    f.MessageFactory(discussion=discussion, author=world.camille)


def asked(world):
    f.QuestionFactory(solicitation=world.solicitation, indicator=world.indicator)
    Measurement.objects.all().delete()


def value(world, state):
    asked(world)
    question = world.solicitation.questions.get()
    return f.MeasurementFactory(
        indicator=world.indicator,
        organisation=world.service,
        period=question.period,
        state=state,
        amount=12,
    )


def received(world):
    return value(world, State.SUBMITTED)


def returned(world):
    return value(world, State.RETURNED)


def coming(world):
    body = f.BodyFactory(plan=world.plan, name="COPIL")
    meeting = f.MeetingFactory(body=body, held_on=timezone.localdate() + dt.timedelta(days=9))
    decision = f.DecisionFactory(plan=world.plan, asked_of=body)
    f.AgendaItemFactory(meeting=meeting, title="", decision=decision)


def nobody_to_ask(world):
    asked(world)
    world.solicitation.contact_email = ""
    world.solicitation.save()


def incomplete(world):
    Action.objects.filter(pk=world.action.pk).update(audiences="")


def without_target(world):
    world.indicator.is_without_target = False
    world.indicator.save()


KINDS = {
    # what is to be done, a word of its line, for whom it is
    "late": (late, "en retard depuis juillet 2026", {"camille", "paul", "elise"}),
    "silent": (silent, "sans nouvelles depuis 144 jours", {"camille", "paul"}),
    "missed": (missed, "Travaux finis", {"camille", "paul"}),
    "blocked": (blocked, "Le local est vendu", {"camille", "paul", "elise"}),
    "waiting": (waiting, "Décision demandée : « Louer ailleurs »", {"camille", "paul", "elise"}),
    "settled": (settled, "décidée le 2 juin 2026 : lever le blocage ?", {"camille", "paul", "elise"}),
    "overdue": (overdue, "Signer le bail", {"camille", "paul"}),
    "question": (question_of_the_caf, "Faut-il un avenant", {"camille", "paul", "elise"}),
    "answer": (answer_of_the_coordination, "Faut-il un avenant", {"paul", "karim", "elise"}),
    "received": (received, "1 valeur reçue de Service Jeunesse", {"camille"}),
    "returned": (returned, "1 valeur retournée avec une question", {"paul"}),
    "to enter": (asked, "1 valeur à saisir pour Service Jeunesse", {"paul"}),
    "not begun": (asked, "1 organisme n’a pas commencé la saisie", {"camille"}),
    "agenda": (coming, "L’ordre du jour : COPIL", {"camille"}),
    "copil": (coming, "1 décision à prendre le", {"elise", "karim"}),
    "contact": (nobody_to_ask, "1 organisme sans contact", {"camille"}),
    "sheet": (incomplete, "La fiche 1 où manque", {"camille"}),
    "definition": (without_target, "1 indicateur sans cible", {"camille"}),
}


def test_a_line_is_told_to_whom_it_concerns_and_leads_where_it_is_dealt_with(calm, client_of, subtests):
    clients = {person: client_of(getattr(calm, person)) for person in PEOPLE}
    opened = set()
    for kind, (happen, words, concerned) in KINDS.items():
        with subtests.test(kind), transaction.atomic():
            happen(calm)
            for person, client in clients.items():
                lines = soup(client.get(url_of(calm))).select(".task")
                told = [line for line in lines if words in " ".join(line.get_text(" ").split())]
                assert bool(told) == (person in concerned), f"{person}: {told}"
                found = {(person, link["href"]) for line in told for link in line.select("a")}
                for _, url in found - opened:
                    assert client.get(url).status_code == 200, f"{person}: {url}"
                opened |= found
            transaction.set_rollback(True)


def test_a_plan_without_anything_to_do_says_so_to_everybody(calm, client_of):
    for person in PEOPLE:
        page = page_for(client_of, calm, person)
        assert "Rien ne vous attend" in page.select_one(".page-head__lead").get_text(), person
        assert not page.select(".task"), person


def test_an_empty_plan_is_a_page_too(world, client_of):
    world.plan = f.PlanFactory(territory=world.territory, title="Plan neuf")
    for person in set(PEOPLE) - {"camille"}:
        assert "Rien ne vous attend" in page_for(client_of, world, person).get_text()
    assert "Écrire la première action" in page_for(client_of, world, "camille").get_text()


def test_the_sentence_counts_the_lines_and_those_for_whom_others_wait(calm, client_of):
    for happen in (question_of_the_caf, silent, incomplete):
        happen(calm)
    page = page_for(client_of, calm, "camille")
    lead = " ".join(page.select_one(".page-head__lead").get_text().split())
    assert lead == "3 choses vous attendent, dont 1 qui bloque quelqu’un d’autre."
    assert [len(part.select(".task")) for part in page.select(".todo")] == [1, 1, 1]


def test_nobody_waits_for_an_elue_who_only_follows_her_actions(calm, client_of):
    late(calm)
    page = page_for(client_of, calm, "elise")
    assert page.select_one(".page-head__lead").get_text(strip=True) == "1 chose vous attend."
    assert page.select_one(".todo h2").get_text().startswith("À suivre")


def test_a_long_list_is_cut_counted_whole_and_opened_by_a_link(calm, client_of):
    for number in range(2, 15):
        f.ActionFactory(plan=calm.plan, number=number, calendar_text="juin 2026", ambition=calm.ambition)
    page = page_for(client_of, calm, "camille")
    part = page.select_one(".todo")
    assert "13 choses" in part.h2.get_text()
    [link] = [link for link in part.select("a") if "Voir les" in link.get_text()]
    assert link.get_text().startswith("Voir les 5 autres") and "regard=retard" in link["href"]
    assert len(part.select(".task__sort")) == 8
    whole = client_of(calm.camille).get(f"{url_of(calm)}?voir=tout")
    assert len(soup(whole).select_one(".todo").select(".task__sort")) == 13


def test_an_action_is_told_of_once_however_much_is_wrong(calm, client_of):
    blocked(calm)
    silent(calm)
    late(calm)
    [line] = lines_for(client_of, calm, "camille")
    assert line.startswith("Retard") and "bloquée depuis le" in line


def test_postponing_from_the_page_proposes_the_status_and_comes_back(calm, client_of):
    late(calm)
    camille = client_of(calm.camille)
    page = soup(camille.get(url_of(calm)))
    link = page.select_one(".task .button")
    form = soup(camille.get(link["href"])).select_one("form.quick")
    assert form.select_one("[name=status][checked]")["value"] == "postponed"
    sent = {"status": "postponed", "note": "Le bail tarde", "seen": 1, "retour": url_of(calm)}
    response = camille.post(form["action"], sent, follow=True)
    assert response.wsgi_request.path == url_of(calm)
    line = soup(response).select_one(".task").get_text(" ")
    assert "reportée sans nouveau calendrier" in line and "Changer le calendrier" in line


def test_a_decision_asked_for_takes_the_button_away(calm, client_of):
    late(calm)
    assert "Porter au COPIL" in lines_for(client_of, calm, "camille")[0]
    assert "Porter au COPIL" not in lines_for(client_of, calm, "paul")[0]
    waiting(calm)
    line = lines_for(client_of, calm, "camille")[0]
    assert "Porter au COPIL" not in line and "une décision est demandée" in line


def test_a_decision_asked_for_without_a_blockage_takes_it_away_too(calm, client_of):
    late(calm)
    f.DecisionFactory(plan=calm.plan, actions=[calm.action])
    assert "Porter au COPIL" not in lines_for(client_of, calm, "camille")[0]


def test_what_is_dealt_with_leaves_the_page(calm, client_of, today):
    blockage = settled(calm)
    missed(calm)
    camille = client_of(calm.camille)
    assert len(lines_for(client_of, calm, "camille")) == 2
    lift = reverse("actions:blockage_lift", args=[blockage.pk])
    camille.post(lift, {"seen": 1, "lifted_on": today, "lifted_by": "Bail signé"})
    milestone = Milestone.objects.get(title="Travaux finis")
    camille.post(reverse("actions:milestone_reach", args=[milestone.pk]), {"seen": 1})
    assert not lines_for(client_of, calm, "camille")


def test_an_answer_of_the_coordination_ends_its_turn(calm, client_of):
    discussion = question_of_the_caf(calm)
    f.MessageFactory(discussion=discussion, author=calm.paul, author_label="Paul")
    assert "Paul, le" in lines_for(client_of, calm, "camille")[0]
    f.MessageFactory(discussion=discussion, author=calm.camille)
    assert not lines_for(client_of, calm, "camille")


def test_a_milestone_of_an_action_that_is_over_waits_for_nobody(calm, client_of):
    missed(calm)
    Action.objects.filter(pk=calm.action.pk).update(status="abandoned")
    assert not lines_for(client_of, calm, "camille")


def test_a_closed_campaign_asks_nothing_more_and_its_values_are_still_read_again(calm, client_of):
    received(calm)
    asked_of_another = f.SolicitationFactory(
        campaign=calm.campaign, organisation=calm.partner, indicators=[calm.indicator]
    )
    assert asked_of_another.questions.exists()
    calm.campaign.closed_at = timezone.now() - dt.timedelta(hours=1)
    calm.campaign.save()
    assert not lines_for(client_of, calm, "ines")
    [line] = lines_for(client_of, calm, "camille")
    assert "1 valeur reçue" in line


def test_beside_stand_the_next_copil_the_campaign_and_what_was_done(calm, client_of, today):
    coming(calm)
    asked(calm)
    client_of(calm.paul).post(
        reverse("actions:follow_up_save", args=[calm.action.pk]),
        {"status": "ongoing", "confidence": "", "progress": "25", "note": "Avance", "seen": 1},
    )
    aside = " ".join(page_for(client_of, calm, "camille").select_one("aside").get_text(" ").split())
    assert "dans 9 jours" in aside and "1 décision à l’ordre du jour" in aside
    assert "0 sur 1" in aside and "1 n’a pas commencé" in aside
    assert "avancement 25 %" in aside and "statut en cours" in aside
    elsewhere = page_for(client_of, calm, "paul").select_one("aside").get_text(" ")
    assert "vous" in elsewhere and "commencé" not in elsewhere


def crowd(world, *, first, actions, organisations):
    """A plan in which everything is to do, so many times."""
    for rank in range(organisations):
        organisation = f.OrganisationFactory(territory=world.territory)
        f.SolicitationFactory(
            campaign=world.campaign, organisation=organisation, indicators=[world.indicator]
        )
        body = f.BodyFactory(plan=world.plan)
        f.MeetingFactory(body=body, held_on=timezone.localdate() + dt.timedelta(days=rank))
        f.DiscussionFactory(action=world.action, opened_by=world.karim)
    for number in range(first, first + actions):
        action = f.ActionFactory(plan=world.plan, number=number, status="ongoing")
        f.InvolvementFactory(action=action, organisation=world.service)
        f.MilestoneFactory(action=action)
        f.BlockageFactory(action=action, decision=f.DecisionFactory(plan=world.plan, actions=[action]))


def cost(client, url):
    with CaptureQueriesContext(connection) as spent:
        assert client.get(url).status_code == 200
    return len(spent)


def test_the_page_costs_the_same_however_much_there_is_to_do(world, client_of):
    crowd(world, first=2, actions=16, organisations=2)
    few = {person: cost(client_of(getattr(world, person)), url_of(world)) for person in PEOPLE}
    assert max(few.values()) <= 14, few
    crowd(world, first=20, actions=183, organisations=10)
    assert {person: cost(client_of(getattr(world, person)), url_of(world)) for person in PEOPLE} == few
