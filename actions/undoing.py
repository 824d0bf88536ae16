"""Taking a bulk change back: each action that still holds what it wrote gets what it had before."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from itertools import groupby

from django.db import transaction
from django.db.models import Count, QuerySet

from partners.models import Change, User
from partners.models.change import Event
from partners.tracking import Author

from .bulk import CARRIERS, FOLLOW_UP, Left, Line, door, standing_of, write
from .models import Action


def undoable_among(batches: Collection[uuid.UUID], user: User) -> set[uuid.UUID]:
    """Which gestures of the user were bulk changes."""
    rows = _written(user).filter(batch__in=batches).order_by().values("batch")
    many = rows.annotate(actions=Count("object_id", distinct=True)).filter(actions__gt=1)
    return set(many.values_list("batch", flat=True))


def preview_undo(rows: Sequence[Change], user: User) -> tuple[list[Line], list[Left]]:
    """What undoing would put back, and what was touched since and stays. A reason goes with its status."""
    kept, left = _sort(rows, user)
    return [Line(action, *_both_words(changes)) for action, changes in kept], left


def undo(rows: Sequence[Change], user: User, *, by: Author, at: dt.datetime) -> tuple[int, list[Left]]:
    """Put back what still holds what the bulk change wrote; return how many actions, and those left."""
    batch = uuid.uuid4()
    with transaction.atomic():
        kept, left = _sort(rows, user)
        for action, changes in kept:
            before = {change.field: change.before for change in changes}
            left += write(action, before, action.version, by, at, batch, "Annulation d’un changement en lot")
    return Change.objects.filter(batch=batch).values("object_id").distinct().count(), left


def written_in(batch: uuid.UUID, user: User) -> list[Change]:
    """What a bulk change of the user wrote, action by action."""
    return list(_written(user).filter(batch=batch).order_by("object_id", "pk"))


def count_written(batch: uuid.UUID, user: User) -> int:
    return _written(user).filter(batch=batch).values("object_id").distinct().count()


def _written(user: User) -> QuerySet[Change]:
    fields = (*FOLLOW_UP, *CARRIERS)
    return Change.objects.undoable_by(user).filter(kind="action", event=Event.CHANGED, field__in=fields)


def _sort(rows: Sequence[Change], user: User) -> tuple[list[tuple[Action, list[Change]]], list[Left]]:
    """The actions that still hold all that the rows say, with their rows; and the others."""
    is_follow_up = all(row.field in FOLLOW_UP for row in rows)
    mine = door(user, is_follow_up).select_related("plan").filter(pk__in={row.object_id for row in rows})
    actions = {action.pk: action for action in mine}
    standing = standing_of(actions.values())
    later = Change.objects.visible_to(user).filter(
        kind="action",
        object_id__in=list(actions),
        field__in={row.field for row in rows},
        pk__gt=max(row.pk for row in rows),
    )
    authors = dict(later.order_by("pk").values_list("object_id", "author_label"))
    kept: list[tuple[Action, list[Change]]] = []
    left: list[Left] = []
    for pk, group in groupby(rows, key=lambda row: row.object_id):
        changes = list(group)
        if pk not in actions:
            left.append(Left(changes[0].name, "à la corbeille, ou plus à vous"))
        elif any(standing[pk][change.field] != change.after for change in changes):
            left.append(Left(str(actions[pk]), f"modifiée depuis par {authors.get(pk, 'quelqu’un')}"))
        else:
            kept.append((actions[pk], changes))
    return kept, left


def _both_words(changes: Sequence[Change]) -> tuple[str, str]:
    """What is there, and what would come back; the rows tell it as it was read then."""
    there = ", ".join(change.after_text for change in changes if change.after_text)
    back = ", ".join(change.before_text for change in changes if change.before_text)
    return there or "(vide)", back or "(vide)"
