import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from actions.models import Plan
from partners.models import OwnedQuerySet, Place, Tracked, User


class Stage(models.TextChoices):
    """Where a campaign stands; computed from its dates, never stored."""

    PREPARED = "prepared", "en préparation"
    SCHEDULED = "scheduled", "programmée"
    OPEN = "open", "ouverte"
    CLOSED = "closed", "close"


class CampaignQuerySet(OwnedQuerySet["Campaign"]):
    owner = "plan"

    def restorable_by(self, user: User) -> Self:
        """Not those whose period was given to another campaign meanwhile."""
        standing = Campaign.objects.current().filter(plan=OuterRef("plan"), period=OuterRef("period"))
        return self.in_trash().filter(~Exists(standing), plan__in=Plan.objects.editable_by(user))


class Campaign(Tracked):
    """The values of one period, asked of the organisations that hold them between two days."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="campaigns")
    #: A key of `indicators.periods`: a year, or a part of one.
    period = models.CharField("période", max_length=8)
    opens_on = models.DateField("ouvre le")
    closes_on = models.DateField("dernier jour")
    launched_at = models.DateTimeField("lancée le", null=True, editable=False)
    closed_at = models.DateTimeField("close le", null=True, editable=False)

    sender_name = models.CharField("nom de la personne à qui répondre", max_length=200, blank=True)
    sender_contact = models.CharField("comment la joindre", max_length=200, blank=True)
    subject = models.CharField("objet du courriel", max_length=200)
    message = models.TextField("courriel d’invitation")
    reminder_subject = models.CharField("objet des relances", max_length=200)
    reminder_message = models.TextField("courriel de relance")
    #: Days before the last one on which those who have not finished are reminded: « 10, 3 ».
    reminder_days = models.CharField("jours de relance avant la fin", max_length=60, blank=True)

    objects = CampaignQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = (
        *("period", "opens_on", "closes_on", "launched_at", "closed_at"),
        *("sender_name", "sender_contact"),
        *("subject", "message", "reminder_subject", "reminder_message", "reminder_days"),
    )

    class Meta:
        verbose_name = "campagne"
        ordering = ["-period", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "period"],
                condition=Q(trashed_at=None),
                name="one_campaign_per_period",
                violation_error_message="Ce plan a déjà une campagne pour cette période.",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("closes_on")), name="a_campaign_opens_before_it_closes"
            ),
        ]

    def __str__(self) -> str:
        from ..periods import period_label

        return f"Campagne {period_label(self.period)}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:campaign_detail", args=[self.pk])

    @property
    def opens_at(self) -> dt.datetime:
        return midnight(self.opens_on)

    @property
    def closes_at(self) -> dt.datetime:
        """The midnight, in Paris, that ends the last day."""
        return midnight(self.closes_on + dt.timedelta(days=1))

    def stage(self, at: dt.datetime) -> Stage:
        if self.launched_at is None:
            return Stage.PREPARED
        if self.closed_at is not None or at >= self.closes_at:
            return Stage.CLOSED
        return Stage.OPEN if at >= self.opens_at else Stage.SCHEDULED

    def place(self) -> Place:
        return Place(self.plan.territory_id, plan_id=self.plan_id)


def midnight(day: dt.date) -> dt.datetime:
    """The start of a day in the time zone of the installation, whatever the clock changes."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
