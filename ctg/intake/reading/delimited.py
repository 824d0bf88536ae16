"""Texts whose lines are rows: CSV in the encodings and with the signs that French spreadsheets write."""

import codecs
import re
from collections import Counter
from collections.abc import Iterator

from ctg.intake.tables import Place, Refusal, SourceFile

from .damage import too_heavy
from .drafts import FileDraft
from .notes import Notes

_BYTE_ORDERS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_SEPARATORS = "\t;|,"
_SAMPLE = 200
#: Blank ones included, which programs write by the thousand.
_MOST_VALUES = 1_000_000
#: The first line by which Excel is told of the separator, and which it never shows.
_DECLARED = re.compile(r"sep=([\t;|,])\r?\n", re.IGNORECASE)
#: An apostrophe that our own CSV puts before what a spreadsheet would take for a formula.
_HELD_BACK = re.compile(r"'(?=\s*[=+\-@＝＋－＠])")

Row = list[str]


def read_delimited(content: bytes, name: str) -> SourceFile:
    file = FileDraft(name)
    text = decode(content, file.notes)
    declared = _DECLARED.match(text)
    separator = declared[1] if declared else guess_separator(text)
    put_rows(file, "", split(text[declared.end() :] if declared else text, separator))
    return file.finish()


def put_rows(file: FileDraft, name: str, rows: Iterator[Row]) -> None:
    table = file.open_table(name)
    for row, values in enumerate(rows, 1):
        if table.outside:
            break
        for column, value in enumerate(values, 1):
            table.put(Place(row, column), _HELD_BACK.sub("", value, count=1))
    table.close()


def decode(content: bytes, notes: Notes) -> str:
    """UTF-8 or what its first bytes say, else what Windows writes in Western Europe."""
    encoding = next((name for start, name in _BYTE_ORDERS.items() if content.startswith(start)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
        if "\ufffd" in text:
            notes.tell("Certains signes sont illisibles\u00a0: ils sont remplacés par «\u00a0\ufffd\u00a0».")
    if "\x00" in text:
        raise Refusal(
            "Ce fichier n’est ni un tableau ni un texte. Déposez un classeur Excel (.xlsx), "
            "un document Word (.docx) ou un fichier CSV."
        )
    return text


def split(text: str, separator: str) -> Iterator[Row]:
    """Cut a text into rows and values; a value between quotes may hold separators and line breaks.

    Quotes that do not close right before a separator or the end of a line are ordinary signs.
    """
    mark = re.escape(separator)
    quoted = rf'"((?:[^"]++|"")*+)"(?={mark}|\r|\n|\Z)'
    value = re.compile(rf"(?:{quoted}|([^\r\n{mark}]*+))({mark}|\r\n|\r|\n|\Z)")
    row: Row = []
    for count, found in enumerate(value.finditer(text)):
        if count > _MOST_VALUES:
            raise too_heavy()
        row.append(found[2] if found[1] is None else found[1].replace('""', '"'))
        if found[3] != separator:
            if found[3] or len(row) > 1 or row[0]:
                yield row
            row = []


def guess_separator(text: str) -> str:
    """The sign that cuts most rows alike, in two at least; without one, each line is a single cell.

    Commas are also decimal signs and punctuation: they must cut nearly all rows alike.
    """
    scores = {separator: _evenness(text, separator) for separator in _SEPARATORS}
    likely = [sign for sign in _SEPARATORS if scores[sign] >= (0.9 if sign == "," else 0.5)]
    return max(likely, key=lambda separator: scores[separator], default="\t")


def _evenness(text: str, separator: str) -> float:
    widths: Counter[int] = Counter()
    for row, _ in zip(split(text, separator), range(_SAMPLE), strict=False):
        if any(value.strip() for value in row):
            widths[len(row)] += 1
    width, count = max(widths.items(), key=lambda one: one[1] * (one[0] > 1), default=(1, 0))
    return count / widths.total() if width > 1 else 0.0
