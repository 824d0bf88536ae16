"""Which headings are the outermost: an orientation stands under an ambition."""

from collections.abc import Sequence
from dataclasses import replace

from .fields import Field
from .numbering import split_number
from .shapes import MatchedColumn, Recognised


def rooted(recognised: Recognised) -> Recognised:
    """An orientation belongs to an ambition: where nothing is one, the orientations are."""
    levels = {column.field for column in recognised.columns} | set(recognised.bands.values())
    levels |= {heading.level for table in recognised.tables for heading in table.headings}
    if Field.ORIENTATION not in levels or Field.AMBITION in levels:
        return recognised
    if outer := _outer_needs(recognised.columns):
        columns = tuple(
            replace(column, field=Field.AMBITION) if column in outer else column
            for column in recognised.columns
        )
        return replace(recognised, columns=columns)
    columns = tuple(
        replace(column, field=Field.AMBITION) if column.field == Field.ORIENTATION else column
        for column in recognised.columns
    )
    bands = {
        style: Field.AMBITION if level == Field.ORIENTATION else level
        for style, level in recognised.bands.items()
    }
    return replace(recognised, columns=columns, bands=bands)


def _outer_needs(columns: Sequence[MatchedColumn]) -> list[MatchedColumn]:
    """« ENJEU A : … », numbered, on the left of the orientations in each table: these are under it."""
    inner = {column.table: column.column for column in columns if column.field == Field.ORIENTATION}
    outer = [
        column
        for column in columns
        if column.field == Field.NEED
        and column.column < inner.get(column.table, 0)
        and split_number(column.sample).code
    ]
    return outer if {column.table for column in outer} == set(inner) else []
