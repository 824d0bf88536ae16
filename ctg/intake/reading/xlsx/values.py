"""Numbers of a workbook as texts: what they are, as their format means them, without rounding."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from .formats import Kind, Style

#: Beyond 31 December 9999 a workbook shows no date.
_LAST_DAY = 2_958_466
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet"),
    *("août", "septembre", "octobre", "novembre", "décembre"),
)
#: What a spreadsheet keeps of a number; the rest is the noise of binary fractions.
_DIGITS = 15
_MOST_DIGITS = 400


class Value(NamedTuple):
    text: str
    is_date: bool = False
    is_number: bool = False


def read_number(raw: str, style: Style, starts_in_1904: bool) -> Value:
    number = exact_number(raw)
    match style.kind:
        case Kind.NUMBER:
            return Value(plain_number(number), is_number=True)
        case Kind.SHARE:
            return Value(f"{plain_number(number * 100).replace('.', ',')}\u00a0%")
        case Kind.CODE:
            return Value(plain_number(number).zfill(style.digits))
        case Kind.DURATION:
            return Value(_hours(number))
    day = _moment(number, starts_in_1904)
    if day is None:
        return Value(plain_number(number), is_number=True)
    return _as_date(day, number, style.kind)


def read_iso(raw: str) -> Value:
    """A date that the workbook spells, which few programs write."""
    moment = datetime.fromisoformat(raw.strip().removesuffix("Z"))
    return _day(moment) if not _seconds(moment) else Value(f"{moment:%Y-%m-%d %H:%M}")


def _as_date(moment: datetime, number: Decimal, kind: Kind) -> Value:
    """A month shown without its day stays a month, unless the day says more than its first."""
    has_hours = _seconds(moment) > 0
    if kind is Kind.HOUR and number < 1:
        return Value(f"{moment:%H:%M}")
    if kind in (Kind.HOUR, Kind.MOMENT) and has_hours:
        return Value(f"{moment:%Y-%m-%d %H:%M}")
    if kind is Kind.MONTH and moment.day == 1:
        return month_of(moment)
    if kind is Kind.YEAR:
        return Value(str(moment.year), is_number=True)
    return _day(moment)


def month_of(moment: datetime) -> Value:
    return Value(f"{_MONTHS[moment.month - 1]} {moment.year}")


def _day(moment: datetime) -> Value:
    return Value(moment.date().isoformat(), is_date=True)


def _seconds(moment: datetime) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second


def _moment(number: Decimal, starts_in_1904: bool) -> datetime | None:
    """The day of a serial number; Excel believes in 29 February 1900, and is one day late before it."""
    if not 0 <= number < _LAST_DAY - (1462 if starts_in_1904 else 0):
        return None
    start = datetime(1904, 1, 1) if starts_in_1904 else datetime(1899, 12, 31 if number < 60 else 30)
    moment = start + timedelta(seconds=round(float(number) * 86_400))
    return moment if moment.year >= 1900 else moment.replace(year=1900, month=1, day=1)


def _hours(number: Decimal) -> str:
    minutes = round(number * 24 * 60)
    sign, minutes = ("-", -minutes) if minutes < 0 else ("", minutes)
    return f"{sign}{minutes // 60}:{minutes % 60:02}"


def exact_number(raw: str) -> Decimal:
    number = Decimal(raw.strip())
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError(f"{number} is not what a cell holds")
    if len(number.as_tuple().digits) > _DIGITS and number != number.to_integral_value():
        number = Decimal(f"{number:.{_DIGITS - 1}e}")
    return number


def plain_number(number: Decimal) -> str:
    """« 12 » for 12.0, « 1000000 » for 1E6, « 0.5 », « 0 » for -0."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
