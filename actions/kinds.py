"""The five kinds of headings: each has the same pages, under its own words."""

from dataclasses import dataclass
from typing import Any

from .forms import headings
from .forms.headings import HeadingForm
from .models import Plan


@dataclass(frozen=True)
class Kind:
    """A kind of heading: its word in the names of routes, its word in addresses, its form."""

    name: str
    folder: str
    form: type[HeadingForm[Any]]

    @property
    def model(self) -> Any:
        return self.form._meta.model

    def label(self, plan: Plan) -> str:
        """What the plan calls it: « Axe », « Enjeu »."""
        label: str = getattr(plan, f"{self.name}_label")
        return label


KINDS = {
    kind.name: kind
    for kind in (
        Kind("ambition", "ambitions", headings.AmbitionForm),
        Kind("orientation", "orientations", headings.OrientationForm),
        Kind("theme", "thematiques", headings.ThemeForm),
        Kind("need", "besoins", headings.NeedForm),
        Kind("objective", "objectifs", headings.ObjectiveForm),
    )
}
