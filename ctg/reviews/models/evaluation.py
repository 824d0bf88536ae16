from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from actions.models import Plan
from partners.models import OwnedQuerySet, Place, Tracked, User


class Moment(models.TextChoices):
    """The value is the word of an address."""

    MIDWAY = "mi-parcours", "à mi-parcours"
    FINAL = "finale", "en fin de convention"


class EvaluationQuerySet(OwnedQuerySet["Evaluation"]):
    """As a review: for the coordination until it is frozen."""

    owner = "plan"

    def visible_to(self, user: User) -> Self:
        return self.current().filter(plan__in=Plan.objects.editable_by(user))

    def editable_by(self, user: User) -> Self:
        """Those that were not frozen yet."""
        return self.visible_to(user).filter(frozen=None)

    def restorable_by(self, user: User) -> Self:
        taken = Evaluation.objects.current().filter(plan=OuterRef("plan"), moment=OuterRef("moment"))
        return super().restorable_by(user).exclude(Exists(taken))

    def of_plan(self, plan: Plan) -> Self:
        return self.current().filter(plan=plan)


class Evaluation(Tracked):
    """The answers to the five questions of an evaluation, at mid-term or at the end of the plan."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="evaluations")
    moment = models.CharField("moment", max_length=20, choices=Moment)
    relevance = models.TextField("pertinence", blank=True)
    coherence = models.TextField("cohérence", blank=True)
    effectiveness = models.TextField("efficacité", blank=True)
    efficiency = models.TextField("efficience", blank=True)
    impact = models.TextField("impact et pérennité", blank=True)
    conclusion = models.TextField("conclusion et suites à donner", blank=True)

    objects = EvaluationQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = (
        *("relevance", "coherence", "effectiveness", "efficiency", "impact"),
        "conclusion",
    )

    class Meta:
        verbose_name = "évaluation"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "moment"], condition=Q(trashed_at=None), name="one_evaluation_a_moment"
            )
        ]

    def __str__(self) -> str:
        return f"Évaluation {self.get_moment_display()}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:evaluation_detail", args=[self.pk])

    @property
    def is_private(self) -> bool:
        return True

    def place(self) -> Place:
        return Place(self.plan.territory_id, plan_id=self.plan_id)
