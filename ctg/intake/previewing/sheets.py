"""The sheets of a file that somebody sets aside: archives, models, what another file holds."""

from collections.abc import Mapping
from dataclasses import replace

from ctg.intake.tables import SourceFile, Table
from ctg.web.text import fold


def key_of(table: Table) -> str:
    """What names a sheet among the choices that a person made of a file."""
    return f"feuille {fold(table.name)}"


def without_sheets(source: SourceFile, choices: Mapping[str, str]) -> SourceFile:
    """The same file, in which the sheets that were set aside hold nothing; the others keep their ranks."""
    if not any(key.startswith("feuille ") for key in choices):
        return source
    tables = (replace(table, cells={}) if key_of(table) in choices else table for table in source.tables)
    return replace(source, tables=tuple(tables))
