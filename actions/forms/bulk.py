import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ctg.web.forms import HouseForm
from partners.models import Organisation, User

from ..bulk import ADD_LEADS, AT_ONCE, REPLACE_LEADS, SET_STATUS, BulkChange, reachable
from ..models import Action, Plan, Status
from ..models.status import NEEDS_REASON

KINDS = [
    (SET_STATUS, "Changer le statut"),
    (ADD_LEADS, "Ajouter un porteur"),
    (REPLACE_LEADS, "Remplacer les porteurs"),
]


class BulkForm(HouseForm):
    """The actions that are ticked and the one change they get.

    An action is sent as its key, and from the preview on as its key and the version that was shown: « 12:5 ».
    """

    kind = forms.ChoiceField(label="Le changement", choices=KINDS, widget=forms.RadioSelect)
    status = forms.ChoiceField(
        label="Nouveau statut",
        choices=[("", "choisir"), *Status.choices],
        required=False,
    )
    reason = forms.CharField(
        label="Motif",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Obligatoire pour une action reportée, suspendue ou abandonnée.",
    )
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label="Organismes", required=False, widget=forms.CheckboxSelectMultiple
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: User, plan: Plan, coordinates: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.plan = user, plan
        known = Organisation.objects.visible_to(user).filter(territory=plan.territory_id)
        self.fields["organisations"].queryset = known  # type: ignore[attr-defined]
        if not coordinates:
            # Who carries an action is for the coordination to say.
            self.fields["kind"].choices = KINDS[:1]  # type: ignore[attr-defined]
            self.fields["kind"].initial = SET_STATUS
            del self.fields["organisations"]
        self.sent = _keys(self.data.getlist("action")) if self.is_bound else {}  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("kind")
        if kind == SET_STATUS:
            status = cleaned.get("status")
            if not status and "status" not in self.errors:
                self.add_error("status", ValidationError("Choisissez le nouveau statut."))
            elif status in NEEDS_REASON and not cleaned.get("reason"):
                self.add_error(
                    "reason", ValidationError(f"Dites pourquoi ces actions sont {Status(status).label}s.")
                )
        elif kind and not cleaned.get("organisations"):
            self.add_error("organisations", ValidationError("Choisissez au moins un organisme."))
        if not self.sent:
            raise ValidationError("Cochez au moins une action.")
        if len(self.sent) > AT_ONCE:
            raise ValidationError(
                f"{AT_ONCE} actions au plus à la fois\u00a0: cochez-en moins, ou filtrez davantage."
            )
        return cleaned

    @property
    def change(self) -> BulkChange:
        cleaned = self.cleaned_data
        if cleaned["kind"] == SET_STATUS:
            return BulkChange(SET_STATUS, status=cleaned["status"], reason=cleaned["reason"])
        return BulkChange(
            cleaned["kind"], reason=cleaned["reason"], organisations=list(cleaned["organisations"])
        )

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The change as the next form sends it again."""
        cleaned = self.cleaned_data
        organisations = [
            ("organisations", str(organisation.pk)) for organisation in cleaned.get("organisations", ())
        ]
        return [*((name, cleaned[name]) for name in ("kind", "status", "reason")), *organisations]

    @property
    def token_sent(self) -> uuid.UUID:
        token: uuid.UUID | None = self.cleaned_data["token"]
        return token or uuid.uuid4()

    def actions(self) -> list[Action]:
        """Those that were ticked and that the user may change so; the others are not hers to name."""
        return list(
            reachable(self.plan, self.user, is_follow_up=self.change.is_follow_up).filter(pk__in=self.sent)
        )


def _keys(sent: list[str]) -> dict[int, int]:
    """The keys of the actions, with the version that was shown, 0 when none was."""
    pairs = (text.partition(":") for text in sent)
    return {
        int(key): int(version or 0)
        for key, _, version in pairs
        if key.isdecimal() and (version or "0").isdecimal()
    }
