"""Tables side by side on one sheet, with a blank column between them."""

from dataclasses import replace

from ..tables import Table


def blocks(table: Table) -> list[tuple[int, int]]:
    """The first and the last column of each, from left to right."""
    filled: set[int] = set()
    width = table.width
    for cell in table.cells.values():
        # What runs over a whole sheet is a title of all its tables, not a bridge between them.
        reach = cell.columns if cell.columns < 0.6 * width else 1
        filled.update(range(cell.place.column, cell.place.column + reach))
    edges = [column for column in sorted(filled) if column - 1 not in filled]
    ends = [column for column in sorted(filled) if column + 1 not in filled]
    return list(zip(edges, ends, strict=True))


def within(table: Table, span: tuple[int, int] | None) -> Table:
    """One of these tables; the whole when there is no span."""
    if span is None:
        return table
    first, last = span
    kept = {place: cell for place, cell in table.cells.items() if first <= place.column <= last}
    return replace(table, cells=kept)
