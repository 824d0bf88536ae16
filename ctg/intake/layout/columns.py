"""What each column of a table of rows holds: by its title, else by what is written in it."""

from collections.abc import Sequence

from .bands import band_text, is_total, lonely
from .blocks import blocks
from .exports import are_identifiers
from .fields import SINGLE, Field
from .grid import Grid
from .guessing import begins_with_infinitive, guess_field
from .headers import Header
from .levels import find_levels
from .matching import ENOUGH, candidates, is_aside
from .matrices import find_matrix
from .numbering import is_code, is_letter, split_number
from .settling import level_said, settle_beside, settle_by_texts
from .shapes import MatchedColumn

#: What may stand for the action in a table that names none, the likeliest first.
_STAND_INS = (Field.NUMBER, Field.CONTENT, Field.OBJECTIVE, Field.PURPOSE, Field.NEED)
_SAMPLE = 80
#: How sure it is that a column is the action when no title says so.
STAND_IN = 0.5
_GUESSED_ONCE = (Field.CALENDAR, Field.STATUS, Field.BUDGET)
_GUESSABLE = (Field.CALENDAR, Field.INDICATORS, Field.STATUS, Field.BUDGET, Field.ORGANISATIONS)


def match_columns(table: int, grid: Grid, header: Header) -> list[MatchedColumn]:
    """The columns that have a title or a text, each with its field if any; one is the action, or none is."""
    texts = {column: texts_under(grid, header.last, column) for column in header.titles}
    fields = {
        column: match for column, match in header.fields.items() if header.titles[column] or texts[column]
    }
    _leave_side_lists(grid, fields, texts)
    settle_by_texts(fields, header.titles, texts)
    find_matrix(fields, header.titles, texts)
    find_levels(fields, header.titles, texts)
    _tell_titles(header, fields, texts)
    known = {kind for kind, _ in fields.values() if kind}
    if (
        Field.TITLE not in known
        and not has_title_rows(grid, header.last)
        and (column := _find_title(header, fields, texts))
    ):
        fields[column] = (Field.TITLE, STAND_IN)
        known.add(Field.TITLE)
    title = next((column for column, (kind, _) in fields.items() if kind == Field.TITLE), 0)
    for column, (kind, _) in fields.items():
        if kind is None and texts[column] and not is_aside(header.titles[column]):
            is_titled = bool(header.titles[column])
            guessed = _guess(texts[column], column, title, texts.get(title, []), is_titled=is_titled)
            if guessed and not (guessed[0] in known and guessed[0] in (*SINGLE, *_GUESSED_ONCE)):
                fields[column] = guessed
                known.add(guessed[0])
    settle_beside(fields, header.titles, texts)
    return [
        MatchedColumn(table, column, header.titles[column], kind, score, _sample(texts[column]))
        for column, (kind, score) in fields.items()
    ]


def _leave_side_lists(
    grid: Grid, fields: dict[int, tuple[Field | None, float]], texts: dict[int, list[str]]
) -> None:
    """A short list on the right of a blank column, « Groupe de travail – Animateur », follows no action."""
    title = next((column for column, (kind, _) in fields.items() if kind == Field.TITLE), 0)
    for first, last in blocks(grid.table)[1:] if title else []:
        own = [column for column in fields if first <= column <= last]
        longest = max((len(texts[column]) for column in own), default=0)
        if title < first and 2 * longest <= len(texts[title]):
            fields.update(dict.fromkeys(own, (None, 0.0)))
            texts.update(dict.fromkeys(own, []))


def _tell_titles(
    header: Header, fields: dict[int, tuple[Field | None, float]], texts: dict[int, list[str]]
) -> None:
    """« Action » over codes is their number, where another column could be named so: « Intitulé ».

    « Actions existantes » over names gives way, too, to « Actions à développer » over verbs, and « Mesure »
    over indicators to « Réponse à apporter ».
    """
    title = next((column for column, (kind, _) in fields.items() if kind == Field.TITLE), None)
    if title is None or not (are_codes(texts[title]) or _verbs(texts[title]) < 0.3):
        return
    # Among codes, one remark may stand: « Observations du comité » over its own column.
    is_coded = are_codes(texts[title]) or sum(map(is_code, texts[title])) >= max(2, len(texts[title]) - 1)
    is_vague = fields[title][1] < 1 or is_coded
    for column, (kind, _) in fields.items():
        if (
            column == title
            or not texts[column]
            or _wish(header, column, Field.TITLE) < ENOUGH
            and not (is_vague and kind is None)
        ):
            continue
        if _verbs(texts[column]) >= 0.6 or (is_coded and not are_codes(texts[column])):
            fields[title] = (Field.NUMBER, 0.6) if is_coded else (None, 0.0)
            fields[column] = (Field.TITLE, max(0.6, _wish(header, column, Field.TITLE)))
            return


def _wish(header: Header, column: int, field: Field) -> float:
    return next((score for score, kind in candidates(header.titles[column]) if kind == field), 0.0)


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
    """What is written in a column, lonely rows and totals aside."""
    cells = [cell for cell in grid.below(row, column) if not is_total(grid.own(cell.place.row)[0].text)]
    return [cell.text for cell in cells if not lonely(grid, cell.place.row) or grid.width == 1]


def has_title_rows(grid: Grid, header: int) -> bool:
    """Whether actions are named over the width, « Action 2 : … », under the header, and detailed below."""
    rows = [row for row in grid.rows if row > header]
    named = [split_number(band_text(cells)) for row in rows if (cells := lonely(grid, row))]
    return any(one.level == Field.TITLE and one.code for one in named)


def are_codes(texts: Sequence[str]) -> bool:
    """« A1 », « 1.2 », « Action 3 » alone, in most cells; not the identifiers of a program."""
    is_most = bool(texts) and sum(is_code(text) for text in texts) >= 0.8 * len(texts)
    return is_most and not are_identifiers(texts)


def _find_title(
    header: Header, fields: dict[int, tuple[Field | None, float]], texts: dict[int, list[str]]
) -> int | None:
    """The column whose texts read most like actions, else one whose title could mean it."""
    open_to_it = [
        column
        for column, (kind, _) in fields.items()
        if texts[column]
        and not are_codes(texts[column])
        and (kind in (None, *_STAND_INS) or _wish(header, column, Field.TITLE) >= ENOUGH)
    ]
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
    level = level_said(texts)
    if level and (column < title or len(set(texts)) <= 0.6 * len(texts)):
        return level, 0.6
    if are_codes(texts) and column < title and len(set(texts)) == len(texts):
        return Field.NUMBER, 0.6
    if all(map(is_letter, texts)) and column < title:
        return Field.NUMBER, 0.6
    guessed = guess_field(texts)
    if guessed and guessed[0] == Field.TITLE and column < title:
        return Field.OBJECTIVE, 0.5
    if is_titled:
        return guessed if guessed and guessed[0] in _GUESSABLE else None
    if guessed and guessed[0] != Field.TITLE:
        return guessed
    # On the left of the actions, and written once for several of them.
    is_shared = len(texts) < len(actions) or len(set(texts)) <= 0.6 * len(actions)
    return (Field.THEME, 0.4) if column < title and is_shared else None


def _sample(texts: Sequence[str]) -> str:
    return " ".join(texts[0].split())[:_SAMPLE] if texts else ""
