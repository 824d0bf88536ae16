import re

import pytest
from django.utils import timezone

from actions.calendar import say
from actions.models import Confidence, ProgressNote, Status
from tests import factories as f
from tests.documents.workbooks import by_openpyxl, strategic, table, thematic, xml_of

HEADER = 3

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def followed(ccgm):
    action = ccgm.actions.get(number=3)
    action.status, action.status_reason = Status.POSTPONED, "Poste vacant"
    action.confidence, action.progress = Confidence.HARD, 30
    action.save()
    f.MilestoneFactory(action=action, title="Convention", due_on="2026-03-01", reached_on="2026-03-12")
    f.MilestoneFactory(action=action, title="Minibus", due_on="2026-06-30")
    f.MilestoneFactory(action=action, title="Bilan", due_on=None)
    f.ProgressNoteFactory(action=action, text="Ancienne note", author_label="camille@exemple.fr")
    f.ProgressNoteFactory(action=action, text="Deux essais réussis", author_label="camille@exemple.fr")
    f.ProgressNoteFactory(action=action, text="Entre nous", audience=ProgressNote.Audience.COORDINATORS)
    return ccgm


def test_follow_up_says_where_each_action_stands(followed):
    rows = table(thematic(followed, follow_up=True), HEADER)
    row = next(row for row in rows if row["N°"] == 3)
    assert {title: row[title] for title in list(row)[8:]} == {
        "N°": 3,
        "Statut": "reportée",
        "Météo": "en difficulté",
        "Avancement": 0.3,
        "Retard": "En retard depuis janvier 2026",
        "Motif": "Poste vacant",
        "Porteurs": "Service Affaires Sociales",
        "Calendrier compris": "Du 1er janvier 2025 au 31 décembre 2025, à l’année près.",
        "Jalons": "◆ Atteint le 12 mars 2026\u00a0: Convention\n"
        "◇ Prévu le 30 juin 2026, non atteint\u00a0: Minibus\n"
        "◇ À venir\u00a0: Bilan",
        "Dernière note": f"{say(timezone.localdate())}\u00a0: Deux essais réussis",
    }


def test_follow_up_is_dated_and_counts_each_band(followed):
    rows = by_openpyxl(thematic(followed, follow_up=True))
    assert rows[0][8] == "Suivi au 22 novembre 2026"
    remarks = {row[0]: row[8] for row in rows[HEADER:] if row[8] and not row[2]}
    assert remarks["PETITE ENFANCE"] == "aucune action dans le plan"
    assert remarks["ENFANCE/ JEUNESSE"] == "2 actions"
    assert remarks["HANDICAP"] == "1 action, en retard"
    assert remarks["INSERTION / ACCES AUX DROITS"] == "6 actions, dont 4 en retard"


def test_the_strategic_follow_up_also_names_the_indicators(followed):
    rows = table(strategic(followed, follow_up=True), HEADER)
    assert rows[2]["Indicateurs"].split("\n") == [
        "Nombre d'animations organisées",
        "Fréquentation des structures type CCAS",
        "Satisfaction des usagers",
    ]


def test_without_follow_up_nothing_of_it_is_in_the_file(followed):
    for content in (thematic(followed), strategic(followed)):
        assert not re.search("Poste vacant|Deux essais|reportée", xml_of(content).decode())
        assert max(len(row) for row in by_openpyxl(content)) <= 8


@pytest.mark.parametrize("export", [thematic, strategic])
def test_notes_among_coordinators_and_addresses_never_leave(followed, export):
    content = export(followed, follow_up=True)
    assert b"Deux essais" in xml_of(content)
    assert b"Entre nous" not in xml_of(content)
    assert b"exemple.fr" not in xml_of(content)


def test_what_was_put_in_the_trash_is_not_told(followed):
    action = followed.actions.get(number=3)
    now = timezone.now()
    for things in (action.milestones, action.notes, action.factors, action.indicators, action.organisations):
        things.update(trashed_at=now)
    row = next(row for row in table(thematic(followed, follow_up=True), HEADER) if row["N°"] == 3)
    assert [row[title] for title in ("Porteurs", "Jalons", "Dernière note")] == ["", "", ""]
    assert table(strategic(followed, follow_up=True), HEADER)[2]["Indicateurs"] == ""
