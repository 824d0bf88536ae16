from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q

from ctg.web.numbers import plain_decimal, write_number

if TYPE_CHECKING:
    from .indicator import Indicator


class Target(models.Model):
    """What an indicator should reach in a year, or by the end of the plan when `year` is empty.

    Written through the indicator's tracked list `targets`. A share is aimed at in per cent. `upper` is
    the second bound of what is to be kept between two.
    """

    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField("année", null=True, blank=True)
    value = models.DecimalField("cible", max_digits=15, decimal_places=4)
    upper = models.DecimalField("borne haute", max_digits=15, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = "cible"
        ordering = [F("year").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="one_target_per_year"),
            models.UniqueConstraint(
                fields=["indicator"], condition=Q(year=None), name="one_target_for_the_whole_plan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year or 'en fin de plan'} : {self.in_words}"

    @property
    def in_words(self) -> str:
        """« 120 », or « entre 4 et 6 »."""
        value = write_number(self.value)
        return value if self.upper is None else f"entre {value} et {write_number(self.upper)}"

    def as_row(self) -> list[Any]:
        """The target as the history holds it: year, value, upper bound."""
        upper = None if self.upper is None else plain_decimal(self.upper)
        return [self.year, plain_decimal(self.value), upper]

    @classmethod
    def from_row(cls, indicator: "Indicator", row: Sequence[Any]) -> "Target":
        year, value, upper = row
        return cls(
            indicator=indicator,
            year=year,
            value=Decimal(value),
            upper=None if upper is None else Decimal(upper),
        )
