"""What the process that reads answers to the one that asked: lines of JSON, nothing that could run."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ctg.intake.tables import Cell, Place, Refusal, SourceFile, Table


def write_answer(file: SourceFile) -> Iterator[str]:
    """One line for the file, then one for each table."""
    yield json.dumps({"notes": file.notes, "tables": len(file.tables)})
    for table in file.tables:
        cells = [
            (*cell.place, cell.text, cell.rows, cell.columns, cell.is_bold, cell.is_date, cell.is_number)
            for cell in table.cells.values()
        ]
        yield json.dumps(
            {
                "name": table.name,
                "hidden": sorted(table.hidden_rows),
                "after": table.after,
                "is_hidden": table.is_hidden,
                "cells": cells,
            }
        )


def write_refusal(refusal: Refusal) -> str:
    return json.dumps({"refusal": str(refusal)})


def read_answer(lines: Iterable[bytes | str], name: str) -> SourceFile:
    """Read it back; an answer cut short raises `ValueError`."""
    answers = iter(lines)
    first = json.loads(next(answers, b""))
    if "refusal" in first:
        raise Refusal(first["refusal"])
    tables = tuple(_table(json.loads(line)) for line in answers)
    if len(tables) != first["tables"]:
        raise ValueError("tables are missing")
    return SourceFile(name, tables, tuple(first["notes"]))


def _table(answer: dict[str, Any]) -> Table:
    cells = {}
    for row, column, *others in answer["cells"]:
        place = Place(row, column)
        cells[place] = Cell(place, *others)
    hidden = frozenset(answer["hidden"])
    return Table(answer["name"], cells, hidden, answer.get("after", 0), answer.get("is_hidden", False))
