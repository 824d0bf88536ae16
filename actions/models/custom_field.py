import datetime as dt
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.formats import date_format

from ctg.web.numbers import write_number
from partners.models import OwnedQuerySet, Place, Tracked

from .plan import FilledBy, Plan

#: How many fields a plan may have beside those that every plan has.
MOST = 8

#: How the history and the row of an action name the value of a field: « custom_3 ».
PREFIX = "custom_"


class FieldKind(models.TextChoices):
    SHORT_TEXT = "short_text", "texte court"
    LONG_TEXT = "long_text", "texte long"
    NUMBER = "number", "nombre, entier ou décimal"
    DATE = "date", "date"
    CHOICE = "choice", "choix dans une liste"
    YES_NO = "yes_no", "oui ou non"


#: The kinds whose values are texts: one may become another when its values allow it.
TEXTS = (FieldKind.SHORT_TEXT, FieldKind.LONG_TEXT, FieldKind.CHOICE)

#: The kinds by which the actions of a plan are filtered.
FILTERING = (FieldKind.CHOICE, FieldKind.YES_NO)


class CustomFieldQuerySet(OwnedQuerySet["CustomField"]):
    owner = "plan"

    def of_plan(self, plan: Plan) -> Self:
        return self.current().filter(plan=plan)


class CustomField(Tracked):
    """A field that one plan adds to the sheets of its actions; the values stand in the actions' rows.

    `key` names those values for ever: it is never given again in the plan, not even to replace a field
    that lies in the trash.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="custom_fields")
    key = models.PositiveSmallIntegerField("clé", editable=False)
    label = models.CharField("intitulé", max_length=60)
    kind = models.CharField("nature", max_length=20, choices=FieldKind, default=FieldKind.SHORT_TEXT)
    choices = models.JSONField("choix proposés", default=list, blank=True)
    help_text = models.CharField("aide", max_length=300, blank=True)
    kept_by = models.CharField("tenu par", max_length=20, choices=FilledBy, default=FilledBy.COORDINATION)
    position = models.PositiveIntegerField("ordre", default=0)

    objects = CustomFieldQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = (
        *("label", "kind", "choices", "help_text", "kept_by", "position"),
    )

    class Meta:
        verbose_name = "champ du plan"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="one_field_per_key")]

    def __str__(self) -> str:
        return self.label

    @property
    def name(self) -> str:
        """The tracked name of its values."""
        return f"{PREFIX}{self.key}"

    @property
    def is_open_to_carriers(self) -> bool:
        return self.kept_by == FilledBy.FOLLOW_UP

    @property
    def filters(self) -> bool:
        """Whether the actions of the plan are filtered by it."""
        return self.kind in FILTERING

    def place(self) -> Place:
        return Place(self.plan.territory_id, plan_id=self.plan_id)

    def typed(self, value: Any) -> str | bool | Decimal | dt.date | None:
        """A value as Python has it; one that its kind cannot hold any more stays the text that it is."""
        if value is None or isinstance(value, bool):
            return value
        with suppress(ValueError, InvalidOperation):
            if self.kind == FieldKind.NUMBER:
                return Decimal(value)
            if self.kind == FieldKind.DATE:
                return dt.date.fromisoformat(value)
        return str(value)

    def say(self, value: Any) -> str:
        """A value as a person reads it; nothing when there is none."""
        typed = self.typed(value)
        if isinstance(typed, bool):
            return "oui" if typed else "non"
        if isinstance(typed, Decimal):
            return write_number(typed)
        if isinstance(typed, dt.date):
            return date_format(typed, "j F Y")
        return typed or ""
