import datetime as dt
from typing import Any, ClassVar

from django import forms

from actions.models import Action
from actions.operations import next_position
from ctg.web.forms import HouseForm
from partners.editing import TrackedForm
from partners.models import User
from partners.tracking import Author

from .models import Indicator


class IndicatorForm(TrackedForm[Indicator]):
    """The definition of an indicator; only its wording is needed."""

    class Meta:
        model = Indicator
        fields = ["wording", "nature", "unit", "is_key", "guidance", "source"]
        widgets = {
            "nature": forms.RadioSelect,
            "guidance": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {"is_key": "Indicateur clé\u00a0: il compte parmi les premiers que l’on regarde"}
        help_texts = {
            "wording": "Dans les mots du plan.",
            "unit": "«\u00a0personnes\u00a0», «\u00a0rendez-vous\u00a0», «\u00a0oui ou non\u00a0»…",
            "guidance": "Les cas qui font hésiter\u00a0: qui compter une fois, ce qui n’entre pas.",
            "source": "D’où viendra la valeur\u00a0: un registre, un questionnaire, un service.",
        }


class NewIndicatorForm(IndicatorForm):
    """An indicator that starts on one action."""

    linked_fields: ClassVar[tuple[str, ...]] = ("actions",)

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.action = action

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["actions"] = [self.action]
        return cleaned

    def create(self, *, by: Author, at: dt.datetime) -> Indicator:
        self.instance.position = next_position(self.action.plan.indicators.all())
        return super().create(by=by, at=at)


class SharedIndicatorForm(HouseForm):
    """Choose, for an action, an indicator that the plan already has."""

    def __init__(self, *args: Any, action: Action, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Indicator.objects.editable_by(user).filter(plan=action.plan).exclude(actions=action)
        self.fields["indicator"] = forms.ModelChoiceField(
            others, label="Indicateur du plan", empty_label="Choisir…"
        )
