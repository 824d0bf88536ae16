import datetime as dt
from typing import Any

from django import forms
from django.db import transaction

from ctg.web.forms import HouseForm
from partners.editing import TrackedForm
from partners.models import Organisation, User
from partners.tracking import Author

from ..campaigns import solicitations
from ..campaigns.owed import askable
from ..models import Campaign, Indicator, Solicitation


class SolicitationForm(TrackedForm[Solicitation]):
    """Who answers for an organisation, and for which indicators."""

    indicators = forms.ModelMultipleChoiceField(
        Indicator.objects.none(),
        label="Indicateurs demandés",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Solicitation
        fields = ("contact_name", "contact_email")
        help_texts = {"contact_email": "Une nouvelle adresse reçoit son propre lien ; l’ancien est fermé."}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campaign = self.instance.campaign
        asked = {question.indicator_id for question in self.instance.questions.all()}
        offered = {indicator.pk for indicator in askable(campaign.plan, campaign.period)} | asked
        choices = self.fields["indicators"]
        assert isinstance(choices, forms.ModelMultipleChoiceField)
        choices.queryset = Indicator.objects.editable_by(user).filter(pk__in=offered)
        choices.initial = asked

    def change(self, *, by: Author, at: dt.datetime, reason: str = "") -> bool:
        seen = self.cleaned_data["seen"] or 0
        with transaction.atomic():
            solicitations.change_contact(self.instance, self.values(), by=by, at=at, seen=seen)
            solicitations.ask(self.instance, list(self.cleaned_data["indicators"]), by=by, at=at)
        return True


class NewSolicitationForm(HouseForm):
    """One more organisation to ask."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Organisme", empty_label="Choisir…"
    )

    def __init__(self, *args: Any, campaign: Campaign, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = Solicitation.objects.editable_by(user).filter(campaign=campaign)
        choices = self.fields["organisation"]
        assert isinstance(choices, forms.ModelChoiceField)
        choices.queryset = (
            Organisation.objects.editable_by(user)
            .filter(territory=campaign.plan.territory_id)
            .exclude(pk__in=asked.values("organisation"))
        )


class _OrganisationsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Solicitation) -> str:
        return obj.organisation.name


class ReopeningForm(HouseForm):
    """For whom a campaign is opened again, and until when."""

    solicitations = _OrganisationsField(
        Solicitation.objects.none(),
        label="Organismes",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins un organisme."},
    )
    until = forms.DateField(label="Jusqu’au", help_text="Ce jour compris.")

    def __init__(self, *args: Any, campaign: Campaign, user: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choices = self.fields["solicitations"]
        assert isinstance(choices, forms.ModelMultipleChoiceField)
        choices.queryset = (
            Solicitation.objects.editable_by(user).filter(campaign=campaign).select_related("organisation")
        )
        self.fields["until"].initial = today + dt.timedelta(days=7)

    def clean_until(self) -> dt.date:
        return to_come(self.cleaned_data["until"], self.today)


class ReturnForm(HouseForm):
    """What the coordination asks about a value; in a closed campaign, until when it may be answered."""

    note = forms.CharField(
        label="Votre question",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Elle part par courriel, et reste affichée à côté de la valeur.",
        error_messages={"required": "Dites ce qui est à revoir."},
    )
    until = forms.DateField(
        label="Rouvrir la saisie jusqu’au",
        help_text="La campagne est close pour cet organisme\u00a0: sans délai, il ne pourrait pas répondre.",
    )

    def __init__(self, *args: Any, is_closed: bool, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["until"].initial = today + dt.timedelta(days=7)
        if not is_closed:
            del self.fields["until"]

    def clean_until(self) -> dt.date:
        return to_come(self.cleaned_data["until"], self.today)


def to_come(day: dt.date, today: dt.date) -> dt.date:
    if day < today:
        raise forms.ValidationError("Ce jour est passé.")
    return day
