"""The sections of an annual review, in the order in which it is written and read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One page of the work: its word in the address, its title, the fields of `Review` written there."""

    slug: str
    title: str
    help: str
    fields: tuple[str, ...] = ()
    has_figures: bool = True

    @property
    def template(self) -> str:
        """What the page shows above the text, for a section that rests on figures."""
        return f"reviews/sections/{self.slug}.html"


OPENING = Section(
    "ouverture",
    "Signataires et mot d’ouverture",
    "Les signataires, un par ligne, puis quelques lignes de l’élu ou de l’élue qui porte la convention.",
    ("signatories", "opening"),
    has_figures=False,
)
PROGRESS = Section(
    "avancement",
    "Où en est le plan",
    "Ce qu’il faut retenir de l’année. Les chiffres y sont déjà\u00a0: dites ce qu’ils signifient.",
    ("progress",),
)
ACTIONS = Section(
    "actions",
    "Les actions, une à une",
    "Sans texte de votre part, les notes de l’année parlent à sa place.",
)
INDICATORS = Section(
    "indicateurs",
    "Ce que disent les indicateurs",
    "Ce qui a été atteint, ce qui ne l’est pas, et ce que les chiffres ne disent pas.",
    ("findings",),
)
DIFFICULTIES = Section(
    "difficultes",
    "Difficultés et leviers",
    "Ce qui revient d’une action à l’autre, et ce qui a permis d’avancer.",
    ("difficulties",),
)
GOVERNANCE = Section(
    "gouvernance",
    "Vie de la gouvernance",
    "Comment les instances ont travaillé, et ce qu’elles ont décidé.",
    ("governance",),
)
PARTICIPATION = Section(
    "habitants",
    "Participation des habitants",
    "Qui a été entendu, comment, et ce qui en a été repris.",
    ("participation",),
)
CHANGES = Section(
    "modifications",
    "Modifications du plan",
    "Ce qui a été ajouté, reporté ou abandonné, pourquoi, et décidé par qui.",
    ("changes",),
)
HIGHLIGHTS = Section(
    "faits-marquants",
    "Faits marquants",
    "Ce que l’on retiendra de l’année. Trois à cinq suffisent.",
)
ROAD_MAP = Section(
    "feuille-de-route",
    "Feuille de route",
    "Ce qui attend le plan l’an prochain, et ce qui est prioritaire.",
    ("outlook",),
)
PROOFREADING = Section(
    "relecture",
    "Relecture",
    "Ce qui manque encore, les fichiers à relire, puis arrêter le bilan.",
)

SECTIONS = {
    section.slug: section
    for section in (
        *(OPENING, PROGRESS, ACTIONS, INDICATORS, DIFFICULTIES, GOVERNANCE),
        *(PARTICIPATION, CHANGES, HIGHLIGHTS, ROAD_MAP, PROOFREADING),
    )
}

#: Those that say something; the last one reads them again.
WRITTEN = tuple(section for section in SECTIONS.values() if section is not PROOFREADING)


def neighbours(section: Section) -> tuple[Section | None, Section | None]:
    """The sections before and after one."""
    ordered = list(SECTIONS.values())
    rank = ordered.index(section)
    before = ordered[rank - 1] if rank else None
    return before, ordered[rank + 1] if rank + 1 < len(ordered) else None


class SectionConverter:
    regex = "|".join(SECTIONS)

    def to_python(self, value: str) -> Section:
        return SECTIONS[value]

    def to_url(self, value: Section | str) -> str:
        return value if isinstance(value, str) else value.slug
