"""What an exported workbook is as a file: printed, opened by others, fed with hostile and endless texts."""

import re
import zipfile
from io import BytesIO

import pytest
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from actions.models import Action
from partners.models import Alias
from tests import factories as f
from tests.documents.workbooks import READERS, by_openpyxl, first_sheet, strategic, thematic, xml_of

A3 = 8
HEADER = 2  # of a plan whose document has no date

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("export", [thematic, strategic])
@pytest.mark.parametrize("follow_up", [False, True])
def test_a_workbook_is_ready_to_print(ccgm, export, follow_up):
    book = load_workbook(BytesIO(export(ccgm, follow_up=follow_up)))
    sheet = book.worksheets[0]
    assert (int(sheet.page_setup.paperSize), sheet.page_setup.orientation) == (A3, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes.endswith("4")
    assert sheet.oddFooter.right.text == "&P / &N"
    assert "Communauté de communes Gally-Mauldre" in sheet.oddFooter.left.text
    assert sheet["C6"].alignment.wrap_text
    assert all(sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1))
    assert book.properties.title == "Plan d’actions CTG 2025-2028 – Communauté de communes Gally-Mauldre"
    assert book.properties.language.startswith("fr")


def test_a_text_higher_than_a_row_is_given_several(plan):
    f.ActionFactory(plan=plan, content="• un point\n" * 200)
    sheet = first_sheet(strategic(plan))
    (area,) = [area for area in sheet.merged_cells.ranges if area.min_col == 3]
    heights = [sheet.row_dimensions[row].height for row in range(area.min_row, area.max_row + 1)]
    assert max(heights) <= 409
    assert sum(heights) > 200 * 12
    assert sheet.cell(area.min_row, 3).value.count("un point") == 200


def test_a_title_longer_than_its_actions_gets_the_height_that_it_needs(plan):
    f.ActionFactory(plan=plan, title="Court", ambition=f.AmbitionFactory(plan=plan, title="mot " * 300))
    sheet = first_sheet(strategic(plan))
    rows = range(HEADER + 1, sheet.max_row + 1)
    assert sum(sheet.row_dimensions[row].height for row in rows) > 300 / 12 * 12


@pytest.mark.parametrize("export", [thematic, strategic])
def test_a_long_note_is_whole_in_the_file(ccgm, export):
    note = " ".join(f"mot{number}" for number in range(6_000))[:40_000]
    f.ProgressNoteFactory(action=ccgm.actions.get(number=1), text=note)
    book = load_workbook(BytesIO(export(ccgm, follow_up=True)))
    (cell,) = [cell for row in book.worksheets[0] for cell in row if "Textes longs" in str(cell.value)]
    assert len(cell.value) < 2_000
    line = int(re.search(r"ligne (\d+)\)$", cell.value)[1])
    parts = [row[2].value for row in book["Textes longs"].iter_rows(min_row=line)]
    assert "".join(parts).endswith(note)


PAYLOADS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://a.fr","Cliquez")',
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    "＝1+1",
    "#N/A",
    "</t></is></c><c><f>1+1</f></c>",
    "&lt;f&gt;1",
    "a\x0bb\x01c",
    "\u202e=1+1",
    "{=1}",
]


@pytest.fixture(params=PAYLOADS)
def poisoned(request, plan):
    """A plan with the payload in each of its texts, planted below every form."""
    text = request.param
    plan.territory.name = plan.territory.short_name = text
    plan.territory.save()
    for field in ("title", "heading", "dated_text", "priority_label", "theme_label"):
        setattr(plan, field, text)
    plan.save()
    written = {field.name: text for field in Action._meta.fields if field.get_internal_type() == "TextField"}
    written |= dict.fromkeys(("purpose_label", "content_label", "calendar_text", "elected_lead"), text)
    action = fill(plan, text, **written)
    action.ambition.impacts = [text]
    action.ambition.save()
    organisation = action.organisations.get()
    Alias.objects.create(organisation=organisation, name=text)
    unwritten = f.ActionFactory(plan=plan, title=text, status_reason=text)
    f.InvolvementFactory(action=unwritten, organisation=organisation)
    f.FactorFactory(action=unwritten, text=text, handler=text)
    return plan


def fill(plan, text, **fields):
    """Add an action to the plan, with something of everything, called by the text."""
    ambition = f.AmbitionFactory(plan=plan, title=text)
    action = f.ActionFactory(
        plan=plan,
        ambition=ambition,
        orientation=f.OrientationFactory(plan=plan, ambition=ambition, title=text),
        theme=f.ThemeFactory(plan=plan, title=text),
        need=f.NeedFactory(plan=plan, title=text),
        objective=f.ObjectiveFactory(plan=plan, title=text),
        **{"title": text, **fields},
    )
    f.InvolvementFactory(action=action, organisation__territory=plan.territory, organisation__name=text)
    f.FactorFactory(action=action, text=text)
    f.MilestoneFactory(action=action, title=text)
    f.ProgressNoteFactory(action=action, text=text, author_label=text)
    f.IndicatorFactory(plan=plan, wording=text, actions=[action])
    return action


@pytest.mark.parametrize("export", [thematic, strategic])
def test_no_text_of_a_plan_becomes_a_formula(poisoned, export):
    for follow_up in (False, True):
        content = export(poisoned, follow_up=follow_up)
        with zipfile.ZipFile(BytesIO(content)) as file:
            assert not [
                name for name in file.namelist() if "external" in name.lower() or "vba" in name.lower()
            ]
            assert not re.search(rb"<f[ >]|ddeLink|oleLink|TargetMode|hyperlink", xml_of(content))
        for sheet in load_workbook(BytesIO(content)):
            assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}
        assert [read(content) for read in READERS]


def test_a_lone_surrogate_in_the_database_is_left_out(plan):
    broken = ["avant\ud800après"]
    if connection.vendor == "postgresql":
        with pytest.raises(DataError), transaction.atomic():
            f.AmbitionFactory(plan=plan, title="Ambition", impacts=broken)
        return
    f.AmbitionFactory(plan=plan, title="Ambition", impacts=broken)
    assert by_openpyxl(strategic(plan))[HEADER][0] == "Ambition\navantaprès"


@pytest.mark.parametrize("export", [thematic, strategic])
def test_the_number_of_queries_does_not_grow_with_the_plan(plan, export, django_assert_num_queries):
    for _ in range(3):
        fill(plan, "Peu")
    with CaptureQueriesContext(connection) as few:
        export(plan, follow_up=True)
    for _ in range(27):
        fill(plan, "Beaucoup")
    with django_assert_num_queries(len(few)):
        export(plan, follow_up=True)
    assert len(few) <= 10
