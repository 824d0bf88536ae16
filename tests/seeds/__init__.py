"""The text of the two source documents, as their tables were extracted.

`strategic.txt` carries light HTML inside its cells; `thematic.txt` is plain text.
"""

from html.parser import HTMLParser
from pathlib import Path

HERE = Path(__file__).parent
HEADER = 1

AMBITION, ORIENTATION, ACTION, PRIORITY = range(4)
FOURTH_AMBITION = "Renforcer la connaissance des besoins du territoire"


def strategic_rows():
    """Return the rows as printed, header first: four cells, one line per paragraph or bullet.

    Bullets keep their sign, `<b>` becomes `**`.
    """
    return [[_text(cell) for cell in row] for row in _rows("strategic.txt", columns=4)]


def strategic_rows_as_read():
    """Return the rows of the 17 actions, without header, with every cell filled in.

    A blank cell repeats the one above. One cell moves: the fourth ambition was extracted one column to
    the right and one row up of its place, which leaves action 14 without orientation.
    """
    rows = strategic_rows()[HEADER:]
    for row, below in zip(rows, rows[1:], strict=False):
        if row[ORIENTATION].startswith(FOURTH_AMBITION):
            row[ORIENTATION], below[AMBITION] = "", row[ORIENTATION]
    for above, row in zip(rows, rows[1:], strict=False):
        if not row[AMBITION]:
            row[AMBITION] = above[AMBITION]
            row[ORIENTATION] = row[ORIENTATION] or above[ORIENTATION]
    return rows


def thematic_heading():
    """Return the two lines above the table: the title and the date."""
    return [line for line in _lines("thematic.txt") if line and "\t" not in line]


def thematic_rows():
    """Return the rows as printed, header first: eight cells, seven of them empty on a theme band."""
    return _rows("thematic.txt", columns=8)


def _lines(name):
    return (HERE / name).read_text(encoding="utf-8").split("\n")


def _rows(name, *, columns):
    rows = [line.split("\t") for line in _lines(name) if "\t" in line]
    assert all(len(row) == columns for row in rows)
    return rows


def _text(cell):
    reader = _CellReader()
    reader.feed(cell)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


class _CellReader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.pieces = []

    def handle_starttag(self, tag, attrs):
        self.pieces.append("**" if tag == "b" else "\n")

    def handle_endtag(self, tag):
        self.pieces.append("**" if tag == "b" else "\n")

    def handle_data(self, data):
        # The line breaks of the original cells were extracted as two spaces.
        self.pieces.append(data.replace("  ", "\n"))
