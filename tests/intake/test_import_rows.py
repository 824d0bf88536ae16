"""Rows previewed and rows reported are the rows of the file, as another reader counts them (I2)."""

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from ctg.intake.content import read_plan
from ctg.intake.layout import NoAction, recognise
from ctg.intake.previewing.outcome import Choices, Outcome
from ctg.intake.previewing.packed import split
from ctg.intake.previewing.row_counts import count_rows
from ctg.intake.problems import problems_of
from ctg.intake.problems.found import Looking
from ctg.intake.reading import read_file

NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
HEADER = ("Axe", "N°", "Action", "Pilote", "Calendrier", "Statut", "Remarques", "Zorglub")
TITLES = st.sampled_from(["", "Ouvrir un café", "Organiser une fête", "Former les agents", "Tenir un stand"])
ROW = st.tuples(
    st.sampled_from(["", "", "Vivre ensemble", "Grandir"]),
    st.sampled_from(["", "1", "2", "2", "3.1"]),
    TITLES,
    st.sampled_from(["", "CCAS", "Caf, MSA"]),
    st.sampled_from(["", "2027", "31/02/2027", "bientôt"]),
    st.sampled_from(["", "En cours", "Zorglub"]),
    st.sampled_from(["", "à voir"]),
    st.sampled_from(["", "", "quoi ?"]),
)
BAND = st.sampled_from(["AXE 2 : GRANDIR", "Total", "* Une note", "Petite enfance"]).map(lambda text: (text,))
PAGES = st.lists(st.lists(st.one_of(ROW, ROW, ROW, BAND), max_size=8), min_size=1, max_size=2)


def workbook(pages, hidden):
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for rank, rows in enumerate(pages):
            sheet = book.add_worksheet()
            lines = [("Plan d’actions 2027",), (), HEADER, *rows] if rank == 0 else rows
            for number, row in enumerate(lines):
                for column, text in enumerate(row):
                    if text:
                        sheet.write_string(number, column, text)
            for number in hidden:
                sheet.set_row(number, None, None, {"hidden": True})
    return file.getvalue()


def rows_by_xml(content):
    """The rows that hold a value, sheet by sheet."""
    with ZipFile(BytesIO(content)) as archive:
        for name in sorted(one for one in archive.namelist() if one.startswith("xl/worksheets/sheet")):
            root = ElementTree.fromstring(archive.read(name))
            yield {
                int(row.get("r"))
                for row in root.iterfind(".//x:row", NS)
                if row.find(".//x:v", NS) is not None
            }


@settings(max_examples=40)
@given(PAGES, st.sets(st.integers(3, 8), max_size=2))
def test_every_row_is_previewed_or_reported(pages, hidden):
    content = workbook(pages, hidden)
    source = read_file(content, "plan.xlsx")
    try:
        recognised = recognise(source)
        read = read_plan(source, recognised)
    except NoAction:
        return
    splits = [split(action, []) for action in read.actions]
    found = problems_of(Looking(source, recognised, read), splits, [])
    there = [rows for rows in rows_by_xml(content) if rows]
    counted = count_rows(source, read)
    assert counted.total == sum(len(rows) for rows in there)
    previewed = {(spot.table, spot.place.row) for spot in read.roles}
    reported = {(one.spot.table, one.spot.place.row) for one in found}
    all_rows = {(rank, place.row) for rank, table in enumerate(source.tables) for place in table.cells}
    assert all_rows == {row for row in previewed | reported if row in all_rows}
    assert counted.reported == len({row for row in all_rows if row not in previewed} | refused(read))
    outcome = Outcome.of(len(read.actions), (), found, Choices(without_errors=True))
    assert len(outcome.created) + outcome.there + outcome.aside - outcome.untitled == len(read.actions)


def refused(read):
    reasons = ("action sans intitulé", "ligne sans action")
    return {(one.spot.table, one.spot.place.row) for one in read.leftovers if one.reason in reasons}
