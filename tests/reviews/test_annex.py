"""The annex of a review: read again by other programs, ready to print, nothing in it a formula."""

import datetime as dt
import re
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from ctg.reviews.annex import write_annex
from tests.documents.hostile import LONG, PAYLOADS, STORED
from tests.documents.workbooks import xml_of
from tests.reviews.facts_samples import SEAL, empty, filled_with, sample, turns

pytestmark = pytest.mark.once

SHEETS = [
    *("Lisez-moi", "Avancement", "Actions", "Action par action", "Jalons", "Indicateurs"),
    *("Réunions et décisions", "Modifications", "Feuille de route"),
]


def rows_of(content, sheet):
    """The rows of a sheet as dictionaries, by calamine."""
    titles, *rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(sheet).to_python()
    return [dict(zip(titles, row, strict=True)) for row in rows]


def test_each_sheet_is_filtered_frozen_and_ready_to_print():
    book = load_workbook(BytesIO(write_annex(sample(), SEAL)))
    assert book.sheetnames == SHEETS
    for sheet in book.worksheets[1:]:
        assert sheet.auto_filter.ref.startswith("A1:"), sheet.title
        assert sheet.freeze_panes and sheet.print_title_rows == "$1:$1", sheet.title
        assert (sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
            "landscape",
            True,
        )
        assert "Document n°\u00a07" in sheet.oddFooter.left.text


def test_the_first_sheet_says_what_this_is_and_whether_it_is_a_draft():
    frozen, draft = (
        "\n".join(
            str(cell)
            for row in CalamineWorkbook.from_filelike(BytesIO(write_annex(sample(), seal)))
            .get_sheet_by_name("Lisez-moi")
            .to_python()
            for cell in row
        )
        for seal in (SEAL, None)
    )
    assert SEAL.sha256 in frozen and "Projet" not in frozen
    assert "Projet, non arrêté" in draft
    assert all(
        words in draft for words in ("Gally Mauldre", "22 novembre 2026", "Caf des Yvelines", *SHEETS[1:])
    )


def test_numbers_are_numbers_and_days_are_days():
    content = write_annex(sample(), None)
    first = rows_of(content, "Actions")[0]
    assert (first["N°"], first["Avancement"]) == (1, 80)
    assert rows_of(content, "Jalons")[0]["Atteint le"] == dt.date(2026, 9, 3)
    indicators = rows_of(content, "Indicateurs")
    assert [row["Chiffre 2026"] for row in indicators] == [1001.5, 1002.5, "", ""]
    meeting, decision, _ = rows_of(content, "Réunions et décisions")
    assert (meeting["Présents"], meeting["Points"], meeting["Décisions"]) == (14, 6, 3)
    assert (decision["Pour le"], decision["Actions"]) == (dt.date(2026, 12, 31), "3, 5")
    assert [row["Action"] for row in rows_of(content, "Modifications")] == [3, 3, 4]


def test_a_heading_counts_in_the_columns_of_the_whole_plan():
    facts = sample()
    first = facts.progress.by_ambition[0]
    shuffled = replace(first, statuses=first.statuses[::-1], confidences=())
    content = write_annex(replace(facts, progress=replace(facts.progress, by_ambition=(shuffled,))), None)
    whole, own, *_ = rows_of(content, "Avancement")
    assert {one.words: whole[one.words] for one in facts.progress.whole.statuses} == {
        one.words: one.count for one in facts.progress.whole.statuses
    }
    assert {one.words: own[one.words] for one in first.statuses} == {
        one.words: one.count for one in first.statuses
    }
    assert own["sereine"] == 0


@pytest.mark.parametrize(
    "facts",
    [
        *(filled_with(*texts) for texts in turns(PAYLOADS)),
        filled_with(STORED["emoji"], STORED["right-to-left"], STORED["controls"], STORED["one word"], ""),
        empty(),
    ],
)
def test_no_text_becomes_a_formula_or_a_link(facts):
    content = write_annex(facts, None)
    written = xml_of(content)
    assert not re.search(rb"<f[ >]", written)
    assert (
        b"hyperlink" not in written.replace(b"/relationships/hyperlink", b"") and b"External" not in written
    )
    load_workbook(BytesIO(content))


def test_forty_thousand_characters_go_on_in_a_sheet_of_their_own():
    facts = sample()
    told = replace(facts.actions[0], achieved=LONG)
    content = write_annex(replace(facts, actions=(told, *facts.actions[1:])), None)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    parts = [row[2] for row in book.get_sheet_by_name("Textes longs").to_python()[1:]]
    assert "".join(parts) == LONG
