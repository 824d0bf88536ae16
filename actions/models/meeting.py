import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from partners.models import OwnedQuerySet, Place, Tracked, User

from .body import Body, BodyKind, Seat
from .plan import Plan


class MeetingQuerySet(OwnedQuerySet["Meeting"]):
    owner = "body"

    def of_plan(self, plan: Plan) -> Self:
        return self.current().filter(body__plan=plan, body__trashed_at=None)

    def unsealed(self) -> Self:
        """Those whose minutes may still be written."""
        return self.filter(concluded_at=None)

    def steering(self) -> Self:
        """Those of a COPIL: what élus count from."""
        return self.filter(body__kind=BodyKind.STEERING)

    def past(self, today: dt.date) -> Self:
        """Those that were held before today, the latest first."""
        return self.filter(held_on__lt=today).order_by("-held_on", "-pk")

    def coming(self, today: dt.date) -> Self:
        """Those of today and after, the next first."""
        return self.filter(held_on__gte=today).order_by("held_on", "starts_at", "pk")


class Meeting(Tracked):
    """One meeting of a body: its agenda before, its minutes after."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField("date")
    starts_at = models.TimeField("heure", null=True, blank=True)
    place_text = models.CharField("lieu", max_length=200, blank=True)
    introduction = models.TextField("mot d’introduction", blank=True)
    minutes = models.TextField("relevé des échanges", blank=True)
    concluded_at = models.DateTimeField("compte rendu arrêté le", null=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = (
        *("held_on", "starts_at", "place_text"),
        *("introduction", "minutes", "concluded_at"),
    )

    class Meta:
        verbose_name = "réunion"
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["body", "-held_on"], name="meetings_of_a_body")]

    def __str__(self) -> str:
        return f"{self.body.name} du {self.held_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("actions:meeting_detail", args=[self.pk])

    def place(self) -> Place:
        return self.body.place()


class AgendaItemQuerySet(OwnedQuerySet["AgendaItem"]):
    owner = "meeting"

    def restorable_by(self, user: User) -> Self:
        """As long as the minutes are open."""
        return self.in_trash().filter(meeting__in=Meeting.objects.editable_by(user).unsealed())

    def of_plan(self, plan: Plan) -> Self:
        current = {"meeting__trashed_at": None, "meeting__body__trashed_at": None}
        return self.current().filter(meeting__body__plan=plan, **current)


class AgendaItem(Tracked):
    """A point of the agenda: a text of its own, an action to look at, or a decision to take."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField("ordre", default=0)
    title = models.CharField("point", max_length=300, blank=True)
    action = models.ForeignKey(
        "actions.Action", models.PROTECT, related_name="agenda_items", null=True, blank=True
    )
    decision = models.ForeignKey(
        "actions.Decision",
        models.PROTECT,
        related_name="agenda_items",
        null=True,
        blank=True,
        verbose_name="décision",
    )
    summary = models.TextField("ce qui s’est dit", blank=True)

    objects = AgendaItemQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = ("title", "action", "decision", "summary", "position")

    class Meta:
        verbose_name = "point de l’ordre du jour"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") | Q(action__isnull=False) | Q(decision__isnull=False),
                name="a_point_says_what_it_is_about",
            )
        ]

    def __str__(self) -> str:
        return self.title or str(self.decision or self.action)

    def place(self) -> Place:
        return self.meeting.place()


class Presence(models.TextChoices):
    PRESENT = "present", "présent·e"
    REPRESENTED = "represented", "représenté·e"
    EXCUSED = "excused", "excusé·e"
    ABSENT = "absent", "absent·e"


class AttendanceQuerySet(OwnedQuerySet["Attendance"]):
    owner = "meeting"

    def restorable_by(self, user: User) -> Self:
        """As long as the minutes are open, and unless something else was noted of the same member since."""
        since = Attendance.objects.current().filter(meeting=OuterRef("meeting"), seat=OuterRef("seat"))
        mine = self.in_trash().filter(meeting__in=Meeting.objects.editable_by(user).unsealed())
        return mine.exclude(Exists(since))


class Attendance(Tracked):
    """Who was at a meeting: a member of the body, or a guest by her name."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(
        Seat, models.PROTECT, related_name="attendances", null=True, blank=True, verbose_name="membre"
    )
    guest = models.CharField("personne invitée", max_length=200, blank=True)
    presence = models.CharField("présence", max_length=20, choices=Presence, default=Presence.PRESENT)

    objects = AttendanceQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = ("seat", "guest", "presence")

    class Meta:
        verbose_name = "présence"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "seat"],
                condition=Q(trashed_at=None, seat__isnull=False),
                name="one_presence_per_member",
            ),
            models.CheckConstraint(condition=Q(seat=None) ^ Q(guest=""), name="a_member_or_a_guest"),
        ]

    def __str__(self) -> str:
        return self.guest or str(self.seat)

    def place(self) -> Place:
        return self.meeting.place()
