"""Files that were brought and never taken in leave after a month."""

import datetime as dt

from ctg.web import uploads

from .models import DroppedFile, ReturnedPlan

KEPT = dt.timedelta(days=30)


def sweep(now: dt.datetime) -> int:
    """Take away the stale files, each before its row: without it, nothing would ever name it again."""
    stale = list(DroppedFile.objects.stale(now - KEPT))
    for dropped in stale:
        uploads.drop_stored(dropped.stored_as)
        DroppedFile.objects.stale(now - KEPT).filter(pk=dropped.pk).delete()
    returned, _ = ReturnedPlan.objects.stale(now - KEPT).delete()
    return len(stale) + returned
