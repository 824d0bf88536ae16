"""The template of the presentation: our page, our letters and our colours, four layouts and no other.

`template.pptx` is shipped; `python -m ctg.reviews.slides.template` makes it again.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Inches

from ctg.reviews.slides import look
from ctg.reviews.slides.markup import contours, letters, level, prompt, rule, speak_french

SHIPPED = Path(__file__).with_name("template.pptx")

#: The layouts, in the order of the file.
OPENING, FREE, ONE_TEXT, TWO_TEXTS = range(4)

#: The placeholders of each of those that are ours among the layouts of the library: its rank there, its
#: name, then by their numbers what its texts are.
TITLE, LEAD, TEXT, RIGHT, OPENING_TEXT = "title", "lead", "text", "right", "opening"
LAYOUTS = (
    (0, "Ouverture", {0: TITLE, 1: OPENING_TEXT}),
    (2, "Phrase seule", {0: TITLE, 1: LEAD}),
    (7, "Phrase et texte", {0: TITLE, 1: LEAD, 2: TEXT}),
    (4, "Phrase et deux textes", {0: TITLE, 1: LEAD, 2: TEXT, 4: RIGHT}),
)
FOOTER, NUMBER = 11, 12

NAMES = {TITLE: "Titre", LEAD: "Phrase", TEXT: "Texte", RIGHT: "Texte de droite", OPENING_TEXT: "Texte"}


def open_template() -> Deck:
    return Presentation(str(SHIPPED))


def rebuild() -> Deck:
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(look.WIDTH), Inches(look.HEIGHT)
    layouts = list(deck.slide_layouts)
    kept = [layouts[rank] for rank, *_ in LAYOUTS]
    for layout in layouts:
        if layout not in kept:
            deck.slide_layouts.remove(layout)
    ids = deck.slide_master._element.get_or_add_sldLayoutIdLst()
    ids[:] = sorted(ids, key=lambda one: kept.index(deck.slide_master.part.related_slide_layout(one.rId)))
    for layout, (_, name, parts) in zip(kept, LAYOUTS, strict=True):
        _lay_out(layout, name, parts)
    _dress_master(deck.slide_master)
    _dress_theme(deck)
    _drop_leftovers(deck)
    speak_french(deck)
    return deck


def _lay_out(layout: SlideLayout, name: str, parts: Mapping[int, str]) -> None:
    layout._element.find("{*}cSld").set("name", name)
    layout._element.attrib.pop("type", None)
    is_opening = OPENING_TEXT in parts.values()
    for shape in list(layout.placeholders):
        idx = shape.placeholder_format.idx
        if idx in parts:
            _dress(shape, parts[idx], set(parts.values()))
        elif idx == FOOTER and not is_opening:
            _place(shape, "Pied de page", look.FOOTER_BOX)
            letters(shape, level(look.TEXT, look.MUTED), anchor="ctr")
        elif idx == NUMBER and not is_opening:
            _place(shape, "Numéro", look.NUMBER_BOX)
            letters(shape, level(look.TEXT, look.MUTED, align="r"), anchor="ctr")
        else:
            shape._element.getparent().remove(shape._element)
    rule(layout, look.LEFT, look.OPENING_RULE_TOP if is_opening else look.RULE_TOP, look.ROOM)
    if is_opening:
        contours(layout)


def _dress(shape: BaseShape, part: str, beside: set[str]) -> None:
    is_opening = OPENING_TEXT in beside
    boxes = {
        TITLE: look.OPENING_TITLE_BOX if is_opening else look.TITLE_BOX,
        LEAD: look.LEAD_BOX,
        TEXT: look.LEFT_BOX if RIGHT in beside else look.BODY_BOX,
        RIGHT: look.RIGHT_BOX,
        OPENING_TEXT: look.OPENING_TEXT_BOX,
    }
    _place(shape, NAMES[part], boxes[part])
    prompt(shape, NAMES[part])
    size = look.OPENING_TITLE if is_opening else look.TITLE
    styles = {
        TITLE: level(size, look.ACCENT_STRONG, serif=True, bold=True),
        LEAD: level(look.LEAD, look.INK, serif=True),
        OPENING_TEXT: level(look.LEAD, look.INK),
    }
    bullets = level(look.TEXT, look.INK, bullet=look.ACCENT)
    letters(shape, styles.get(part, bullets), anchor="b" if part == TITLE else "t")


def _place(shape: BaseShape, name: str, box: look.Box) -> None:
    shape.name = name
    shape.left, shape.top, shape.width, shape.height = (Inches(side) for side in box)


def _dress_master(master: SlideMaster) -> None:
    boxes = (look.TITLE_BOX, look.BODY_BOX, None, look.FOOTER_BOX, look.NUMBER_BOX)
    names = ("Titre", "Texte", "", "Pied de page", "Numéro")
    for shape, name, box in zip(list(master.placeholders), names, boxes, strict=True):
        if box:
            _place(shape, name, box)
            if shape.placeholder_format.type in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.BODY):
                prompt(shape, name)
        else:
            shape._element.getparent().remove(shape._element)


def _dress_theme(deck: Deck) -> None:
    """Those who edit find our colours and letters in the menus of their program."""
    part = deck.slide_master.part.part_related_by(RT.THEME)
    theme = part.blob.decode()
    for name, color in _theme_colors().items():
        theme = re.sub(
            rf"(<a:{name}>).*?(</a:{name}>)", rf'\1<a:srgbClr val="{color}"/>\2', theme, flags=re.S
        )
    for role, font in (("majorFont", look.SERIF), ("minorFont", look.SANS)):
        theme = re.sub(rf'(<a:{role}>\s*<a:latin typeface=")[^"]*', rf"\g<1>{font}", theme)
    part._blob = theme.encode()


def _theme_colors() -> dict[str, str]:
    accents = [look.ACCENT, *list(look.STATUS_COLORS.values())[1:]]
    return {
        **{"dk1": look.INK, "lt1": look.WHITE, "dk2": look.ACCENT_STRONG, "lt2": look.PAPER},
        **{f"accent{rank}": color for rank, color in enumerate(accents, 1)},
        **{"hlink": look.ACCENT, "folHlink": look.MUTED},
    }


def _drop_leftovers(deck: Deck) -> None:
    """The picture, the printer and the words of whoever made the template of the library."""
    properties = deck.core_properties
    properties.title = properties.author = properties.last_modified_by = properties.comments = ""
    properties.subject = properties.keywords = properties.category = ""
    for rels in (deck.part.package._rels, deck.part._rels):
        for key, rel in list(rels.items()):
            if rel.reltype in (RT.THUMBNAIL, RT.PRINTER_SETTINGS):
                rels.pop(key)


if __name__ == "__main__":
    rebuild().save(str(SHIPPED))
