from .action import Action, ActionQuerySet, Involvement, Part
from .diagnosis import Need, Objective, Theme
from .follow_up import Factor, FactorKind, Milestone, ProgressNote
from .plan import Plan
from .status import Confidence, Status
from .strategy import Ambition, Orientation

__all__ = [
    "Action",
    "ActionQuerySet",
    "Ambition",
    "Confidence",
    "Factor",
    "FactorKind",
    "Involvement",
    "Milestone",
    "Need",
    "Objective",
    "Orientation",
    "Part",
    "Plan",
    "ProgressNote",
    "Status",
    "Theme",
]
