import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ctg.web.forms import NumberField
from partners.models import Organisation

from ..models import BudgetLine
from ..models.budget import OWN_FUNDS
from .entries import EntryForm


class EuroField(NumberField):
    """An amount as French people type it, to the cent."""

    def to_python(self, value: Any) -> Decimal | None:
        amount = super().to_python(value)
        if amount is None:
            return None
        if amount < 0:
            raise ValidationError("Un montant n’est jamais négatif.")
        if amount >= 10**10:
            raise ValidationError("Ce montant a trop de chiffres\u00a0: dix au plus avant la virgule.")
        if amount != round(amount, 2):
            raise ValidationError("Deux chiffres au plus après la virgule.")
        return round(amount, 2)


class BudgetLineForm(EntryForm[BudgetLine]):
    planned = EuroField(label="Montant prévu, en euros", required=False)
    actual = EuroField(label="Montant réalisé, en euros", required=False)

    class Meta:
        model = BudgetLine
        fields = ["year", "funder", "nature", "planned", "actual", "comment"]
        widgets = {
            "year": forms.NumberInput(attrs={"class": "field__number"}),
            "comment": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {"funder": "Qui finance"}
        help_texts = {
            "nature": "Par exemple « fonctionnement », « poste », « travaux ».",
            "comment": "Pas de nom de bénéficiaire.",
        }

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        funder = self.fields["funder"]
        territory = self.instance.action.plan.territory_id
        funder.queryset = Organisation.objects.visible_to(self.user).filter(territory=territory)  # type: ignore[attr-defined]
        funder.empty_label = OWN_FUNDS  # type: ignore[attr-defined]
        funder.required = False
        year = self.fields["year"]
        year.error_messages |= {"invalid": "Indiquez une année, par exemple 2026."}
        if self.instance.pk is None:
            self.initial["year"] = today.year
        self.fields["planned"].help_text = "Laissez vide ce que vous ne savez pas encore."
