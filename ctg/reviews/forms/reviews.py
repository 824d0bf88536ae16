"""What the coordination writes of a year: the review, its sections, its actions, its highlights."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from actions import operations
from actions.models import Action
from ctg.reviews.facts.shapes import Note
from ctg.reviews.facts_in_words import say_day
from ctg.reviews.models import Highlight, Review, ReviewedAction
from ctg.reviews.preparing.operations import open_action
from ctg.reviews.preparing.sections import Section
from partners.editing import TrackedForm
from partners.models import Tracked, User
from partners.tracking import Author

T = TypeVar("T", bound=Tracked)

#: Said beside every text: the review is read by all, and kept for ever.
NOBODY = "Aucun nom d’usager."

FROZEN = (
    "Ce bilan vient d’être arrêté\u00a0: il ne change plus. Gardez votre texte pour un erratum, "
    "ou pour le bilan suivant."
)


class ReviewForm(TrackedForm[Review]):
    """A year to review; the signatories come from the last review of the plan."""

    class Meta:
        model = Review
        fields = ("year",)
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "year": forms.TextInput(attrs={"class": "field__number", "inputmode": "numeric"})
        }
        help_texts: ClassVar[dict[str, str]] = {"year": "L’année civile dont le bilan rend compte."}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not 2000 <= year <= 2099:
            raise ValidationError("Indiquez une année, par exemple 2026.")
        return year

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        year = cleaned.get("year")
        taken = year and Review.objects.of_plan(self.instance.plan).filter(year=year).exists()
        if taken and not operations.is_received(cleaned.get("token"), self.user):
            self.add_error("year", year_taken(year))
        return cleaned

    def create(self, *, by: Author, at: dt.datetime) -> Review:
        """Raise ValidationError when somebody opens the review of that year meanwhile."""
        before = Review.objects.of_plan(self.instance.plan).first()
        self.instance.signatories = before.signatories if before else ""
        try:
            with transaction.atomic():
                return super().create(by=by, at=at)
        except IntegrityError as error:
            raise ValidationError({"year": year_taken(self.instance.year)}) from error


def year_taken(year: int | None) -> str:
    return f"Le bilan {year} existe déjà\u00a0: ouvrez-le depuis la page des bilans, ou changez d’année."


class OfReviewForm(TrackedForm[T]):
    """What belongs to a review stays as it is once that is frozen; nothing typed is lost.

    Each form says which `review` that is.
    """

    @property
    def review(self) -> Review:
        review: Review = self.instance.review  # type: ignore[attr-defined]
        return review

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if is_frozen(self.review):
            raise ValidationError(FROZEN)
        return cleaned


def is_frozen(review: Review) -> bool:
    return hasattr(review, "frozen")


class SectionForm(OfReviewForm[Review]):
    """The texts of one section. `offered` is a first sentence, for its last text if that is still empty."""

    class Meta:
        model = Review
        fields = Review.tracked_fields
        widgets: ClassVar[dict[str, forms.Widget]] = {
            name: forms.Textarea(attrs={} if name == "signatories" else {"class": "field__long"})
            for name in Review.tracked_fields
        }

    def __init__(self, *args: Any, section: Section, offered: str = "", **kwargs: Any) -> None:
        name = section.fields[-1]
        if offered and not getattr(kwargs["instance"], name):
            kwargs["initial"] = {name: offered}
        super().__init__(*args, **kwargs)
        for name in set(self.fields) & set(Review.tracked_fields) - set(section.fields):
            del self.fields[name]
        for name in section.fields:
            self.fields[name].help_text = NOBODY if name != "signatories" else "Un par ligne."

    @property
    def review(self) -> Review:
        return self.instance

    def values(self) -> dict[str, Any]:
        written = set(Review.tracked_fields) - self.left_to_others
        return {name: self.cleaned_data[name] for name in self.fields if name in written}


class ReviewedActionForm(OfReviewForm[ReviewedAction]):
    """What the review says of one action; saved for the first time, it merges with what others wrote."""

    class Meta:
        model = ReviewedAction
        fields = ReviewedAction.tracked_fields
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "achieved": forms.Textarea(attrs={"class": "field__long"})
        }
        help_texts: ClassVar[dict[str, str]] = {
            "achieved": f"Ce texte remplace les notes dans le bilan. {NOBODY}",
            "difficulties": NOBODY,
            "outlook": NOBODY,
        }

    def offer(self, notes: Sequence[Note]) -> None:
        """Begin what was done with the notes of the year, unless somebody wrote it already."""
        if not self.instance.achieved:
            told = (f"{say_day(note.on)}\u00a0: {note.text}" for note in notes)
            self.initial["achieved"] = "\n\n".join(told)

    def create(self, *, by: Author, at: dt.datetime) -> ReviewedAction:
        """Open its line blank, then change that: two first texts meet as any two changes do."""
        if any(self.values().values()):
            self.instance = open_action(self.review, self.instance.action, by=by, at=at)
            self.change(by=by, at=at)
        return self.instance


class HighlightForm(OfReviewForm[Highlight]):
    class Meta:
        model = Highlight
        fields = ("title", "text", "action")
        widgets: ClassVar[dict[str, forms.Widget]] = {"text": forms.Textarea(attrs={"rows": 5})}
        help_texts: ClassVar[dict[str, str]] = {
            "title": "En une phrase, comme un titre de journal.",
            "text": NOBODY,
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        action = self.fields["action"]
        action.queryset = Action.objects.visible_to(user).filter(plan=self.review.plan_id)  # type: ignore[attr-defined]
        action.empty_label = "aucune en particulier"  # type: ignore[attr-defined]

    def create(self, *, by: Author, at: dt.datetime) -> Highlight:
        """Add it at the end of the list."""
        self.instance.position = operations.next_position(self.review.highlights.all())
        return super().create(by=by, at=at)
