"""From actions in their columns to a plan, with every cell accounted for."""

from ..layout import Doubt
from .accounting import Accounting, account
from .reading import read_plan
from .shapes import ReadAction, ReadHeading, ReadPlan

__all__ = ["Accounting", "Doubt", "ReadAction", "ReadHeading", "ReadPlan", "account", "read_plan"]
