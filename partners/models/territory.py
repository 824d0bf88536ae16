from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from .user import User


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(pk__in=Membership.objects.filter(user=user).values("territory"))

    def editable_by(self, user: User) -> Self:
        """The territories that the user coordinates."""
        held = Membership.objects.filter(user=user, role=Role.COORDINATOR)
        return self.filter(pk__in=held.values("territory"))

    def administrable_by(self, user: User) -> Self:
        return self if user.is_administrator else self.none()


class Territory(models.Model):
    name = models.CharField("nom", max_length=200, unique=True)
    short_name = models.CharField("sigle", max_length=40, blank=True)
    note = models.TextField("remarque", blank=True)
    created_at = models.DateTimeField("créé le", auto_now_add=True)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = "territoire"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partners:membership_list", args=[self.pk])

    @property
    def label(self) -> str:
        return self.short_name or self.name


class Role(models.TextChoices):
    COORDINATOR = "coordinator", "coordination"
    MEMBER = "member", "membre d’un organisme"
    OFFICIAL = "official", "élu·e"
    CAF = "caf", "Caf"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(territory__in=Territory.objects.visible_to(user))

    def editable_by(self, user: User) -> Self:
        return self.filter(territory__in=Territory.objects.editable_by(user))

    def held_by(self, user: User) -> Self:
        return self.filter(user=user)


class Membership(models.Model):
    """What one person is in one territory; rights follow the organisation, not the person."""

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="memberships", verbose_name="personne"
    )
    role = models.CharField("rôle", max_length=20, choices=Role)
    organisation = models.ForeignKey(
        "partners.Organisation",
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name="organisme",
        null=True,
        blank=True,
    )
    invited_at = models.DateTimeField("invitation envoyée le", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "accès"
        ordering = ["role", "user__last_name", "user__email", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "user", "role", "organisation"], name="one_membership_per_organisation"
            ),
            models.UniqueConstraint(
                fields=["territory", "user", "role"],
                condition=Q(organisation=None),
                name="one_membership_per_role",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(role=Role.MEMBER),
                name="a_member_belongs_to_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        if self.role == Role.MEMBER and self.organisation:
            return f"{self.user}, {self.organisation}"
        return f"{self.user}, {self.get_role_display()}"
