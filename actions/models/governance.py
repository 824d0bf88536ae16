import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from partners.models import Organisation, Place, Tracked, TrackedQuerySet, User

from .plan import Plan


class BodyKind(models.TextChoices):
    STEERING = "steering", "comité de pilotage (COPIL)"
    TECHNICAL = "technical", "comité technique (COTECH)"
    GROUP = "group", "groupe de travail"
    OTHER = "other", "autre instance"


class BodyQuerySet(TrackedQuerySet["Body"]):
    def visible_to(self, user: User) -> Self:
        return self.current().filter(plan__in=Plan.objects.visible_to(user))

    def editable_by(self, user: User) -> Self:
        return self.current().filter(plan__in=Plan.objects.editable_by(user))

    def restorable_by(self, user: User) -> Self:
        return self.in_trash().filter(plan__in=Plan.objects.editable_by(user))

    def of_plan(self, plan: Plan) -> Self:
        return self.current().filter(plan=plan)


class Body(Tracked):
    """Who steers the plan: its COPIL, its COTECH, a working group."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="bodies")
    kind = models.CharField("nature", max_length=20, choices=BodyKind, default=BodyKind.STEERING)
    name = models.CharField("nom", max_length=120)
    mission = models.TextField("rôle", blank=True)

    objects = BodyQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = ("kind", "name", "mission")

    class Meta:
        verbose_name = "instance"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actions:body_detail", args=[self.pk])

    def place(self) -> Place:
        return Place(self.plan.territory_id, plan_id=self.plan_id)


class SeatQuerySet(TrackedQuerySet["Seat"]):
    def visible_to(self, user: User) -> Self:
        return self.current().filter(body__in=Body.objects.visible_to(user))

    def editable_by(self, user: User) -> Self:
        return self.current().filter(body__in=Body.objects.editable_by(user))

    def restorable_by(self, user: User) -> Self:
        return self.in_trash().filter(body__in=Body.objects.editable_by(user))


class Seat(Tracked):
    """A person in a body, by her name and function: she needs no account."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    name = models.CharField("prénom et nom", max_length=200)
    function = models.CharField("fonction", max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="seats",
        null=True,
        blank=True,
        verbose_name="organisme",
    )
    email = models.EmailField("adresse électronique", blank=True)

    objects = SeatQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = ("name", "function", "organisation", "email")

    class Meta:
        verbose_name = "membre d’une instance"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_private(self) -> bool:
        """Her address is for the coordination alone, and so is the history that tells it."""
        return True

    def place(self) -> Place:
        return self.body.place()


class MeetingQuerySet(TrackedQuerySet["Meeting"]):
    def visible_to(self, user: User) -> Self:
        return self.current().filter(body__in=Body.objects.visible_to(user))

    def editable_by(self, user: User) -> Self:
        return self.current().filter(body__in=Body.objects.editable_by(user))

    def restorable_by(self, user: User) -> Self:
        return self.in_trash().filter(body__in=Body.objects.editable_by(user))

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


class AgendaItemQuerySet(TrackedQuerySet["AgendaItem"]):
    def visible_to(self, user: User) -> Self:
        return self.current().filter(meeting__in=Meeting.objects.visible_to(user))

    def editable_by(self, user: User) -> Self:
        return self.current().filter(meeting__in=Meeting.objects.editable_by(user))

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


class AttendanceQuerySet(TrackedQuerySet["Attendance"]):
    def visible_to(self, user: User) -> Self:
        return self.current().filter(meeting__in=Meeting.objects.visible_to(user))

    def editable_by(self, user: User) -> Self:
        return self.current().filter(meeting__in=Meeting.objects.editable_by(user))

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
