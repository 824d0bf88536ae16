"""The parts of an action's sheet, in the order in which it is read; each is edited in place."""

from dataclasses import dataclass

from .forms import sheet
from .models import Action


@dataclass(frozen=True)
class Section:
    """One part: its word in the address and in the page, its title, its form."""

    slug: str
    title: str
    form: type[sheet.SheetForm]
    is_in_document: bool = True

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
        Section("priorite", "Priorité et élu référent", sheet.PriorityForm, is_in_document=False),
        Section("indicateurs", "Indicateurs du document", sheet.IndicatorsTextForm),
    )
}


def missing(action: Action, *, organisations: bool, indicators: bool) -> list[str]:
    """What the sheet still lacks, in plain words."""
    lacks = {
        "le porteur": not organisations,
        "le calendrier": not action.calendar_text,
        "les publics": not action.audiences,
        "les communes": not action.municipalities,
        "la priorité": action.priority is None,
        "l’élu référent": not action.elected_lead,
        "les indicateurs": not indicators,
    }
    return [words for words, lacking in lacks.items() if lacking]
