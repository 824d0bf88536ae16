import datetime as dt
import re
import uuid
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from actions.models import Plan
from partners import receipts
from partners.editing import TrackedForm
from partners.models import User
from partners.tracking import Author

from ..campaigns import lifecycle, mails
from ..models import Campaign, Frequency, Stage
from ..periods import ReportingPeriod, period_of, periods_within

_SUBJECTS = {
    "subject": "CTG\u00a0: {nombre} à saisir pour {organisme}",
    "reminder_subject": "Rappel\u00a0: {nombre} à saisir pour {organisme}, avant le {date_limite}",
}
_TEXTS = {"message": "invitation", "reminder_message": "reminder"}
_LONGEST_DELAY = 90


class CampaignForm(TrackedForm[Campaign]):
    """The days and the mails of a campaign."""

    class Meta:
        model = Campaign
        fields: ClassVar[list[str]] = [
            *("opens_on", "closes_on", "reminder_days", "sender_name", "sender_contact"),
            *("subject", "message", "reminder_subject", "reminder_message"),
        ]
        widgets: ClassVar[dict[str, Any]] = {
            name: forms.Textarea(attrs={"rows": 12}) for name in ("message", "reminder_message")
        }
        help_texts: ClassVar[dict[str, str]] = {
            "opens_on": "Les courriels partent à 8\u00a0h\u00a0; aujourd’hui, au lancement.",
            "closes_on": "Ce jour compris\u00a0: on répond jusqu’à minuit.",
            "sender_name": "Elle signe les courriels.",
            "reminder_days": "Nombre de jours avant le dernier, séparés par des virgules. Ceux qui ont fini "
            "ne reçoivent rien.",
            "sender_contact": "Une adresse ou un téléphone. Si c’est une adresse, les réponses y arrivent.",
        }
        labels: ClassVar[dict[str, str]] = {"reminder_days": "Relances", "sender_name": "À qui répondre"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.stage(timezone.now()) in (Stage.OPEN, Stage.CLOSED):
            self.fields["opens_on"].disabled = True

    def clean_reminder_days(self) -> str:
        typed = self.cleaned_data["reminder_days"]
        days = {int(number) for number in re.findall(r"\d{1,4}", typed)}
        if re.sub(r"[\d\s,;]|et|jours?", "", typed) or not all(0 < day <= _LONGEST_DELAY for day in days):
            raise forms.ValidationError("Indiquez des nombres de jours, par exemple «\u00a010, 3\u00a0».")
        return ", ".join(map(str, sorted(days, reverse=True)))

    def clean_subject(self) -> str:
        return self._checked("subject", with_link=False)

    def clean_reminder_subject(self) -> str:
        return self._checked("reminder_subject", with_link=False)

    def clean_message(self) -> str:
        return self._checked("message", with_link=True)

    def clean_reminder_message(self) -> str:
        return self._checked("reminder_message", with_link=True)

    def _checked(self, name: str, *, with_link: bool) -> str:
        text: str = self.cleaned_data[name]
        if unknown := mails.unknown_placeholders(text):
            known = ", ".join(f"{{{word}}}" for word in mails.PLACEHOLDERS)
            raise forms.ValidationError(f"{unknown[0]} n’existe pas. Ce qui existe\u00a0: {known}.")
        if with_link and "{lien}" not in text:
            raise forms.ValidationError("Il manque {lien}\u00a0: sans lui, personne ne peut répondre.")
        if not with_link and "{lien}" in text:
            raise forms.ValidationError("Le lien a sa place dans le texte, pas dans l’objet.")
        return text

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        opens_on, closes_on = self.cleaned_data.get("opens_on"), self.cleaned_data.get("closes_on")
        if opens_on and closes_on and closes_on < opens_on:
            self.add_error("closes_on", "Le dernier jour vient après l’ouverture.")
        return cleaned

    def change(self, *, by: Author, at: dt.datetime, reason: str = "") -> bool:
        seen = self.cleaned_data["seen"] or 0
        lifecycle.change_campaign(self.instance, self.values(), by=by, at=at, seen=seen)
        return True


class NewCampaignForm(CampaignForm):
    """A campaign that is ready as it opens: only its period has to be looked at."""

    period = forms.ChoiceField(label="Période")

    class Meta(CampaignForm.Meta):
        fields: ClassVar[list[str]] = ["period", *CampaignForm.Meta.fields]

    def __init__(self, *args: Any, user: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        plan = self.instance.plan
        taken = set(Campaign.objects.editable_by(user).filter(plan=plan).values_list("period", flat=True))
        choices = period_choices(plan, taken, today)
        self.fields["period"].choices = choices  # type: ignore[attr-defined]
        texts = {name: mails.default_text(text) for name, text in _TEXTS.items()}
        initial: dict[str, Any] = {**texts, **_SUBJECTS}
        initial |= {"opens_on": today, "closes_on": today + dt.timedelta(days=30), "reminder_days": "10, 3"}
        initial |= {"sender_name": str(user), "sender_contact": user.email}
        initial["period"] = default_period(choices, today)
        for name, value in initial.items():
            self.fields[name].initial = self.initial[name] = value

    def clean_closes_on(self) -> dt.date:
        closes_on: dt.date = self.cleaned_data["closes_on"]
        if closes_on < self.today:
            raise forms.ValidationError("Ce jour est passé.")
        return closes_on

    def create(self, *, by: Author, at: dt.datetime) -> Campaign:
        assert by.user is not None
        made, _ = receipts.once(
            self.cleaned_data["token"] or uuid.uuid4(),
            by.user,
            make=lambda: lifecycle.prepare(self.instance, by=by, at=at),
            found=lambda pk: self._made_before(pk, by),
        )
        return made


def period_choices(plan: Plan, taken: set[str], today: dt.date) -> list[tuple[str, list[tuple[str, str]]]]:
    """The years of the plan, then their semesters and quarters, without those that have a campaign."""
    first = plan.first_year or today.year - 1
    years = [period_of(Frequency.YEAR, year) for year in range(first, (plan.last_year or today.year) + 1)]
    groups = {
        "Année": years,
        "Semestre": _within(Frequency.SEMESTER, years),
        "Trimestre": _within(Frequency.QUARTER, years),
    }
    return [
        (label, [(period.key, period.label) for period in periods if period.key not in taken])
        for label, periods in groups.items()
    ]


def default_period(choices: list[tuple[str, list[tuple[str, str]]]], today: dt.date) -> str:
    """The year that is ending, or the one that has just ended, if it can be chosen."""
    wanted = str((today - dt.timedelta(days=90)).year)
    keys = [key for _, periods in choices for key, _ in periods]
    return wanted if wanted in keys else (keys or [""])[0]


def _within(frequency: Frequency, years: list[ReportingPeriod]) -> list[ReportingPeriod]:
    return [period for year in years for period in periods_within(frequency, year)]
