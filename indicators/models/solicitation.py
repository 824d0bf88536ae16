import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from actions.models import Plan
from partners.models import Membership, Organisation, Place, Role, Tracked, TrackedQuerySet, User

from .campaign import Campaign, midnight
from .indicator import Indicator


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
