"""Who was at a meeting: one form for all its members and its guests."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ctg.web.forms import HouseForm

from ..models import Meeting, Presence, Seat
from .governance import PROFESSIONAL, SEALED
from .headings import LinesField

UNSAID = ("", "pas noté")
MOST = 200


class AttendanceForm(HouseForm):
    """A choice for each member, and the guests by name.

    Beside each field travels what it held when the page was drawn (`was-…`): only what the person changed
    is written, and what somebody else changed too is asked again.
    """

    guests = LinesField(
        label="Autres personnes présentes",
        required=False,
        help_text=f"Une par ligne, avec sa fonction. {PROFESSIONAL}",
    )
    others = forms.ChoiceField(
        label="Membres laissés sans réponse",
        required=False,
        choices=[("", "les laisser ainsi"), *Presence.choices],
        help_text="Pour noter d’un coup celles et ceux dont vous n’avez rien dit.",
    )

    def __init__(
        self,
        *args: Any,
        meeting: Meeting,
        seats: Sequence[Seat],
        standing: dict[int, str],
        guests: list[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.seats = seats
        self.is_disputed = False
        self.fields["guests"].initial = guests
        for seat in seats:
            self.fields[name_of(seat)] = forms.ChoiceField(
                label=f"{seat.name}, {seat.function}" if seat.function else seat.name,
                choices=[*Presence.choices, UNSAID],
                required=False,
                initial=standing.get(seat.pk, ""),
                widget=forms.RadioSelect,
            )

    @property
    def rows(self) -> list[tuple[Seat, forms.BoundField]]:
        return [(seat, self[name_of(seat)]) for seat in self.seats]

    @property
    def drawn(self) -> list[tuple[str, str]]:
        """What the page was drawn with; once the person has read what others wrote, that is what stands."""
        kept = {name: str(self.fields[name].initial) for name in map(name_of, self.seats)}
        kept["guests"] = "\n".join(self.fields["guests"].initial)
        if self.is_bound and not self.is_disputed:
            kept = {name: self.data.get(f"was-{name}", value) for name, value in kept.items()}
        return [(f"was-{name}", value) for name, value in kept.items()]

    def clean_guests(self) -> list[str]:
        guests: list[str] = self.cleaned_data["guests"]
        if any(len(guest) > MOST for guest in guests):
            raise ValidationError(f"{MOST} caractères au plus par ligne.")
        return guests

    def clean(self) -> dict[str, Any]:
        if self.meeting.concluded_at:
            raise ValidationError(SEALED)
        return self.cleaned_data

    def wanted(self) -> dict[int, tuple[str, str]]:
        """For each member, the presence on the page when it was drawn, and the one asked for."""
        others = self.cleaned_data["others"]
        return {
            seat.pk: (self.data.get(f"was-{name}", ""), self.cleaned_data[name] or others)
            for seat in self.seats
            for name in [name_of(seat)]
        }

    def guests_before(self) -> list[str]:
        return [line for line in self.data.get("was-guests", "").splitlines() if line]


def name_of(seat: Seat) -> str:
    return f"seat-{seat.pk}"
