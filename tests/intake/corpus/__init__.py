"""Plan files of our own making, each with what must come out of it: `CASES`, by name."""

from . import (
    amounts,
    aside_sheets,
    banded_rows,
    calendars,
    exports,
    label_sheets,
    learnt_forms,
    learnt_rows,
    learnt_sheets,
    learnt_steps,
    packed_cells,
    parts_of_documents,
    plain_rows,
    several_tables,
    uglier,
    ugliest,
    ugly,
)
from .cases import CASES

__all__ = [
    "CASES",
    "amounts",
    "aside_sheets",
    "banded_rows",
    "calendars",
    "exports",
    "label_sheets",
    "learnt_forms",
    "learnt_rows",
    "learnt_sheets",
    "learnt_steps",
    "packed_cells",
    "parts_of_documents",
    "plain_rows",
    "several_tables",
    "uglier",
    "ugliest",
    "ugly",
]
