"""Writing down who was at a meeting: only what a person changed, member by member."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from partners import tracking
from partners.tracking import Author

from ..models import Attendance, Meeting, Seat


class Disputed(Exception):
    """Somebody else wrote of the same members since the page was drawn; nothing was saved."""

    def __init__(self, seats: Sequence[Seat]) -> None:
        super().__init__(", ".join(map(str, seats)))
        self.seats = seats


def seats_of(meeting: Meeting) -> list[Seat]:
    """The members of the body, and those who left it since but of whom the meeting says something."""
    members = meeting.body.seats.select_related("organisation")
    noted = set(meeting.attendances.current().values_list("seat", flat=True))
    return [seat for seat in members if seat.trashed_at is None or seat.pk in noted]


def presences_of(meeting: Meeting) -> tuple[dict[int, str], list[str]]:
    """What is noted: the presence of each member, and the guests."""
    rows = list(meeting.attendances.current())
    return (
        {row.seat_id: row.presence for row in rows if row.seat_id},
        [row.guest for row in rows if not row.seat_id],
    )


def note_presences(
    meeting: Meeting,
    *,
    wanted: Mapping[int, tuple[str, str]],
    guests: tuple[Iterable[str], Iterable[str]],
    by: Author,
    at: dt.datetime,
) -> int:
    """Write what changed between the page as drawn and as sent; return how many lines it takes.

    `wanted` has both for each member, `guests` the two lists. Raise `Disputed` over the members of whom
    somebody else wrote something else meanwhile.
    """
    batch = uuid.uuid4()
    with transaction.atomic():
        tracking.lock(meeting)
        rows = {row.seat_id: row for row in meeting.attendances.current().exclude(seat=None)}
        standing = {pk: rows[pk].presence if pk in rows else "" for pk in wanted}
        touched = {pk: mine for pk, (was, mine) in wanted.items() if mine not in (was, standing[pk])}
        disputed = [pk for pk in touched if standing[pk] != wanted[pk][0]]
        if disputed:
            raise Disputed(list(meeting.body.seats.filter(pk__in=disputed)))
        for pk, presence in touched.items():
            if pk not in rows:
                row = Attendance(meeting=meeting, seat_id=pk, presence=presence)
                tracking.create(row, by=by, at=at, batch=batch)
            elif presence:
                tracking.change(rows[pk], {"presence": presence}, by=by, at=at, batch=batch)
            else:
                tracking.trash(rows[pk], by=by, at=at, batch=batch)
        return len(touched) + _note_guests(meeting, *guests, by=by, at=at, batch=batch)


def _note_guests(
    meeting: Meeting,
    before: Iterable[str],
    now: Iterable[str],
    *,
    by: Author,
    at: dt.datetime,
    batch: uuid.UUID,
) -> int:
    """Add and remove what the person did; the guests that others added meanwhile stay."""
    added = [name for name in dict.fromkeys(now) if name not in set(before)]
    removed = set(before) - set(now)
    rows = list(meeting.attendances.current().filter(seat=None))
    new = [name for name in added if name not in {row.guest for row in rows}]
    gone = [row for row in rows if row.guest in removed]
    for name in new:
        tracking.create(Attendance(meeting=meeting, guest=name), by=by, at=at, batch=batch)
    for row in gone:
        tracking.trash(row, by=by, at=at, batch=batch)
    return len(new) + len(gone)
