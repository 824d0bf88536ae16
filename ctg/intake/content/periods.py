"""When an action takes place: dates of the spreadsheet, two columns, or crosses under years and months."""

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache

from actions.calendar import MONTHS
from actions.calendar_reading import read_period
from ctg.web.text import fold

from ..layout import Field, Piece, Record
from ..layout.matching import JOIN
from .marks import is_mark, is_no_mark

#: The days that a spreadsheet counts from 2000 to 2099.
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73050
_EPOCH = dt.date(1899, 12, 30)
#: The same few dates, and titles of columns, come back with each action.
_period = lru_cache(maxsize=256)(read_period)


def calendar_of(record: Record) -> str:
    """The calendar of an action as one text, that `read_period` understands where the file allows."""
    texts = [calendar_text(piece) for piece in record.pieces.get(Field.CALENDAR, ())]
    start, end = (_first(record.pieces.get(kind, ())) for kind in (Field.STARTS, Field.ENDS))
    if start and end:
        texts.append(start if start == end else f"{start} à {end}")
    elif start or end:
        texts.append(
            _open_ended(f"à partir de {start}", start) if start else _open_ended(f"jusqu’à {end}", end)
        )
    periods = record.pieces.get(Field.PERIOD, ())
    return "\n".join([*texts, *_marked(periods)])


def calendar_text(piece: Piece) -> str:
    """A date in French, a year without decimals, any other text as it is."""
    text = piece.text.strip()
    if match := re.fullmatch(r"(20\d\d)\.0", text):
        return match[1]
    serial = re.fullmatch(r"(\d{5})(?:\.\d+)?", text)
    if serial and _FIRST_SERIAL <= int(serial[1]) <= _LAST_SERIAL:
        return f"{_EPOCH + dt.timedelta(days=int(serial[1])):%d/%m/%Y}"
    iso = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?", text)
    return f"{iso[3]}/{iso[2]}/{iso[1]}" if iso and piece.is_date else text


def _open_ended(said: str, text: str) -> str:
    """« à partir de 2026 »; the text alone where it is no date, « en continu », or says so already."""
    return said if _period(text) and _period(said) and "partir" not in text else text


def _first(pieces: Sequence[Piece]) -> str:
    return "\n".join(calendar_text(piece) for piece in pieces)


def _marked(pieces: Sequence[Piece]) -> list[str]:
    """« 2025 à 2027, 2029 », then what is written under a year instead of a cross."""
    marked = [label_of(piece.title) for piece in pieces if not is_no_mark(piece.text)]
    told: dict[str, list[str]] = {}
    for piece in pieces:
        text = piece.text.strip()
        if not is_mark(text) and not is_no_mark(text):
            told.setdefault(text, []).append(label_of(piece.title))
    runs: list[list[str]] = []
    for label in dict.fromkeys(marked):
        if runs and _follows(runs[-1][-1], label):
            runs[-1].append(label)
        else:
            runs.append([label])
    spans = [run[0] if len(run) == 1 else f"{run[0]} à {run[-1]}" for run in runs]
    notes = [f"{', '.join(labels)} : {text}" for text, labels in told.items()]
    return [text for text in (", ".join(spans), *notes) if text]


def label_of(title: str) -> str:
    """« T1 2026 » for a column T1 under 2026; a year alone stays one."""
    *parents, own = title.split(JOIN)
    year = next((match[0] for parent in reversed(parents) if (match := re.search(r"20\d\d", parent))), "")
    own = own.strip()
    return own if not year or re.search(r"20\d\d", own) else f"{own} {year}"


def _follows(one: str, other: str) -> bool:
    before, after = _period(one), _period(other)
    if before and after and before.ends_on and after.starts_on:
        return after.starts_on == before.ends_on + dt.timedelta(days=1)
    months = [fold(month)[:3] for month in MONTHS]
    ranks = [months.index(fold(label)[:3]) if fold(label)[:3] in months else -9 for label in (one, other)]
    return ranks[1] == ranks[0] + 1
