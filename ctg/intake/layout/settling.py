"""What the title of a column leaves open, settled by the columns beside it and by the texts under it."""

import re
from collections.abc import Callable, Mapping, Sequence

from actions.calendar_reading import read_period

from .exports import are_identifiers, end_when_due
from .fields import HEADINGS, SINGLE, Field
from .matching import ENOUGH, JOIN, candidates
from .numbering import split_number
from .statuses import says_status

Match = tuple[Field | None, float]

#: Fields whose titles also announce dates: « Mise en œuvre », « Réalisation », « Suivi ».
_OPEN_TO_DATES = frozenset(
    {Field.METHODS, Field.STATUS, Field.PRIORITY, Field.NOTES, Field.EFFECTS, Field.CONTENT}
)
_NAMES = frozenset({Field.LEADS, Field.CO_LEADS, Field.PARTNERS, Field.ORGANISATIONS})
#: What names those who fund, too: « Communes ».
_PLACES = frozenset({Field.MUNICIPALITIES, *_NAMES})
_AMOUNT = re.compile(r"^\W*\d[\d\s\u00a0\u202f.,]*(?:k|m)?[\s\u00a0\u202f]*(?:€|euros?)?$", re.IGNORECASE)
#: « MSA 1 500 € »
_NAMED_AMOUNT = re.compile(
    r"^[^\W\d]\D{1,60}\d[\d\s\u00a0\u202f.,]{0,20}k?[\s\u00a0\u202f]?(?:€|euros?\b)", re.IGNORECASE
)
_COUNTED = re.compile(r"^\W*\d[\d\s\u00a0.,]*%?\W*$")
#: A word, or a tick; « ☀ » says neither.
_WORDED = re.compile(r"\w|[×✓✔●•■▪☒☑√✅*+]")
_SHARE = re.compile(r"^\d{1,3}(?:[.,]\d+)?[\s\u00a0]*%$")
_ISO = re.compile(r"^20\d\d-\d\d-\d\d$")
_DATED = re.compile(r"\b20\d\d\b")
_LONGEST_PERIOD = 60
_LONGEST_PRIORITY = 25
_SETTLED = 0.6
#: Under this the title of a theme names many other things: « Catégorie », « Compartiment ».
_PLAIN = 0.9
_MOSTLY = 0.6
_SHARED = (Field.LEADS, Field.PARTNERS)


def settle_by_texts(
    fields: dict[int, Match], titles: Mapping[int, str], texts: Mapping[int, Sequence[str]]
) -> None:
    """Change in `fields` what is written otherwise than its title lets expect."""
    known = {kind for kind, _ in fields.values()}
    for column, (kind, _) in list(fields.items()):
        if found := texts.get(column):
            wishes = {field: score for score, field in candidates(titles[column])}
            settled = _by_texts(kind, wishes, found)
            if kind in _NAMES and settled == Field.FUNDERS and _DATED.search(titles[column]):
                settled = Field.TARGET  # « Réf. 2024 » over figures is their starting point.
            if settled != kind and not (settled in SINGLE and settled in known):
                fields[column] = (settled, _SETTLED)


def are_amounts(texts: Sequence[str]) -> bool:
    return bool(texts) and share_of(texts, _AMOUNT.match) >= 0.8


def level_said(texts: Sequence[str]) -> Field | None:
    """« Axe 1 – … » in most cells."""
    levels = [split_number(text).level for text in texts]
    return next((level for level in HEADINGS if texts and levels.count(level) >= _MOSTLY * len(levels)), None)


def is_dated(texts: Sequence[str]) -> bool:
    return share_of(texts, lambda text: _is_period(text)) >= 0.7


def _is_period(text: str) -> bool:
    """In words, or as the reader of a spreadsheet writes its dates."""
    return bool(_ISO.match(text)) or (len(text) <= _LONGEST_PERIOD and read_period(text) is not None)


def share_of(texts: Sequence[str], test: Callable[[str], object]) -> float:
    return sum(bool(test(text)) for text in texts) / len(texts)


