"""Lists of slides: as many items as a box holds, as large as it holds them."""

from collections.abc import Sequence

from pptx.dml.color import RGBColor
from pptx.oxml.xmlchemy import OxmlElement
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Pt

from ctg.reviews.slides import look
from ctg.reviews.slides.fitting import count_lines, lines_in, remaining, shorten
from ctg.reviews.slides.look import Box, points
from ctg.reviews.slides.shapes import Item, Lists
from ctg.web.text import clean_line

#: Between two items, and before their texts, in points.
ABOVE, DOT = 5, 26


def draw_lists(frames: Sequence[TextFrame], boxes: Sequence[Box], lists: Lists) -> None:
    """The first items of each, in letters of one size; then how many there are beyond `most`."""
    fits = [
        _fit(box, title, items, lists.most) for box, (title, items) in zip(boxes, lists.columns, strict=True)
    ]
    size = min(size for size, _ in fits)
    for frame, box, (title, items), (_, lines) in zip(frames, boxes, lists.columns, fits, strict=True):
        if title:
            _plain(_next(frame), title, size, look.INK, bold=True)
        for item in items[: lists.most]:
            text = shorten(item.whole, width=points(box) - DOT, size=size, lines=lines)
            _say_item(_next(frame), item, text, size)
        if rest := remaining(items, lists.most):
            _plain(_next(frame), rest, size, look.MUTED)
        elif not items:
            _plain(_next(frame), "Rien n’est noté.", size, look.MUTED)


def _fit(box: Box, title: str, items: Sequence[Item], most: int) -> tuple[float, int]:
    """The largest letters with which all is whole; else the smallest, and the lines left to each item."""
    shown, around = items[:most], bool(title) + (len(items) > most)
    height = box[3] * look.POINTS_PER_INCH - (len(shown) + around) * ABOVE
    for size in look.SIZES:
        lines = lines_in(height, size) - around
        needed = [count_lines(one.whole, width=points(box) - DOT, size=size) for one in shown]
        if sum(needed) <= lines:
            return size, max(needed, default=1)
    return look.TEXT, max(1, lines // len(shown))


def say(paragraph: _Paragraph, text: str, *, bold: bool = False) -> None:
    """The one door through which a text reaches a paragraph."""
    run = paragraph.add_run()
    run.text = clean_line(text)
    run.font.bold = bold or None


def _next(frame: TextFrame) -> _Paragraph:
    first: _Paragraph = frame.paragraphs[0]
    return frame.add_paragraph() if first.runs else first


def _say_item(paragraph: _Paragraph, item: Item, text: str, size: float) -> None:
    """What it is about in bold, unless it was shortened itself."""
    strong = clean_line(item.strong)
    cut = len(strong) if item.text and text.startswith(strong) else 0
    for part, bold in ((text[:cut], True), (text[cut:], False)):
        if part:
            paragraph.add_run().text = part
            paragraph.runs[-1].font.bold, paragraph.runs[-1].font.size = bold, Pt(size)


def _plain(paragraph: _Paragraph, text: str, size: float, color: str, *, bold: bool = False) -> None:
    """A line of a list without its dot."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", "0")
    properties.set("indent", "0")
    properties.append(OxmlElement("a:buNone"))
    say(paragraph, text, bold=bold)
    paragraph.runs[0].font.size = Pt(size)
    paragraph.runs[0].font.color.rgb = RGBColor.from_string(color)
