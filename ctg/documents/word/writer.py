"""A paper in a Word document: real headings, lists and tables, and texts that are nothing but text."""

import datetime as dt
from io import BytesIO
from pathlib import Path
from typing import IO

from django.utils.text import capfirst
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.section import Section as WordSection
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run as WordRun

from ctg.documents.papers.blocks import (
    Block,
    Cover,
    Drawing,
    Fact,
    Logo,
    Paper,
    Passage,
    Section,
    Standing,
    Table,
)
from ctg.documents.word.markup import (
    PAGE,
    PAGES,
    add_field,
    describe_picture,
    describe_table,
    end_lines_at,
    free_line,
    is_blank,
    keep_whole,
    repeat_header,
)
from ctg.documents.word.template import ACCENT, MUTED, open_template
from ctg.web.outline import Kind, Run
from ctg.web.text import clean

STYLE_OF = {
    Kind.PARAGRAPH: "Normal",
    Kind.BULLET: "List Bullet",
    Kind.SUBBULLET: "List Bullet 2",
    Kind.CONTINUATION: "List Continue",
}
STATUS_COLORS = {
    "planned": RGBColor(0x5A, 0x66, 0x70),
    "ongoing": RGBColor(0x1B, 0x5C, 0x9E),
    "done": RGBColor(0x2A, 0x6B, 0x3C),
    "postponed": RGBColor(0x85, 0x56, 0x0A),
    "suspended": RGBColor(0x69, 0x50, 0x8A),
    "abandoned": RGBColor(0x7A, 0x34, 0x34),
}
LATE = RGBColor(0xAE, 0x2A, 0x1F)


def write_docx(paper: Paper, template: str | Path | IO[bytes] | None = None) -> bytes:
    writer = _Writer(open_template(template), paper)
    writer.write()
    file = BytesIO()
    writer.document.save(file)
    return file.getvalue()


