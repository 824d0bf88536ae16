"""Tables in the HTML that Excel, Word, LibreOffice and Google Sheets put on the clipboard."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from ctg.intake.tables import Place, SourceFile

from .drafts import AROUND, FileDraft, TableDraft
from .limits import MOST_COLUMNS, MOST_ROWS

_SILENT = {"style", "script", "title", "xml", "template"}
_BLOCKS = {"p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6"}
_BOLD = {"b", "strong", "th", "h1", "h2", "h3"}
_LEVEL = re.compile(r"mso-list:\s*\w+\s+level(\d)")
#: What Word writes only for programs that cannot make lists; the parser would take it for a section.
_CONDITION = re.compile(r"<!\[[^>]*>")
_SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclass
class _Text:
    """A text whose spaces count once, as a browser shows them, and whose blocks are lines."""

    #: Of a cell of a table: the rows and columns over which it reaches.
    spans: tuple[int, int] | None = None
    parts: list[str] = field(default_factory=list)
    said: list[bool] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        return [line.rstrip(" ") for line in "".join(self.parts).split("\n") if line.strip()]

    @property
    def is_bold(self) -> bool:
        return bool(self.said) and all(self.said)

    def indent(self, level: int) -> None:
        if level > 0:
            self.parts.append("  " * level)

    def say(self, text: str, is_bold: bool) -> None:
        folded = _SPACES.sub(" ", text)
        if not self.parts or self.parts[-1].endswith(("\n", " ")):
            folded = folded.lstrip(" ")
        if folded:
            self.parts.append(folded)
        if folded.strip():
            self.said.append(is_bold)


@dataclass
class _Grid:
    table: TableDraft
    row: int = 0
    #: The last row down to which each column is taken.
    taken: dict[int, int] = field(default_factory=dict)

    def put(self, cell: _Text) -> None:
        column = 1
        while self.taken.get(column, 0) >= self.row:
            column += 1
        rows, columns = cell.spans or (1, 1)
        for one in range(column, column + columns):
            self.taken[one] = self.row + rows - 1
        place = Place(self.row, column)
        self.table.put(place, "\n".join(cell.lines), spans=(rows, columns), is_bold=cell.is_bold)


class _Parser(HTMLParser):
    def __init__(self, file: FileDraft, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.file, self.name = file, name
        self.around = self.text = _Text()
        self.grid: _Grid | None = None
        self.depth = self.silent = self.bold = self.lists = self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.silent += tag in _SILENT
        self.bold += tag in _BOLD
        self.lists += tag in ("ul", "ol")
        if tag == "table":
            self._open_table()
        elif self.grid and self.depth == 1 and tag == "tr":
            self._close_cell()
            self.grid.row += 1
        elif self.grid and self.depth == 1 and tag in ("td", "th"):
            self._close_cell()
            spans = _span(given, "rowspan", MOST_ROWS), _span(given, "colspan", MOST_COLUMNS)
            self.text = _Text(spans)
        elif tag == "br" or tag in _BLOCKS:
            self.text.parts.append("\n")
        if tag == "li":
            self.text.indent(self.lists - 1)
            self.text.parts.append("- ")
        elif level := _LEVEL.search(given.get("style", "")):
            self.text.indent(int(level[1]) - 1)

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(self.silent - (tag in _SILENT), 0)
        self.bold = max(self.bold - (tag in _BOLD), 0)
        self.lists = max(self.lists - (tag in ("ul", "ol")), 0)
        if tag == "table" and self.depth:
            self.depth -= 1
            if not self.depth:
                self.close_table()
        elif self.depth == 1 and tag in ("td", "th"):
            self._close_cell()
        elif tag in _BLOCKS:
            self.text.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.text.say(data, self.bold > 0)

    def close_table(self) -> None:
        self._close_cell()
        if self.grid:
            self.grid.table.close()
        self.grid, self.text, self.depth = None, self.around, 0

    def _open_table(self) -> None:
        """A table within a cell stays text of that cell."""
        self.depth += 1
        if self.depth == 1:
            self.count += 1
            name = self.name if self.count == 1 else f"{self.name} {self.count}"
            self.grid, self.text = _Grid(self.file.open_table(name)), _Text()
            self.grid.table.after = len(self.around.lines)

    def _close_cell(self) -> None:
        """What stands in a table outside its cells is its caption, or the work of a faulty program."""
        if self.grid and self.text is not self.around:
            if self.text.spans:
                self.grid.row = max(self.grid.row, 1)
                self.grid.put(self.text)
            elif self.text.lines:
                self.around.parts += ["\n", "\n".join(self.text.lines), "\n"]
            self.text = _Text()


def read_markup(html: str, name: str) -> SourceFile:
    file = FileDraft(name)
    parser = _Parser(file, name)
    parser.feed(_CONDITION.sub("", html))
    parser.close()
    parser.close_table()
    table = file.open_table(AROUND)
    for row, line in enumerate(parser.around.lines, 1):
        table.put(Place(row, 1), line)
    table.close()
    return file.finish()


def _span(given: dict[str, str], name: str, most: int) -> int:
    digits = given.get(name, "")[:6]
    return min(max(int(digits), 1), most) if digits.isdecimal() else 1
