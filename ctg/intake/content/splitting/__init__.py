"""Cells that hold several things, cut by rules: proposals, for a person to confirm."""

from .amounts import without_amounts
from .calendars import read_calendar
from .choices import read_priority, read_progress, read_status
from .factors import ProposedFactor, split_factors
from .indicators import ProposedIndicator, split_indicators
from .organisations import (
    KnownOrganisation,
    ProposedOrganisation,
    ProposedPart,
    share_parts,
    split_organisations,
)

__all__ = [
    "KnownOrganisation",
    "ProposedFactor",
    "ProposedIndicator",
    "ProposedOrganisation",
    "ProposedPart",
    "read_calendar",
    "read_priority",
    "read_progress",
    "read_status",
    "share_parts",
    "split_factors",
    "split_indicators",
    "split_organisations",
    "without_amounts",
]
