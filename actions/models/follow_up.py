import datetime as dt
import uuid
from typing import ClassVar, Self, TypeVar

from django.db import models

from partners.models import Membership, Organisation, Place, Role, Tracked, TrackedQuerySet, User

from .action import Action
from .plan import Plan

E = TypeVar("E", bound="Entry", covariant=True)


class EntryQuerySet(TrackedQuerySet[E]):
    def visible_to(self, user: User) -> Self:
        return self.current().filter(action__in=Action.objects.visible_to(user))

    def of_plan(self, plan: Plan) -> Self:
        return self.current().filter(action__plan=plan, action__trashed_at=None)

    def updatable_by(self, user: User) -> Self:
        return self.current().filter(action__in=Action.objects.updatable_by(user))

    def restorable_by(self, user: User) -> Self:
        return self.in_trash().filter(action__in=Action.objects.updatable_by(user))


class Entry(Tracked):
    """Something that the follow-up adds to the sheet of an action."""

    class Meta:
        abstract = True

    def place(self) -> Place:
        action: Action = self.action  # type: ignore[attr-defined]
        return Place(action.plan.territory_id, plan_id=action.plan_id, action_id=action.pk)


class Milestone(Entry):
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField("jalon", max_length=300)
    due_on = models.DateField("échéance", null=True, blank=True)
    owner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="milestones",
        null=True,
        blank=True,
        verbose_name="responsable",
    )
    reached_on = models.DateField("atteint le", null=True, blank=True)

    objects = EntryQuerySet["Milestone"].as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = ("title", "due_on", "owner", "reached_on")

    class Meta:
        verbose_name = "jalon"
        ordering = [models.F("due_on").asc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return self.title

    def days_late(self, today: dt.date) -> int:
        """How many days past its date, 0 when reached, undated or still to come."""
        return 0 if self.reached_on or not self.due_on else max(0, (today - self.due_on).days)


class FactorKind(models.TextChoices):
    BRAKE = "brake", "frein"
    LEVER = "lever", "levier"


class Factor(Entry):
    """A frein or a levier; blank kind: the plan did not say which."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="factors")
    kind = models.CharField("frein ou levier", max_length=10, choices=FactorKind, blank=True)
    text = models.TextField("de quoi s’agit-il")
    since = models.DateField("depuis le", null=True, blank=True)
    removed_on = models.DateField("levé le", null=True, blank=True)
    handler = models.CharField("qui agit", max_length=300, blank=True)
    position = models.PositiveIntegerField("ordre", default=0)

    objects = EntryQuerySet["Factor"].as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = ("kind", "text", "since", "removed_on", "handler")

    class Meta:
        verbose_name = "frein ou levier"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class ProgressNoteQuerySet(EntryQuerySet["ProgressNote"]):
    def visible_to(self, user: User) -> Self:
        """Notes kept among coordinators are read by them and by their author alone."""
        return super().visible_to(user).filter(ProgressNote.openness(user))

    def open_to(self, user: User) -> Self:
        """The same, of notes on actions that were reached through their own door."""
        return self.current().filter(ProgressNote.openness(user))

    def updatable_by(self, user: User) -> Self:
        """One's own notes, and for the coordination all of them."""
        coordinated = models.Q(action__in=Action.objects.editable_by(user))
        own = models.Q(author=user, action__in=Action.objects.commentable_by(user))
        return self.current().filter(coordinated | own)

    def restorable_by(self, user: User) -> Self:
        coordinated = models.Q(action__in=Action.objects.editable_by(user))
        own = models.Q(author=user, action__in=Action.objects.commentable_by(user))
        return self.in_trash().filter(coordinated | own)


class ProgressNote(Entry):
    """What happened, dated and signed; `batch` ties it to the changes of status made in the same gesture."""

    class Audience(models.TextChoices):
        EVERYONE = "everyone", "toutes les personnes qui lisent le plan"
        COORDINATORS = "coordinators", "la coordination seulement"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField("note")
    audience = models.CharField("visible par", max_length=20, choices=Audience, default=Audience.EVERYONE)
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="notes")
    author_label = models.CharField("auteur", max_length=300)
    written_at = models.DateTimeField("écrite le")
    batch = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = ProgressNoteQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = ("text", "audience")

    class Meta:
        verbose_name = "note"
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["action", "-written_at"], name="notes_of_an_action")]

    def __str__(self) -> str:
        return f"Note du {self.written_at:%d/%m/%Y}"

    @staticmethod
    def openness(user: User, *, note: str = "", territory: str = "action__plan__territory") -> models.Q:
        """Which notes the user may read; `note` and `territory` lead to them from another model."""
        coordinated = Membership.objects.filter(user=user, role=Role.COORDINATOR).values("territory")
        public = models.Q(**{f"{note}audience": ProgressNote.Audience.EVERYONE})
        return public | models.Q(**{f"{note}author": user}) | models.Q(**{f"{territory}__in": coordinated})

    @property
    def is_private(self) -> bool:
        return self.audience == self.Audience.COORDINATORS
