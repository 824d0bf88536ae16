from typing import Self

from django.db import models
from django.db.models import Q

from partners.models import Role, User

from .plan import Plan


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and those that the coordination shares with all who read the plan."""
        return self.filter(Q(owner=user) | Q(is_shared=True), plan__in=Plan.objects.visible_to(user))

    def editable_by(self, user: User) -> Self:
        shared = Q(is_shared=True, plan__in=Plan.objects.editable_by(user))
        return self.visible_to(user).filter(Q(owner=user, is_shared=False) | shared)


class SavedView(models.Model):
    """Filters of a plan under a name: the words of an address, kept by one person or shared with all."""

    class Page(models.TextChoices):
        PLAN = "plan", "plan"
        TIMELINE = "timeline", "frise"
        KANBAN = "kanban", "tableau par statut"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="saved_views")
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField("nom de la vue", max_length=80)
    page = models.CharField("page", max_length=20, choices=Page, default=Page.PLAN)
    query = models.CharField("filtres", max_length=1000, blank=True)
    is_shared = models.BooleanField("partagée", default=False)
    #: The role whose members open the plan on this view.
    default_for = models.CharField("ouverte d’abord par", max_length=20, choices=Role, blank=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "vue enregistrée"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "default_for"],
                condition=~Q(default_for=""),
                name="one_default_view_per_role",
                violation_error_message="Ce rôle ouvre déjà le plan sur une autre vue.",
            ),
            models.CheckConstraint(
                condition=Q(default_for="") | Q(is_shared=True), name="a_default_view_is_shared"
            ),
        ]

    def __str__(self) -> str:
        return self.name
