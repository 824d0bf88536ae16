"""The definition of an indicator: what it is, who enters it, where it starts and where it goes."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html

from actions.models import Action, Plan
from actions.models.action import CARRYING
from ctg.web.forms import NumberField
from partners.editing import TrackedForm
from partners.models import OrganisationKind, User
from partners.tracking import Author

from ..definition import meaning
from ..models import CommonIndicator, Dimension, Direction, Indicator
from .aims import wrong_aims
from .layout import ShownPart, laid_out
from .rules import ACCRUAL_CHOICES, FREQUENCY_CHOICES, GATHERING_CHOICES
from .targets import TargetsField

#: A plan that does not say its years is given those around today.
YEARS_AROUND = 2

ANSWERS = {
    "gathering": GATHERING_CHOICES,
    "accrual": ACCRUAL_CHOICES,
    "frequency": FREQUENCY_CHOICES,
    "direction": [("", "pas encore dit"), *Direction.choices],
}

#: How a choice of a relation says that there is none.
NONE = {"contributors": None, "common": "aucun", "first_dimension": "aucune", "second_dimension": "aucune"}

_LINES = forms.Textarea(attrs={"rows": 3})
_FEW_LINES = forms.Textarea(attrs={"rows": 2})


class ContributorsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """The organisations of the territory, those that carry the actions of the indicator first."""

    def label_from_instance(self, obj: Any) -> str:
        if obj.trashed_at:
            return f"{obj.name} (à la corbeille)"
        return f"{obj.name} (porteur)" if obj.is_lead else str(obj.name)


class IndicatorForm(TrackedForm[Indicator]):
    """Only the wording is needed; all the rest may be said later."""

    linked_fields: ClassVar[tuple[str, ...]] = ("contributors", "targets")

    contributors = ContributorsField(
        queryset=None,
        label="Organismes qui saisissent une valeur",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Un total dira toujours lesquels ont répondu, et lesquels manquent.",
    )
    baseline = NumberField(label="Valeur de départ", required=False)
    targets = TargetsField(
        label="Cibles",
        required=False,
        help_text="Pour une part, en pour cent\u00a0; pour une réalisation, 1 veut dire faite. "
        "La seconde borne sert à ce qui se garde entre deux bornes.",
    )
    reason = forms.CharField(
        label="Pourquoi ce changement\u00a0?",
        required=False,
        widget=_FEW_LINES,
        help_text="Demandé quand une cible ou la définition change\u00a0: l’historique le garde.",
    )

    class Meta:
        model = Indicator
        fields = (
            *("wording", "kind", "unit", "is_key", "common"),
            *("numerator_label", "denominator_label", "scale_min", "scale_max"),
            *("guidance", "exclusions", "source", "method", "keeper", "available"),
            *("frequency", "first_dimension", "second_dimension", "gathering", "accrual"),
            *("direction", "baseline", "baseline_on", "baseline_source", "is_without_target"),
        )
        widgets = {
            **dict.fromkeys(("kind", "frequency", "gathering", "accrual", "direction"), forms.RadioSelect),
            **dict.fromkeys(("guidance", "exclusions"), _LINES),
            "method": _FEW_LINES,
        }
        labels = {
            "is_key": "Indicateur clé\u00a0: il compte parmi les premiers que l’on regarde",
            "frequency": "À quelle fréquence\u00a0?",
            "gathering": "Plusieurs organismes répondent\u00a0: que fait-on de leurs valeurs\u00a0?",
            "accrual": "Plusieurs années se suivent\u00a0: que fait-on de leurs valeurs\u00a0?",
            "direction": "Dans quel sens va-t-on\u00a0?",
            "is_without_target": "Sans cible\u00a0: on suit cet indicateur sans viser de valeur",
        }
        help_texts = {
            "wording": "Dans les mots du plan.",
            "unit": "«\u00a0personnes\u00a0», «\u00a0rendez-vous\u00a0», «\u00a0jours\u00a0»…",
            "common": "L’indicateur du catalogue commun avec lequel celui-ci se compare.",
            "numerator_label": "«\u00a0nouveaux usagers qui ont découvert un dispositif\u00a0».",
            "denominator_label": "«\u00a0nouveaux usagers interrogés\u00a0».",
            "guidance": "Les cas qui font hésiter\u00a0: qui compter une fois, ce qui entre.",
            "exclusions": "Ce que l’on compterait à tort.",
            "source": "D’où viendra la valeur\u00a0: un registre, un questionnaire, un service.",
            "method": "Comment elle s’obtient\u00a0: quelles questions, à qui, quand.",
            "keeper": "Une fonction ou un service, plutôt qu’un nom.",
            "available": "«\u00a0fin janvier\u00a0», «\u00a0après la rentrée\u00a0».",
        }

    def __init__(self, *args: Any, user: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.is_engaged = meaning.is_engaged(self.instance)
        if not self.is_engaged:
            del self.fields["reason"]
        for name in ("scale_min", "scale_max"):
            self.fields[name].required = False
        for name, choices in ANSWERS.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        for name, queryset in self._relations().items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]
            self.fields[name].empty_label = NONE[name]  # type: ignore[attr-defined]
        self.fields["first_dimension"].help_text = format_html(
            'Elles s’écrivent parmi les <a href="{}">ventilations du territoire</a>.',
            reverse("indicators:dimension_list", args=[self.instance.plan.territory_id]),
        )
        self.fields["targets"].widget.years = years_of(self.instance.plan, today)
        if self.instance.pk:
            standing = {name: self.instance.read_tracked(name) for name in IndicatorForm.linked_fields}
            self.initial = {**standing, **self.initial}

    def _relations(self) -> dict[str, QuerySet[Any]]:
        """What can be chosen, and what was chosen before even if it cannot be any more."""
        chosen, plan = self.instance, self.instance.plan
        is_known = Q(trashed_at=None) & ~Q(kind=OrganisationKind.GENERIC)
        if chosen.pk:
            is_known |= Q(pk__in=chosen.contributors.values("pk"))
        carried = self.served().filter(
            involvements__organisation=OuterRef("pk"), involvements__part__in=CARRYING
        )
        organisations = plan.territory.organisations.filter(is_known).annotate(is_lead=Exists(carried))
        dimensions = Dimension.objects.visible_to(self.user).filter(territory=plan.territory_id)
        common = CommonIndicator.objects.visible_to(self.user)
        return {
            "contributors": organisations.order_by("-is_lead", "name", "pk"),
            "first_dimension": dimensions,
            "second_dimension": dimensions,
            "common": common.filter(Q(retired_at=None) | Q(pk=chosen.common_id)),
        }

    def served(self) -> QuerySet[Action]:
        """The actions whose leads are offered first."""
        return Action.objects.visible_to(self.user).filter(indicators=self.instance)

    @property
    def parts(self) -> list[ShownPart]:
        return laid_out(self)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._fill_the_scale(cleaned)
        errors = wrong_aims(cleaned) | self._wrong_dimensions(cleaned)
        if cleaned.get("kind") != self.instance.kind and meaning.has_values(self.instance):
            errors["kind"] = (
                "Des valeurs sont déjà saisies\u00a0: ce type ne change plus "
                f"(«\u00a0{self.instance.get_kind_display()}\u00a0»). Ajoutez plutôt un autre indicateur."
            )
        for name, sentence in errors.items():
            self.add_error(name, sentence)
        if self.is_engaged and not self.errors and not cleaned["reason"] and self._redefined():
            self.add_error(
                "reason", "Une cible ou la définition change\u00a0: dites pourquoi, en une phrase."
            )
        return cleaned

    def _fill_the_scale(self, cleaned: dict[str, Any]) -> None:
        for name in ("scale_min", "scale_max"):
            if cleaned.get(name) is None and name not in self.errors:
                cleaned[name] = getattr(self.instance, name)
        low, high = cleaned.get("scale_min"), cleaned.get("scale_max")
        if low is not None and high is not None and low >= high:
            self.add_error("scale_max", "La note la plus haute doit dépasser la plus basse.")

    def _wrong_dimensions(self, cleaned: dict[str, Any]) -> dict[str, str]:
        first, second = cleaned.get("first_dimension"), cleaned.get("second_dimension")
        if second and not first:
            return {"second_dimension": "Choisissez d’abord la première ventilation."}
        if second and second == first:
            return {"second_dimension": "C’est déjà la première\u00a0: choisissez-en une autre, ou aucune."}
        standing = (self.instance.first_dimension, self.instance.second_dimension)
        if (first, second) != standing and meaning.has_portions(self.instance):
            return {
                "first_dimension": "Des valeurs sont déjà ventilées ainsi\u00a0: gardez cette ventilation."
            }
        return {}

    def _redefined(self) -> list[str]:
        return meaning.redefined(self.instance, self.values(), seen=self.cleaned_data["seen"] or 0)

    def _in_standing_order(self, name: str) -> list[Any]:
        """Targets are in the order of their years, whatever stood."""
        return self.cleaned_data[name] if name == "targets" else super()._in_standing_order(name)

    def change(self, *, by: Author, at: dt.datetime, reason: str = "") -> bool:
        return super().change(by=by, at=at, reason=reason or self.cleaned_data.get("reason", ""))


def years_of(plan: Plan, today: dt.date) -> list[int]:
    """The years of a plan; those around today, when the plan does not say."""
    first = plan.first_year or plan.last_year or today.year - YEARS_AROUND
    last = plan.last_year or max(first, today.year + YEARS_AROUND)
    return list(range(first, last + 1))
