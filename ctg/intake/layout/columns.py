"""What each column of a table of rows holds: by its title, else by what is written in it."""

from collections.abc import Sequence

from .bands import band_text, lonely
from .fields import HEADINGS, SINGLE, Field
from .grid import Grid
from .guessing import begins_with_infinitive, guess_field
from .headers import Header
from .matching import ENOUGH, candidates
from .numbering import is_code, split_number
from .shapes import MatchedColumn

#: What may stand for the action in a table that names none, the likeliest first.
_STAND_INS = (Field.NUMBER, Field.CONTENT, Field.OBJECTIVE, Field.PURPOSE, Field.NEED)
_SAMPLE = 80
_GUESSABLE = (Field.CALENDAR, Field.INDICATORS)


def match_columns(table: int, grid: Grid, header: Header) -> list[MatchedColumn]:
    """The columns that have a title or a text, each with its field if any; one is the action, or none is."""
    texts = {column: texts_under(grid, header.last, column) for column in header.titles}
    fields = {
        column: match for column, match in header.fields.items() if header.titles[column] or texts[column]
    }
    _tell_codes_from_titles(header, fields, texts)
    known = {kind for kind, _ in fields.values() if kind}
    if (
        Field.TITLE not in known
        and not has_title_rows(grid)
        and (column := _find_title(header, fields, texts))
    ):
        fields[column] = (Field.TITLE, 0.5)
        known.add(Field.TITLE)
    title = next((column for column, (kind, _) in fields.items() if kind == Field.TITLE), 0)
    for column, (kind, _) in fields.items():
        if kind is None and texts[column]:
            is_titled = bool(header.titles[column])
            guessed = _guess(texts[column], column, title, texts.get(title, []), is_titled=is_titled)
            if guessed and not (guessed[0] in known and guessed[0] in SINGLE):
                fields[column] = guessed
                known.add(guessed[0])
    return [
        MatchedColumn(table, column, header.titles[column], kind, score, _sample(texts[column]))
        for column, (kind, score) in fields.items()
    ]


def _tell_codes_from_titles(
    header: Header, fields: dict[int, tuple[Field | None, float]], texts: dict[int, list[str]]
) -> None:
    """« Action » over codes is their number, where another column could be named so: « Intitulé ».

    « Actions existantes » over names gives way, too, to « Actions à développer » over verbs.
    """
    title = next((column for column, (kind, _) in fields.items() if kind == Field.TITLE), None)
    if title is None or not (are_codes(texts[title]) or _verbs(texts[title]) < 0.3):
        return
    for column in fields:
        wishes = {kind: score for score, kind in candidates(header.titles[column])}
        is_sure = _verbs(texts[column]) >= 0.6 or (are_codes(texts[title]) and not are_codes(texts[column]))
        if column != title and wishes.get(Field.TITLE, 0.0) >= ENOUGH and is_sure:
            fields[title] = (Field.NUMBER, 0.6) if are_codes(texts[title]) else (None, 0.0)
            fields[column] = (Field.TITLE, wishes[Field.TITLE])
            return


def _verbs(texts: Sequence[str]) -> float:
    return sum(map(begins_with_infinitive, texts)) / len(texts) if texts else 0.0


def guess_columns(table: int, grid: Grid) -> list[MatchedColumn]:
    """The columns of a table without a header; empty when nothing in it looks like actions."""
    blank = Header(0, 0, dict.fromkeys(range(1, grid.width + 1), ""), {}, 0.0)
    texts = {column: texts_under(grid, 0, column) for column in blank.titles}
    titles = [
        (guess[1], len(texts[column]), -column)
        for column in texts
        if len(texts[column]) >= 2 and (guess := guess_field(texts[column])) and guess[0] == Field.TITLE
    ]
    if not titles or (max(titles)[0] < 0.8 and max(titles)[1] < 3):
        return []
    title = -max(titles)[2]
    blank.fields.update({column: (Field.TITLE, 0.5) if column == title else (None, 0.0) for column in texts})
    return match_columns(table, grid, blank)


def texts_under(grid: Grid, row: int, column: int) -> list[str]:
    """What is written in a column, lonely rows aside."""
    return [
        cell.text for cell in grid.below(row, column) if not lonely(grid, cell.place.row) or grid.width == 1
    ]


def has_title_rows(grid: Grid) -> bool:
    """Whether actions are named over the width, « Action 2 : … », and detailed below."""
    named = [split_number(band_text(cells)) for row in grid.rows if (cells := lonely(grid, row))]
    return any(one.level == Field.TITLE and one.code for one in named)


def are_codes(texts: Sequence[str]) -> bool:
    """« A1 », « 1.2 », « Action 3 » alone, in most cells."""
    return bool(texts) and sum(is_code(text) for text in texts) >= 0.8 * len(texts)


def _find_title(
    header: Header, fields: dict[int, tuple[Field | None, float]], texts: dict[int, list[str]]
) -> int | None:
    """The column whose texts read most like actions, else one whose title could mean it."""
    open_to_it = [
        column for column, (kind, _) in fields.items() if kind in (None, *_STAND_INS) and texts[column]
    ]
    open_to_it = [column for column in open_to_it if not are_codes(texts[column])]
    infinitives = {column: _verbs(texts[column]) for column in open_to_it}
    likely = [column for column in open_to_it if infinitives[column] >= 0.5]
    if likely:
        return max(likely, key=lambda column: (infinitives[column], column))
    for column in open_to_it:
        if any(kind == Field.TITLE for _, kind in candidates(header.titles[column])):
            return column
    for stand_in in _STAND_INS[1:]:
        for column in open_to_it:
            if fields[column][0] == stand_in:
                return column
    return None


def _guess(
    texts: Sequence[str], column: int, title: int, actions: Sequence[str], *, is_titled: bool
) -> tuple[Field, float] | None:
    level = _level(texts)
    if level and column < title:
        return level, 0.6
    if are_codes(texts) and column < title and len(set(texts)) == len(texts):
        return Field.NUMBER, 0.6
    guessed = guess_field(texts)
    if is_titled:
        return guessed if guessed and guessed[0] in _GUESSABLE else None
    if guessed and guessed[0] != Field.TITLE:
        return guessed
    # On the left of the actions, and written once for several of them.
    is_shared = len(texts) < len(actions) or len(set(texts)) <= 0.6 * len(actions)
    return (Field.THEME, 0.4) if column < title and is_shared else None


def _level(texts: Sequence[str]) -> Field | None:
    """« Axe 1 – … » in most cells."""
    levels = [split_number(text).level for text in texts]
    for level in HEADINGS:
        if levels.count(level) >= 0.6 * len(levels):
            return level
    return None


def _sample(texts: Sequence[str]) -> str:
    return " ".join(texts[0].split())[:_SAMPLE] if texts else ""
