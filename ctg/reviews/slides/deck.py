"""Draw slides: titles and texts in their placeholders, tables and charts in the room left to them."""

import datetime as dt
from collections.abc import Sequence
from io import BytesIO

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide as PptxSlide
from pptx.util import Inches, Pt

from ctg.reviews.slides import look
from ctg.reviews.slides.bars import draw_bars
from ctg.reviews.slides.fitting import count_lines, lines_in, shorten
from ctg.reviews.slides.grids import draw_grid
from ctg.reviews.slides.lists import draw_lists, say
from ctg.reviews.slides.look import points
from ctg.reviews.slides.markup import add_foot, speak_french
from ctg.reviews.slides.shapes import Bars, Figures, Grid, Lists, Slide
from ctg.reviews.slides.template import FREE, ONE_TEXT, OPENING, TWO_TEXTS, open_template
from ctg.web.text import clean, clean_line


class Deck:
    """Slides are added one after the other, then saved once."""

    def __init__(self, *, title: str, author: str, foot: str, day: dt.date) -> None:
        self._deck = open_template()
        self._foot = shorten(foot, width=points(look.FOOTER_BOX), size=look.TEXT)
        properties = self._deck.core_properties
        properties.title, properties.author = clean_line(title)[:255], clean_line(author)[:255]
        properties.last_modified_by, properties.language = properties.author, "fr-FR"
        properties.created = properties.modified = dt.datetime.combine(day, dt.time())

    def open(self, title: str, lines: Sequence[str], notes: Sequence[str]) -> None:
        """The first slide."""
        slide = self._blank(OPENING)
        heading, text = slide.placeholders
        heading.text_frame.text = title
        width = points(look.OPENING_TEXT_BOX)
        left = lines_in(look.OPENING_TEXT_BOX[3] * look.POINTS_PER_INCH, look.LEAD)
        for rank, line in enumerate(lines):
            paragraph = text.text_frame.paragraphs[0] if rank == 0 else text.text_frame.add_paragraph()
            after = len(lines) - rank - 1
            # The last one, a digest, cannot be shortened: two lines are kept for it.
            most = 2 if left - 2 >= (after + 1 if after else 0) else 1
            words = shorten(line, width=width, size=look.LEAD, lines=most)
            left -= count_lines(words, width=width, size=look.LEAD)
            say(paragraph, words, bold=rank == 0)
        _note(slide, notes)

    def add(self, content: Slide) -> None:
        body = content.body
        layout = FREE
        if isinstance(body, Lists):
            layout = ONE_TEXT if len(body.columns) == 1 else TWO_TEXTS
        slide = self._blank(layout)
        heading, lead, *texts = slide.placeholders
        heading.text_frame.text = shorten(
            content.title, width=points(look.TITLE_BOX), size=look.TITLE, serif=True
        )
        words = shorten(content.lead, width=points(look.LEAD_BOX), size=look.LEAD, lines=2, serif=True)
        lead.text_frame.text = words
        if isinstance(body, Lists):
            boxes = (look.BODY_BOX,) if len(texts) == 1 else (look.LEFT_BOX, look.RIGHT_BOX)
            draw_lists([text.text_frame for text in texts], boxes, body)
        elif isinstance(body, Grid):
            draw_grid(slide, body)
        elif isinstance(body, Bars):
            draw_bars(slide, body)
        else:
            _figures(slide, body)
        add_foot(slide, self._foot, len(self._deck.slides))
        _note(slide, content.notes)

    def _blank(self, layout: int) -> PptxSlide:
        """A slide whose parts have the names that its layout gives them."""
        slide: PptxSlide = self._deck.slides.add_slide(self._deck.slide_layouts[layout])
        cloned = slide.slide_layout.iter_cloneable_placeholders()
        names = {one.placeholder_format.idx: one.name for one in cloned}
        for shape in slide.placeholders:
            shape.name = names[shape.placeholder_format.idx]
        return slide

    def save(self) -> bytes:
        speak_french(self._deck)
        file = BytesIO()
        self._deck.save(file)
        return file.getvalue()


def _figures(slide: PptxSlide, body: Figures) -> None:
    """Numbers in rows of three."""
    x, y, width, height = look.BODY_BOX
    column, row = width / 3, height / 2
    for rank, (number, words) in enumerate(body.figures):
        left, top = x + column * (rank % 3), y + 0.1 + row * (rank // 3)
        box = slide.shapes.add_textbox(*(Inches(side) for side in (left, top, column - 0.3, row - 0.3)))
        box.name = f"Chiffre {rank + 1}"
        _figure(box, number, words, (column - 0.3) * look.POINTS_PER_INCH)


def _figure(box: Shape, number: str, words: str, width: float) -> None:
    frame = box.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    say(frame.paragraphs[0], number, bold=True)
    font = frame.paragraphs[0].runs[0].font
    font.size, font.name = Pt(look.FIGURE), look.SERIF
    font.color.rgb = RGBColor.from_string(look.ACCENT)
    under = frame.add_paragraph()
    say(under, shorten(words, width=width, size=look.LEAD, lines=2))
    under.runs[0].font.size = Pt(look.LEAD)


def _note(slide: PptxSlide, lines: Sequence[str]) -> None:
    frame = slide.notes_slide.notes_text_frame
    assert frame, "the notes of the library have a text"
    frame.text = "\n".join(clean(line) for line in lines if line)
