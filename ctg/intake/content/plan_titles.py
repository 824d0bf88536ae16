"""What a file says of the plan as a whole: its title, its date, its years."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from actions.calendar_reading import read_period
from ctg.web.text import fold

_YEARS = re.compile(r"\b(20\d\d)\s*(?:[-–—/]|à|au)\s*(20\d\d)\b")
_PLAN = re.compile(r"\b(?:plan|ctg|convention|programme|feuille de route|schema)\b")
_DATED = re.compile(
    r"^(?:\D{0,40}?)((?:\d{1,2}[/.-]\d{1,2}[/.-]20\d\d)|(?:\d{1,2}(?:er)? [^\W\d]+ 20\d\d))\W*$"
)
#: « Nom du plan » stands beside it.
_LABEL = re.compile(
    r"^(?:nom|titre|intitule|id|identifiant) (?:du |de la |de l )(?:plan|ctg|convention|programme)$"
)
LONGEST = 300


@dataclass(frozen=True)
class PlanTitles:
    heading: str = ""
    dated_text: str = ""
    dated_on: dt.date | None = None
    first_year: int | None = None
    last_year: int | None = None


def read_titles(texts: Iterable[str], names: Iterable[str]) -> PlanTitles:
    """`texts` stand above the plan; `names`, of sheets and of the file, only tell its years."""
    texts = [" ".join(text.split()) for text in texts]
    short = [text for text in texts if 3 < len(text) <= LONGEST]
    dated = next((text for text in short if _DATED.match(text)), "")
    others = [text for text in short if text != dated and not _LABEL.match(fold(text))]
    heading = next((text for text in others if _PLAN.search(fold(text))), others[0] if others else "")
    years = next((match for text in [*short, *names] if (match := _YEARS.search(text))), None)
    match = _DATED.match(dated)
    period = read_period(match[1]) if match else None
    return PlanTitles(
        heading,
        dated[:100],
        period.starts_on if period else None,
        int(years[1]) if years else None,
        int(years[2]) if years else None,
    )
