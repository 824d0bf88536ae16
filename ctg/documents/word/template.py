"""The Word template: the styles that a document is written with, found by their names.

Ours is `template.docx`; `python -m ctg.documents.word.template` makes it again. A territory may give its
own: whatever it looks like, it has to hold the styles of `STYLES`.
"""

from pathlib import Path
from typing import IO
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.rel import Relationships
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from ctg.documents.word.markup import rule_table, speak_french

SHIPPED = Path(__file__).with_name("template.docx")

PARAGRAPH, TABLE = WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.TABLE

#: The names that a file of Word holds, in whatever language it is shown, and what Word calls them in French.
STYLES = {
    "Normal": (PARAGRAPH, "Normal"),
    "Title": (PARAGRAPH, "Titre"),
    "Subtitle": (PARAGRAPH, "Sous-titre"),
    "Heading 1": (PARAGRAPH, "Titre 1"),
    "Heading 2": (PARAGRAPH, "Titre 2"),
    "Heading 3": (PARAGRAPH, "Titre 3"),
    "List Bullet": (PARAGRAPH, "Liste à puces"),
    "List Bullet 2": (PARAGRAPH, "Liste à puces 2"),
    "List Continue": (PARAGRAPH, "Liste continue"),
    "Header": (PARAGRAPH, "En-tête"),
    "Footer": (PARAGRAPH, "Pied de page"),
    "Table Grid": (TABLE, "Grille du tableau"),
}

FONT = "Calibri"
INK, ACCENT, MUTED = RGBColor(0x1C, 0x2B, 0x30), RGBColor(0x08, 0x44, 0x3F), RGBColor(0x55, 0x62, 0x6A)


UNREADABLE = "Ce modèle n’est pas un document Word (.docx) qui s’ouvre."

#: The file from which a document was made, on the machine of whoever made it.
ATTACHED_TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"

#: What a document leads to for its looks; all else that its text led to leaves with the text.
LOOKS = {
    *(RT.STYLES, RT.NUMBERING, RT.THEME, RT.FONT_TABLE, RT.SETTINGS, RT.WEB_SETTINGS),
    *(RT.HEADER, RT.FOOTER, RT.FOOTNOTES, RT.ENDNOTES),
}


class TemplateError(Exception):
    """A template that cannot serve, in words for whoever chose it."""


def open_template(source: str | Path | IO[bytes] | None = None) -> Document:
    """Return an empty document with the styles of the template, ours when none is given."""
    try:
        document = docx.Document(str(source) if isinstance(source, Path) else source or str(SHIPPED))
    except (PackageNotFoundError, BadZipFile, SyntaxError, KeyError, ValueError, OSError) as error:
        raise TemplateError(UNREADABLE) from error
    held = {(style.name, style.type) for style in document.styles}
    missing = [
        f"«\u00a0{french}\u00a0» ({name})"
        for name, (kind, french) in STYLES.items()
        if (name, kind) not in held
    ]
    if missing:
        raise TemplateError(
            f"Il manque des styles au modèle Word\u00a0: {', '.join(missing)}. "
            "Ajoutez-les au modèle, ou partez de celui de Plan CTG."
        )
    _empty(document)
    return document


def _empty(document: Document) -> None:
    """Keep of the template its styles, its pages, its header and footer, not what was written in it."""
    body = document.element.body
    for element in list(body):
        if element is not body.sectPr:
            body.remove(element)
    _cut(document.part.rels, {key for key, rel in document.part.rels.items() if rel.reltype not in LOOKS})
    settings = document.settings.element
    for element in settings.findall(qn("w:attachedTemplate")):
        settings.remove(element)
    rels = document.part.part_related_by(RT.SETTINGS).rels
    _cut(rels, {key for key, rel in rels.items() if rel.reltype == ATTACHED_TEMPLATE})


def _cut(rels: Relationships, keys: set[str]) -> None:
    for key in keys:
        del rels[key]


def build_template() -> Document:
    document = docx.Document()
    _empty(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(24), Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    styles = document.styles
    speak_french(styles)
    looks: dict[str, tuple[float, RGBColor, bool, float, float]] = {
        # name: (size, colour, bold, space before, space after)
        "Normal": (10.5, INK, False, 0, 4),
        "Title": (26, INK, True, 6, 6),
        "Subtitle": (14, INK, False, 0, 12),
        "Heading 1": (17, ACCENT, True, 18, 4),
        "Heading 2": (13, ACCENT, True, 14, 4),
        "Heading 3": (11.5, INK, True, 12, 3),
        "List Bullet": (10.5, INK, False, 0, 2),
        "List Bullet 2": (10.5, INK, False, 0, 2),
        "List Continue": (10.5, INK, False, 0, 2),
        "Header": (8.5, MUTED, False, 0, 0),
        "Footer": (8.5, MUTED, False, 0, 0),
    }
    for name, look in looks.items():
        style = styles[name]
        assert isinstance(style, ParagraphStyle)
        _dress(style, *look)
    for name in ("Header", "Footer"):
        styles[name].paragraph_format.tab_stops.clear_all()
    rule_table(styles["Table Grid"], "DAD5C8")
    return document


def _dress(
    style: ParagraphStyle, size: float, color: RGBColor, bold: bool, before: float, after: float
) -> None:
    properties = style.element.get_or_add_rPr()
    for name in ("w:rFonts", "w:spacing", "w:kern"):
        for element in properties.findall(qn(name)):
            properties.remove(element)
    for border in list(style.element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    style.font.color.rgb = color
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = Pt(before), Pt(after)


if __name__ == "__main__":
    build_template().save(str(SHIPPED))
