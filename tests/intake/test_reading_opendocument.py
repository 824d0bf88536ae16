"""Sheets and texts of LibreOffice are read as those of Office."""

import pytest

from ctg.intake.reading import limits, read_file
from ctg.intake.reading.drafts import HIDDEN
from ctg.intake.reading.shading import MARK
from ctg.intake.tables import Refusal
from tests.intake.files import archive, opendocument, opendocument_parts, texts


def cell(said="", attributes=""):
    return f"<table:table-cell {attributes}>{f'<text:p>{said}</text:p>' if said else ''}</table:table-cell>"


def row(*cells, attributes=""):
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def sheet(*rows, name="Plan", attributes=""):
    return f'<table:table table:name="{name}" {attributes}>{"".join(rows)}</table:table>'


def typed(kind, value, said="montré"):
    name = "value" if kind in ("float", "percentage", "currency") else f"{kind}-value"
    return cell(said, f'office:value-type="{kind}" office:{name}="{value}"')


def read(*sheets, styles="", kind="spreadsheet"):
    return read_file(opendocument(kind, "".join(sheets), styles=styles), "plan.ods")


def test_values_are_exact_and_dates_are_iso():
    cells = (
        *(typed("float", "12.50", "12,50\u00a0€"), typed("percentage", "0.125"), typed("currency", "1E6")),
        *(typed("date", "2026-09-01"), typed("date", "2026-09-01", "sept. 2026"), typed("boolean", "true")),
        *(typed("date", "2026-09-01T14:30:00"), typed("time", "PT14H30M00S", "14:30")),
    )
    (table,) = read(sheet(row(*cells))).tables
    expected = [
        "12.5",
        "12,5\u00a0%",
        "1000000",
        "2026-09-01",
        "septembre 2026",
        "VRAI",
        "2026-09-01 14:30",
        "14:30",
    ]
    assert list(texts(table).values()) == expected
    assert [str(place) for place, one in table.cells.items() if one.is_date] == ["D1"]
    assert [str(place) for place, one in table.cells.items() if one.is_number] == ["A1", "C1"]


def test_what_repeats_is_read_as_often_and_endless_blanks_weigh_nothing():
    rows = (
        row(
            cell("Axe", 'table:number-columns-repeated="2"'),
            cell("", 'table:number-columns-repeated="16000"'),
        ),
        row(cell("", 'table:number-columns-repeated="16384"'), attributes='table:number-rows-repeated="2"'),
        row(cell(), cell("x"), attributes='table:number-rows-repeated="3"'),
        row(
            cell("", 'table:number-columns-repeated="16384"'),
            attributes='table:number-rows-repeated="1048569"',
        ),
    )
    (table,) = read(sheet(*rows)).tables
    assert texts(table) == {"A1": "Axe", "B1": "Axe", "B4": "x", "B5": "x", "B6": "x"}


def test_merged_hidden_bold_and_wrong_cells():
    covered = "<table:covered-table-cell><text:p>caché</text:p></table:covered-table-cell>"
    spans = 'table:number-columns-spanned="2" table:number-rows-spanned="3" table:style-name="g"'
    error = cell("#REF!", 'office:value-type="string" calcext:value-type="error"')
    styles = (
        '<style:style style:name="g" style:family="table-cell"><style:text-properties fo:font-weight="bold"/>'
        '</style:style><style:style style:name="h" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    file = read(
        sheet(columns, row(cell("Axe", spans), covered, error)),
        sheet(row(cell("a"), cell("b")), columns, name="Listes", attributes='table:style-name="h"'),
        sheet("<table:table-header-rows>", row(cell("c"), attributes='table:visibility="filter"')).replace(
            "</table:table>", "</table:table-header-rows></table:table>"
        ),
        styles=styles,
    )
    first = file.tables[0].cells[1, 1]
    assert (first.rows, first.columns, first.is_bold) == (3, 2, True)
    assert [texts(one) for one in file.tables] == [{"A1": "Axe"}, {"A1": "a", "B1": "b"}, {"A1": "c"}]
    assert file.tables[2].hidden_rows == {1}
    assert [table.is_hidden for table in file.tables] == [False, True, False]
    assert file.notes == (
        "«\u00a0Plan\u00a0», valeurs cachées sous une cellule fusionnée, non lues\u00a0: B1.",
        "«\u00a0Plan\u00a0», cellules en erreur (#REF!), lues comme vides\u00a0: C1.",
        "«\u00a0Listes\u00a0», colonnes masquées, lues aussi\u00a0: B.",
        HIDDEN.format("Listes"),
        "«\u00a0Plan\u00a0», lignes masquées, lues aussi\u00a0: 1.",
    )


