import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from actions.models import Plan
from partners.models import Membership, Organisation, Place, Role, Tracked, TrackedQuerySet, User

from .indicator import Indicator


class Stage(models.TextChoices):
    """Where a campaign stands; computed from its dates, never stored."""

    PREPARED = "prepared", "en préparation"
    SCHEDULED = "scheduled", "programmée"
    OPEN = "open", "ouverte"
    CLOSED = "closed", "close"


class CampaignQuerySet(TrackedQuerySet["Campaign"]):
    def visible_to(self, user: User) -> Self:
        return self.current().filter(plan__in=Plan.objects.visible_to(user))

    def editable_by(self, user: User) -> Self:
        return self.current().filter(plan__in=Plan.objects.editable_by(user))

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


class SolicitationQuerySet(TrackedQuerySet["Solicitation"]):
    def visible_to(self, user: User) -> Self:
        return self._of_current_campaigns().filter(
            Q(campaign__plan__in=Plan.objects.editable_by(user))
            | Q(campaign__plan__in=Plan.objects.visible_to(user)) & self._of_member(user)
        )

    def editable_by(self, user: User) -> Self:
        return self._of_current_campaigns().filter(campaign__plan__in=Plan.objects.editable_by(user))

    def answerable_by(self, user: User) -> Self:
        """Those that the user answers as a member of the organisation asked, once they were sent."""
        launched = self._of_current_campaigns().filter(
            campaign__launched_at__isnull=False, campaign__plan__in=Plan.objects.visible_to(user)
        )
        return launched.filter(self._of_member(user))

    def restorable_by(self, user: User) -> Self:
        """Not those of an organisation that is asked again meanwhile."""
        standing = Solicitation.objects.current().filter(
            campaign=OuterRef("campaign"), organisation=OuterRef("organisation")
        )
        return self.in_trash().filter(~Exists(standing), campaign__plan__in=Plan.objects.editable_by(user))

    def _of_current_campaigns(self) -> Self:
        return self.current().filter(campaign__trashed_at=None)

    @staticmethod
    def _of_member(user: User) -> Q:
        held = Membership.objects.filter(user=user, role=Role.MEMBER)
        return Q(organisation__in=held.values("organisation"))


class Solicitation(Tracked):
    """What a campaign asks of one organisation, and of whom in it."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="solicitations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="solicitations", verbose_name="organisme"
    )
    contact_name = models.CharField("contact", max_length=200, blank=True)
    contact_email = models.EmailField("adresse du contact", blank=True)
    reopened_until = models.DateField("rouverte jusqu’au", null=True, blank=True)

    objects = SolicitationQuerySet.as_manager()

    tracked_fields = ("organisation", "contact_name", "contact_email", "reopened_until")

    class Meta:
        verbose_name = "sollicitation"
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organisation"],
                condition=Q(trashed_at=None),
                name="one_solicitation_per_organisation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign}, {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:answer_edit", args=[self.pk])

    @property
    def closes_at(self) -> dt.datetime:
        """When this organisation can answer no more: the end of the campaign, or of its own delay."""
        closes_at = self.campaign.closed_at or self.campaign.closes_at
        if self.reopened_until is None:
            return closes_at
        return max(closes_at, midnight(self.reopened_until + dt.timedelta(days=1)))

    def is_open(self, at: dt.datetime) -> bool:
        launched = self.campaign.launched_at
        return launched is not None and self.campaign.opens_at <= at < self.closes_at

    def place(self) -> Place:
        return self.campaign.place()


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(solicitation__in=Solicitation.objects.visible_to(user)).current()

    def current(self) -> Self:
        return self.filter(indicator__trashed_at=None)


class Question(models.Model):
    """One value asked of one organisation; its answer is the measurement of the same three keys."""

    solicitation = models.ForeignKey(Solicitation, on_delete=models.CASCADE, related_name="questions")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="questions")
    period = models.CharField("période", max_length=8)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "question"
        ordering = ["indicator__position", "indicator", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["solicitation", "indicator", "period"], name="a_question_is_asked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.period}"


class EntryLinkQuerySet(models.QuerySet["EntryLink"]):
    def visible_to(self, user: User) -> Self:
        """Links open what an organisation enters: only the coordination lists them."""
        return self.filter(solicitation__in=Solicitation.objects.editable_by(user))

    def editable_by(self, user: User) -> Self:
        return self.filter(solicitation__in=Solicitation.objects.editable_by(user))


class EntryLink(models.Model):
    """The personal link of one person to what is asked of her organisation.

    The token follows from `seed` and the secret key of the installation (`partners.tokens`): a copy of
    this table opens nothing. It works until the solicitation closes, or until it is revoked.
    """

    solicitation = models.ForeignKey(Solicitation, on_delete=models.CASCADE, related_name="links")
    name = models.CharField("nom", max_length=200, blank=True)
    email = models.EmailField("adresse")
    seed = models.CharField(max_length=40, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    #: Who said that she answers, the first time that the link was used.
    respondent_name = models.CharField("nom de la personne qui répond", max_length=200, blank=True)
    respondent_email = models.EmailField("son adresse", blank=True)
    created_at = models.DateTimeField("créé le")
    created_label = models.CharField("créé par", max_length=300)
    revoked_at = models.DateTimeField("révoqué le", null=True, blank=True)

    objects = EntryLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "lien de saisie"
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.email}, {self.solicitation}"


def midnight(day: dt.date) -> dt.datetime:
    """The start of a day in the time zone of the installation, whatever the clock changes."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
