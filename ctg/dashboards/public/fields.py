"""What a public page can show, each field on its own; nothing of this list is shown unless it is ticked."""

from enum import StrEnum


class Shown(StrEnum):
    """The value is kept by the page; the label says to the coordination what inhabitants would read."""

    COUNTS = "counts"
    PURPOSE = "purpose"
    CONTENT = "content"
    STATUS = "status"
    CALENDAR = "calendar"
    LEADS = "leads"
    AUDIENCES = "audiences"
    MUNICIPALITIES = "municipalities"
    MILESTONES = "milestones"
    FIGURES = "figures"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Shown.COUNTS: "Où en est le plan\u00a0: combien d’actions en cours, terminées…",
    Shown.PURPOSE: "À quoi sert chaque action (finalité ou objectif)",
    Shown.CONTENT: "Ce qui est prévu (contenu)",
    Shown.STATUS: "Où elle en est\u00a0: en cours, terminée, en pause…",
    Shown.CALENDAR: "Quand\u00a0: le calendrier, tel qu’écrit",
    Shown.LEADS: "Qui s’en occupe\u00a0: les organismes porteurs",
    Shown.AUDIENCES: "Pour qui",
    Shown.MUNICIPALITIES: "Où\u00a0: les communes concernées",
    Shown.MILESTONES: "Les étapes\u00a0: celles qui sont passées, celles qui viennent",
    Shown.FIGURES: "Les résultats\u00a0: les indicateurs clés dont toutes les valeurs sont validées",
}

#: What a new page proposes.
USUAL = (Shown.COUNTS, Shown.PURPOSE, Shown.STATUS, Shown.CALENDAR, Shown.LEADS)


def read_shown(names: list[str]) -> frozenset[Shown]:
    """The fields that a page keeps; a name that exists no more is passed over."""
    return frozenset(one for one in Shown if one.value in names)
