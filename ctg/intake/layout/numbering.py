"""The numbers that people write before a title: « 1. », « 1.2 », « A. », « Action n° 3 : », « Axe 1 – »."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ctg.web.text import fold

from .fields import Field
from .vocabulary import ACTION_WORDS, LEVEL_WORDS, THEMES

_SEPARATOR = r"[\s\u00a0]*(?:[:.)\]/–—−|•-]+[\s\u00a0]*|\n+)"
_DIGITS = r"(?:[A-Z]{0,3}|[IVX]{1,4})[\s\u00a0.-]?\d{1,3}(?:[.\-]\d{1,3}){0,3}[a-z]?"
_LETTERS = r"[IVX]{1,5}|[A-Z]"
_CODE = rf"(?:{_DIGITS}|{_LETTERS})"
_WORD = r"(?P<word>[^\W\d_]+(?:[\s\u00a0'’-][^\W\d_]+){0,2}?)"
_NUMBER_SIGN = r"(?:[nN][\s\u00a0]*[°ºo.]*[\s\u00a0]*(?=\d)|[\s\u00a0]|(?=\d))"
#: « Action n° 3 : titre », « AXE I – titre », « Fiche action 3 » alone. A letter needs more than a space.
_NAMED = re.compile(
    rf"^{_WORD}[\s\u00a0]*{_NUMBER_SIGN}(?:(?P<digits>{_DIGITS})(?:{_SEPARATOR}|[\s\u00a0]+|$)"
    rf"|(?P<letters>{_LETTERS})(?:{_SEPARATOR}|[\s\u00a0]+(?=[A-ZÀ-Ü][^\W\d])|$))"
)
#: « Action : titre », « Thématique – titre ».
_WORDED = re.compile(rf"^{_WORD}[\s\u00a0]*[:–—][\s\u00a0]*")
#: « 1. titre », « 1.2 titre », « A) titre », « n° 3 titre », « A1 titre ».
_BARE = re.compile(
    rf"^(?:[nN][°º][\s\u00a0]*(?P<sign>\d{{1,3}})(?:{_SEPARATOR}|[\s\u00a0]+)"
    r"|(?P<dotted>(?:[A-Z]{1,3}|[IVX]{1,4})[.\-]\d{1,3}(?:[.\-]\d{1,3}){0,3}[a-z]?"
    r"|[A-Z]{1,3}[\s\u00a0]\d{1,2}(?:\.\d{1,2}){1,3}|[A-Z]{0,3}\d{1,3}(?:[.\-]\d{1,3}){1,3}[a-z]?|\d{1,3}[a-z](?=[.)]))(?:[.)]?[\s\u00a0]*[:–—-]?[\s\u00a0]+)"
    r"|(?P<lettered>[A-Z]{1,3}[\s\u00a0]?\d{1,3})[\s\u00a0]*[:.)–—-]?[\s\u00a0]+"
    rf"|(?P<plain>\d{{1,3}}|[IVX]{{1,5}}|[A-Z])(?:[.)]+(?!\d)[\s\u00a0]*|/[\s\u00a0]+|[\s\u00a0]*[:–—-][\s\u00a0]+)"
    r"|(?P<tight>\d{1,3})[–-](?=[^\W\d_]{2}))"
    r"(?=\S)"
)

_SUITE = re.compile(r"[\s\u00a0]*(?:[–—-]\s*suite|\(suite\))[\s\u00a0]*$|^suite$", re.IGNORECASE)
_ADJECTIVES = frozenset(
    {"strategique", "prioritaire", "transversal", "transversale", "thematique", "operationnelle"}
)


@dataclass(frozen=True)
class Numbered:
    """A title, the number that stood before it as written, and the word before that: « axe », « action »."""

    title: str
    code: str = ""
    word: str = ""

    @property
    def number(self) -> int | None:
        """The number of an action, if it is a plain one."""
        digits = re.fullmatch(r"[A-Z]{0,3}[\s\u00a0.-]?(\d{1,4})", self.code)
        return int(digits[1]) if digits else None

    @property
    def depth(self) -> int:
        """1 for « 2. », 2 for « 2.1 »; 0 without a number."""
        return len(re.findall(r"\d+|^[A-Z]+$", self.code)) if self.code else 0

    @property
    def level(self) -> Field | None:
        """The level of the plan that the word announces."""
        return Field.TITLE if self.word in ACTION_WORDS else LEVEL_WORDS.get(self.word)


@lru_cache(maxsize=4096)
def split_number(text: str) -> Numbered:
    """Take the number off; the text comes back whole when it has none. Nothing is lost but the separator."""
    text = text.strip()
    named = _NAMED.match(text)
    if named and (word := _known(named["word"])):
        return Numbered(text[named.end() :].strip(), _code(named["digits"] or named["letters"]), word)
    worded = _WORDED.match(text)
    if worded and (word := _known(worded["word"])) and len(text) > worded.end():
        return Numbered(text[worded.end() :].strip(), "", word)
    first, _, rest = text.partition(" ")
    if (word := _known(first)) in LEVEL_WORDS and fold(rest).startswith(THEMES):
        return Numbered(rest.strip(), "", word)
    bare = _BARE.match(text)
    if bare and len(text) > bare.end():
        code = bare["sign"] or bare["dotted"] or bare["lettered"] or bare["plain"] or bare["tight"]
        return Numbered(text[bare.end() :].strip(), _code(code))
    return Numbered(text)


def read_number(text: str) -> Numbered:
    """What a cell of the column of numbers says: « 3 », « 1.2 », « Action 3 », « n° 3 »."""
    text = text.strip()
    if re.fullmatch(r"\d+\.0", text):
        text = text[:-2]
    if re.fullmatch(rf"{_CODE}[.)]?", text):
        return Numbered("", _code(text.rstrip(".)")))
    split = split_number(f"{text} :")
    return Numbered(split.title.rstrip(": "), split.code, split.word) if split.code else Numbered("", text)


def without_suite(text: str) -> str:
    """« Axe 1 : Familles (suite) », over the next page, is the same axis."""
    return _SUITE.sub("", text)


def is_number(text: str) -> bool:
    """« N° 12 » and nothing else."""
    return bool(re.fullmatch(r"[nN][\s\u00a0]*[°º][\s\u00a0]*\d{1,3}", text.strip()))


def is_code(text: str) -> bool:
    """« A1 », « 1.2 », « Action 3 »: a number and nothing else."""
    said = read_number(text)
    return not said.title and bool(re.search(r"\d", said.code)) and len(said.code) <= 10


def is_letter(text: str) -> bool:
    """« a », « B. », which begin again under each heading."""
    return bool(re.fullmatch(r"[A-Za-z][.)]?", text.strip()))


def _known(word: str) -> str:
    """The word as the vocabulary has it, its plural and its adjective aside: « Axes stratégiques »."""
    folded = " ".join(part.rstrip("s") for part in fold(word).split())
    first, _, adjective = folded.partition(" ")
    for candidate in (folded, first if adjective in _ADJECTIVES else ""):
        if candidate in ACTION_WORDS or candidate in LEVEL_WORDS:
            return candidate
    return ""


def _code(code: str) -> str:
    return re.sub(r"[\s\u00a0]", "", code).strip(".-")
