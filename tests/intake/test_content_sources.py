"""The two source documents come out as `fixtures/` has them, word for word, from each kind of file."""

import datetime as dt

import pytest

from ctg.intake.content import account, read_plan
from ctg.intake.layout import recognise
from ctg.intake.reading.direct import read_file

from .corpus.files import document, workbook
from .corpus.sources import STRATEGIC, THEMATIC, strategic, thematic

RENAMED = {"partners_text": "organisations_text", "priority": "priority_text"}
#: What a person confirms: nothing of it is a cell of the document.
CONFIRMED = {"leads", "co_leads", "partners", "indicators", "factors"}


def told(plan, action):
    """An action of a fixture, with the titles that its ranks stand for."""
    ambition = plan["ambitions"][action["ambition"] - 1] if "ambition" in action else {}
    titles = {
        "ambition": ambition.get("title"),
        "orientation": ambition["orientations"][action["orientation"] - 1]
        if "orientation" in action
        else None,
        **{
            kind: plan[many][action[kind] - 1]["title"] if kind in action else None
            for kind, many in (("theme", "themes"), ("need", "needs"), ("objective", "objectives"))
        },
    }
    texts = {
        RENAMED.get(key, key): str(value).strip()
        for key, value in action.items()
        if key not in CONFIRMED and key not in titles and key != "number"
    }
    return titles | texts


def read(source):
    plan = read_plan(source, recognise(source))
    assert account(source, plan).is_complete
    assert not plan.leftovers
    return plan


def as_tables(make):
    return make()


def as_workbook(make):
    return read_file(workbook(make()), "plan.xlsx")


def as_document(make):
    return read_file(document(make()), "plan.docx")


@pytest.mark.once
@pytest.mark.parametrize("kind", [as_tables, as_workbook, as_document])
def test_the_thematic_plan_comes_out_word_for_word(kind):
    plan = read(kind(thematic))
    wanted = [told(THEMATIC, action) for action in THEMATIC["actions"]]
    assert [
        {key: getattr(action, key) for key in one} for action, one in zip(plan.actions, wanted, strict=True)
    ] == wanted
    for name in ("themes", "needs", "objectives"):
        assert [heading.title for heading in getattr(plan, name)] == [one["title"] for one in THEMATIC[name]]
    assert (plan.heading, plan.dated_on) == (THEMATIC["plan"]["heading"], dt.date(2025, 11, 24))
    assert (plan.dated_text, plan.first_year, plan.last_year) == ("Le 24/11/2025", 2025, 2028)


@pytest.mark.once
@pytest.mark.parametrize("kind", [as_tables, as_workbook, as_document])
def test_the_strategic_plan_comes_out_word_for_word(kind):
    plan = read(kind(strategic))
    wanted = [told(STRATEGIC, action) for action in STRATEGIC["actions"]]
    assert [
        {key: getattr(action, key) for key in one} for action, one in zip(plan.actions, wanted, strict=True)
    ] == wanted
    assert [action.number for action in plan.actions] == list(range(1, 18))
    assert [
        (one.title, list(one.impacts), [orientation.title for orientation in one.orientations])
        for one in plan.ambitions
    ] == [(one["title"], one["impacts"], one["orientations"]) for one in STRATEGIC["ambitions"]]


def test_an_ambition_that_slid_into_the_next_column_is_read_as_one_with_a_doubt():
    source = strategic()
    table = source.tables[0]
    place = next(
        place for place, cell in table.cells.items() if cell.text.startswith("Renforcer la connaissance")
    )
    cell = table.cells.pop(place)
    slid = type(place)(place.row - 1, place.column + 1)
    table.cells[slid] = type(cell)(slid, cell.text)
    plan = read(source)
    assert [one.title for one in plan.ambitions] == [one["title"] for one in STRATEGIC["ambitions"]]
    assert slid in [doubt.spot.place for doubt in plan.doubts if doubt.spot]
    assert plan.actions[16].ambition == STRATEGIC["ambitions"][3]["title"]


def test_the_words_around_the_table_of_a_document_title_the_plan():
    title = "Plan d’actions de la CTG 2025-2028"
    content = document(strategic(), paragraphs=["Communauté de communes du Val", title])
    source = read_file(content, "plan.docx")
    plan = read(source)
    assert (plan.heading, plan.first_year, plan.last_year) == (title, 2025, 2028)
