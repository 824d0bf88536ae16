"""Files that hurt whoever reads them carelessly: for a process of their own."""

import random

from tests.intake import files
from tests.intake.hostile import document_parts, workbook_parts

_CELL = '<row><c r="A1" t="str"><v>x</v></c></row>'


def _workbook(rows, beside="", **others):
    """Without the ballast, most would be refused for their ratio before they are read."""
    parts = files.workbook_parts({"Plan": f"<sheetData>{rows}</sheetData>{beside}"}, **others)
    return files.archive(parts | {"xl/media/ballast.png": _ballast()})


def _document(body):
    return files.archive(files.document_parts(body) | {"word/media/ballast.png": _ballast()})


def _a_million_columns():
    return _workbook(f"<row>{''.join(f'<c><v>{column}</v></c>' for column in range(1_000_000))}</row>")


def _the_last_cell():
    return _workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def _a_million_rows():
    return _workbook("<row><c><v>1</v></c></row>" * 1_000_000)


def _a_million_empty_rows():
    return _workbook('<row><c s="1"/></row>' * 2_000_000)


def _wide_empty_rows():
    return _workbook(f"<row>{'<c/>' * 16_384}</row>" * 1_000)


def _two_million_texts():
    return _workbook(_CELL, strings=["<si><t>ab</t></si>"] * 2_000_000)


def _one_long_text_everywhere():
    return _workbook(
        '<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>' * 5_000, strings=["mot " * 8_000]
    )


def _one_endless_text():
    return _workbook(f"<row><c t='str'><v>{_noise(4_000_000)}</v></c></row>")


def _one_endless_attribute():
    return _workbook(f'<row x="{"a" * 90_000_000}"/>')


def _a_hundred_thousand_attributes():
    attributes = " ".join(f"a{number}='1'" for number in range(300_000))
    return _workbook(f"<row {attributes}/>")


def _merges_over_merges():
    merges = "".join(f'<mergeCell ref="A{row}:XFD1048576"/>' for row in range(1, 50_000))
    return _workbook(_CELL, merges)


def _chained_merges():
    return _workbook(_CELL, "".join(f'<mergeCell ref="A{row}:B{row + 1}"/>' for row in range(1, 200_000)))


def _many_styles():
    return _workbook(_CELL, styles=f"<cellXfs>{'<xf/>' * 900_000}</cellXfs>")


def _odd_formats():
    formats = "".join(f'<numFmt numFmtId="{number}" formatCode="{_noise(400)}"/>' for number in range(9_000))
    return _workbook(_CELL, styles=f"<numFmts>{formats}</numFmts>")


def _unclosed_formats():
    codes = "".join(f'<numFmt numFmtId="{number}" formatCode="{"[" * 30_000}"/>' for number in range(1_000))
    used = "".join(f'<xf numFmtId="{number}"/>' for number in range(1_000))
    return _workbook(_CELL, styles=f"<numFmts>{codes}</numFmts><cellXfs>{used}</cellXfs>")


def _a_bomb_of_zeros():
    return files.archive(workbook_parts() | {"xl/media/a.bin": b"\0" * 99_000_000})


def _comments_without_end():
    return files.archive(document_parts() | {"word/document.xml": f"<!--{_noise(4_000_000)}"})


def _a_wide_table_of_word():
    return _document(files.table(["x"] * 200_000))


def _a_long_table_of_word():
    return _document("<w:tbl>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 400_000 + "</w:tbl>")


def _endless_spans():
    span = ('<w:gridSpan w:val="1000000"/>', files.paragraph("x"))
    return _document(files.table(*[[span, span]] * 1_000))


def _tables_in_tables():
    nested = files.paragraph("fond")
    for _ in range(60):
        nested = files.table([("", nested)])
    return _document(nested)


def _endless_repetitions():
    cell = f'<table:table-cell table:number-columns-repeated="60">{"<text:p/>" * 5_000}<text:p>x</text:p>'
    row = f'<table:table-row table:number-rows-repeated="5000">{cell}</table:table-cell></table:table-row>'
    return files.opendocument("spreadsheet", f"<table:table>{row * 3}</table:table>")


def _paragraphs_without_end():
    return _document(files.paragraph("x") * 60_000)


def _noise(size):
    return "".join(random.Random(size).choices("abcdefghij klmnop", k=size))


def _ballast():
    return random.Random(5).randbytes(2_000_000)


#: Each kind with what makes it; the last ones take seconds, and are for the script that measures.
QUICK = {
    "a million columns": _a_million_columns,
    "the last cell": _the_last_cell,
    "a million rows": _a_million_rows,
    "one long text everywhere": _one_long_text_everywhere,
    "one endless text": _one_endless_text,
    "one endless attribute": _one_endless_attribute,
    "a hundred thousand attributes": _a_hundred_thousand_attributes,
    "merges over merges": _merges_over_merges,
    "odd formats": _odd_formats,
    "unclosed formats": _unclosed_formats,
    "a bomb of zeros": _a_bomb_of_zeros,
    "comments without end": _comments_without_end,
    "endless spans": _endless_spans,
    "tables in tables": _tables_in_tables,
    "endless repetitions": _endless_repetitions,
    "paragraphs without end": _paragraphs_without_end,
    "quotes without end": lambda: b'"""' * 1_700_000,
    "open quotes": lambda: b'"a\n' * 1_300_000,
    "separators alone": lambda: b"a" + b";" * 5_000_000,
    "lines alone": lambda: b"a\n" * 2_500_000,
    "one line": lambda: b"a" * 5_000_000,
}
SLOW = {
    "a million empty rows": _a_million_empty_rows,
    "wide empty rows": _wide_empty_rows,
    "two million texts": _two_million_texts,
    "chained merges": _chained_merges,
    "many styles": _many_styles,
    "a wide table of Word": _a_wide_table_of_word,
    "a long table of Word": _a_long_table_of_word,
    "empty lines alone": lambda: b"a" + b"\n" * 5_000_000,
}
