"""Who made a document theirs, and when: a meeting that adopted it, a body elsewhere, a signature."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from actions.calendar import say
from actions.models import Meeting, Plan
from partners.models import User


@dataclass(frozen=True)
class Adoption:
    """`words` is what the document prints; everything is empty for what nobody adopts, such as an erratum."""

    words: str = ""
    on: dt.date | None = None
    meeting: Meeting | None = None


def adoption_asked(plan: Plan, params: dict[str, Any], user: User) -> Adoption:
    """« COPIL du 12 mars 2026 », or « Conseil communautaire, le 12 mars 2026 » for an adoption elsewhere."""
    if params["meeting"]:
        meetings = Meeting.objects.visible_to(user).filter(body__plan=plan).select_related("body")
        meeting = meetings.get(pk=params["meeting"])
        return Adoption(f"{meeting.body.name} du {say(meeting.held_on)}", meeting.held_on, meeting)
    on = dt.date.fromisoformat(params["adopted_on"])
    return Adoption(f"{params['adopted_by']}, le {say(on)}", on)


def signature_asked(params: dict[str, Any]) -> Adoption:
    on = dt.date.fromisoformat(params["signed_on"])
    return Adoption(f"signature du {say(on)}", on)
