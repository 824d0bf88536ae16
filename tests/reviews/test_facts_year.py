"""Indicators, governance and road map: the other parts of the facts of a review, number by number."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from ctg.reviews.facts.governance import read_governance
from ctg.reviews.facts.indicators import read_indicators
from ctg.reviews.facts.road_map import read_road_map
from indicators.models import Target
from tests import factories as f

YEAR = 2026
TODAY = dt.date(2026, 11, 22)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(world):
    """The plan of the world, without its indicator."""
    world.indicator.trashed_at = timezone.now()
    world.indicator.save()
    return world.plan


# Indicators


@pytest.fixture
def measure(plan, world):
    """An indicator of the action, with a target and what each organisation sent for the year."""

    def make(*values, target=None, contributors=None, **words):
        whom = [world.service, world.partner] if contributors is None else contributors
        indicator = f.IndicatorFactory(plan=plan, actions=[world.action], contributors=whom, **words)
        for organisation, value in zip(whom, values, strict=False):
            given = value if isinstance(value, dict) else {"amount": value}
            f.MeasurementFactory(
                indicator=indicator, organisation=organisation, year=YEAR, **{"state": "validated"} | given
            )
        if target is not None:
            Target.objects.create(indicator=indicator, year=YEAR, value=target)
        return indicator

    return make


def test_indicators_say_what_their_pages_say_in_the_order_of_the_plan(plan, measure):
    measure(12, 8, target=20, wording="Ateliers", unit="ateliers", is_key=True, position=2)
    measure(3, wording="Familles", target=10, position=1)
    measure(wording="Sans rien", position=3, is_without_target=True)
    summary, (families, workshops, nothing) = read_indicators(plan, YEAR, today=TODAY)
    assert (workshops.wording, workshops.kind_words, workshops.unit) == ("Ateliers", "Nombre", "ateliers")
    assert (workshops.value, workshops.number) == ("20\u00a0ateliers", "20")
    assert (workshops.target, workshops.comparison) == ("20\u00a0ateliers", "cible atteinte")
    assert workshops.contents == "2 porteurs sur 2"
    assert (workshops.is_key, workshops.is_complete, workshops.is_reached) == (True, True, True)
    assert workshops.actions == (1,)
    assert (families.value, families.is_complete, families.is_reached) == ("3", False, None)
    assert families.contents == "1 porteur sur 2\u00a0; il manque Mission locale"
    assert (nothing.number, nothing.contents, nothing.target) == ("", "", "sans cible")
    assert nothing.value == "non calculable\u00a0: il manque Mission locale et Service Jeunesse"
    assert (nothing.has_target, families.has_target) == (False, True)
    assert (summary.total, summary.complete, summary.partial, summary.empty) == (3, 1, 1, 1)
    assert (summary.with_target, summary.reached) == (2, 1)
    assert summary.sentence == ("En 2026, 1 indicateur sur 3 a sa valeur complète\u00a0; 1 cible atteinte.")


def test_the_sentence_is_that_of_the_page_of_the_indicators(plan, measure, world, client):
    measure(12, 8, target=20)
    measure(3)
    f.ActionFactory(plan=plan, number=2, trashed_at=timezone.now()).indicators.add(
        f.IndicatorFactory(plan=plan, wording="D’une action jetée")
    )
    client.force_login(world.elise)
    url = reverse("indicators:indicator_list", args=[plan.pk])
    page = client.get(url, {"annee": YEAR}).content.decode()
    assert read_indicators(plan, YEAR, today=TODAY)[0].sentence in page


def test_a_number_is_plain_and_rounded_as_its_words_are(plan, measure):
    measure({"amount": 40, "base": 300}, {"amount": 9, "base": 100}, kind="share", wording="Part")
    measure("1234.50", "0", wording="Euros", kind="amount", unit="€")
    measure({"amount": "4.4", "base": 58}, {"amount": "4.2", "base": 73}, kind="scale")
    measure(1, 0, kind="deliverable", wording="Un guide")
    _, (share, amount, mean, done) = read_indicators(plan, YEAR, today=TODAY)
    assert (share.number, share.value, share.unit) == ("12.3", "49 sur 400, soit 12,3\u00a0%", "%")
    assert (amount.number, amount.value) == ("1234.5", "1\u202f234,5\u00a0€")
    assert (mean.number, mean.value) == ("4.29", "4,29 sur 5 (131 répondants)")
    assert (done.number, done.value) == ("", "1 réalisée sur 2")


def test_blank_is_never_zero(plan, measure):
    measure(0, {"amount": None, "absence": "not_concerned"}, wording="Aucun")
    measure({"amount": None, "absence": "untracked"}, contributors=None, wording="Rien")
    _, (none, nothing) = read_indicators(plan, YEAR, today=TODAY)
    assert (none.number, none.is_complete) == ("0", True)
    assert (nothing.number, nothing.is_complete) == ("", False)


def test_drafts_other_years_and_thrown_away_values_are_not_in_it(plan, measure, world):
    indicator = measure({"amount": 5, "state": "draft"}, {"amount": 7, "trashed_at": timezone.now()})
    f.MeasurementFactory(indicator=indicator, organisation=world.service, year=2025, amount=9)
    _, [fact] = read_indicators(plan, YEAR, today=TODAY)
    assert (fact.number, fact.trend) == ("", "9 en 2025")


def test_findings_are_those_of_who_wrote_one(plan, measure):
    measure({"amount": None, "finding": "On s’y sent bien"}, kind="finding", wording="Ressenti")
    scale = {"amount": 4, "base": 10, "finding": "L’accueil plaît"}
    measure(scale, {"amount": 2, "base": 5, "state": "submitted"}, kind="scale")
    measure(1, 2, wording="Compté")
    _, (finding, scale, counted) = read_indicators(plan, YEAR, today=TODAY)
    assert [(one.organisation, one.text) for one in finding.findings] == [
        ("Service Jeunesse", "On s’y sent bien")
    ]
    assert finding.target == ""
    assert [(one.organisation, one.text) for one in scale.findings] == [
        ("Mission locale", "2 sur 5 (5 répondants) (à valider)"),
        ("Service Jeunesse", "4 sur 5 (10 répondants)\u00a0: L’accueil plaît"),
    ]
    assert counted.findings == ()


def test_the_findings_of_a_year_come_in_order_of_time(plan, world):
    indicator = f.IndicatorFactory(
        plan=plan, actions=[world.action], contributors=[world.service], kind="finding", frequency="semester"
    )
    for period, text in (("2026-S2", "Puis mieux."), ("2026-S1", "D’abord peu."), ("2025-S2", "Rien.")):
        f.MeasurementFactory(
            indicator=indicator,
            organisation=world.service,
            period=period,
            year=int(period[:4]),
            amount=None,
            finding=text,
        )
    _, [fact] = read_indicators(plan, YEAR, today=TODAY)
    assert [one.text for one in fact.findings] == ["D’abord peu. Puis mieux. (à valider)"]


# Governance


@pytest.fixture
def copil(plan):
    return f.BodyFactory(plan=plan, name="COPIL")


def test_meetings_are_those_held_in_the_year(plan, copil):
    for day in ("2025-12-31", "2026-06-18", "2026-01-01", "2026-11-22", "2026-12-08", "2027-01-01"):
        f.MeetingFactory(body=copil, held_on=dt.date.fromisoformat(day))
    f.MeetingFactory(body=copil, held_on=dt.date(2026, 3, 3), trashed_at=timezone.now())
    gone = f.BodyFactory(plan=plan, trashed_at=timezone.now())
    f.MeetingFactory(body=gone, held_on=dt.date(2026, 3, 3))
    meetings, _ = read_governance(plan, YEAR, today=TODAY)
    assert [one.on for one in meetings] == ["2026-01-01", "2026-06-18", "2026-11-22"]
    assert (meetings[0].body, meetings[0].kind_words) == ("COPIL", "Comité de pilotage (COPIL)")


def test_a_meeting_counts_who_was_there_what_was_spoken_of_and_what_it_took(plan, copil):
    day = dt.date(2026, 6, 18)
    meeting, other = (f.MeetingFactory(body=copil, held_on=day) for _ in range(2))
    for presence, trashed_at in (
        *(("present", None), ("present", None), ("excused", None), ("represented", None)),
        ("present", timezone.now()),
    ):
        f.AttendanceFactory(meeting=meeting, presence=presence, trashed_at=trashed_at)
    for _ in range(3):
        f.AgendaItemFactory(meeting=meeting)
    f.AgendaItemFactory(meeting=meeting, trashed_at=timezone.now())
    for outcome in ("taken", "taken", "declined"):
        f.DecisionFactory(plan=plan, meeting=meeting, outcome=outcome, decided_on=day)
    f.AttendanceFactory(meeting=other)
    [first, second], _ = read_governance(plan, YEAR, today=TODAY)
    assert (first.present, first.points, first.decisions) == (2, 3, 2)
    assert (second.present, second.points, second.decisions) == (1, 0, 0)


def test_decisions_are_those_of_the_year_and_those_that_wait(plan, copil, world):
    def decide(subject, outcome, day=None, **values):
        decided_on = dt.date.fromisoformat(day) if day else None
        f.DecisionFactory(plan=plan, subject=subject, outcome=outcome, decided_on=decided_on, **values)

    meeting = f.MeetingFactory(body=copil, held_on=dt.date(2026, 6, 18))
    decide(
        *("Prise", "taken", "2026-06-18"),
        meeting=meeting,
        owner=world.service,
        due_on=dt.date(2026, 9, 1),
        done_on=dt.date(2026, 8, 30),
        ruling="On y va",
        actions=[world.action],
    )
    decide("Écartée", "declined", "2026-03-01")
    decide("À prendre", "pending")
    decide("De l’an passé, à appliquer", "taken", "2025-06-01")
    decide("De l’an passé, appliquée", "taken", "2025-06-01", done_on=dt.date(2025, 7, 1))
    decide("De l’an passé, écartée", "declined", "2025-06-01")
    decide("De l’an prochain", "taken", "2027-01-02")
    decide("Jetée", "pending", trashed_at=timezone.now())
    _, decisions = read_governance(plan, YEAR, today=TODAY)
    assert [one.subject for one in decisions] == [
        *("De l’an passé, à appliquer", "Écartée", "Prise", "À prendre")
    ]
    taken = decisions[2]
    assert (taken.outcome, taken.state, taken.ruling) == ("taken", "Appliquée le 30 août 2026", "On y va")
    assert (taken.meeting, taken.owner) == ("COPIL du 18 juin 2026", "Service Jeunesse")
    assert (taken.decided_on, taken.due_on, taken.done_on) == ("2026-06-18", "2026-09-01", "2026-08-30")
    assert taken.actions == (1,)
    assert (decisions[3].state, decisions[3].decided_on, decisions[3].meeting) == ("À prendre", "", "")


# Road map


def steps(plan):
    return [(one.number, one.title, one.what, one.when, one.who) for one in read_road_map(plan, YEAR)]


def test_the_road_map_holds_the_milestones_of_the_next_year(plan, world):
    make = f.MilestoneFactory
    make(action=world.action, title="Ouverture", due_on=dt.date(2027, 9, 1))
    make(action=world.action, title="Travaux", due_on=dt.date(2027, 1, 1), owner=world.partner)
    make(action=world.action, title="Après", due_on=dt.date(2028, 1, 1))
    make(action=world.action, title="Déjà là", due_on=dt.date(2027, 2, 1), reached_on=dt.date(2026, 2, 1))
    make(action=world.action, title="Jeté", due_on=dt.date(2027, 2, 1), trashed_at=timezone.now())
    over = f.ActionFactory(plan=plan, number=2, status="abandoned", status_reason="Budget")
    make(action=over, title="Plus jamais", due_on=dt.date(2027, 2, 1))
    assert steps(plan) == [
        (1, "Travaux", "jalon", "1er janvier 2027", "Mission locale"),
        (1, "Ouverture", "jalon", "1er septembre 2027", "Service Jeunesse"),
    ]


def test_the_road_map_holds_the_actions_that_begin_or_end_then(plan):
    make = f.ActionFactory
    make(plan=plan, number=2, title="Commence", calendar_text="rentrée 2027 à 2028")
    make(plan=plan, number=3, title="Finit", calendar_text="2025 à 2027")
    make(plan=plan, number=4, title="Les deux", calendar_text="avril à juin 2027")
    make(
        plan=plan,
        number=5,
        title="Au jour près",
        dates_given=True,
        starts_on=dt.date(2027, 3, 1),
        ends_on=dt.date(2027, 12, 1),
    )
    make(plan=plan, number=6, title="Finie", calendar_text="2025 à 2027", status="done")
    make(plan=plan, number=7, title="Dedans", calendar_text="2025 à 2029")
    told = {(title, what, when) for _, title, what, when, _ in steps(plan)}
    assert told == {
        ("Commence", "début de l’action", "rentrée 2027 à 2028"),
        ("Finit", "fin de l’action", "2025 à 2027"),
        ("Les deux", "début et fin de l’action", "avril à juin 2027"),
        ("Au jour près", "début et fin de l’action", "1er mars 2027 au 1er décembre 2027"),
    }
    assert [title for _, title, *_ in steps(plan)] == ["Au jour près", "Les deux", "Commence", "Finit"]


def test_the_road_map_ends_with_what_is_decided_and_not_carried_out(plan, world):
    def decide(subject, due_on=None, outcome="taken", **values):
        day = dt.date(2026, 3, 1) if outcome == "taken" else None
        f.DecisionFactory(
            plan=plan, subject=subject, outcome=outcome, decided_on=day, due_on=due_on, **values
        )

    decide("Sans date")
    decide("En retard", dt.date(2026, 9, 1), owner=world.partner, actions=[world.action])
    decide("En 2027", dt.date(2027, 12, 31))
    decide("Plus tard", dt.date(2028, 1, 1))
    decide("Faite", dt.date(2027, 1, 1), done_on=dt.date(2026, 4, 1))
    decide("À prendre", outcome="pending")
    what = "décision à appliquer"
    assert steps(plan) == [
        (1, "En retard", what, "1er septembre 2026", "Mission locale"),
        (None, "En 2027", what, "31 décembre 2027", "à désigner"),
        (None, "Sans date", what, "sans date", "à désigner"),
    ]
