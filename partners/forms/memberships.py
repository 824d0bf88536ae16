import uuid
from typing import Any

from django import forms

from ctg.web.forms import HouseForm, HouseModelForm

from ..models import Membership, Organisation, Role, Territory, User
from ..receipts import fresh_token


class RoleFields(forms.BaseForm):
    """A role in a territory, and the organisation that it goes through."""

    cleaned_data: dict[str, Any]

    def narrow(self, user: User, territory: Territory) -> None:
        organisation = self.fields["organisation"]
        assert isinstance(organisation, forms.ModelChoiceField)
        organisation.queryset = Organisation.objects.visible_to(user).filter(territory=territory)
        organisation.empty_label = "Aucun"
        organisation.help_text = (
            "Demandé pour un membre : il tient à jour les actions que cet organisme porte."
        )

    def check_role(self, territory: Territory, email: str, *, but: int = 0) -> None:
        role, organisation = self.cleaned_data.get("role"), self.cleaned_data.get("organisation")
        if role == Role.MEMBER and not organisation:
            self.add_error("organisation", "Choisissez l’organisme dont cette personne est membre.")
        same = territory.memberships.filter(user__email__iexact=email, role=role, organisation=organisation)
        if email and role and same.exclude(pk=but).exists():
            self.add_error(None, "Cette personne a déjà cet accès.")


class InvitationForm(HouseForm):
    """Whom to invite; `token` tells a form sent twice from two invitations."""

    email = forms.EmailField(
        label="Adresse électronique", help_text="Professionnelle : les codes y seront envoyés."
    )
    first_name = forms.CharField(label="Prénom", max_length=100)
    last_name = forms.CharField(label="Nom", max_length=100)
    token = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=fresh_token)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_token(self) -> uuid.UUID:
        return self.cleaned_data["token"] or uuid.uuid4()


class MemberInvitationForm(RoleFields, InvitationForm):
    role = forms.ChoiceField(label="Rôle", choices=Role, initial=Role.MEMBER)
    organisation: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        label="Organisme", queryset=None, required=False
    )

    field_order = ("email", "first_name", "last_name", "role", "organisation")

    def __init__(self, *args: Any, user: User, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.territory = territory
        self.narrow(user, territory)

    def clean(self) -> dict[str, Any]:
        self.check_role(self.territory, self.cleaned_data.get("email", ""))
        return self.cleaned_data


class MembershipForm(RoleFields, HouseModelForm[Membership]):
    class Meta:
        model = Membership
        fields = ("role", "organisation")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow(user, self.instance.territory)

    def clean(self) -> dict[str, Any]:
        self.check_role(self.instance.territory, self.instance.user.email, but=self.instance.pk)
        return self.cleaned_data


class ReminderForm(HouseForm):
    token = forms.UUIDField(widget=forms.HiddenInput)
