"""Adding an indicator to an action: a new one, one that the plan has, or one that begins as another."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from actions.models import Action
from actions.operations import is_received, next_position
from ctg.web.forms import HouseForm
from partners.models import User
from partners.tracking import Author

from ..definition.recognition import Recurrence, find_recurrence, likely_kind
from ..models import CommonIndicator, Indicator, Kind
from .definition import IndicatorForm

#: What an indicator takes from the definition that it begins with.
COPIED = (
    *("kind", "unit", "numerator_label", "denominator_label", "scale_min", "scale_max"),
    *("guidance", "exclusions", "source", "method", "keeper", "available"),
    *("frequency", "gathering", "accrual", "direction"),
)


#: What a new form leaves empty, to be read from the wording or taken from a definition.
UNSAID = ("kind", "scale_min", "scale_max")

Definition = Indicator | CommonIndicator


class NewIndicatorForm(IndicatorForm):
    """An indicator that starts on one action; its kind may be left to its wording.

    `beginning` is the definition that its first values come from; `take` names one from which the fields
    left empty are filled.
    """

    linked_fields: ClassVar[tuple[str, ...]] = ("actions", "contributors", "targets")

    is_other = forms.BooleanField(label="C’est un autre indicateur", required=False)
    take = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta(IndicatorForm.Meta):
        pass

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        action: Action,
        user: User,
        today: dt.date,
        beginning: Definition | None = None,
        **kwargs: Any,
    ) -> None:
        self.action, self.beginning = action, beginning
        self.recurrence = Recurrence()
        first = beginning_with(beginning) if beginning else dict.fromkeys(UNSAID, "")
        super().__init__(data, user=user, today=today, initial=first, **kwargs)
        self.fields["kind"].required = False
        self.fields["kind"].choices = [("", "d’après l’intitulé"), *Kind.choices]  # type: ignore[attr-defined]

    def served(self) -> QuerySet[Action]:
        return Action.objects.visible_to(self.user).filter(pk=self.action.pk)

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or likely_kind(self.cleaned_data.get("wording", "")).value

    def clean(self) -> dict[str, Any]:
        taken = definition_named(self.cleaned_data.get("take", ""), self.action, self.user)
        if taken:
            self._take(taken)
        cleaned = super().clean()
        cleaned["actions"] = [self.action]
        if not taken and not cleaned.get("is_other"):
            self._ask_about(cleaned)
        return cleaned

    def _take(self, definition: Definition) -> None:
        for name, value in beginning_with(definition).items():
            if not self.data.get(self.add_prefix(name)) and name not in self.errors:
                self.cleaned_data[name] = value

    def _ask_about(self, cleaned: dict[str, Any]) -> None:
        """Refuse a wording that is written already, until the person has said what she means."""
        found = find_recurrence(cleaned.get("wording", ""), plan=self.action.plan, user=self.user)
        recurrence = found.besides(self.beginning, cleaned.get("common"))
        # What this very form made does not stand in its own way when it is sent twice.
        if recurrence and not is_received(cleaned.get("token"), self.user):
            self.recurrence = recurrence
            self.add_error("wording", "Cet intitulé existe déjà\u00a0: choisissez ce que vous voulez faire.")

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


class BeginningForm(HouseForm):
    """Choose a definition to begin with: of another plan of the territory, or of the common catalogue."""

    def __init__(self, *args: Any, action: Action, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nearby = [(name_of(one), one.wording) for one in definitions_nearby(action, user)]
        common = [(name_of(one), one.wording) for one in common_definitions(user)]
        groups = [("Catalogue commun", common), ("Autres plans du territoire", nearby)]
        self.fields["depart"] = forms.ChoiceField(
            label="Définition", choices=[("", "Choisir…"), *(group for group in groups if group[1])]
        )
        self.has_any = bool(nearby or common)


def definitions_nearby(action: Action, user: User) -> QuerySet[Indicator]:
    seen = Indicator.objects.visible_to(user).filter(plan__territory=action.plan.territory_id)
    return seen.exclude(plan=action.plan).order_by("wording", "pk")


def common_definitions(user: User) -> QuerySet[CommonIndicator]:
    return CommonIndicator.objects.visible_to(user).filter(retired_at=None)


def name_of(definition: Definition) -> str:
    """How an address or a button names a definition: « commun-3 », « indicateur-12 »."""
    kind = "commun" if isinstance(definition, CommonIndicator) else "indicateur"
    return f"{kind}-{definition.pk}"


def definition_named(name: str, action: Action, user: User) -> Definition | None:
    kind, _, key = name.partition("-")
    if not key.isdecimal():
        return None
    if kind == "commun":
        return common_definitions(user).filter(pk=key).first()
    return definitions_nearby(action, user).filter(pk=key).first() if kind == "indicateur" else None


def beginning_with(definition: Definition) -> dict[str, Any]:
    """The first values of an indicator that begins with a definition, and is mapped to the common one."""
    first = {name: getattr(definition, name) for name in ("wording", *COPIED) if hasattr(definition, name)}
    return first | {"common": definition if isinstance(definition, CommonIndicator) else definition.common}
