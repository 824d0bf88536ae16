"""Read the dates of an action as people write them, and say in French what was understood.

« 2e semestre 2026 » is 1 July to 31 December 2026, to the semester. The text is rewritten into a few plain
words, then cut into stretches of time and the links between them; the order of those, its shape, decides.
One unknown word and the whole is refused: no range is better than a wrong one.

Where French leaves a choice, this one is made:

* a season has three whole months: spring is March to May; winter starts in December of the year it names;
* « début 2026 » is January to March, « mi-2026 » April to September, « fin 2026 » October to December; beside
  anything shorter than a year they change nothing (« fin mars 2026 » is March); « courant » never does;
* « rentrée 2027 » is September; a school year runs from 1 September to 31 August;
* « jusqu’à », « d’ici », « à l’horizon » and « au plus tard » include what they name; « avant » stops on its
  eve (« avant 2027 »), except before a day or an end (« avant le 30 juin 2026 », « avant fin 2026 »);
* a list covers its gaps (« 2026 puis 2028 »); what is out of order is refused; the coarsest precision wins;
* a missing year is the neighbour's, one off where a range crosses New Year (« d’octobre à mars 2027 »);
* « en continu » opens the end of a single date and changes nothing beside a range;
* « 2026 (chaque année) » ends with 2026, « 2026 puis chaque année » has no end;
* « vacances d’été » are July and August; the others, the two months where their zones fall;
* years go from 2000 to 2099; with two digits after a month or a quarter (« sept. 26 »), from 2020 to 2039.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Self

from .calendar import Period, Precision
from .calendar_words import CONTINUOUS, EDGES, NAMES, RECURRING, REWRITES, TOKEN, WHOLE_YEAR, YEAR, plain

LONGEST_TEXT = 200

# Shapes, in the letters of `TOKEN`: D a stretch of time; F from, U until, B before; A and, P then, T to.
BOUNDED = re.compile(r"D(?:(?:[TAP]|A?U)D)*|FDA?[TU]D")
WITHOUT_END = re.compile(r"FDP?|DP")
WITHOUT_START = re.compile(r"[UB]D|DT?U")
YEAR_FIRST = re.compile(r"^D[TAP]?(?=[FB]?D)")
YEAR_LAST = re.compile(r"(?<=D)[TAP]?D$")


@dataclass(frozen=True)
class Stretch:
    """A day, or some whole months; its year is 0 until a neighbour lends its own."""

    month: int
    months: int
    precision: Precision
    year: int
    day: int = 0
    is_end: bool = False

    @property
    def starts_on(self) -> date:
        return date(self.year, self.month, self.day or 1)

    @property
    def ends_on(self) -> date:
        if self.day:
            return self.starts_on
        years, month = divmod(self.month - 1 + self.months, 12)
        return date(self.year + years, month + 1, 1) - timedelta(days=1)

    @property
    def is_bare_year(self) -> bool:
        return self.year > 0 and (self.month, self.months) == WHOLE_YEAR[:2]

    def dated_like(self, neighbour: Self, crossing: int) -> Self:
        """Borrow a missing year, shifted by `crossing` (-1, 0 or 1) where the months are out of order."""
        if self.year or not neighbour.year:
            return self
        crosses = (self.month - neighbour.month) * crossing < 0 and not neighbour.is_bare_year
        return replace(self, year=neighbour.year + (crossing if crosses else 0))


def read_period(text: str) -> Period | None:
    """Return None when the text is not understood; never raise."""
    if len(text) > LONGEST_TEXT:
        return None
    words, recurring = RECURRING.subn(" ", plain(text))
    words, continuous = CONTINUOUS.subn(" ", words)
    for pattern, replacement in REWRITES:
        words = pattern.sub(replacement, words)
    if TOKEN.sub("", words).strip():
        return None
    shape, stretches = cut(words)
    if not shape and (recurring or continuous):
        return Period(None, None, Precision.CONTINUOUS, bool(recurring))
    if continuous and shape == "D":
        shape = "FD"
    try:
        shape, stretches = lend_years(shape, stretches)
        starts_on, ends_on = bound(shape, stretches)
    except ValueError:  # 31 February, no year, a shape unknown or out of order.
        return None
    precision = max((stretch.precision for stretch in stretches), key=list(Precision).index)
    return Period(starts_on, ends_on, precision, bool(recurring))


def cut(words: str) -> tuple[str, list[Stretch]]:
    tokens = list(TOKEN.finditer(words))
    shape = "".join(token.lastgroup or "" for token in tokens)
    shape = re.sub(r"A*PA*", "P", re.sub(r"A+", "A", shape)).strip("A")
    # « à » makes a range only after a stretch: « au printemps 2026 » and « jusqu’au 3 mars » have none.
    shape = re.sub(r"(?<!D)T", "", shape)
    return shape, [measure(token) for token in tokens if token.lastgroup == "D"]


def measure(token: re.Match[str]) -> Stretch:
    if token["school"]:
        years = [int(year) for year in re.findall(YEAR, token["school"])]
        return Stretch(9, 12 * max(years[-1] - years[0], 1), Precision.YEAR, years[0])
    month, months, precision = NAMES.get(token["name"]) or EDGES.get(token["edge"]) or WHOLE_YEAR
    day, year = int(token["day"] or 0), int(token["year"] or 0)
    return Stretch(month, months, Precision.DAY if day else precision, year, day, token["edge"] == "fin")


def lend_years(shape: str, stretches: list[Stretch]) -> tuple[str, list[Stretch]]:
    """Date every stretch; a bare year that stood there only for the others goes (« 2026 : avril à juin »)."""
    stretches = list(stretches)
    dated = [stretch for stretch in stretches if stretch.year]
    if len(stretches) > 1 and len(dated) == 1 and dated[0].is_bare_year:
        year = dated[0].year
        if stretches[0].year and YEAR_FIRST.search(shape):
            shape, stretches = YEAR_FIRST.sub("", shape), stretches[1:]
            stretches[0] = replace(stretches[0], year=year)
        elif stretches[-1].year and YEAR_LAST.search(shape):
            shape, stretches = YEAR_LAST.sub("", shape), stretches[:-1]
            stretches[-1] = replace(stretches[-1], year=year)
    crossings = [1 if set(link) & {"T", "U"} else 0 for link in shape.split("D")]
    for i in range(len(stretches) - 2, -1, -1):
        stretches[i] = stretches[i].dated_like(stretches[i + 1], -crossings[i + 1])
    for i in range(1, len(stretches)):
        stretches[i] = stretches[i].dated_like(stretches[i - 1], crossings[i])
    if not all(stretch.year for stretch in stretches):
        raise ValueError("no year")
    return shape, stretches


def bound(shape: str, stretches: list[Stretch]) -> tuple[date | None, date | None]:
    if any(before.starts_on > after.starts_on for before, after in pairwise(stretches)):
        raise ValueError("out of order")
    if BOUNDED.fullmatch(shape):
        return stretches[0].starts_on, max(stretch.ends_on for stretch in stretches)
    if WITHOUT_END.fullmatch(shape):
        return stretches[0].starts_on, None
    if not WITHOUT_START.fullmatch(shape):
        raise ValueError("unknown shape")
    only = stretches[0]
    stops_on_eve = "B" in shape and not (only.day or only.is_end)
    return None, only.starts_on - timedelta(days=1) if stops_on_eve else only.ends_on
