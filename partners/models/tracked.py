import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple, Self, TypeVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from ctg.web.numbers import plain_decimal, write_number

from .user import User

M = TypeVar("M", bound="Tracked", covariant=True)

TRASH_DAYS = 30


class Place(NamedTuple):
    """Where the history of a thing is read."""

    territory_id: int
    plan_id: int | None = None
    action_id: int | None = None


class TrackedQuerySet(models.QuerySet[M]):
    def current(self) -> Self:
        return self.filter(trashed_at=None)

    def in_trash(self) -> Self:
        """What can still be taken back; older things stay in the archives and leave the screens."""
        return self.filter(trashed_at__gte=timezone.now() - dt.timedelta(days=TRASH_DAYS))


class OwnedQuerySet(TrackedQuerySet[M]):
    """Things that belong to another, whose doors open them: `owner` is the field that leads to it."""

    owner: ClassVar[str]

    def visible_to(self, user: User) -> Self:
        return self.current().filter(**{f"{self.owner}__in": self._owners().visible_to(user)})

    def editable_by(self, user: User) -> Self:
        return self.current().filter(**{f"{self.owner}__in": self._owners().editable_by(user)})

    def restorable_by(self, user: User) -> Self:
        return self.in_trash().filter(**{f"{self.owner}__in": self._owners().editable_by(user)})

    def _owners(self) -> Any:
        field: Any = self.model._meta.get_field(self.owner)
        return field.related_model._default_manager


class Tracked(models.Model):
    """A thing that many people keep: its changes are written down, and it is never destroyed.

    Write through `partners.tracking`, which locks the row, merges, and records; `version` counts the
    writes. `tracked_fields` names what the history tells, in the order in which it is read.
    """

    version = models.PositiveIntegerField(default=1, editable=False)
    trashed_at = models.DateTimeField("mis à la corbeille le", null=True, editable=False)
    trashed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    tracked_fields: ClassVar[tuple[str, ...]] = ()
    tracked_labels: ClassVar[dict[str, str]] = {}

    class Meta:
        abstract = True

    def place(self) -> Place:
        raise NotImplementedError

    @property
    def is_private(self) -> bool:
        """Whether its history is for the coordination alone."""
        return False

    def tracks(self, name: str) -> bool:
        """Whether the history tells the field of that name."""
        return name in self.tracked_fields

    def derive(self) -> list[str]:
        """Recompute the fields that follow from others, before a save; name those to save."""
        return []

    def read_tracked(self, name: str) -> Any:
        """The value of a tracked field as plain JSON."""
        return plain(getattr(self, self._concrete(name).attname))

    def write_tracked(self, name: str, value: Any) -> bool:
        """Set a tracked field from plain JSON; false when it lives outside the row and is saved already."""
        field = self._concrete(name)
        if field.is_relation:
            setattr(self, field.attname, value)
        else:
            setattr(self, name, field.to_python(value))
        return True

    def describe_tracked(self, name: str, value: Any) -> str:
        """A value of a tracked field as a person reads it in the history."""
        if isinstance(value, list):
            return " · ".join(map(str, value))
        if value is None or value == "":
            return ""
        field = self._concrete(name)
        if field.is_relation:
            related = field.related_model._base_manager.filter(pk=value).first()
            return str(related or "")
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, bool):
            return "oui" if value else "non"
        if isinstance(field, models.DateField):
            return date_format(field.to_python(value), "j F Y")
        if isinstance(field, models.DecimalField):
            return write_number(Decimal(value))
        return str(value)

    def label_tracked(self, name: str) -> str:
        return self.tracked_labels.get(name) or str(self._concrete(name).verbose_name)

    def _concrete(self, name: str) -> Any:
        return self._meta.get_field(name)


def plain(value: Any) -> Any:
    """A value of a form or a model as JSON holds it: relations by key, dates in ISO, decimals as text."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, list | tuple | set | models.QuerySet):
        return [plain(item) for item in value]
    return value