def test_a_text_gives_its_tables_then_what_surrounds_them():
    listed = (
        "<text:list><text:list-item><text:p>un</text:p><text:list><text:list-item><text:p>deux</text:p>"
        "</text:list-item></text:list></text:list-item><text:list-item><text:p>trois</text:p></text:list-item>"
        "</text:list>"
    )
    gone = "<text:tracked-changes><text:p>supprimé</text:p></text:tracked-changes>"
    said = (
        "a<text:s text:c='2'/>b<text:tab/>c<text:line-break/>d<text:note><text:p>n</text:p></text:note> fin"
    )
    file = read(
        f"{gone}<text:h>Axe 1</text:h>",
        sheet(row(f"<table:table-cell>{listed}</table:table-cell>", cell(said), cell(""))),
        listed,
        kind="text",
    )
    assert [one.name for one in file.tables] == ["Tableau 1\u00a0: Axe 1", "Texte hors des tableaux"]
    assert texts(file.tables[0]) == {"A1": "- un\n  - deux\n- trois", "B1": "a  b\tc\nd fin"}
    assert texts(file.tables[1]) == {"A1": "Axe 1", "A2": "- un", "A3": "- deux", "A4": "- trois"}
    assert len(file.notes) == 2


@pytest.mark.parametrize("beyond", [-1, 0, 1])
def test_repetitions_stop_at_the_limits(beyond):
    tall = row(cell("x"), attributes=f'table:number-rows-repeated="{limits.MOST_ROWS + beyond}"')
    wide = row(cell("x", f'table:number-columns-repeated="{limits.MOST_COLUMNS + beyond}"'))
    for content in (tall, wide):
        if beyond > 0:
            with pytest.raises(Refusal, match="est remplie"):
                read(sheet(content))
        else:
            assert len(read(sheet(content)).tables[0].cells) in (
                limits.MOST_ROWS + beyond,
                limits.MOST_COLUMNS + beyond,
            )


@pytest.mark.parametrize(
    "change, words",
    [
        ({"mimetype": "application/vnd.oasis.opendocument.presentation"}, "ods"),
        ({"Basic/script-lc.xml": "x"}, "macros"),
        ({"META-INF/manifest.xml": "<m><encryption-data/></m>"}, "mot de passe"),
    ],
)
def test_what_is_not_read_is_told(change, words):
    with pytest.raises(Refusal, match=words):
        read_file(archive(opendocument_parts("spreadsheet", sheet(row(cell("x")))) | change), "")


def test_coloured_cells_under_periods_are_marks():
    shade = '<style:table-cell-properties fo:background-color="#92d050"/>'
    green = f'<style:style style:name="g" style:family="table-cell">{shade}</style:style>'
    titles = row(*map(cell, ("Action", "Pilote", "2026", "2027", "2028")))
    bar = cell("", 'table:style-name="g" table:number-columns-repeated="2"')
    rows = (
        row(cell("Ouvrir un café"), cell("CCAS"), bar),
        row(cell("Former"), cell("Caf"), cell(""), cell(""), cell("", 'table:style-name="g"')),
    )
    (table,) = read(sheet(titles, *rows), styles=green).tables
    assert {str(place) for place, one in table.cells.items() if one.text == MARK} == {"C2", "D2", "E3"}
