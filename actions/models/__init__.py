from .action import Action, ActionQuerySet, Involvement, Part
from .attachment import Attachment, AttachmentKind
from .body import Body, BodyKind, Seat
from .budget import BudgetLine
from .custom_field import CustomField, FieldKind
from .decision import Blockage, Decision, Outcome
from .diagnosis import Need, Objective, Theme
from .discussion import Discussion, Message
from .follow_up import Factor, FactorKind, Milestone, ProgressNote
from .meeting import AgendaItem, Attendance, Meeting, Presence
from .plan import FilledBy, Plan
from .saved_view import SavedView
from .status import Confidence, Status
from .strategy import Ambition, Orientation

__all__ = [
    "Action",
    "ActionQuerySet",
    "AgendaItem",
    "Ambition",
    "Attachment",
    "AttachmentKind",
    "Attendance",
    "Blockage",
    "Body",
    "BodyKind",
    "BudgetLine",
    "Confidence",
    "CustomField",
    "Decision",
    "Discussion",
    "Factor",
    "FactorKind",
    "FieldKind",
    "Involvement",
    "FilledBy",
    "Meeting",
    "Message",
    "Milestone",
    "Need",
    "Objective",
    "Orientation",
    "Outcome",
    "Part",
    "Plan",
    "Presence",
    "ProgressNote",
    "SavedView",
    "Seat",
    "Status",
    "Theme",
]
