"""Calendars of an organisation that merges into another become that one’s."""

import datetime as dt
import uuid

from partners.models import Organisation
from partners.tracking import Author

from .models import ReadLink


class CalendarsFollow:
    """What stands above the actions and names organisations (`actions.merging.Follower`)."""

    def announce(self, kept: Organisation, absorbed: Organisation) -> list[str]:
        return []  # Whoever follows a calendar sees no difference: it says what the organisation carries.

    def hand_over(
        self,
        kept: Organisation,
        absorbed: Organisation,
        *,
        by: Author,
        at: dt.datetime,
        reason: str,
        batch: uuid.UUID,
    ) -> None:
        ReadLink.objects.filter(organisation=absorbed).update(organisation=kept)
