"""The voted plan in a workbook, beside the text of its source."""

import datetime as dt
import re
from itertools import groupby

import pytest
from django.utils import timezone
from openpyxl.cell.rich_text import CellRichText

from ctg.documents.order import Layout, Order
from ctg.documents.papers.plan import plan_paper
from indicators.models import Kind
from tests import factories as f
from tests import seeds
from tests.documents.workbooks import READERS, by_openpyxl, first_sheet, strategic, table, thematic

THEMATIC_HEADER, STRATEGIC_HEADER = 3, 2
ACTION_COLUMN = "ACTIONS - Objectifs opérationnels – Intentions"
AMBITION_COLUMN, ORIENTATION_COLUMN = "Ambitions / impacts recherchés", "Orientations (enjeux)"

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def words(text):
    return text.replace("**", "").split()


@pytest.mark.parametrize("read", READERS)
def test_the_thematic_workbook_equals_its_source_cell_by_cell(ccgm, read):
    rows = read(thematic(ccgm))
    assert [row[0] for row in rows[: THEMATIC_HEADER - 1]] == seeds.thematic_heading()
    assert [value for row in rows[: THEMATIC_HEADER - 1] for value in row[1:]] == [""] * 14
    assert rows[THEMATIC_HEADER - 1 :] == seeds.thematic_rows()


def test_follow_up_leaves_the_voted_cells_as_they_are(ccgm):
    voted = [row[:8] for row in by_openpyxl(thematic(ccgm, follow_up=True))]
    assert voted[THEMATIC_HEADER - 1 :] == seeds.thematic_rows()


def test_what_is_linked_later_does_not_fill_a_cell_voted_empty(ccgm):
    action = ccgm.actions.get(number=10)
    assert action.factors_text == ""
    f.FactorFactory(action=action, text="Locaux trouvés")
    assert by_openpyxl(thematic(ccgm))[THEMATIC_HEADER - 1 :] == seeds.thematic_rows()
    assert "Locaux trouvés" in {row[3] for row in by_openpyxl(thematic(ccgm, follow_up=True))}


@pytest.mark.parametrize("follow_up", [False, True])
def test_the_strategic_workbook_holds_every_sentence_of_its_source_in_order(demonstration, follow_up):
    rows = table(strategic(demonstration, follow_up=follow_up), STRATEGIC_HEADER)
    source = seeds.strategic_rows_as_read()
    assert list(rows[0])[:3] == seeds.strategic_rows()[0][:3]
    assert [words(row[ACTION_COLUMN]) for row in rows] == [words(row[seeds.ACTION]) for row in source]
    assert [words(row[AMBITION_COLUMN]) for row in rows] == [words(row[seeds.AMBITION]) for row in source]
    assert [row["Priorité"] for row in rows] == [int(words(row[seeds.PRIORITY])[0]) for row in source]
    missing = "Orientation à préciser" if follow_up else ""
    assert [row[ORIENTATION_COLUMN] for row in rows] == [
        " ".join(words(row[seeds.ORIENTATION])) or missing for row in source
    ]


@pytest.mark.parametrize("read", READERS)
def test_an_ambition_and_an_orientation_are_one_cell_each(demonstration, read):
    rows = read(strategic(demonstration))[STRATEGIC_HEADER:]
    source = seeds.strategic_rows_as_read()
    for column in (seeds.AMBITION, seeds.ORIENTATION):
        cells = ["".join(words(cell)) for cell, _ in groupby(row[column] for row in source)]
        assert ["".join(words(row[column])) for row in rows if row[column]] == list(filter(None, cells))
    merged = {str(area) for area in first_sheet(strategic(demonstration)).merged_cells.ranges}
    assert merged >= {"A3:A6", "B3:B4", "B5:B6", "A7:A12", "A13:A15", "A16:A19"}


def test_emphasis_and_the_two_levels_of_bullets_are_kept(demonstration):
    sheet = first_sheet(strategic(demonstration), rich_text=True)
    cells = [row[2].value for row in sheet.iter_rows(min_row=STRATEGIC_HEADER + 1)]
    assert all(isinstance(cell, CellRichText) for cell in cells)
    bold = [block.text for cell in cells for block in cell if block.font.b]
    source = [row[seeds.ACTION] for row in seeds.strategic_rows()]
    emphasis = [
        run
        for cell in source
        for line in cell.split("\n")
        if line[0] in "•○"
        for run in re.findall(r"\*\*(.*?)\*\*", line)
    ]
    assert len(emphasis) == 6
    assert [text for text in bold if text in emphasis] == emphasis
    lines = str(cells[0]).split("\n")
    indents = {line.strip()[0]: len(line) - len(line.lstrip()) for line in lines if line.strip()[0] in "•○"}
    assert indents["○"] > indents["•"] > 0


