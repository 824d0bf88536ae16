"""The plan as it stood at the end of any day, and what differs between two days."""

from .counting import say_counts
from .rebuilding import read_past, read_pasts
from .shifts import Shift, ShiftKind, differences
from .states import ActionThen, MilestoneThen, Past

__all__ = [
    "ActionThen",
    "MilestoneThen",
    "Past",
    "Shift",
    "ShiftKind",
    "differences",
    "read_past",
    "read_pasts",
    "say_counts",
]
