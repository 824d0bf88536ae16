"""What is published, as files: one CSV per table, all of it as JSON, two descriptions.

Everything is written of one reading, so that no two files differ.
"""

import csv
import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string

from ctg.dashboards.public.masking import SMALLEST
from ctg.documents.value_csv import cell as csv_text

from .columns import NO, SEPARATOR, YES, Cell, Table
from .package import describe_package, license_of
from .plan_tables import PLAN
from .rows import OpenData
from .tables import TABLES, rows_of

WHOLE, PACKAGE, DICTIONARY, ARCHIVE = (
    "plan.json",
    "datapackage.json",
    "dictionnaire.html",
    "donnees-ouvertes.zip",
)
#: What may be downloaded, in the order in which it is offered.
NAMES = (*(table.file for table in TABLES), WHOLE, PACKAGE, DICTIONARY, ARCHIVE)

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "zip": "application/zip",
}


def content_type_of(name: str) -> str:
    return CONTENT_TYPES[name.rpartition(".")[2]]


def write_file(name: str, data: OpenData) -> bytes:
    """The file of this name, which is one of `NAMES`."""
    if name == ARCHIVE:
        return _write_archive(data)
    if name == WHOLE:
        return write_json(whole(data))
    if name == PACKAGE:
        return write_json(describe_package(data.plan, TABLES, whole=WHOLE))
    if name == DICTIONARY:
        told = {"plan": data.plan, "tables": TABLES, "license": license_of(), "smallest": SMALLEST}
        return render_to_string("opendata/dictionary.html", told).encode()
    [table] = [table for table in TABLES if table.file == name]
    return write_table(table, data)


def write_table(table: Table, data: OpenData) -> bytes:
    """Semicolons and decimal commas, in UTF-8 with the mark by which Excel knows it."""
    file = StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_text(value) for value in row] for row in rows_of(table, data))
    return file.getvalue().encode("utf-8-sig")


def whole(data: OpenData) -> dict[str, Any]:
    """All that is published, as one object."""
    return part(data, PLAN) | {table.name: objects(table, data) for table in TABLES}


def part(data: OpenData, table: Table) -> dict[str, Any]:
    """One table as an object that says its date and its licence."""
    rows = objects(table, data)
    told = {"licence": license_of(), "date": data.plan.read_on.isoformat()}
    return told | {table.name: rows[0] if table is PLAN else rows}


def objects(table: Table, data: OpenData) -> list[dict[str, Any]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, map(_plain, row), strict=True)) for row in rows_of(table, data)]


def write_json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _text(value: Cell) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if value is None or isinstance(value, str | int | Decimal | dt.date):
        return csv_text(value)
    return csv_text(SEPARATOR.join(str(one) for one in value))


def _plain(value: Cell) -> Any:
    """The same value as JSON has it; a whole number stays exact however large it is."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int) else list(value)


def _write_archive(data: OpenData) -> bytes:
    """Every file in one; on the same day and of the same plan, the same bytes."""
    file = BytesIO()
    day = data.plan.read_on
    with ZipFile(file, "w") as archive:
        for name in NAMES:
            if name != ARCHIVE:
                entry = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
                entry.compress_type = ZIP_DEFLATED
                archive.writestr(entry, write_file(name, data))
    return file.getvalue()
