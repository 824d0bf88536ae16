import uuid
from typing import Self

from django.db import models

from .territory import Territory
from .user import User


class Event(models.TextChoices):
    CREATED = "created", "créé"
    CHANGED = "changed", "modifié"
    TRASHED = "trashed", "mis à la corbeille"
    RESTORED = "restored", "sorti de la corbeille"
    MERGED = "merged", "fusionné"
    REMOVED = "removed", "retiré"


class ChangeQuerySet(models.QuerySet["Change"]):
    def visible_to(self, user: User) -> Self:
        coordinated = models.Q(territory__in=Territory.objects.editable_by(user))
        read = self.filter(territory__in=Territory.objects.visible_to(user))
        return read.filter(coordinated | models.Q(is_private=False))

    def undoable_by(self, user: User) -> Self:
        return self.filter(author=user, territory__in=Territory.objects.visible_to(user))


class Change(models.Model):
    """One field of one thing, changed once: the history that people read, and the base of a merge.

    The thing is named by `kind` (its model's name) and `object_id`, without a foreign key: the history
    stands below the apps that it describes and outlives what it speaks of. `plan_id` and `action_id`
    say on whose page the change is read. `before` and `after` are plain JSON values (identifiers for
    relations, ISO dates); the `…_text` columns are what a person reads, as true on that day.
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="changes")
    plan_id = models.BigIntegerField(null=True)
    action_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    name = models.TextField("objet")
    event = models.CharField(max_length=10, choices=Event)
    field = models.CharField(max_length=60, blank=True)
    label = models.CharField("rubrique", max_length=120, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    before_text = models.TextField("avant", blank=True)
    after_text = models.TextField("après", blank=True)
    reason = models.TextField("motif", blank=True)
    version = models.PositiveIntegerField()
    is_private = models.BooleanField(default=False)
    batch = models.UUIDField(default=uuid.uuid4, db_index=True)
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="changes")
    author_label = models.CharField("auteur", max_length=300)
    at = models.DateTimeField("date")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "modification"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["kind", "object_id", "version"], name="change_of_a_thing"),
            models.Index(fields=["action_id", "-at"], name="change_on_an_action"),
            models.Index(fields=["plan_id", "-at"], name="change_in_a_plan"),
            models.Index(fields=["territory", "-at"], name="change_in_a_territory"),
        ]

    def __str__(self) -> str:
        return f"{self.name} : {self.label or self.get_event_display()}"
