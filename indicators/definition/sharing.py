"""Writes that concern an indicator and one of its actions."""

import datetime as dt

from django.db import transaction

from actions.models import Action
from partners import tracking
from partners.tracking import Author

from ..models import Indicator


def share(indicator: Indicator, *, action: Action, by: Author, at: dt.datetime) -> None:
    """Let an indicator serve one more action."""
    with transaction.atomic():
        served = tracking.lock(indicator).read_tracked("actions")
        if action.pk not in served:
            tracking.change(indicator, {"actions": [*served, action.pk]}, by=by, at=at)


def detach(indicator: Indicator, *, action: Action, by: Author, at: dt.datetime) -> None:
    """Take an indicator off the sheet of an action; it stays in the plan."""
    with transaction.atomic():
        served = tracking.lock(indicator).read_tracked("actions")
        left = [pk for pk in served if pk != action.pk]
        tracking.change(indicator, {"actions": left}, by=by, at=at)
