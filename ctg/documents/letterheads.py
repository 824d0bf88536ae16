"""The letterhead of a territory: what its papers take of it, and how each of its two files is replaced."""

import datetime as dt
from enum import StrEnum
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from ctg.documents.models import Letterhead
from ctg.documents.papers.blocks import Logo
from ctg.web import uploads
from ctg.web.pictures import read_picture
from ctg.web.uploads import Stored
from partners import tracking
from partners.models import Territory
from partners.tracking import Author


class Part(StrEnum):
    """The files of a letterhead; the value is the word that addresses use, the name that of the field."""

    LOGO = "logo"
    TEMPLATE = "modele"

    @property
    def field(self) -> str:
        return self.name.lower()

    def of(self, letterhead: Letterhead) -> Stored | None:
        return letterhead.logo_file if self is Part.LOGO else letterhead.template_file


def letterhead_of(territory: Territory) -> Letterhead:
    """That of a territory, empty when nothing was ever chosen."""
    found = Letterhead.objects.of_territory(territory.pk).first()
    letterhead = found or Letterhead(territory_id=territory.pk)
    letterhead.territory = territory
    return letterhead


def read_logo(letterhead: Letterhead) -> Logo | None:
    """The logo to print, if any; a paper without it is better than none, should its file be lost."""
    content = _content_of(letterhead.logo_file)
    if content is None:
        return None
    picture = read_picture(content)
    return Logo(*picture, alternative=f"Logo de {letterhead.territory.name}")


def read_template(letterhead: Letterhead) -> BytesIO | None:
    """The Word document whose styles a paper takes, if the territory gave its own."""
    content = _content_of(letterhead.template_file)
    return None if content is None else BytesIO(content)


def replace_file(
    letterhead: Letterhead,
    part: Part,
    file: SimpleUploadedFile,
    media_type: str,
    *,
    seen: int,
    by: Author,
    at: dt.datetime,
) -> Letterhead:
    """Keep a file, and put it to use; raise `Conflict` when somebody else changed that part since `seen`."""
    stored = uploads.keep(file, media_type)
    try:
        return _write(letterhead, part, stored._asdict(), seen, by, at)
    except tracking.Conflict:
        uploads.drop_stored(stored.stored_as)
        raise


def remove_file(letterhead: Letterhead, part: Part, *, seen: int, by: Author, at: dt.datetime) -> Letterhead:
    """Put a file out of use; it stays on the disk, and the history names it."""
    if part.of(letterhead) is None:
        return letterhead
    return _write(letterhead, part, {}, seen, by, at)


def _write(
    letterhead: Letterhead, part: Part, value: dict[str, Any], seen: int, by: Author, at: dt.datetime
) -> Letterhead:
    row = _row_of(letterhead, by, at)
    tracking.change(row, {part.field: value}, by=by, at=at, seen=seen)
    return row


def _row_of(letterhead: Letterhead, by: Author, at: dt.datetime) -> Letterhead:
    """The letterhead itself, or its row made empty: the history then tells of each file in the same way."""
    if letterhead.pk is not None:
        return letterhead
    try:
        with transaction.atomic():
            return tracking.create(letterhead, by=by, at=at)
    except IntegrityError:
        return Letterhead.objects.of_territory(letterhead.territory_id).get()


def _content_of(stored: Stored | None) -> bytes | None:
    if stored is None:
        return None
    try:
        with uploads.open_stored(stored.stored_as) as file:
            return file.read()
    except FileNotFoundError:
        return None
