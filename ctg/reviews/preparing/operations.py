"""Writes across models of a review."""

import datetime as dt

from django.db import IntegrityError, transaction

from actions.models import Action
from ctg.reviews.models import Review, ReviewedAction
from partners import tracking
from partners.tracking import Author


def open_action(review: Review, action: Action, *, by: Author, at: dt.datetime) -> ReviewedAction:
    """What the review says of an action: nothing yet, unless somebody just began to write."""
    try:
        with transaction.atomic():
            return tracking.create(ReviewedAction(review=review, action=action), by=by, at=at)
    except IntegrityError:
        return ReviewedAction.objects.get(review=review, action=action)
