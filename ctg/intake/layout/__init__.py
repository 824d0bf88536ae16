"""From tables of texts to actions in their columns: recognise, show for correction, apply."""

from .applying import apply
from .fields import Field
from .recognising import NoAction, recognise
from .shapes import (
    Arrangement,
    Doubt,
    Laid,
    Leftover,
    MatchedColumn,
    MatchedTable,
    Piece,
    Recognised,
    Record,
    Role,
    Spot,
    shape_key,
)

__all__ = [
    "Arrangement",
    "Doubt",
    "Field",
    "Laid",
    "Leftover",
    "MatchedColumn",
    "MatchedTable",
    "NoAction",
    "Piece",
    "Recognised",
    "Record",
    "Role",
    "Spot",
    "apply",
    "recognise",
    "shape_key",
]
