"""The geometry of charts, as plain numbers: templates only draw it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ctg.web.numbers import write_number

from ..models import Kind
from .yearly import MOST_YEARS, Figure, Figures

#: In the units of the drawing, which are pixels at its natural size.
STEP, INSET, BAR = 96, 14, 40
TOP, PLOT, FOOT = 40, 112, 40
#: Between a bar or the line of a target and the number above it, and the height of that number.
GAP, LETTER = 6, 14

SPARK_STEP, SPARK_BAR, SPARK_YEARS = 14, 10, 6


@dataclass(frozen=True)
class Scale:
    """Where numbers stand between the foot and the top of a drawing; zero is always on it."""

    low: Decimal
    high: Decimal
    top: int
    plot: int

    @classmethod
    def of(cls, numbers: Sequence[Decimal], *, top: int, plot: int) -> "Scale":
        low, high = min([Decimal(0), *numbers]), max([Decimal(0), *numbers])
        return cls(low, high if high > low else Decimal(1), top, plot)

    def y(self, number: Decimal) -> float:
        return round(float(self.top + self.plot * (self.high - number) / (self.high - self.low)), 1)

    def bar(self, number: Decimal) -> tuple[float, float]:
        """The top of the bar of a number, and its height."""
        ends = sorted((self.y(number), self.y(Decimal(0))))
        return ends[0], round(ends[1] - ends[0], 1)


@dataclass(frozen=True)
class Line:
    """The height of a target, and what it says."""

    y: float
    text: str

    @property
    def text_y(self) -> float:
        return round(self.y + LETTER / 3, 1)


@dataclass(frozen=True)
class Column:
    """A year of a chart: its bar, the number above it, and the lines of its target."""

    label: str
    x: float
    #: « whole », « partial » or « start » with a bar; « missing » or « to-come » without.
    look: str
    y: float = 0
    height: float = 0
    text: str = ""
    text_y: float = 0
    targets: Sequence[Line] = ()

    @property
    def middle(self) -> float:
        return self.x + BAR / 2

    @property
    def target_x(self) -> float:
        return self.x - GAP

    @property
    def target_text_x(self) -> float:
        return self.target_x + BAR + 3 * GAP

    @property
    def has_bar(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True)
class Chart:
    columns: Sequence[Column]
    zero: float
    #: Where the plan begins, after the years of the one before; 0 when there are none.
    seam: int = 0

    width_of_bars = BAR
    width_of_targets = BAR + 2 * GAP
    height = TOP + PLOT + FOOT
    year_y = TOP + PLOT + 18
    under_y = TOP + PLOT + 34

    seam_y = LETTER

    @property
    def note_y(self) -> float:
        return self.zero - GAP

    @property
    def before_x(self) -> int:
        return self.seam - GAP

    @property
    def after_x(self) -> int:
        return self.seam + GAP

    @property
    def width(self) -> int:
        return STEP * len(self.columns)


@dataclass(frozen=True)
class Point:
    """What a column will show, before anything is drawn."""

    label: str
    look: str
    value: Decimal | None
    targets: Sequence[Decimal]


def draw_chart(figures: Figures) -> Chart | None:
    """The starting value, then a column for each year; None when no year has a number to draw.

    The years of the plan before stand in the place of the starting value, which comes from them.
    """
    kind = figures.rules.kind
    points = [_point(figure, kind) for figure in figures.series][-MOST_YEARS:]
    if not _is_worth_drawing(points, kind):
        return None
    before = max(len(points) - len(figures.trend), 0)
    if figures.indicator.baseline is not None and kind.has_number and not before:
        points.insert(0, Point("départ", "start", figures.indicator.baseline, ()))
    known = [number for point in points for number in (point.value, *point.targets) if number is not None]
    if kind == Kind.SCALE:
        known.append(Decimal(figures.indicator.scale_max))
    scale = Scale.of(known, top=TOP, plot=PLOT)
    columns = [_column(point, STEP * rank + INSET, scale, kind) for rank, point in enumerate(points)]
    return Chart(columns, scale.y(Decimal(0)), STEP * before)


def _is_worth_drawing(points: Sequence[Point], kind: Kind) -> bool:
    """Whether there is a number; « fait » or « pas encore fait » by one contributor needs no drawing."""
    known = [point for point in points if point.value is not None]
    return any(kind != Kind.DELIVERABLE or max(point.targets, default=0) > 1 for point in known)


def _point(figure: Figure, kind: Kind) -> Point:
    total = figure.total
    if kind == Kind.DELIVERABLE:
        value, targets = total.numerator, [total.denominator] if total.denominator else []
    else:
        aim = figure.target
        value, targets = total.value, [n for n in (aim.value, aim.upper) if n is not None] if aim else []
    if value is None:
        return Point(figure.key, "missing" if figure.is_due else "to-come", None, targets)
    return Point(figure.key, "partial" if total.is_partial else "whole", value, targets)


def _column(point: Point, x: int, scale: Scale, kind: Kind) -> Column:
    lines = [Line(scale.y(number), short(number, kind)) for number in point.targets]
    if point.value is None:
        return Column(point.label, x, point.look, targets=lines)
    y, height = scale.bar(point.value)
    text_y = y - GAP
    for line in sorted(lines, key=lambda line: -line.y):
        if text_y - LETTER <= line.y <= text_y + GAP:  # The line would cross the number.
            text_y = line.y - GAP
    return Column(point.label, x, point.look, y, height, short(point.value, kind), text_y, lines)


@dataclass(frozen=True)
class Spark:
    """A chart in the height of a line of text: x, y, height and look of its bars, x of its gaps."""

    bars: Sequence[tuple[int, float, float, str]]
    gaps: Sequence[int]

    width_of_bars = SPARK_BAR
    height = 24

    @property
    def width(self) -> int:
        return SPARK_STEP * (len(self.bars) + len(self.gaps)) - (SPARK_STEP - SPARK_BAR)


def draw_spark(figures: Figures, year: int) -> Spark | None:
    """The last years up to `year`; None when none has a number."""
    until = [figure for figure in figures.series if int(figure.key) <= year]
    points = [_point(figure, figures.rules.kind) for figure in until][-SPARK_YEARS:]
    if not _is_worth_drawing(points, figures.rules.kind):
        return None
    known = [point.value for point in points if point.value is not None]
    scale = Scale.of(known, top=2, plot=20)
    bars = [
        (SPARK_STEP * rank, *scale.bar(point.value), point.look)
        for rank, point in enumerate(points)
        if point.value is not None
    ]
    gaps = [SPARK_STEP * rank for rank, point in enumerate(points) if point.value is None]
    return Spark(bars, gaps)


def short(number: Decimal, kind: Kind) -> str:
    """A number in the width of a column: « 1 240 », « 22,5 % », « 1,2 M »."""
    if abs(number) >= 1_000_000:
        return f"{write_number(number / 1_000_000, 1)}\u00a0M"
    written = write_number(number, 1 if abs(number) < 1000 else 0)
    return f"{written}\u00a0%" if kind == Kind.SHARE else written
