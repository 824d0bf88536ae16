"""The definition of an indicator as its printed sheet says it: term by term, what is missing included."""

from ctg.web.words import listing

from ..figures.sentences import say_target
from ..figures.yearly import Figures
from ..models import Direction, Indicator, Kind

TO_SAY = "à préciser"


def define(figures: Figures) -> list[tuple[str, str]]:
    """The terms of the sheet with their words; what everybody needs to know is « à préciser » when empty."""
    indicator = figures.indicator
    needed = [
        ("À compter", indicator.guidance),
        ("Contributeurs", listing(sorted(figures.contributors.values(), key=str.casefold))),
        ("Fréquence", indicator.get_frequency_display()),
        ("Cible", _targets(figures)),
        ("Source", indicator.source),
    ]
    optional = [
        ("À ne pas compter", indicator.exclusions),
        *_kind_terms(indicator),
        ("Méthode", indicator.method),
        ("Qui en répond", indicator.keeper),
        ("Disponible", indicator.available),
        ("Sens", Direction(indicator.direction).label if indicator.direction else ""),
    ]
    said = [(term, words or TO_SAY) for term, words in needed]
    return [*said[:1], *((term, words) for term, words in optional if words), *said[1:]]


def _kind_terms(indicator: Indicator) -> list[tuple[str, str]]:
    if indicator.kind == Kind.SHARE:
        return [
            ("Premier nombre", indicator.numerator_label),
            ("Second nombre", indicator.denominator_label),
        ]
    if indicator.kind == Kind.SCALE:
        return [("Échelle", f"de {indicator.scale_min} à {indicator.scale_max}")]
    return []


def _targets(figures: Figures) -> str:
    if not Kind(figures.indicator.kind).has_number:
        return "sans objet"
    if not figures.targets:
        return "sans cible" if figures.indicator.is_without_target else ""
    ordered = sorted(figures.targets.items(), key=lambda item: item[0] or 9999)
    return "\n".join(
        f"{year or 'En fin de plan'}\u00a0: {say_target(figures.indicator, aim)}" for year, aim in ordered
    )
