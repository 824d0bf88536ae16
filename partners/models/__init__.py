from .change import Change
from .job import Job, JobState
from .mail_choice import MailChoice
from .organisation import Alias, Organisation, OrganisationKind
from .outbox import Letter
from .receipt import Receipt
from .session import Session
from .territory import Membership, Role, Territory
from .tracked import OwnedQuerySet, Place, Tracked, TrackedQuerySet
from .user import User

__all__ = [
    "Alias",
    "Change",
    "Job",
    "JobState",
    "Letter",
    "MailChoice",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "OwnedQuerySet",
    "Place",
    "Receipt",
    "Role",
    "Session",
    "Territory",
    "Tracked",
    "TrackedQuerySet",
    "User",
]
