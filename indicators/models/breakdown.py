from typing import Any, ClassVar

from django.db import models

from partners.models import OwnedQuerySet, Place, Territory, Tracked


class DimensionQuerySet(OwnedQuerySet["Dimension"]):
    owner = "territory"


class Dimension(Tracked):
    """A way to break values down, by commune or by age band, with the list of its categories."""

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="dimensions")
    name = models.CharField("nom", max_length=100)

    objects = DimensionQuerySet.as_manager()

    tracked_fields = ("name", "categories")
    tracked_labels: ClassVar[dict[str, str]] = {"categories": "catégories"}

    class Meta:
        verbose_name = "ventilation"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def place(self) -> Place:
        return Place(self.territory_id)

    def read_tracked(self, name: str) -> Any:
        if name == "categories":
            return list(self.categories.filter(is_retired=False).values_list("name", flat=True))
        return super().read_tracked(name)

    def write_tracked(self, name: str, value: Any) -> bool:
        """A category that values use is retired, never deleted; written again, it comes back."""
        if name != "categories":
            return super().write_tracked(name, value)
        self.categories.update(is_retired=True)
        for position, label in enumerate(value):
            details = {"position": position, "is_retired": False}
            self.categories.update_or_create(name=label, defaults=details)
        return False


class Category(models.Model):
    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="categories")
    name = models.CharField("catégorie", max_length=100)
    position = models.PositiveIntegerField("ordre", default=0)
    is_retired = models.BooleanField(default=False)

    class Meta:
        verbose_name = "catégorie"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dimension", "name"], name="one_category_per_name"),
        ]

    def __str__(self) -> str:
        return self.name
