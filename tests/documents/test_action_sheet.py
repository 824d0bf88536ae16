"""The printed sheet of an action: figures of the year, what blocks it, what was decided about it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ctg.documents.pdf.renderer import write_pdf
from ctg.documents.word.writer import write_docx
from indicators.models import Kind, Measurement, State, Target
from tests import factories as f
from tests.documents.files import TODAY, failures, html_of, sheet_of
from tests.documents.hostile import LONG, STORED
from tests.documents.tagged import tables_of, tight

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SHORT = {name: text for name, text in STORED.items() if name not in ("long", "emoji")}


@pytest.fixture
def action(plan):
    return f.ActionFactory(plan=plan, number=4)


@pytest.fixture
def organisations(plan):
    return [f.OrganisationFactory(territory=plan.territory, name=name) for name in ("Caf", "CCAS")]


def count(action, organisations, wording="Familles", **fields):
    """An indicator of the action, of which only the first organisation gave the value of the year."""
    indicator = f.IndicatorFactory(
        plan=action.plan, actions=[action], contributors=organisations, wording=wording, **fields
    )
    Target.objects.create(indicator=indicator, year=2026, value=20)
    f.MeasurementFactory(indicator=indicator, organisation=organisations[0], year=2026)
    return indicator


def block(action, text="Le bail n’est pas signé.", **fields):
    decision = f.DecisionFactory(plan=action.plan, subject=text[:300], actions=[action], **fields)
    f.BlockageFactory(action=action, reason=text, since=TODAY - dt.timedelta(days=30), decision=decision)
    return decision


def spoken(action):
    return html_of(sheet_of(action)).replace("\u00a0", " ")


def test_each_indicator_has_its_figure_its_target_and_what_it_contains(action, organisations):
    count(action, organisations, unit="familles", is_key=True)
    (rows,) = [rows for rows in tables_of(write_pdf(sheet_of(action))) if rows[0][0] == "Indicateur"]
    assert rows == [
        ["Indicateur", "Cequiestsaisi", "Valeur2026", "Cible", "Cequelavaleurcontient"],
        [
            "Familles(indicateurclé)",
            "Nombre,unité:familles",
            "12familles",
            "20familles(aumoins12:ilmanqueauplus8)",
            "1porteursur2,dont1valeuràvalider;ilmanqueCCAS",
        ],
    ]


def test_findings_are_printed_organisation_by_organisation(action, organisations):
    indicator = f.IndicatorFactory(
        plan=action.plan, actions=[action], contributors=organisations, wording="Ambiance", kind=Kind.FINDING
    )
    f.MeasurementFactory(
        indicator=indicator, organisation=organisations[0], year=2026, amount=None, finding="On revient."
    )
    text = tight(spoken(action))
    assert "Ambiance,Caf:</b>Onrevient.(àvalider)" in text
    assert "Ambiance,CCAS:</b>pasencoredevaleur" in text


def test_a_draft_counts_for_nothing(action, organisations):
    count(action, organisations)
    Measurement.objects.update(state=State.DRAFT)
    assert "20 (" not in spoken(action) and ">12<" not in spoken(action)


def test_what_blocks_it_says_since_when_why_and_what_is_asked(action):
    body = f.BodyFactory(plan=action.plan, name="COPIL")
    block(action, asked_of=body)
    text = spoken(action)
    assert "Bloquée depuis le 23 octobre 2026 (30 jours) :</b> Le bail n’est pas signé." in text
    assert "Décision demandée :</b> COPIL : Le bail n’est pas signé. (à prendre)" in text


def test_what_is_lifted_or_thrown_away_is_not_printed(action):
    f.BlockageFactory(action=action, reason="Levé depuis", lifted_on=TODAY)
    f.BlockageFactory(action=action, reason="Jeté", trashed_at=timezone.now())
    f.DecisionFactory(plan=action.plan, actions=[action], subject="Jetée", trashed_at=timezone.now())
    f.DecisionFactory(plan=action.plan, subject="D’une autre")
    text = spoken(action)
    for words in ("Levé depuis", "Jeté", "Jetée", "D’une autre", "Blocages", ">Décisions<"):
        assert words not in text, words


def test_decisions_say_where_they_stand_who_carries_them_out_and_by_when(action, organisations):
    told = {"plan": action.plan, "actions": [action]}
    taken = {"outcome": "taken", "decided_on": dt.date(2026, 3, 12), **told}
    f.DecisionFactory(subject="Louer", owner=organisations[0], due_on=dt.date(2027, 1, 31), **taken)
    f.DecisionFactory(subject="Peindre", done_on=dt.date(2026, 6, 1), **taken)
    f.DecisionFactory(subject="Vendre", **taken | {"outcome": "declined", "decided_on": dt.date(2026, 5, 2)})
    f.DecisionFactory(subject="Embaucher", **told)
    (rows,) = [rows for rows in tables_of(write_pdf(sheet_of(action))) if rows[0][0] == "Décision"]
    assert rows[1:] == [
        ["Embaucher", "Àprendre", "–", "–"],
        ["Vendre", "Écartéele2mai2026", "–", "–"],
        ["Louer", "Prisele12mars2026", "Caf", "31janvier2027"],
        ["Peindre", "Appliquéele1erjuin2026", "àdésigner", "sansdate"],
    ]


@pytest.mark.parametrize("text", SHORT.values(), ids=SHORT)
def test_whatever_is_stored_is_printed(action, organisations, text):
    block(action, text)
    count(action, organisations, wording=text[:300], unit=text[:60])
    assert not failures(write_pdf(sheet_of(action)))
    assert write_docx(sheet_of(action))


def test_forty_thousand_characters_are_printed_whole(action):
    block(action, LONG)
    assert html_of(sheet_of(action)).count(LONG) == 1
    assert not failures(write_pdf(sheet_of(action)))


def test_twelve_indicators_cost_what_two_cost(action, organisations):
    def cost():
        with CaptureQueriesContext(connection) as counted:
            html_of(sheet_of(action))
        return len(counted)

    def add():
        count(action, organisations)
        block(action, owner=organisations[0], asked_of=f.BodyFactory(plan=action.plan))

    add()
    add()
    few = cost()
    for _ in range(10):
        add()
    assert cost() == few
