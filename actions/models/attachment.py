from typing import ClassVar, Self
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q
from django.urls import reverse

from ctg.web.uploads import describe
from partners.models import Membership, Place, Role, Tracked, TrackedQuerySet, User

from .action import Action
from .follow_up import ProgressNote
from .meeting import Meeting
from .plan import Plan


class AttachmentKind(models.TextChoices):
    AGREEMENT = "agreement", "convention ou avenant"
    RESOLUTION = "resolution", "délibération"
    MINUTES = "minutes", "compte rendu"
    SLIDES = "slides", "support de réunion"
    STUDY = "study", "étude ou diagnostic"
    PUBLICITY = "publicity", "communication, photo"
    OTHER = "other", "autre document"


class AttachmentQuerySet(TrackedQuerySet["Attachment"]):
    def visible_to(self, user: User) -> Self:
        """Those of what the user reads; what is kept for the coordination, by it alone."""
        current = self.current().filter(
            Q(action__in=Action.objects.visible_to(user)) | Q(meeting__in=Meeting.objects.visible_to(user))
        )
        return current.filter(self._open_to(user))

    def open_to(self, user: User) -> Self:
        """The same, of actions and meetings that were reached through their own door."""
        return self.current().filter(self._open_to(user))

    def editable_by(self, user: User) -> Self:
        """The coordination's all, and what one added oneself to an action that one keeps."""
        own = Q(added_by=user, action__in=Action.objects.updatable_by(user))
        return self.current().filter(self._coordinated(user) | own)

    def restorable_by(self, user: User) -> Self:
        return self.in_trash().filter(self._coordinated(user))

    @staticmethod
    def _coordinated(user: User) -> Q:
        return Q(action__in=Action.objects.editable_by(user)) | Q(
            meeting__in=Meeting.objects.editable_by(user)
        )

    @staticmethod
    def _open_to(user: User) -> Q:
        coordinated = Membership.objects.filter(user=user, role=Role.COORDINATOR).values("territory")
        return (
            Q(audience=ProgressNote.Audience.EVERYONE) | Q(added_by=user) | Q(plan__territory__in=coordinated)
        )


class Attachment(Tracked):
    """A document of an action or of a meeting: a file kept outside the web root, or the address of a page."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="attachments")
    action = models.ForeignKey(Action, models.PROTECT, related_name="attachments", null=True, blank=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attachments", null=True, blank=True)
    kind = models.CharField("nature", max_length=20, choices=AttachmentKind, default=AttachmentKind.OTHER)
    title = models.CharField("titre", max_length=200)
    audience = models.CharField(
        "visible par",
        max_length=20,
        choices=ProgressNote.Audience,
        default=ProgressNote.Audience.EVERYONE,
    )
    url = models.URLField("adresse", max_length=500, blank=True)
    file_name = models.CharField(max_length=200, blank=True, editable=False)
    stored_as = models.CharField(max_length=64, blank=True, editable=False)
    media_type = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveIntegerField(default=0, editable=False)
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    added_label = models.CharField("ajouté par", max_length=300, editable=False)
    added_at = models.DateTimeField("ajouté le", editable=False)

    objects = AttachmentQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = ("title", "kind", "audience", "url")

    class Meta:
        verbose_name = "document joint"
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(url="") ^ Q(stored_as=""), name="an_attachment_is_a_file_or_an_address"
            ),
            models.CheckConstraint(
                condition=Q(action=None) ^ Q(meeting=None), name="an_attachment_has_one_place"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def place(self) -> Place:
        return Place(self.plan.territory_id, plan_id=self.plan_id, action_id=self.action_id)

    def get_absolute_url(self) -> str:
        return reverse("actions:attachment_open", args=[self.pk])

    @property
    def is_private(self) -> bool:
        return self.audience == ProgressNote.Audience.COORDINATORS

    @property
    def format_text(self) -> str:
        """« PDF, 240 Ko », or the site to which a link leads."""
        if self.url:
            return f"lien, {urlsplit(self.url).hostname}"
        return describe(self.media_type, self.size)
