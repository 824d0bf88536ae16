"""The facets of a plan: each option knows the actions that it keeps."""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .gists import Carrier, Gist
from .models import Confidence, CustomField, FieldKind, Status

#: The words of the address, in the order in which they are written there.
STATUS, CONFIDENCE, WATCH = "statut", "meteo", "regard"
AMBITION, THEME, LEAD, PRIORITY, YEAR = "ambition", "theme", "porteur", "priorite", "annee"
FACETS = (STATUS, CONFIDENCE, WATCH, AMBITION, THEME, LEAD, PRIORITY, YEAR)

#: How the fields of a plan begin in the address: « champ-3 ».
CUSTOM = "champ-"

LATE, BLOCKED, SILENT, MINE = "retard", "bloquee", "sans-nouvelles", "je-porte"
NO_CONFIDENCE = "sans-avis"
NONE = "aucun"
#: No choice of a list is written so.
UNSAID = "non-renseigne"


@dataclass
class Option:
    value: str
    label: str
    icon: str = ""
    actions: set[int] = dataclasses.field(default_factory=set)
    count: int = 0
    is_current: bool = False
    url: str = ""


@dataclass
class Facet:
    name: str
    label: str
    options: dict[str, Option]
    chosen: str = ""
    all_count: int = 0
    all_url: str = ""

    def add(self, value: str, action: int) -> None:
        if value in self.options:
            self.options[value].actions.add(action)

    @property
    def in_words(self) -> str:
        """The chosen option, with the name of the facet where it says nothing alone: « année 2026 »."""
        label = self.options[self.chosen].label
        if self.name.startswith(CUSTOM):
            return f"{self.label}\u00a0: {label}"
        return f"année {label}" if self.name == YEAR else label

    @property
    def kept(self) -> set[int] | None:
        """The actions that the chosen option keeps; None when nothing is chosen."""
        option = self.options.get(self.chosen)
        return option.actions if option else None

    @property
    def shown(self) -> list[Option]:
        return [option for option in self.options.values() if option.actions or option.is_current]


def facets_of(
    gists: Sequence[Gist],
    carriers: Mapping[int, Iterable[Carrier]],
    headings: tuple[str, Mapping[int, str]],
    labels: Mapping[str, str],
    fields: Sequence[CustomField] = (),
) -> dict[str, Facet]:
    by, titles = headings
    statuses = {value: Option(value, str(label).capitalize(), value) for value, label in Status.choices}
    moods = {value: Option(value, str(label).capitalize(), value) for value, label in Confidence.choices}
    moods[NO_CONFIDENCE] = Option(NO_CONFIDENCE, "Sans avis", "none")
    watch = {
        LATE: Option(LATE, "En retard", "late"),
        BLOCKED: Option(BLOCKED, "Bloquée", "blocked"),
        SILENT: Option(SILENT, labels[SILENT]),
        MINE: Option(MINE, "Je la porte"),
    }
    names = {carrier.organisation: carrier.name for carried in carriers.values() for carrier in carried}
    lead_options = {
        str(pk): Option(str(pk), name) for pk, name in sorted(names.items(), key=lambda item: item[1])
    }
    lead_options[NONE] = Option(NONE, "Sans porteur")
    priorities = sorted({gist.priority for gist in gists if gist.priority is not None})
    years = _years(gists)
    facets = [
        Facet(STATUS, "Statut", statuses),
        Facet(CONFIDENCE, "Météo", moods),
        Facet(WATCH, "À regarder", watch),
        Facet(by, labels[by], {str(pk): Option(str(pk), title) for pk, title in titles.items()}),
        Facet(LEAD, "Porteur", lead_options),
        Facet(
            PRIORITY,
            labels[PRIORITY],
            {str(p): Option(str(p), f"{labels[PRIORITY]} {p}") for p in priorities},
        ),
        Facet(YEAR, "Année", {str(year): Option(str(year), str(year)) for year in years}),
        *(_custom(field) for field in fields),
    ]
    return {facet.name: facet for facet in facets}


def _custom(field: CustomField) -> Facet:
    """A field of the plan as a filter; an action that says nothing there is found too."""
    words = {"oui": "Oui", "non": "Non"}
    values = {word: word for word in field.choices} if field.kind == FieldKind.CHOICE else words
    options = {value: Option(value, label) for value, label in values.items()}
    return Facet(f"{CUSTOM}{field.key}", field.label, options | {UNSAID: Option(UNSAID, "Non renseigné")})


def _word(answer: str | bool | None) -> str:
    if isinstance(answer, bool):
        return "oui" if answer else "non"
    return answer or UNSAID


def _years(gists: Iterable[Gist]) -> range:
    ends = [day.year for gist in gists for day in (gist.starts_on, gist.ends_on) if day]
    return range(min(ends), max(ends) + 1) if ends else range(0)


def sort(
    gist: Gist,
    facets: dict[str, Facet],
    carried: Iterable[Carrier],
    mine: set[int],
    today: dt.date,
    fields: Iterable[CustomField] = (),
) -> None:
    values = defaultdict(list)
    values[STATUS] = [gist.status]
    values[CONFIDENCE] = [gist.confidence or NO_CONFIDENCE]
    values[AMBITION] = [str(gist.ambition)]
    values[THEME] = [str(gist.theme)]
    values[PRIORITY] = [str(gist.priority)]
    values[LEAD] = [str(carrier.organisation) for carrier in carried] or [NONE]
    if gist.is_late(today):
        values[WATCH].append(LATE)
    if gist.is_blocked:
        values[WATCH].append(BLOCKED)
    if gist.is_silent(today):
        values[WATCH].append(SILENT)
    if any(carrier.organisation in mine for carrier in carried):
        values[WATCH].append(MINE)
    if gist.starts_on or gist.ends_on:
        years = facets[YEAR].options
        first = str(gist.starts_on.year) if gist.starts_on else min(years)
        last = str(gist.ends_on.year) if gist.ends_on else max(years)
        values[YEAR] = [year for year in years if first <= year <= last]
    for field in fields:
        values[f"{CUSTOM}{field.key}"] = [_word(gist.custom_values.get(field.name))]
    for name, options in values.items():
        for option in options:
            if name in facets:
                facets[name].add(option, gist.pk)
