"""The values of a plan as a CSV file that French spreadsheets open by a double click."""

import csv
import datetime as dt
import re
from decimal import Decimal
from io import StringIO

from django.utils import timezone

from ctg.documents.value_columns import COLUMNS
from ctg.documents.values import ValueReading
from ctg.web.numbers import plain_decimal
from ctg.web.text import clean

#: What a spreadsheet may take for the start of a formula; the wide signs too, in an Asian language.
_FORMULA = re.compile(r"[\t\r]|\s*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def write_csv(reading: ValueReading) -> bytes:
    """Semicolons and decimal commas, in UTF-8 with the mark by which Excel knows it."""
    file = StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(column.title for column in COLUMNS)
    writer.writerows([cell(value) for value in row] for row in reading.rows())
    return file.getvalue().encode("utf-8-sig")


def cell(value: str | int | Decimal | dt.date | None) -> str:
    """What one cell holds: a text that would be read as a formula is held back by an apostrophe."""
    match value:
        case None:
            return ""
        case Decimal():
            return plain_decimal(value).replace(".", ",")
        case dt.datetime():
            return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
        case dt.date():
            return f"{value:%d/%m/%Y}"
        case int():
            return str(value)
    text = clean(value)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
