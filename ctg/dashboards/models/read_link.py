import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from actions.models import Plan
from partners.models import Organisation, User


class ReadLinkQuerySet(models.QuerySet["ReadLink"]):
    def visible_to(self, user: User) -> Self:
        """What the coordination handed out, and the calendars that one subscribed to."""
        coordinated = Q(plan__in=Plan.objects.editable_by(user))
        own = Q(owner=user, plan__in=Plan.objects.visible_to(user))
        return self.filter(coordinated | own)

    def editable_by(self, user: User) -> Self:
        return self.visible_to(user)

    def live(self, at: dt.datetime) -> Self:
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=at), revoked_at=None)


class ReadLink(models.Model):
    """An address that shows one thing of a plan to whoever holds it, without an account, and changes nothing.

    The token follows from `seed` and the secret key of the installation (`partners.tokens`): a copy of
    this table opens nothing.
    """

    class Opens(models.TextChoices):
        BOARD = "board", "page des élus"
        CALENDAR = "calendar", "calendrier à suivre"
        DATA = "data", "données par programme"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="read_links")
    opens = models.CharField("ce qu’il montre", max_length=20, choices=Opens)
    label = models.CharField("pour qui", max_length=200)
    #: A calendar of what one organisation carries, or of what one élu follows; of the whole plan without.
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="organisme",
    )
    elected_lead = models.CharField("élu référent", max_length=200, blank=True)
    #: Who subscribed to a calendar of her own; empty for what the coordination handed out.
    owner = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="read_links", null=True, blank=True
    )
    seed = models.CharField(max_length=40, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("créé le")
    created_label = models.CharField("créé par", max_length=300)
    expires_at = models.DateTimeField("valable jusqu’au", null=True, blank=True)
    revoked_at = models.DateTimeField("révoqué le", null=True, blank=True)

    objects = ReadLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "lien de lecture"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens__in=("calendar", "data")) | Q(expires_at__isnull=False),
                name="a_shared_page_expires",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_opens_display()}, {self.label}"

    def is_live(self, at: dt.datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)
