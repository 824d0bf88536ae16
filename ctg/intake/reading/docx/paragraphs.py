"""The text of a paragraph as its reader sees it: list marks in, deletions and instructions of fields out."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ..archive import Archive
from ..notes import Notes
from .numbering import Numbering, Position, read_numbering, read_position, value_of

_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
#: The boxes of Wingdings that forms tick, by the last two digits of their code.
_BOXES = {
    **dict.fromkeys(("6F", "71", "A8"), "☐"),
    **dict.fromkeys(("52", "FE"), "☑"),
    **dict.fromkeys(("54", "78", "FD"), "☒"),
    **{"FB": "✗", "FC": "✓"},
}
#: « ListBullet2 », in French « Listepuces2 ».
_DEEPER = re.compile(r"List\D*([2-5])$")
_DELETED = {"del", "moveFrom"}
_SILENT = {"rPr", "pPr", "Fallback", "rt"}
_TOLD = {
    "footnoteReference": "Les notes de bas de page ne sont pas lues.",
    "endnoteReference": "Les notes de fin ne sont pas lues.",
    "commentReference": "Les commentaires de Word ne sont pas lus.",
    "drawing": "Les images et les dessins ne sont pas lus.",
    "pict": "Les images et les dessins ne sont pas lus.",
    "object": "Les objets incorporés ne sont pas lus.",
}
_DRAWN = {"drawing", "pict", "object"}
DELETIONS = "Suivi des modifications\u00a0: ce qui est supprimé n’est pas lu, ce qui est ajouté l’est."
_HIDDEN = "Du texte masqué est lu aussi."


class Style(NamedTuple):
    position: Position | None = None
    is_bold: bool = False


class Words(NamedTuple):
    text: str
    is_bold: bool


@dataclass(frozen=True)
class ParagraphReader:
    numbering: Numbering
    styles: dict[str, Style]
    notes: Notes
    #: Text boxes met on the way, which hold paragraphs and tables of their own.
    boxes: list[Element] = field(default_factory=list)

    def read(self, paragraph: Element) -> Words:
        properties = paragraph.find("pPr")
        named = properties.find("pStyle") if properties is not None else None
        style = self.styles.get(value_of(named), Style())
        runs: list[Words] = []
        self._walk(paragraph, style.is_bold, runs)
        text = "".join(run.text for run in runs)
        mark = self._mark(properties, style)
        if mark.endswith("- ") and not text.strip():
            mark = ""
        if mark:
            text = text.lstrip().replace("\n", f"\n{' ' * (len(mark) - len(mark.lstrip()) + 2)}")
        said = [run.is_bold for run in runs if run.text.strip()]
        return Words(f"{mark}{text}", bool(said) and all(said))

    def _mark(self, properties: Element | None, style: Style) -> str:
        own = read_position(properties)
        if own and style.position:
            margin = 0 if own.level else style.position.margin
            own = Position(own.list or style.position.list, own.level, margin)
        position = own or style.position
        return self.numbering.mark(position) if position else ""

    def _walk(self, element: Element, is_bold: bool, runs: list[Words]) -> None:
        for child in element:
            name = child.tag
            if boxes := _boxes_of(child) if name in _DRAWN else []:
                self.boxes.extend(boxes)
            elif name in _TOLD:
                self.notes.tell(_TOLD[name])
            elif name in _DELETED:
                self.notes.tell(DELETIONS)
            elif name == "t":
                runs.append(Words(child.text or "", is_bold))
            elif name == "br" and child.get("type", "textWrapping") != "textWrapping":
                runs.append(Words("\n", is_bold))
            elif name in _SIGNS:
                runs.append(Words(_SIGNS[name], is_bold))
            elif name == "sym":
                runs.append(Words(_symbol(child), is_bold))
            elif name == "r":
                self._walk(child, self._is_bold(child.find("rPr"), is_bold), runs)
            elif name not in _SILENT:
                self._walk(child, is_bold, runs)

    def _is_bold(self, properties: Element | None, inherited: bool) -> bool:
        if properties is None:
            return inherited
        if is_on(properties.find("vanish")):
            self.notes.tell(_HIDDEN)
        style = self.styles.get(value_of(properties.find("rStyle")))
        own = properties.find("b")
        return is_on(own) if own is not None else inherited or bool(style and style.is_bold)


def open_reader(archive: Archive, parts: dict[str, str], notes: Notes) -> ParagraphReader:
    """`parts`: where the document keeps its numbering and its styles."""
    styles: dict[str, Style] = {}
    for one in archive.pieces(parts.get("styles", ""), "style"):
        above = styles.get(value_of(one.find("basedOn")), Style())
        own = one.find("rPr/b")
        position = read_position(one.find("pPr")) or above.position
        if position and (deeper := _DEEPER.match(one.get("styleId", ""))):
            position = position._replace(margin=int(deeper[1]) - 1)
        styles[one.get("styleId", "")] = Style(position, above.is_bold if own is None else is_on(own))
    return ParagraphReader(read_numbering(archive, parts.get("numbering", "")), styles, notes)


def is_on(mark: Element | None) -> bool:
    return mark is not None and mark.get("val", "1") not in ("0", "false", "off", "none")


def _boxes_of(element: Element) -> list[Element]:
    """The outermost text boxes of a drawing."""
    if element.tag == "txbxContent":
        return [element]
    return [box for child in element if child.tag not in _SILENT for box in _boxes_of(child)]


def _symbol(element: Element) -> str:
    code = element.get("char", "")
    if element.get("font", "").startswith("Wingdings") and (box := _BOXES.get(code[-2:].upper())):
        return box
    return chr(int(code, 16)) if 0 < int(code or "0", 16) <= 0xFFFF else ""
