"""The parts of an action's sheet, in the order in which it is read; each is edited in place."""

from dataclasses import dataclass
from typing import Protocol

from .forms import sheet
from .forms.custom_fields import CustomValuesForm
from .models import Plan

#: The part that a sheet has only when its plan has fields of its own.
CUSTOM = "champs"


@dataclass(frozen=True)
class Section:
    """One part: its word in the address and in the page, its title, its form.

    What is follow-up is open to those who carry the action, as far as its form lets them.
    """

    slug: str
    title: str
    form: type[sheet.SheetForm]
    is_in_document: bool = True
    is_follow_up: bool = False

    def title_in(self, plan: Plan) -> str:
        """Its title, in the words of the plan."""
        return self.title.format(plan=plan)

    @property
    def dom_id(self) -> str:
        return f"part__{self.slug}"

    @property
    def template(self) -> str:
        return f"actions/parts/{self.slug}.html"


SECTIONS = {
    section.slug: section
    for section in (
        Section("intitule", "Numéro et intitulé", sheet.TitleForm, is_in_document=False),
        Section("classement", "Place dans le plan", sheet.PlacementForm),
        Section("texte", "Texte voté", sheet.TextForm),
        Section("publics", "Publics et communes", sheet.AudienceForm),
        Section("organismes", "Porteurs et partenaires", sheet.OrganisationsForm),
        Section("calendrier", "Calendrier", sheet.CalendarForm),
        Section("freins", "Freins et leviers du document", sheet.FactorsTextForm),
        Section(
            "priorite", "{plan.priority_label} et élu référent", sheet.PriorityForm, is_in_document=False
        ),
        Section("indicateurs", "Indicateurs du document", sheet.IndicatorsTextForm),
        Section(CUSTOM, "Champs du plan", CustomValuesForm, is_follow_up=True),
    )
}


class Essentials(Protocol):
    """As much of an action as says what its sheet lacks."""

    @property
    def calendar_text(self) -> str: ...
    @property
    def audiences(self) -> str: ...
    @property
    def municipalities(self) -> str: ...
    @property
    def priority(self) -> int | None: ...
    @property
    def elected_lead(self) -> str: ...


PRIORITY = "la priorité"

#: What every sheet should say, each with the part where it is written; indicators have pages of their own.
PARTS_OF = {
    "le porteur": "organismes",
    "le calendrier": "calendrier",
    "les publics": "publics",
    "les communes": "publics",
    PRIORITY: "priorite",
    "l’élu référent": "priorite",
    "les indicateurs": "",
}


def lack_in(plan: Plan, words: str) -> str:
    """What a sheet lacks, in the words of the plan."""
    own = plan.own_word("priority") if words == PRIORITY else ""
    return f"«\u00a0{own}\u00a0»" if own else words


def missing(action: Essentials, *, organisations: bool, indicators: bool) -> list[str]:
    """What the sheet still lacks, in the words of `PARTS_OF`."""
    lacks = {
        "le porteur": not organisations,
        "le calendrier": not action.calendar_text,
        "les publics": not action.audiences,
        "les communes": not action.municipalities,
        PRIORITY: action.priority is None,
        "l’élu référent": not action.elected_lead,
        "les indicateurs": not indicators,
    }
    return [words for words in PARTS_OF if lacks[words]]
