"""How well the title of a column says which field it holds."""

import re
from collections.abc import Sequence
from functools import lru_cache

from ctg.web.search import is_mistyped
from ctg.web.text import fold

from .fields import SINGLE, Field
from .vocabulary import ASIDE, PHRASES

#: Under this a title says nothing.
ENOUGH = 0.5
#: What a second column must reach to be read together with the first of its field.
SURE = 0.65
LONGEST_TITLE = 160

_SMALL_WORDS = frozenset(
    fold(
        "de du des d la le les l un une et ou a au aux en pour sur par avec dans ce cette s se que e es ve"
        " ves trice trices vos votre nos notre"
    ).split()
)
#: « Ce qui est prévu » does not ask who; « Qui ? » and « Qui fait quoi ? » do.
_QUESTIONS = frozenset({"qui", "quoi", "avec", "ou"})
#: « Où ? », « Pour qui ? », « Avec qui ? », « Que faire ? »
_KEPT_SMALL = frozenset({"ou", "pour", "avec", "en", "que"})
#: « Ce qui avance » asks what, and not who.
_THING = re.compile(r"ce qui\b")
_SUFFIXES = re.compile(r"\((?:s|es|x|e|e\.s|ve|ves|trice)\)|[·.•](?:e|es|s|rice|trice|ve)(?:[·.•]s)?\b")
#: Words that people cut short even without a full stop.
_SHORT = frozenset({"quanti", "quali", "resp", "ref", "obj", "indic", "ind", "part", "desc", "previs"})
_SIGNS = {"°": "o ", "º": "o ", "%": " pourcentage ", "#": " n "}
#: « Pilote de l’action »: whose pilot is no news in a plan of actions.
_OF_ACTION = re.compile(
    r"(?<=\w)\s+(?:de\s+l['’]|d['’]|du\s|des\s|de\s+la\s|cette\s|de\s+cette\s)\s*"
    r"(?:actions?|projets?|opérations?|mesures?|fiche)\s*[:?]?\s*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b20\d\d\b")
_ABBREVIATION = re.compile(r"\b([^\W\d_]{2,})\.(?![^\W\d_])")
#: Stands for what a full stop cut: no French word ends so, and `fold` leaves it.
_CUT = "qq"


#: Between the title of merged columns and their own: « Indicateurs – quantitatifs ».
JOIN = " – "
#: « Indicateurs – De réalisation »: it only tells which ones.
_COMPLEMENT = re.compile(r"^(?:de|du|des|d['’])\b", re.IGNORECASE)
#: A title of its own that says so much needs no parent.
_CLEAR = 0.9


@lru_cache(maxsize=2048)
def candidates(title: str) -> tuple[tuple[float, Field], ...]:
    """The fields that a title may name, best first. Under a parent, a clear title speaks for itself."""
    own = title.rsplit(JOIN, 1)[-1]
    if own != title and not _COMPLEMENT.match(own) and (found := _candidates(own)) and found[0][0] >= _CLEAR:
        return found
    return _candidates(title)


def _candidates(title: str) -> tuple[tuple[float, Field], ...]:
    """What stands in brackets counts for less, and « de l’action » for nothing but an action."""
    title = _SUFFIXES.sub("", title)
    main = re.sub(r"\([^)]*\)?", " ", title)
    asides = re.findall(r"\(([^)]*)\)?", title)
    # « Qui ? (pilote) »: the question is vague, its answer is not.
    weights = (0.9, 1.0) if "?" in main else (1.0, 0.6)
    scores: dict[Field, float] = dict.fromkeys(PHRASES, 0.0)
    _score(scores, main, weights[0], is_owned=_OF_ACTION.search(main) is not None)
    if _OF_ACTION.search(main):
        _score(scores, _OF_ACTION.sub("", main), 0.97 * weights[0])
    for aside in asides:
        _score(scores, aside, weights[1])
    if asides:
        _score(scores, title, 0.95 * weights[0])
    least = max(0.3, _asideness(main))
    found = [(round(min(score, 1.0), 3), field) for field, score in scores.items() if score >= least]
    return tuple(sorted(found, key=lambda pair: (-pair[0], -scores[pair[1]])))


def _score(scores: dict[Field, float], text: str, weight: float, *, is_owned: bool = False) -> None:
    """Raise the scores by what a text says; when it is `is_owned` by an action, that word names none."""
    words = _words(text)
    known = set().union(*map(_known, words))
    is_thing = _THING.match(fold(text)) is not None
    for field, phrases in _TABLE.items():
        for phrase, phrase_weight in phrases:
            if known.issuperset(phrase) and not (is_thing and phrase == ("qui",)):
                if is_owned and field == Field.TITLE and len(phrase) == 1:
                    phrase_weight *= 0.5
                scores[field] = max(scores[field], phrase_weight * weight * _resemblance(words, phrase))


def is_aside(title: str) -> bool:
    """Whether a title says something of the document rather than of an action: « Mise à jour »."""
    return bool(title) and _asideness(title) >= ENOUGH and not candidates(title)


def _asideness(title: str) -> float:
    words = _words(title)
    return max((_resemblance(words, phrase) for phrase in _ASIDE), default=0.0)


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
    for sign, said in _SIGNS.items():
        text = text.replace(sign, said)
    folded = fold(text)
    folded = re.sub(r"\bn o\b|\bno\b|\bnum\b", "n", folded)
    words = _YEAR.sub("aaaa", folded).split()
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
    if len(phrase) == 1 and len(phrase[0]) <= 4 and coverage < 0.5 and phrase[0] in _QUESTIONS:
        return 0.0
    gaps = (position - first) - len(phrase)
    lead = 0.2 if first == 0 else 0.08 if first == 1 else 0.0
    return max(0.55 + 0.22 * coverage + lead - 0.04 * gaps - 0.02 * max(0, first - 1), 0.0)


@lru_cache(maxsize=4096)
def _known(word: str) -> frozenset[str]:
    """The words of the vocabulary that this one may be."""
    near = _VOCABULARY if word.endswith(_CUT) or word in _SHORT else _BY_LENGTH.get(len(word), frozenset())
    return frozenset(wanted for wanted in near if _same(word, wanted)) | (_VOCABULARY & {word})


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
_ASIDE = [_words(phrase) for phrase in ASIDE.split(",")]
_VOCABULARY = frozenset(word for phrases in _TABLE.values() for phrase, _ in phrases for word in phrase)
#: Those that a word of so many letters may be by mistake.
_BY_LENGTH = {
    length: frozenset(word for word in _VOCABULARY if len(word) >= 7 and abs(len(word) - length) <= 1)
    for length in range(6, max(map(len, _VOCABULARY)) + 2)
}
