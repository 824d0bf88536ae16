from django.db import models

from .heading import Heading, HeadingQuerySet
from .plan import Plan


class Ambition(Heading):
    """The first level of the strategic reading, with the impacts that it seeks."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="ambitions")
    number = models.PositiveIntegerField("numéro")
    impacts = models.JSONField("impacts recherchés", default=list, blank=True)

    objects = HeadingQuerySet["Ambition"].as_manager()

    tracked_fields = ("number", "title", "impacts", "position")

    class Meta(Heading.Meta):
        verbose_name = "ambition"


class Orientation(Heading):
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="orientations")
    ambition = models.ForeignKey(
        Ambition, on_delete=models.PROTECT, related_name="orientations", verbose_name="ambition"
    )

    objects = HeadingQuerySet["Orientation"].as_manager()

    tracked_fields = ("title", "ambition", "position")

    class Meta(Heading.Meta):
        verbose_name = "orientation"

    def label_tracked(self, name: str) -> str:
        if name == "ambition" and self.plan_id:
            return self.plan.ambition_label.lower()
        return super().label_tracked(name)