class _Writer:
    def __init__(self, document: Document, paper: Paper) -> None:
        self.document = document
        self.paper = paper

    def write(self) -> None:
        self._describe(self.paper.cover)
        self._lay_out(self.document.sections[0])
        self._cover(self.paper.cover)
        for rank, section in enumerate(self.paper.sections):
            follows_title_page = rank == 0 and self.paper.has_title_page
            self._section(section, starts_page=section.starts_page or follows_title_page)

    def _describe(self, cover: Cover) -> None:
        properties = self.document.core_properties
        properties.title = clean(cover.full_title)[:255]
        properties.author = clean(cover.territory)[:255]
        properties.last_modified_by = properties.author
        properties.subject = properties.keywords = properties.category = ""
        properties.language, properties.comments = "fr-FR", ""
        moment = dt.datetime.combine(cover.data_on, dt.time())
        properties.created = properties.modified = moment

    def _lay_out(self, section: WordSection) -> None:
        if self.paper.is_landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width
        # A header of the territory’s own is for the first page above all.
        if is_blank(section.header):
            section.different_first_page_header_footer = True
        self._running(free_line(section.header), self.paper.cover.running, "Header")
        for footer in (section.footer, section.first_page_footer):
            paragraph = free_line(footer)
            self._running(paragraph, self.paper.cover.data, "Footer")
            paragraph.add_run("\t")
            add_field(paragraph, PAGE)
            paragraph.add_run(" / ")
            add_field(paragraph, PAGES)

    def _running(self, paragraph: Paragraph, text: str, style: str) -> None:
        paragraph.text, paragraph.style = "", style
        end_lines_at(paragraph, self._width)
        self._run(paragraph, text)

    @property
    def _width(self) -> int:
        section = self.document.sections[0]
        return int((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0))

    def _cover(self, cover: Cover) -> None:
        above = 50 if self.paper.has_title_page else 0
        if cover.logo:
            self._logo(cover.logo)
            above = min(above, 20)
        territory = self._paragraph("", "Subtitle")
        territory.paragraph_format.space_before = Mm(above)
        self._run(territory, cover.territory, bold=True).font.color.rgb = ACCENT
        self._paragraph(cover.title, "Title")
        self._paragraph(cover.subtitle, "Subtitle")
        for fact in cover.facts:
            self._fact(fact)
        self._run(self._paragraph("", "Normal"), cover.data).font.color.rgb = MUTED

    def _logo(self, logo: Logo) -> None:
        width, height = (Mm(side) for side in logo.millimetres)
        run = self._paragraph("", "Normal").add_run()
        describe_picture(run.add_picture(BytesIO(logo.content), width, height), logo.alternative)

    def _section(self, section: Section, *, starts_page: bool) -> None:
        heading = self._paragraph(section.title, f"Heading {section.level - 1}")
        heading.paragraph_format.page_break_before = starts_page or None
        if section.summary:
            summary = self._paragraph("", "Normal")
            summary.paragraph_format.keep_with_next = bool(section.blocks)
            self._run(summary, section.summary).font.color.rgb = MUTED
        for block in section.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        if isinstance(block, Fact):
            self._fact(block)
        elif isinstance(block, Passage):
            self._passage(block)
        elif isinstance(block, Standing):
            self._standing(block)
        elif isinstance(block, Drawing):
            self._paragraph(block.sentence, "Normal")
        else:
            self._table(block)

    def _fact(self, fact: Fact) -> None:
        paragraph = self._labelled(fact.label)
        if not fact.is_list:
            self._run(paragraph, fact.items[0])
            return
        paragraph.paragraph_format.keep_with_next = True
        for item in fact.items:
            self._paragraph(item, "List Bullet")

    def _passage(self, passage: Passage) -> None:
        paragraph = self._labelled(passage.label) if passage.label else None
        if paragraph and passage.sentence:
            self._runs(paragraph, passage.sentence)
            return
        if paragraph:
            paragraph.paragraph_format.keep_with_next = True
        for line in passage.lines:
            self._runs(self._paragraph("", STYLE_OF[line.kind]), line.runs)

    def _standing(self, standing: Standing) -> None:
        paragraph = self._paragraph("", "Normal")
        status = self._run(paragraph, str(capfirst(standing.status_words)), bold=True)
        status.font.color.rgb = STATUS_COLORS[standing.status]
        for words in standing.words:
            self._run(paragraph, f" · {words}")
        if standing.lateness:
            self._run(paragraph, " · ")
            self._run(paragraph, standing.lateness, bold=True).font.color.rgb = LATE
        if standing.reason:
            self._fact(Fact("Motif", [standing.reason]))

    def _table(self, table: Table) -> None:
        written = self.document.add_table(1, len(table.columns), style="Table Grid")
        written.alignment, written.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        describe_table(written, table.caption)
        repeat_header(written.rows[0])
        widths = [int(self._width * column.share // 100) for column in table.columns]
        for column, width in zip(written.columns, widths, strict=True):
            column.width = width
        rows = [[column.title for column in table.columns], *table.rows]
        for rank, texts in enumerate(rows):
            row = written.rows[0] if rank == 0 else written.add_row()
            keep_whole(row)
            for column, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
                cell.width = width
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(2)
                run = self._run(paragraph, text, bold=rank == 0 or column == table.heading_column)
                run.font.size = Pt(9)
        after = self._paragraph("", "Normal")
        after.paragraph_format.space_after, after.paragraph_format.line_spacing = Pt(0), Pt(6)

    def _labelled(self, label: str) -> Paragraph:
        paragraph = self._paragraph("", "Normal")
        self._run(paragraph, f"{label}\u00a0: ", bold=True)
        return paragraph

    def _paragraph(self, text: str, style: str) -> Paragraph:
        paragraph = self.document.add_paragraph(style=style)
        if text:
            self._run(paragraph, text)
        return paragraph

    def _runs(self, paragraph: Paragraph, runs: tuple[Run, ...]) -> None:
        for run in runs:
            self._run(paragraph, run.text, bold=run.bold)

    def _run(self, paragraph: Paragraph, text: str, *, bold: bool = False) -> WordRun:
        """The one door through which a text reaches the document: clean, and never a field."""
        run = paragraph.add_run(clean(text))
        run.bold = bold or None
        return run