def test_bands_cross_the_table_and_empty_themes_are_among_them(ccgm):
    sheet = first_sheet(thematic(ccgm))
    bands = [area for area in sheet.merged_cells.ranges if area.min_row > THEMATIC_HEADER]
    assert {(area.min_col, area.max_col) for area in bands} == {(1, 8)}
    titles = [sheet.cell(area.min_row, 1).value for area in sorted(bands, key=lambda area: area.min_row)]
    assert len(titles) == 9
    assert (titles[0], titles[7]) == ("PETITE ENFANCE", "VALEUR DE LA REPUBLIQUE ET LAICITE")


def test_a_plan_with_the_other_reading_keeps_all_its_actions_to_classify(ccgm, demonstration):
    rows = by_openpyxl(thematic(demonstration))
    assert rows[STRATEGIC_HEADER][0] == "À classer"
    assert [row[2] for row in rows[STRATEGIC_HEADER + 1 :]] == list(
        demonstration.actions.order_by("number").values_list("title", flat=True)
    )
    rows = table(strategic(ccgm), THEMATIC_HEADER)
    assert {row[AMBITION_COLUMN] for row in rows} == {"À classer"}
    assert [row[ACTION_COLUMN] for row in rows] == [
        f"Action {action.number} : {action.title}" for action in ccgm.actions.order_by("number")
    ]


def test_headings_without_actions_are_shown(plan):
    ambition = f.AmbitionFactory(plan=plan, title="Ambition sans action")
    f.AmbitionFactory(plan=plan, title="Ambition sans orientation")
    f.OrientationFactory(plan=plan, ambition=ambition, title="Orientation sans action")
    rows = [row[:3] for row in by_openpyxl(strategic(plan))[STRATEGIC_HEADER:]]
    assert rows == [
        ["Ambition sans action", "Orientation sans action", ""],
        ["Ambition sans orientation", "", ""],
    ]
    assert "aucune action dans le plan" in str(by_openpyxl(strategic(plan, follow_up=True)))


def test_trashed_things_are_absent_and_leave_their_actions_to_classify(ccgm, demonstration):
    now = timezone.now()
    ccgm.themes.filter(title="HANDICAP").update(trashed_at=now)
    ccgm.actions.filter(number=1).update(trashed_at=now)
    rows = [row[0] or row[2] for row in by_openpyxl(thematic(ccgm))]
    assert "HANDICAP" not in rows
    assert len(rows) == THEMATIC_HEADER + 8 + 1 + 18
    assert rows[-2] == "À classer"
    demonstration.ambitions.filter(number=1).update(trashed_at=now)
    demonstration.orientations.filter(title__startswith="Rendre").update(trashed_at=now)
    rows = table(strategic(demonstration, follow_up=True), STRATEGIC_HEADER)
    assert [row[AMBITION_COLUMN] for row in rows[-4:]] == ["À classer"] * 4
    assert [row["N°"] for row in rows[-4:]] == [1, 2, 3, 4]
    assert rows[0]["N°"] == 6
    assert rows[0][ORIENTATION_COLUMN] == "Orientation à préciser"


def test_actions_lack_no_orientation_in_a_plan_without_any(plan):
    f.ActionFactory(plan=plan, ambition=f.AmbitionFactory(plan=plan))
    [row] = table(strategic(plan, follow_up=True), STRATEGIC_HEADER)
    assert not row[ORIENTATION_COLUMN]
    order = Order(plan, Layout.STRATEGIC, with_follow_up=True, today=dt.date(2026, 11, 22))
    assert not [section.title for section in plan_paper(order).sections if "à préciser" in section.title]


def test_an_action_that_no_document_held_has_its_cells_composed(plan):
    action = f.ActionFactory(plan=plan, title="Ouvrir un lieu", calendar_text="2e semestre 2026")
    for rank, (name, part) in enumerate([("Caf", "partner"), ("CCAS", "lead"), ("Mairie", "co_lead")]):
        f.InvolvementFactory(action=action, organisation__name=name, part=part, position=rank)
    f.FactorFactory(action=action, text="Un local")
    f.FactorFactory(action=action, text="Peu de bénévoles", position=1)
    f.IndicatorFactory(plan=plan, wording="Nombre", kind=Kind.COUNT, actions=[action])
    f.IndicatorFactory(plan=plan, wording="Avis", kind=Kind.SCALE, actions=[action])
    assert by_openpyxl(thematic(plan))[-1] == [
        "",
        "",
        "Ouvrir un lieu",
        "Un local - Peu de bénévoles",
        "CCAS - Mairie - Caf",
        "Nombre",
        "Avis",
        "2e semestre 2026",
    ]
