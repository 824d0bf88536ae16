"""What proves a value: added and taken away by whoever may write the value, as long as she may."""

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from ctg.web import uploads
from partners import tracking
from partners.models.change import Event
from partners.tracking import Author

from ..models import Evidence, Measurement


def add_file(
    value: Measurement, file: "UploadedFile[Any]", media_type: str, *, name: str, by: Author, at: dt.datetime
) -> Evidence:
    """Keep a file; sent twice, it is kept once."""
    with transaction.atomic():
        tracking.lock(value)
        for one in value.evidence.filter(removed_at=None, size=file.size or 0).exclude(stored_as=""):
            if _is_same(one, file):
                return one
        stored = uploads.keep(file, media_type)
        shown = uploads.download_name(name, media_type) if name else stored.name
        details = {"stored_as": stored.stored_as, "media_type": media_type, "size": stored.size}
        return _add(value, by, at, name=shown, **details)


def add_address(value: Measurement, url: str, *, name: str, by: Author, at: dt.datetime) -> Evidence:
    with transaction.atomic():
        tracking.lock(value)
        known = value.evidence.filter(removed_at=None, url=url).first()
        return known or _add(value, by, at, name=name or url[:200], url=url)


def remove(evidence: Evidence, *, by: Author, at: dt.datetime) -> None:
    """Take it out of sight; the file stays with the archives."""
    with transaction.atomic():
        tracking.lock(evidence.measurement)
        if Evidence.objects.filter(pk=evidence.pk, removed_at=None).update(removed_at=at):
            _record(evidence.measurement, by, at, before_text=evidence.name)


def _add(value: Measurement, by: Author, at: dt.datetime, **details: Any) -> Evidence:
    added = Evidence.objects.create(measurement=value, added_label=by.label, added_at=at, **details)
    _record(value, by, at, after_text=added.name)
    return added


def _record(value: Measurement, by: Author, at: dt.datetime, **texts: Any) -> None:
    tracking.record(value, Event.CHANGED, by=by, at=at, field="evidence", label="justificatif", **texts)


def _is_same(kept: Evidence, file: "UploadedFile[Any]") -> bool:
    file.seek(0)
    with uploads.open_stored(kept.stored_as) as stored:
        same = bool(stored.read() == file.read())
    file.seek(0)
    return same
