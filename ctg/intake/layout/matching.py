"""How well the title of a column says which field it holds."""

import re
from collections.abc import Sequence
from functools import lru_cache

from ctg.web.search import is_mistyped
from ctg.web.text import fold

from .fields import SINGLE, Field
from .vocabulary import PHRASES

#: Under this a title says nothing.
ENOUGH = 0.5
#: What a second column must reach to be read together with the first of its field.
SURE = 0.65
LONGEST_TITLE = 160

_SMALL_WORDS = frozenset(
    [
        "de",
        "du",
        "des",
        "d",
        "la",
        "le",
        "les",
        "l",
        "un",
        "une",
        "et",
        "ou",
        "a",
        "au",
        "aux",
        "en",
        "pour",
        "sur",
        "par",
        "avec",
        "dans",
        "ce",
        "cette",
        "s",
        "se",
        "que",
        "e",
        "es",
        "ve",
        "ves",
        "trice",
        "trices",
        "vos",
        "votre",
        "nos",
        "notre",
    ]
)
_KEPT_SMALL = frozenset({"ou", "pour", "avec", "en"})  # « Où ? », « Pour qui ? », « Avec qui ? »
_SUFFIXES = re.compile(r"\((?:s|es|x|e|e\.s|ve|ves|trice)\)|[·.•](?:e|es|s|rice|trice|ve)(?:[·.•]s)?\b")
#: Words that people cut short even without a full stop.
_SHORT = frozenset({"quanti", "quali", "resp", "ref", "obj", "indic", "ind", "part", "desc", "previs"})
_ABBREVIATION = re.compile(r"\b([^\W\d_]{2,})\.(?![^\W\d_])")
#: Stands for what a full stop cut: no French word ends so, and `fold` leaves it.
_CUT = "qq"


#: Between the title of merged columns and their own: « Indicateurs – quantitatifs ».
JOIN = " – "
#: A title of its own that says so much needs no parent.
_CLEAR = 0.9


@lru_cache(maxsize=2048)
def candidates(title: str) -> tuple[tuple[float, Field], ...]:
    """The fields that a title may name, best first. Under a parent, a clear title speaks for itself."""
    own = title.rsplit(JOIN, 1)[-1]
    if own != title and (found := _candidates(own)) and found[0][0] >= _CLEAR:
        return found
    return _candidates(title)


def _candidates(title: str) -> tuple[tuple[float, Field], ...]:
    """What stands in brackets counts for less."""
    title = _SUFFIXES.sub("", title)
    main = re.sub(r"\([^)]*\)?", " ", title)
    scores: dict[Field, float] = {}
    asides = re.findall(r"\(([^)]*)\)?", title)
    # « Qui ? (pilote) »: the question is vague, its answer is not.
    weights = (0.9, 1.0) if "?" in main else (1.0, 0.6)
    for text, weight in [(main, weights[0]), *((aside, weights[1]) for aside in asides)]:
        words = _words(text)
        for field, phrases in _TABLE.items():
            best = max((w * _resemblance(words, phrase) for phrase, w in phrases), default=0.0) * weight
            scores[field] = max(scores.get(field, 0.0), best)
    found = [(round(min(score, 1.0), 3), field) for field, score in scores.items() if score >= 0.3]
    return tuple(sorted(found, key=lambda pair: (-pair[0], -scores[pair[1]])))


def best_score(title: str) -> float:
    return candidates(title)[0][0] if title and candidates(title) else 0.0


def best_field(title: str, *, least: float = ENOUGH) -> Field | None:
    found = candidates(title)
    return found[0][1] if found and found[0][0] >= least else None


def assign(titles: Sequence[str], taken: frozenset[Field] = frozenset()) -> list[tuple[Field | None, float]]:
    """One field per title, the surest first; two titles share a field only where it reads as one text."""
    wishes = sorted(
        (
            (-score, index, field)
            for index, title in enumerate(titles)
            if title
            for score, field in candidates(title)
            if score >= ENOUGH
        ),
        key=lambda wish: wish[:2],
    )
    given: dict[int, tuple[Field, float]] = {}
    used = set(taken)
    for cost, index, field in wishes:
        if index in given or (field in used and (field in SINGLE or -cost < SURE)):
            continue
        given[index] = (field, -cost)
        used.add(field)
    return [given.get(index, (None, 0.0)) for index in range(len(titles))]


def _words(text: str) -> tuple[str, ...]:
    text = _ABBREVIATION.sub(rf"\1{_CUT} ", text)
    folded = fold(text.replace("°", "o ").replace("º", "o ").replace("%", " pourcentage "))
    folded = re.sub(r"\bn o\b|\bno\b|\bnum\b", "n", folded)
    words = folded.split()
    if len(words) <= 2:
        return tuple(_singular(word) for word in words if word not in _SMALL_WORDS or word in _KEPT_SMALL)
    return tuple(_singular(word) for word in words if word not in _SMALL_WORDS)


def _singular(word: str) -> str:
    if len(word) <= 3 or word in ("temps", "prix"):
        return word
    return word[:-1] if word[-1] in "sx" else word


def _resemblance(words: tuple[str, ...], phrase: tuple[str, ...]) -> float:
    """1 when the title is the phrase; less when it holds it among other words, or further on."""
    if not words or len(phrase) > len(words):
        return 0.0
    first, position = -1, 0
    for wanted in phrase:
        while position < len(words) and not _same(words[position], wanted):
            position += 1
        if position == len(words):
            return 0.0
        first = position if first < 0 else first
        position += 1
    coverage = len(phrase) / len(words)
    if coverage == 1:
        return 1.0
    gaps = (position - first) - len(phrase)
    lead = 0.2 if first == 0 else 0.08 if first == 1 else 0.0
    return max(0.55 + 0.22 * coverage + lead - 0.04 * gaps - 0.02 * max(0, first - 1), 0.0)


@lru_cache(maxsize=65536)
def _same(word: str, wanted: str) -> bool:
    if word == wanted:
        return True
    if word.endswith(_CUT) or word in _SHORT:
        return wanted.startswith(word.removesuffix(_CUT))
    return len(wanted) >= 7 and abs(len(word) - len(wanted)) <= 1 and is_mistyped(word, wanted)


_TABLE: dict[Field, list[tuple[tuple[str, ...], float]]] = {
    field: [
        (_words(phrase), weight)
        for weight, phrases in by_weight.items()
        for phrase in phrases.split(",")
        if _words(phrase)
    ]
    for field, by_weight in PHRASES.items()
}
