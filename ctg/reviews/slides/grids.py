"""Tables of slides: real ones, with their titles, ruled as those of the product."""

from collections.abc import Sequence

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.table import Table, _Cell
from pptx.util import Inches, Pt

from ctg.reviews.slides import look
from ctg.reviews.slides.fitting import LINE, count_lines, remaining, shorten
from ctg.reviews.slides.markup import border, describe
from ctg.reviews.slides.shapes import Grid
from ctg.web.text import clean_line

#: The style of a table without any drawing.
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"

#: Around the text of a cell, in points.
ABOVE, BESIDE = 4, 12
BOLD = 0.94
#: The line under the table, in inches.
REST = 0.36


def draw_grid(slide: Slide, grid: Grid) -> None:
    """As many rows as `most`, each on the lines that are left to it."""
    _, top, width, height = look.BODY_BOX
    shown, rest = grid.rows[: grid.most], remaining(grid.rows, grid.most)
    widths = [width * share / 100 for _, share in grid.titles]
    size, lines = _fit(shown, widths, height - bool(rest) * REST)
    rows = [[title for title, _ in grid.titles]]
    for row in shown:
        rows.append(
            [shorten(t, width=_room(w), size=size, lines=lines) for t, w in zip(row, widths, strict=True)]
        )
    heights = [_height(1, size), *(_height(_lines(row, widths, size), size) for row in rows[1:])]
    table = _add_table(slide, grid.caption, widths, heights)
    for rank, texts in enumerate(rows):
        for column, text in enumerate(texts):
            _fill(table.cell(rank, column), text, size, is_title=rank == 0, is_bold=rank > 0 and column == 0)
    if rest:
        _say_rest(slide, rest, top + sum(heights))


def _add_table(slide: Slide, caption: str, widths: Sequence[float], heights: Sequence[float]) -> Table:
    x, y, width, _ = look.BODY_BOX
    box = (Inches(side) for side in (x, y, width, sum(heights)))
    frame = slide.shapes.add_table(len(heights), len(widths), *box)
    frame.name = "Tableau"
    describe(frame, clean_line(caption))
    frame._element.find(f".//{qn('a:tableStyleId')}").text = NO_STYLE
    table = frame.table
    table.first_row, table.first_col, table.horz_banding = True, True, False
    for rank, own in enumerate(heights):
        table.rows[rank].height = Inches(own)
    for rank, own in enumerate(widths):
        table.columns[rank].width = Inches(own)
    return table


def _fit(rows: Sequence[Sequence[str]], widths: Sequence[float], height: float) -> tuple[float, int]:
    """The largest letters with which all rows are whole; else the smallest, and the lines left to each."""
    for size in look.SIZES:
        needed = [_lines(row, widths, size) for row in rows]
        if _height(1, size) + sum(_height(lines, size) for lines in needed) <= height:
            return size, max(needed)
    each = (height - _height(1, look.TEXT)) / len(rows) - _height(0, look.TEXT)
    return look.TEXT, max(1, int(each * look.POINTS_PER_INCH / (look.TEXT * LINE)))


def _lines(row: Sequence[str], widths: Sequence[float], size: float) -> int:
    return max(count_lines(text, width=_room(own), size=size) for text, own in zip(row, widths, strict=True))


def _room(width: float) -> float:
    """What a column leaves to its texts, in points; bold letters take a little more."""
    return (width * look.POINTS_PER_INCH - BESIDE) * BOLD


def _height(lines: int, size: float) -> float:
    return (lines * size * LINE + 2 * ABOVE) / look.POINTS_PER_INCH


def _fill(cell: _Cell, text: str, size: float, *, is_title: bool, is_bold: bool) -> None:
    cell.margin_left, cell.margin_right = Pt(0), Pt(BESIDE)
    cell.margin_top, cell.margin_bottom = Pt(ABOVE), Pt(ABOVE)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    run = cell.text_frame.paragraphs[0].add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), is_bold
    run.font.color.rgb = RGBColor.from_string(look.MUTED if is_title else look.INK)
    border(cell, look.INK if is_title else look.HAIRLINE, 1.5 if is_title else 0.75)


def _say_rest(slide: Slide, words: str, top: float) -> None:
    x, _, width, _ = look.BODY_BOX
    box = slide.shapes.add_textbox(*(Inches(side) for side in (x, top + 0.04, width, REST - 0.04)))
    box.name = "Suite"
    frame = box.text_frame
    frame.margin_left = frame.margin_top = frame.margin_bottom = 0
    run = frame.paragraphs[0].add_run()
    run.text, run.font.size = words, Pt(look.TEXT)
    run.font.color.rgb = RGBColor.from_string(look.MUTED)