def _by_texts(kind: Field | None, wishes: Mapping[Field, float], texts: Sequence[str]) -> Field | None:
    if kind in (Field.TARGET, Field.AUDIENCES) and wishes.get(Field.AUDIENCES, 0) >= ENOUGH:
        is_counted = share_of(texts, lambda text: re.match(r"^\W*\d", text)) >= 0.5
        if -0.1 <= wishes.get(Field.TARGET, 0) - wishes[Field.AUDIENCES] <= 0.15:
            return Field.TARGET if is_counted else Field.AUDIENCES
    if kind in (Field.STATUS, Field.TARGET) and share_of(texts, _SHARE.match) >= 0.8:
        return Field.PROGRESS
    if kind == Field.PROGRESS and len(texts) > 1 and share_of(texts, says_status) >= 0.8:
        return Field.STATUS
    if kind == Field.THEME and wishes[kind] < _PLAIN and (level := level_said(texts)):
        return level
    if kind == Field.NUMBER and are_identifiers(texts):
        return None
    if kind == Field.RESOURCES and share_of(texts, lambda text: "€" in text) >= _MOSTLY:
        return Field.BUDGET
    if kind == Field.STATUS and share_of(texts, _COUNTED.match) >= 0.6:
        return Field.TARGET
    if kind == Field.TARGET and len(texts) > 1 and share_of(texts, says_status) >= 0.8:
        return Field.STATUS
    if kind == Field.STATUS and not any(_WORDED.search(text) for text in texts):
        return Field.NOTES
    if (
        kind in (Field.STARTS, Field.ENDS)
        and min(wishes.get(Field.STARTS, 0), wishes.get(Field.ENDS, 0)) >= ENOUGH
    ):
        return Field.CALENDAR
    if kind in _OPEN_TO_DATES and is_dated(texts):
        return Field.CALENDAR
    if kind == Field.PRIORITY and share_of(texts, lambda text: len(text) > _LONGEST_PRIORITY) >= 0.5:
        return Field.AMBITION
    if kind in _NAMES and are_amounts(texts):
        return Field.FUNDERS
    return kind


def settle_beside(
    fields: dict[int, Match], titles: Mapping[int, str], texts: Mapping[int, Sequence[str]]
) -> None:
    """Impacts are those of an ambition, where one stands beside them; who is named alone carries."""
    known = {kind for kind, _ in fields.values()}
    best = max((score for kind, score in fields.values() if kind == Field.STATUS), default=0)
    for column, (kind, score) in list(fields.items()):
        if kind == Field.STATUS and score < best:
            fields[column] = (Field.NOTES, score)
        if kind == Field.IMPACTS and Field.AMBITION not in known:
            fields[column] = (Field.EFFECTS, score)
        beside = fields.get(column - 1, (None, 0))[0]
        is_share = beside == Field.FUNDERS and any(map(_AMOUNT.match, texts[column - 1]))
        is_part = beside == Field.BUDGET and titles[column].lower().startswith(("dont ", "part "))
        if (
            kind in (None, Field.ORGANISATIONS)
            and titles[column]
            and (is_share or is_part)
            and _are_shares(texts[column])
        ):
            fields[column] = (Field.FUNDERS, _SETTLED)
        if kind in _PLACES and _is_beside_shares(fields, titles, column) and are_amounts(texts[column]):
            fields[column] = (Field.FUNDERS, _SETTLED)
    end_when_due(fields, titles, texts)
    _share_parts(fields, titles, known)


def _are_shares(texts: Sequence[str]) -> bool:
    """« 1 500 € », « MSA 1 500 € »."""
    return are_amounts(texts) or (bool(texts) and share_of(texts, _NAMED_AMOUNT.match) >= 0.8)


def _is_beside_shares(fields: Mapping[int, Match], titles: Mapping[int, str], column: int) -> bool:
    """Whether columns of funders stand under the same title: « Plan de financement »."""
    parent, _, own = titles[column].rpartition(JOIN)
    return bool(parent and own) and any(
        kind == Field.FUNDERS and titles[other].rpartition(JOIN)[0] == parent
        for other, (kind, _) in fields.items()
    )


def _share_parts(fields: dict[int, Match], titles: Mapping[int, str], known: set[Field | None]) -> None:
    """« Qui » and « Avec », « Structure » beside partners: who leads and who joins in."""
    named = [column for column, (kind, _) in fields.items() if kind == Field.ORGANISATIONS]
    named = [column for column in named if not _names_both(titles[column])]
    if len(named) > len(_SHARED):
        return
    lacking = [part for part in _SHARED if part not in known]
    if len(named) == 1 and len(lacking) == 2:
        return
    for column, part in zip(named, lacking, strict=False):
        fields[column] = (part, fields[column][1])


def _names_both(title: str) -> bool:
    wishes = {field: score for score, field in candidates(title)}
    return min(wishes.get(Field.LEADS, 0), wishes.get(Field.PARTNERS, 0)) >= ENOUGH
