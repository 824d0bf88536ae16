"""The forms of ambitions, orientations, themes, needs and objectives."""

import datetime as dt
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from ctg.web.text import clean_line
from partners.editing import TrackedForm
from partners.models import User
from partners.tracking import Author

from .. import operations
from ..models import Ambition, Need, Objective, Orientation, Theme
from ..models.heading import Heading

H = TypeVar("H", bound=Heading)


class LinesField(forms.CharField):
    """A list of short texts, typed one per line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, list) else str(value or "").split("\n")
        return [line for line in map(clean_line, lines) if line]


class HeadingForm(TrackedForm[H]):
    """A heading; a new one takes the last place among its like."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["title"].widget = forms.Textarea(attrs={"rows": 2})

    @property
    def aftermath(self) -> str:
        """What else saving has changed, to be told."""
        return ""

    def clean_title(self) -> str:
        return clean_line(self.cleaned_data["title"])

    def create(self, *, by: Author, at: dt.datetime) -> H:
        self.instance.position = operations.next_position(operations.siblings_of(self.instance))
        return super().create(by=by, at=at)


class AmbitionForm(HeadingForm[Ambition]):
    impacts = LinesField(label="Impacts recherchés", required=False, help_text="Un par ligne.")

    class Meta:
        model = Ambition
        fields = ("number", "title", "impacts")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "number": forms.NumberInput(attrs={"class": "field__number"})
        }
        help_texts: ClassVar[dict[str, str]] = {"number": "Il ne change que si vous le changez ici."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            numbers = self.instance.plan.ambitions.values_list("number", flat=True)
            self.fields["number"].initial = max(numbers, default=0) + 1

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        others = self.instance.plan.ambitions.current().exclude(pk=self.instance.pk)
        taken = others.filter(number=cleaned.get("number") or 0).exists()
        if taken and not operations.is_received(cleaned.get("token"), self.user):
            self.add_error("number", ValidationError("Ce numéro est déjà pris dans le plan."))
        return cleaned


class OrientationForm(HeadingForm[Orientation]):
    class Meta:
        model = Orientation
        fields = ("ambition", "title")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = self.instance.plan
        field = self.fields["ambition"]
        field.queryset = Ambition.objects.editable_by(self.user).filter(plan=plan)  # type: ignore[attr-defined]
        field.label_from_instance = lambda ambition: f"{ambition.number}. {ambition.title}"  # type: ignore[attr-defined]
        field.label = plan.ambition_label
        self.moved_actions = 0
        if self.instance.pk:
            count = self.instance.actions.current().count()
            many = f"Ses {count} actions changeront" if count > 1 else "Son action changera"
            field.help_text = f"{many} de place avec elle." if count else ""

    @property
    def aftermath(self) -> str:
        if not self.moved_actions:
            return ""
        many = f"Ses {self.moved_actions} actions ont" if self.moved_actions > 1 else "Son action a"
        return f" {many} changé de place avec elle."

    def change(self, *, by: Author, at: dt.datetime, reason: str = "") -> bool:
        self.moved_actions = operations.change_orientation(
            self.instance, self.values(), by=by, at=at, seen=self.cleaned_data["seen"]
        )
        return True


class ThemeForm(HeadingForm[Theme]):
    class Meta:
        model = Theme
        fields = ("title",)


class NeedForm(HeadingForm[Need]):
    class Meta:
        model = Need
        fields = ("title",)


class ObjectiveForm(HeadingForm[Objective]):
    class Meta:
        model = Objective
        fields = ("title",)
