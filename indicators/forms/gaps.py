"""The steps that fill what is missing: what each asks of a row, and what may be said for all."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms

from actions.models.action import CARRYING
from ctg.web.forms import NumberField
from ctg.web.numbers import plain_decimal
from ctg.web.text import fold
from partners.models import Organisation, OrganisationKind

from ..definition.completeness import BASELINE, CONTRIBUTORS, FREQUENCY, TARGET, UNIT
from ..models import Frequency, Indicator
from .aims import wrong_aims
from .filling import Answer, Row, Values

UNIT_LENGTH = 60
_FREQUENCIES = [("", "à choisir"), *Frequency.choices]


class UnitAnswer(Answer):
    unit = forms.CharField(label="cette unité", required=False, max_length=UNIT_LENGTH)

    def values_for(self, indicator: Indicator) -> Values:
        return _said(unit=self.cleaned_data["unit"])


class UnitRow(Row):
    unit = forms.CharField(label="Unité", required=False, max_length=UNIT_LENGTH)

    def typed(self) -> Values:
        return _said(unit=self.cleaned_data["unit"])


class FrequencyAnswer(Answer):
    frequency = forms.ChoiceField(label="cette fréquence", required=False, choices=_FREQUENCIES)

    def values_for(self, indicator: Indicator) -> Values:
        return _said(frequency=self.cleaned_data["frequency"])


class FrequencyRow(Row):
    frequency = forms.ChoiceField(label="Fréquence", required=False, choices=_FREQUENCIES)

    def typed(self) -> Values:
        return _said(frequency=self.cleaned_data["frequency"])


class ContributorsAnswer(Answer):
    """`known` are the organisations that can be asked, by their folded names."""

    leads = forms.BooleanField(label="les porteurs de leurs actions", required=False)

    def __init__(self, *args: Any, known: Mapping[str, Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    def values_for(self, indicator: Indicator) -> Values:
        return _said(contributors=leads_of(indicator) if self.cleaned_data["leads"] else [])


class ContributorsRow(Row):
    chosen = forms.MultipleChoiceField(
        label="Organismes de ses actions", required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label="Autres organismes",
        required=False,
        widget=forms.TextInput(
            attrs={"list": "known", "autocomplete": "off", "placeholder": "Un autre organisme"}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = [(str(one.pk), one.name) for one in involved_in(self.indicator)]
        self.fields["chosen"].choices = near  # type: ignore[attr-defined]
        if not near:
            del self.fields["chosen"]

    def clean_others(self) -> list[int]:
        names = filter(None, map(str.strip, self.cleaned_data["others"].split(";")))
        found = {name: self.answer.known.get(fold(name)) for name in names}
        if unknown := next((name for name, one in found.items() if one is None), ""):
            raise forms.ValidationError(
                f"Aucun organisme du territoire ne s’appelle «\u00a0{unknown}\u00a0»."
            )
        return [one.pk for one in found.values() if one]

    def typed(self) -> Values:
        chosen = map(int, self.cleaned_data.get("chosen", []))
        return _said(contributors=list(dict.fromkeys([*chosen, *self.cleaned_data["others"]])))


class TargetAnswer(Answer):
    beside = ("year",)

    year = forms.ChoiceField(label="Les cibles que vous tapez sont à atteindre", required=False)
    without = forms.BooleanField(label="«\u00a0sans cible\u00a0»", required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years_said = [(str(year), f"en {year}") for year in years]
        self.fields["year"].choices = [("", "en fin de plan"), *years_said]  # type: ignore[attr-defined]

    def values_for(self, indicator: Indicator) -> Values:
        return _said(is_without_target=self.cleaned_data["without"])


class TargetRow(Row):
    target = NumberField(label="Cible", required=False)
    without = forms.BooleanField(label="Sans cible", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, sentence in wrong_aims(_aims_of(self.indicator) | self._aim(cleaned)).items():
            self.add_error("target" if name == "targets" else "without", sentence)
        return cleaned

    def _aim(self, cleaned: dict[str, Any]) -> Values:
        target, year = cleaned.get("target"), self.answer.cleaned_data.get("year")
        row = [int(year) if year else None, plain_decimal(target), None] if target is not None else []
        return _said(targets=[row] if row else [], is_without_target=cleaned.get("without"))

    def typed(self) -> Values:
        return self._aim(self.cleaned_data)


class BaselineAnswer(Answer):
    beside = ("baseline_on", "baseline_source")

    baseline = NumberField(label="cette valeur de départ", required=False)
    baseline_on = forms.DateField(label="Date des valeurs de départ", required=False)
    baseline_source = forms.CharField(label="Leur source", required=False, max_length=300)

    def values_for(self, indicator: Indicator) -> Values:
        return self.dated(self.cleaned_data["baseline"])

    def dated(self, baseline: Any) -> Values:
        """A value of a row with the date and the source that are said once for all."""
        if baseline is None:
            return {}
        beside = {name: self.cleaned_data[name] for name in ("baseline_on", "baseline_source")}
        return {"baseline": baseline} | _said(**beside)


class BaselineRow(Row):
    baseline = NumberField(label="Valeur de départ", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        aims = _aims_of(self.indicator) | {"baseline": cleaned.get("baseline")}
        if sentence := wrong_aims(aims).get("baseline"):
            self.add_error("baseline", sentence)
        return cleaned

    def typed(self) -> Values:
        dated: Values = self.answer.dated(self.cleaned_data["baseline"])
        return dated


class Step(NamedTuple):
    answer: type[Answer]
    row: type[Row]


STEPS = {
    UNIT: Step(UnitAnswer, UnitRow),
    FREQUENCY: Step(FrequencyAnswer, FrequencyRow),
    CONTRIBUTORS: Step(ContributorsAnswer, ContributorsRow),
    TARGET: Step(TargetAnswer, TargetRow),
    BASELINE: Step(BaselineAnswer, BaselineRow),
}


def involved_in(indicator: Indicator) -> list[Organisation]:
    """The organisations of its actions that can be asked, those that carry them first; prefetched."""
    involved = [it for action in indicator.actions.all() for it in action.involvements.all()]
    involved.sort(key=lambda it: it.part not in CARRYING)
    reachable = (it.organisation for it in involved if it.organisation.kind != OrganisationKind.GENERIC)
    return list(dict.fromkeys(one for one in reachable if one.trashed_at is None))


def leads_of(indicator: Indicator) -> list[int]:
    carrying = {
        it.organisation_id
        for action in indicator.actions.all()
        for it in action.involvements.all()
        if it.part in CARRYING
    }
    return [one.pk for one in involved_in(indicator) if one.pk in carrying]


def _said(**values: Any) -> Values:
    """Those of the values that say something."""
    return {name: value for name, value in values.items() if value}


def _aims_of(indicator: Indicator) -> Values:
    return {name: getattr(indicator, name) for name in ("kind", "direction", "scale_min", "scale_max")}
