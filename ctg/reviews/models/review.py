from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from actions.models import Action, Plan
from partners.models import OwnedQuerySet, Place, Tracked, User


class ReviewQuerySet(OwnedQuerySet["Review"]):
    """A review in preparation is for the coordination alone; once frozen, all read what was frozen."""

    owner = "plan"

    def visible_to(self, user: User) -> Self:
        return self.current().filter(plan__in=Plan.objects.editable_by(user))

    def editable_by(self, user: User) -> Self:
        """Those that were not frozen yet."""
        return self.visible_to(user).filter(frozen=None)

    def restorable_by(self, user: User) -> Self:
        """As long as the year has no other review."""
        taken = Review.objects.current().filter(plan=models.OuterRef("plan"), year=models.OuterRef("year"))
        return super().restorable_by(user).exclude(models.Exists(taken))

    def of_plan(self, plan: Plan) -> Self:
        return self.current().filter(plan=plan)


class Review(Tracked):
    """The annual review of a plan, as the coordination writes it around the figures.

    The figures themselves are read where they live (`ctg.reviews.facts`) until the review is frozen.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    year = models.PositiveSmallIntegerField("année")
    signatories = models.TextField("signataires de la convention", blank=True)
    opening = models.TextField("mot d’ouverture", blank=True)
    progress = models.TextField("où en est le plan", blank=True)
    findings = models.TextField("ce que disent les indicateurs", blank=True)
    difficulties = models.TextField("difficultés et leviers", blank=True)
    governance = models.TextField("vie de la gouvernance", blank=True)
    participation = models.TextField("participation des habitants", blank=True)
    changes = models.TextField("modifications du plan", blank=True)
    outlook = models.TextField("feuille de route", blank=True)

    objects = ReviewQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = (
        *("signatories", "opening", "progress", "findings", "difficulties"),
        *("governance", "participation", "changes", "outlook"),
    )

    class Meta:
        verbose_name = "bilan annuel"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year"], condition=Q(trashed_at=None), name="one_review_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"Bilan {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:review_detail", args=[self.pk])

    @property
    def is_private(self) -> bool:
        return True

    def place(self) -> Place:
        return Place(self.plan.territory_id, plan_id=self.plan_id)


class HighlightQuerySet(OwnedQuerySet["Highlight"]):
    owner = "review"


class Highlight(Tracked):
    """A fait marquant: what one remembers of the year; three to five of them are enough."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="highlights")
    title = models.CharField("fait marquant", max_length=200)
    text = models.TextField("en quelques lignes", blank=True)
    action = models.ForeignKey(
        Action,
        on_delete=models.PROTECT,
        related_name="highlights",
        null=True,
        blank=True,
        verbose_name="action concernée",
    )
    position = models.PositiveIntegerField("ordre", default=0)

    objects = HighlightQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = ("title", "text", "action", "position")

    class Meta:
        verbose_name = "fait marquant"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_private(self) -> bool:
        return True

    def place(self) -> Place:
        return self.review.place()


class ReviewedActionQuerySet(OwnedQuerySet["ReviewedAction"]):
    owner = "review"


class ReviewedAction(Tracked):
    """What the review says of one action, in place of its notes of the year and beside its figures."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="reviewed_actions")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="reviewed")
    achieved = models.TextField("ce qui a été fait", blank=True)
    difficulties = models.TextField("difficultés et leviers", blank=True)
    outlook = models.TextField("perspectives", blank=True)

    objects = ReviewedActionQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = ("achieved", "difficulties", "outlook")

    class Meta:
        verbose_name = "action dans le bilan"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "action"], name="an_action_once_in_a_review")
        ]

    def __str__(self) -> str:
        return f"{self.review}, action {self.action.number}"

    @property
    def is_private(self) -> bool:
        return True

    def place(self) -> Place:
        place = self.review.place()
        return place._replace(action_id=self.action_id)
