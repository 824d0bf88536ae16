"""Documents joined to an action or to a meeting."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from ctg.web import uploads
from partners import tracking
from partners.models import User
from partners.tracking import Author

from .models import Action, Attachment, Meeting


@dataclass(frozen=True)
class Joined:
    """A document as a table shows it."""

    attachment: Attachment
    is_editable: bool


def attachments_of(
    place: Action | Meeting, user: User, *, coordinates: bool, keeps: bool = False
) -> list[Joined]:
    """The documents of an action or of a meeting that the user reads, newest first.

    The coordination changes them all; whoever keeps the action changes those that she added.
    """
    return [
        Joined(one, coordinates or (keeps and one.added_by_id == user.pk))
        for one in place.attachments.open_to(user)
    ]


def attach_file(
    attachment: Attachment, file: "UploadedFile[Any]", media_type: str, *, by: Author, at: dt.datetime
) -> Attachment:
    """Keep a file on the disk, then say what it is; without a title, it is called by its name."""
    stored = uploads.keep(file, media_type)
    attachment.file_name, attachment.stored_as = stored.name, stored.stored_as
    attachment.media_type, attachment.size = stored.media_type, stored.size
    attachment.title = attachment.title or stored.name
    return _sign(attachment, by, at)


def attach_address(attachment: Attachment, *, by: Author, at: dt.datetime) -> Attachment:
    attachment.title = attachment.title or attachment.url[:200]
    return _sign(attachment, by, at)


def download_name(attachment: Attachment) -> str:
    """Its title, with the extension of what it really is."""
    return uploads.download_name(attachment.title, attachment.media_type)


def _sign(attachment: Attachment, by: Author, at: dt.datetime) -> Attachment:
    attachment.added_by, attachment.added_label, attachment.added_at = by.user, by.label, at
    return tracking.create(attachment, by=by, at=at)
