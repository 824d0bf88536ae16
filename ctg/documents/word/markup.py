"""What python-docx has no words for: fields, languages, repeated header rows, alternative texts.

Nothing that a person typed comes here but the caption of a table, which is an attribute.
"""

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import _Footer, _Header
from docx.shape import InlineShape
from docx.shared import Emu
from docx.styles.style import BaseStyle
from docx.styles.styles import Styles
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from ctg.web.text import clean_line

FRENCH = "fr-FR"
PAGE, PAGES = "PAGE", "NUMPAGES"


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """Add a field that the reader’s program works out; `instruction` is PAGE or PAGES."""
    run = paragraph.add_run()
    for kind in ("begin", instruction, "separate", "1", "end"):
        if kind == instruction:
            element = OxmlElement("w:instrText")
            element.text = f" {instruction} "
        elif kind == "1":
            element = OxmlElement("w:t")
            element.text = kind
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def end_lines_at(paragraph: Paragraph, width: int) -> None:
    """Make a tab lead to the right margin, whatever stops the style of the paragraph has on the way."""
    stops = paragraph.paragraph_format.tab_stops
    of_style = paragraph.style.paragraph_format.tab_stops if paragraph.style else ()
    for position in {stop.position for stop in of_style} - {width}:
        stops.add_tab_stop(position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(Emu(width), WD_TAB_ALIGNMENT.RIGHT)


def speak_french(styles: Styles) -> None:
    """Make French the language of every text, for spelling and for voices."""
    defaults = styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    for name in ("w:val", "w:eastAsia"):
        language.set(qn(name), FRENCH)


def is_blank(running: _Header | _Footer) -> bool:
    """Whether what runs at the top or bottom of a page shows nothing yet."""
    shown = (qn("w:t"), qn("w:drawing"), qn("w:pict"), qn("w:fldChar"), qn("w:fldSimple"))
    return next(running._element.iter(*shown), None) is None


def free_line(running: _Header | _Footer) -> Paragraph:
    """A line to write on there, under what a template already shows."""
    paragraphs = running.paragraphs
    return paragraphs[0] if paragraphs and is_blank(running) else running.add_paragraph()


def repeat_header(row: _Row) -> None:
    """Make a row come back at the top of each page, and name its columns to those who listen."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_whole(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def rule_table(style: BaseStyle, color: str) -> None:
    """Leave of the borders of a table style thin lines between rows, and align its texts with the others."""
    properties = style.element.find(qn("w:tblPr"))
    for name in ("w:tblInd", "w:tblBorders", "w:tblCellMar"):
        for element in properties.findall(qn(name)):
            properties.remove(element)
    borders, margins = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    for side in ("top", "bottom", "insideH"):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", color)):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    for side, width in (("top", 40), ("left", 0), ("bottom", 20), ("right", 115)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.extend([borders, margins])


def describe_table(table: Table, caption: str) -> None:
    """Give a table its alternative text, and say that its first row is made of titles."""
    properties = table._tbl.tblPr
    element = OxmlElement("w:tblCaption")
    element.set(qn("w:val"), clean_line(caption))
    properties.append(element)


def describe_picture(picture: InlineShape, words: str) -> None:
    picture._inline.docPr.set("descr", clean_line(words))
