from typing import ClassVar

from django.db import models

from ..calendar import Precision, describe_period
from ..calendar_reading import read_period


class VotedSheet(models.Model):
    """What the document that was voted says of an action: its texts, its cells as written, its calendar.

    The texts from `purpose` to `effects` are outlines (see `ctg.web.outline`), each under the heading
    that the document gives it.
    """

    purpose_label = models.CharField("titre de la finalité", max_length=100, blank=True, default="Finalité")
    purpose = models.TextField("finalité ou objectif", blank=True)
    content_label = models.CharField(
        "titre du contenu", max_length=100, blank=True, default="Cette action consiste à"
    )
    content = models.TextField("contenu", blank=True)
    methods_label = models.CharField(
        "titre des modalités", max_length=100, blank=True, default="Modalités de mise en œuvre possibles"
    )
    methods = models.TextField("modalités de mise en œuvre", blank=True)
    effects_label = models.CharField(
        "titre des effets", max_length=100, blank=True, default="Effets attendus"
    )
    effects = models.TextField("effets attendus", blank=True)

    audiences = models.TextField("publics", blank=True)
    municipalities = models.TextField("communes", blank=True)

    factors_text = models.TextField("freins et leviers, tels qu’écrits dans le plan", blank=True)
    partners_text = models.TextField("porteurs et partenaires, tels qu’écrits dans le plan", blank=True)
    quantitative_text = models.TextField("indicateurs quantitatifs, tels qu’écrits dans le plan", blank=True)
    qualitative_text = models.TextField("indicateurs qualitatifs, tels qu’écrits dans le plan", blank=True)

    calendar_text = models.CharField("calendrier, tel qu’écrit", max_length=300, blank=True)
    starts_on = models.DateField("début", null=True, blank=True)
    ends_on = models.DateField("fin", null=True, blank=True)
    precision = models.CharField(
        "précision",
        max_length=20,
        blank=True,
        choices=[(p.value, p.value) for p in Precision],
        editable=False,
    )
    dates_given = models.BooleanField("dates précisées à la main", default=False)
    recurring = models.BooleanField("récurrente", default=False)

    voted_fields: ClassVar[tuple[str, ...]] = (
        *("purpose_label", "purpose", "content_label", "content"),
        *("methods_label", "methods", "effects_label", "effects"),
        *("audiences", "municipalities"),
        *("factors_text", "partners_text", "quantitative_text", "qualitative_text"),
        *("calendar_text", "dates_given", "starts_on", "ends_on", "recurring"),
    )

    class Meta:
        abstract = True

    @property
    def period_in_words(self) -> str:
        if not self.precision:
            return ""
        return describe_period(self.starts_on, self.ends_on, Precision(self.precision))

    @property
    def voted_texts(self) -> list[str]:
        """Everything that a search may find in it."""
        texts = (getattr(self, name) for name in self.voted_fields if not name.endswith("_label"))
        return [text for text in texts if isinstance(text, str)]

    def read_calendar(self) -> None:
        """Take the dates from the text, unless somebody gave them."""
        if self.dates_given:
            self.precision = Precision.DAY
            return
        period = read_period(self.calendar_text)
        self.starts_on = period.starts_on if period else None
        self.ends_on = period.ends_on if period else None
        self.precision = period.precision if period else ""
