"""The chart of a slide: a native one, that stays editable, with its numbers written on it."""

from collections.abc import Sequence
from typing import cast

from pptx.chart.axis import CategoryAxis, ValueAxis
from pptx.chart.chart import Chart
from pptx.chart.data import ChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_MARK
from pptx.oxml.ns import qn
from pptx.parts.chart import ChartPart
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Inches, Pt

from ctg.documents.workbooks.book import Book
from ctg.documents.workbooks.cells import Value
from ctg.reviews.facts.shapes import Counts, Tally
from ctg.reviews.slides import look
from ctg.reviews.slides.fitting import shorten
from ctg.reviews.slides.markup import describe
from ctg.reviews.slides.shapes import Bars
from ctg.web.text import clean_line

#: Beyond so many bars, the last one is that of all the others.
MOST = 7
#: What the names of the bars take of the width, in points.
NAMES = 300
#: What one status takes of the line under the bars.
LEGEND = 130
#: The height of a bar with what parts it from the next, and of the legend, in inches.
BAR, FOOT = 0.7, 0.8
#: A part without any action has no number.
NO_ZERO = "0;;;"


def draw_bars(slide: Slide, bars: Bars) -> None:
    groups = gathered(bars.groups)
    codes = [one.code for one in groups[0].statuses if any(_count(group, one.code) for group in groups)]
    data = ChartData(number_format="0")
    names = [shorten(group.title, width=NAMES, size=look.TEXT) for group in groups]
    data.categories = names
    words = {one.code: shorten(one.words, width=LEGEND, size=look.TEXT) for one in groups[0].statuses}
    for code in codes:
        data.add_series(words[code], [_count(group, code) for group in groups])
    left, top, across, most = look.BODY_BOX
    x, y, width, height = map(Inches, (left, top, across, min(most, FOOT + len(groups) * BAR)))
    drawn = slide.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, x, y, width, height, data)
    # The library says that it returns the chart, and returns the frame around it.
    frame = cast(GraphicFrame, drawn)
    frame.name = "Graphique"
    describe(frame, clean_line(bars.sentence))
    rows: list[list[Value]] = [["", *(words[code] for code in codes)]]
    rows += [
        [name, *(_count(group, code) for code in codes)] for name, group in zip(names, groups, strict=True)
    ]
    cast(ChartPart, frame.chart.part).chart_workbook.update_from_xlsx_blob(_workbook(rows))
    _dress(frame.chart, codes)


def gathered(groups: Sequence[Counts]) -> list[Counts]:
    """The groups, the last ones as one when there are too many: no action is left out."""
    if len(groups) <= MOST:
        return list(groups)
    kept, others = list(groups[: MOST - 1]), groups[MOST - 1 :]
    statuses = [
        Tally(one.code, one.words, sum(_count(other, one.code) for other in others))
        for one in groups[0].statuses
    ]
    total, late = (sum(getattr(one, name) for one in others) for name in ("total", "late"))
    return [*kept, Counts(f"Les {len(others)} autres", total, tuple(statuses), (), late)]


def _count(group: Counts, code: str) -> int:
    return sum(one.count for one in group.statuses if one.code == code)


def _workbook(rows: Sequence[Sequence[Value]]) -> bytes:
    """What opens when somebody edits the chart; of a title « =… », the library would make a formula."""
    book = Book(title="Avancement")
    sheet = book.sheet("Sheet1", widths=[40] * len(rows[0]))
    for row in rows:
        sheet.row(row)
    return book.save()


def _dress(chart: Chart, codes: Sequence[str]) -> None:
    chart.font.size, chart.font.name = Pt(look.TEXT), look.SANS
    chart.font.color.rgb = RGBColor.from_string(look.INK)
    chart.has_title, chart.has_legend = False, True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    for series, code in zip(plot.series, codes, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(look.STATUS_COLORS[code])
        # Two colours side by side are told apart by a line, whoever looks.
        series.format.line.color.rgb = RGBColor.from_string(look.WHITE)
        labels = series.data_labels
        labels.show_value, labels.number_format, labels.number_format_is_linked = True, NO_ZERO, False
        labels.font.size, labels.font.bold = Pt(look.TEXT), True
        labels.font.color.rgb = RGBColor.from_string(look.WHITE)
    _dress_axes(chart.category_axis, chart.value_axis)


def _dress_axes(names: CategoryAxis, numbers: ValueAxis) -> None:
    """The first heading on top; the numbers stand on the bars, and nowhere else."""
    names.reverse_order = True
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = RGBColor.from_string(look.INK)
    names.tick_labels.font.size = Pt(look.TEXT)
    numbers.visible = numbers.has_major_gridlines = False
    numbers.minimum_scale = 0
    numbers._element.find(qn("c:delete")).set("val", "1")
