"""Bodies, their members, their meetings and the points of an agenda."""

import datetime as dt
import re
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from partners.editing import TrackedForm
from partners.models import Organisation, Tracked, User
from partners.tracking import Author

from ..governance.agenda import place_item, take_up_decisions
from ..models import Action, AgendaItem, Body, Decision, Meeting, Seat

T = TypeVar("T", bound=Tracked)

#: Said beside every field in which a person is named.
PROFESSIONAL = "Contacts professionnels seulement\u00a0: ni adresse privée, ni téléphone personnel."

SEALED = "Le compte rendu est arrêté\u00a0: rouvrez-le pour y changer quelque chose."


class HourField(forms.TimeField):
    """Read « 14:30 » as a browser sends it, and « 14 h 30 », « 14h » as people write it."""

    default_error_messages = {"invalid": "Indiquez une heure, par exemple 14:30."}
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def to_python(self, value: Any) -> dt.time | None:
        written = re.fullmatch(r"\s*(\d{1,2})\s*h\s*(\d{2})?\s*", str(value or ""), re.IGNORECASE)
        return super().to_python(f"{written[1]}:{written[2] or '00'}" if written else value)


class BodyForm(TrackedForm[Body]):
    class Meta:
        model = Body
        fields = ("kind", "name", "mission")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "kind": forms.RadioSelect(),
            "mission": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts: ClassVar[dict[str, str]] = {
            "kind": "Les élus comptent depuis le dernier comité de pilotage.",
            "name": "«\u00a0COPIL\u00a0», «\u00a0COTECH\u00a0», «\u00a0Groupe parentalité\u00a0».",
        }


class SeatForm(TrackedForm[Seat]):
    class Meta:
        model = Seat
        fields = ("name", "function", "organisation", "email")
        help_texts: ClassVar[dict[str, str]] = {
            "name": PROFESSIONAL,
            "function": "«\u00a0Vice-présidente\u00a0», «\u00a0Conseiller territorial\u00a0».",
            "email": "L’adresse professionnelle. Seule la coordination la lit.",
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = self.fields["organisation"]
        territory = self.instance.body.plan.territory_id
        organisation.queryset = Organisation.objects.visible_to(user).filter(territory=territory)  # type: ignore[attr-defined]
        organisation.empty_label = "aucun, ou à préciser"  # type: ignore[attr-defined]


class OfMeetingForm(TrackedForm[T]):
    """What belongs to a meeting stays as it is once its minutes are concluded; nothing typed is lost.

    Each form says which `meeting` that is.
    """

    @property
    def meeting(self) -> Meeting:
        meeting: Meeting = self.instance.meeting  # type: ignore[attr-defined]
        return meeting

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.meeting.concluded_at:
            raise ValidationError(SEALED)
        return cleaned


class MeetingForm(OfMeetingForm[Meeting]):
    starts_at = HourField(label="Heure", required=False)

    class Meta:
        model = Meeting
        fields = ("held_on", "starts_at", "place_text", "introduction", "minutes")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "introduction": forms.Textarea(attrs={"rows": 3}),
            "minutes": forms.Textarea(attrs={"rows": 8}),
        }
        help_texts: ClassVar[dict[str, str]] = {
            "introduction": "Quelques lignes en tête de l’ordre du jour.",
            "minutes": "Ce qui s’est dit hors des points de l’ordre du jour. Pas de nom de bénéficiaire.",
        }

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if self.instance.pk is None:
            del self.fields["minutes"]

    @property
    def meeting(self) -> Meeting:
        return self.instance

    def clean_held_on(self) -> dt.date:
        held_on: dt.date = self.cleaned_data["held_on"]
        if not 2000 <= held_on.year <= 2099:
            raise ValidationError("Indiquez une date, par exemple 31/12/2026.")
        return held_on

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name in self.fields}

    def create(self, *, by: Author, at: dt.datetime) -> Meeting:
        """A meeting to come opens on what is still open; one that was held had an agenda of its own."""
        with transaction.atomic():
            meeting = super().create(by=by, at=at)
            if meeting.held_on >= self.today:
                take_up_decisions(meeting, by=by, at=at)
        return meeting


class ItemForm(OfMeetingForm[AgendaItem]):
    """A point to add: words, an action to look at, or a decision."""

    class Meta:
        model = AgendaItem
        fields = ("title", "action", "decision")
        help_texts: ClassVar[dict[str, str]] = {
            "title": "Laissez vide pour une action ou une décision\u00a0: le point en prend le nom."
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = self.meeting.body.plan
        actions = Action.objects.visible_to(user).filter(plan=plan)
        decisions = Decision.objects.visible_to(user).filter(plan=plan).open()
        self.fields["action"].queryset = actions  # type: ignore[attr-defined]
        self.fields["decision"].queryset = decisions  # type: ignore[attr-defined]
        for name in ("action", "decision"):
            self.fields[name].empty_label = "aucune"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in self.Meta.fields) and not self.errors:
            missing = "Écrivez le point, ou choisissez une action ou une décision."
            self.add_error("title", ValidationError(missing))
        return cleaned

    def create(self, *, by: Author, at: dt.datetime) -> AgendaItem:
        with transaction.atomic():
            place_item(self.instance)
            return super().create(by=by, at=at)


class ItemNoteForm(OfMeetingForm[AgendaItem]):
    """A point as it stands: its words, and what was said about it."""

    class Meta:
        model = AgendaItem
        fields = ("title", "summary")
        widgets: ClassVar[dict[str, forms.Widget]] = {"summary": forms.Textarea(attrs={"rows": 6})}
        help_texts: ClassVar[dict[str, str]] = {"summary": "Pas de nom de bénéficiaire."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stands_alone = not (self.instance.action_id or self.instance.decision_id)
        self.fields["title"].required = stands_alone
        if not stands_alone:
            self.fields["title"].help_text = "Vide, le point porte le nom de son action ou de sa décision."
