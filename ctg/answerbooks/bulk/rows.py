"""A table of values read row by row, each as the page of its value would have received it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ctg.answerbooks.lines import ABSENCE_WORDS, DONE_WORDS
from ctg.answerbooks.marks import RowMark
from ctg.answerbooks.returned.remarks import Remark
from ctg.answerbooks.returned.rows import Row, Spot
from ctg.intake.previewing.annotated import Grade
from ctg.intake.tables import Refusal, SourceFile, Table
from ctg.web.forms import read_date
from ctg.web.text import fold
from indicators.models import Indicator, Kind
from partners.models import Organisation

from .naming import Names, Unknown, read_category, read_when
from .titles import Column, Titles, find_titles, place_in

NO_TABLE = (
    "Aucune colonne «\u00a0Valeur\u00a0» dans ce fichier. Sa première ligne donne les titres\u00a0: "
    "Indicateur (ou N° indicateur), Organisme, Période, Valeur."
)
_NOT_ASKED = "Cet organisme n’est pas contributeur de cet indicateur\u00a0: vérifiez."
_ABSENCES = {fold(words) for words in ABSENCE_WORDS.values()}

Spots = dict[Column, Spot]


class Slot(NamedTuple):
    """One value, by its three keys; `year` is that of its period, or the one written for it."""

    indicator: Indicator
    organisation: Organisation
    period: str
    year: int


@dataclass
class Read:
    """What a table says of each value, and what of it could not be understood."""

    slots: dict[Slot, list[Row]] = field(default_factory=lambda: defaultdict(list))
    remarks: list[Remark] = field(default_factory=list)


def read_values(source: SourceFile, names: Names, *, today: dt.date) -> Read:
    """Every row that bears a value or a comment; raise `Refusal` when no table is one of values."""
    read, is_found = Read(), False
    for rank, table in enumerate(source.tables):
        titles = find_titles(table)
        if titles is None:
            continue
        is_found = True
        for spots in _rows(rank, table, titles):
            try:
                _take(read, spots, names, today)
            except _Wrong as wrong:
                about = spots[Column.INDICATOR].text if Column.INDICATOR in spots else ""
                read.remarks.append(Remark(wrong.spot, Grade.ERROR, about, wrong.words))
    if not is_found:
        raise Refusal(NO_TABLE)
    return read


class _Wrong(Exception):
    def __init__(self, spot: Spot, words: str) -> None:
        self.spot, self.words = spot, words


def _rows(rank: int, table: Table, titles: Titles) -> Iterator[Spots]:
    """The rows below the titles in which something is to be read."""
    for row in sorted({place.row for place in table.cells if place.row > titles.row}):
        spots = {}
        for column in titles:
            place = place_in(titles, row, column)
            cell = table.cells.get(place) if place else None
            if place:
                spots[column] = Spot(rank, table.name, place, cell.text.strip() if cell else "")
        if any(spots[name].text for name in (Column.VALUE, Column.BASE, Column.COMMENT) if name in spots):
            yield spots


def _take(read: Read, spots: Spots, names: Names, today: dt.date) -> None:
    slot = _slot_of(spots, names, today)
    rows = list(_fields(slot.indicator, spots))
    is_new = slot not in read.slots
    read.slots[slot] += rows
    if is_new and slot.organisation not in slot.indicator.contributors.all():
        about = f"{slot.indicator.wording}, {slot.organisation}"
        read.remarks.append(Remark(spots[Column.ORGANISATION], Grade.WARNING, about, _NOT_ASKED))


def _slot_of(spots: Spots, names: Names, today: dt.date) -> Slot:
    number, wording = spots.get(Column.NUMBER), spots.get(Column.INDICATOR)
    spot = number if number and number.text or wording is None else wording
    assert spot is not None
    try:
        indicator = names.indicator(number.text if number else "", wording.text if wording else "")
        spot = spots[Column.ORGANISATION]
        organisation = names.organisation(spot.text)
        spot = spots[Column.PERIOD]
        when = read_when(spot.text, indicator, today=today)
    except Unknown as unknown:
        raise _Wrong(spot, str(unknown)) from None
    return Slot(indicator, organisation, when.period, when.year)


def _fields(indicator: Indicator, spots: Spots) -> Iterator[Row]:
    """The fields of the page that the cells of a row fill."""
    category, comment = spots.get(Column.CATEGORY), spots.get(Column.COMMENT)
    pair = ""
    if category and category.text:
        try:
            pair = "-" + read_category(category.text, indicator)
        except Unknown as unknown:
            raise _Wrong(category, str(unknown)) from None
    yield from _value(indicator, spots[Column.VALUE], pair, comment)
    base = spots.get(Column.BASE)
    if base and base.text:
        yield _row(f"base{pair}", base, comment)


def _value(indicator: Indicator, spot: Spot, pair: str, comment: Spot | None) -> Iterator[Row]:
    if fold(spot.text) in _ABSENCES:
        yield _row("absence", spot, comment)
    elif pair:
        yield _row(f"part{pair}", spot, comment)
    elif indicator.kind == Kind.DELIVERABLE:
        day = read_date(spot.text)
        yield _row("done", spot._replace(text=DONE_WORDS["1"]) if day else spot, comment)
        if day:
            yield _row("done_on", spot, comment)
    else:
        yield _row("finding" if indicator.kind == Kind.FINDING else "amount", spot, comment)


def _row(name: str, spot: Spot, comment: Spot | None) -> Row:
    """The version is told once the value is found: a table of values was never written by us."""
    return Row(RowMark(0, 0, name, 0), spot, None, comment if comment and comment.text else None)
