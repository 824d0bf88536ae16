"""What python-pptx has no words for: letters of a layout, rules, what runs at the foot, borders of cells."""

from copy import deepcopy

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.xmlchemy import BaseOxmlElement, OxmlElement
from pptx.presentation import Presentation
from pptx.shapes.base import BaseShape
from pptx.slide import Slide, SlideLayout
from pptx.table import _Cell
from pptx.util import Inches, Pt

from ctg.reviews.slides.look import CONTOUR, INK, Box

FRENCH = "fr-FR"
LONGEST_DESCRIPTION = 2_000
SPACE = nsdecls("p", "a")

#: Tells those who listen that there is nothing to hear.
DECORATIVE = """<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative
  xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>"""


def letters(shape: BaseShape, style: str, *, anchor: str = "t") -> None:
    """Give the texts of a placeholder their looks; its edges are those of the rules."""
    text = shape._element.find(qn("p:txBody"))
    for name in ("a:bodyPr", "a:lstStyle"):
        for old in text.findall(qn(name)):
            text.remove(old)
    text.insert(0, parse_xml(f"<a:lstStyle {SPACE}>{style}</a:lstStyle>"))
    insets = 'lIns="0" tIns="0" rIns="0" bIns="0"'
    # Whoever types more gets smaller letters.
    text.insert(0, parse_xml(f'<a:bodyPr {SPACE} {insets} anchor="{anchor}"><a:normAutofit/></a:bodyPr>'))


def prompt(shape: BaseShape, words: str) -> None:
    """What a placeholder says of itself to whoever adds a slide."""
    text = shape._element.find(qn("p:txBody"))
    for old in text.findall(qn("a:p")):
        text.remove(old)
    text.add_p().add_r(words)


def level(
    size: float, color: str, *, serif: bool = False, bold: bool = False, bullet: str = "", align: str = "l"
) -> str:
    """The style of a text that has one level; `bullet` is the colour of its dots."""
    margin = int(Inches(0.28)) if bullet else 0
    dots = f'<a:buClr><a:srgbClr val="{bullet}"/></a:buClr><a:buFont typeface="Arial"/><a:buChar char="•"/>'
    return f"""<a:lvl1pPr {SPACE} marL="{margin}" indent="{-margin}" algn="{align}">
      <a:spcBef><a:spcPts val="{500 if bullet else 0}"/></a:spcBef>{dots if bullet else "<a:buNone/>"}
      <a:defRPr lang="{FRENCH}" sz="{int(size * 100)}" b="{int(bold)}">
        <a:solidFill><a:srgbClr val="{color}"/></a:solidFill>
        <a:latin typeface="+{"mj" if serif else "mn"}-lt"/>
      </a:defRPr></a:lvl1pPr>"""


def rule(layout: SlideLayout, x: float, y: float, width: float) -> None:
    """A line of ink across the page, behind all else."""
    shape = f"""<p:cxnSp {SPACE}>
      <p:nvCxnSpPr><p:cNvPr id="90" name="Filet">{DECORATIVE}</p:cNvPr><p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>
      <p:spPr>{_frame((x, y, width, 0))}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>
        {_line(INK, 1.5)}</p:spPr>
    </p:cxnSp>"""
    _behind(layout, shape)


def contours(layout: SlideLayout) -> None:
    """The lines of a map, the mark of the product, behind the title."""
    for rank, share in enumerate((1.0, 0.8, 0.6, 0.4, 0.2)):
        width, height = 5.2 * share, 3.1 * share
        box = (10.7 + 0.6 * (1 - share) - width / 2, 1.2 - height / 2, width, height)
        shape = f"""<p:sp {SPACE}>
          <p:nvSpPr><p:cNvPr id="{91 + rank}" name="Courbe de niveau">{DECORATIVE}</p:cNvPr>
            <p:cNvSpPr/><p:nvPr/></p:nvSpPr>
          <p:spPr>{_frame(box)}<a:custGeom><a:avLst/><a:pathLst><a:path w="100" h="100">
            <a:moveTo><a:pt x="0" y="52"/></a:moveTo>{"".join(map(_curve, CONTOUR_CURVES))}<a:close/>
          </a:path></a:pathLst></a:custGeom><a:noFill/>{_line(CONTOUR, 1.25)}</p:spPr>
        </p:sp>"""
        _behind(layout, shape)


CONTOUR_CURVES = (
    *("2 20 22 14 44 6", "66 -2 96 14 99 40", "102 62 84 70 72 86"),
    *("58 104 30 98 16 88", "6 80 -2 70 0 52"),
)


def _curve(numbers: str) -> str:
    pairs = zip(*[iter(numbers.split())] * 2, strict=True)
    points = [f'<a:pt x="{x}" y="{y}"/>' for x, y in pairs]
    return f"<a:cubicBezTo>{''.join(points)}</a:cubicBezTo>"


def _frame(box: Box) -> str:
    x, y, width, height = (int(Inches(side)) for side in box)
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _line(color: str, points: float) -> str:
    return f'<a:ln w="{int(Pt(points))}"><a:solidFill><a:srgbClr val="{color}"/></a:solidFill></a:ln>'


def _behind(layout: SlideLayout, shape: str) -> None:
    """Before the other shapes, whose two first are the properties of the group."""
    layout.shapes._spTree.insert(2, parse_xml(shape))


def add_foot(slide: Slide, words: str, number: int) -> None:
    """What runs at the foot of the layout comes into a slide only as a copy."""
    for element in slide.slide_layout.shapes._spTree.iter(qn("p:sp")):
        mark = element.find(f".//{qn('p:ph')}")
        if mark is None or mark.get("type") not in ("ftr", "sldNum"):
            continue
        copy = deepcopy(element)
        copy.find(qn("p:spPr")).clear()
        copy.find(f".//{qn('a:lstStyle')}").clear()
        copy.find(f".//{qn('p:cNvPr')}").set("id", str(200 + len(slide.shapes)))
        if mark.get("type") == "ftr":
            for paragraph in copy.findall(f".//{qn('a:p')}"):
                paragraph.clear()
                paragraph.add_r(words)
        else:
            # Those who open the file work it out again; those who only read it find it here.
            copy.find(f".//{qn('a:fld')}/{qn('a:t')}").text = str(number)
        slide.shapes._spTree.append(copy)


def border(cell: _Cell, color: str, points: float) -> None:
    """A rule under a cell, and none around."""
    properties = cell._tc.get_or_add_tcPr()
    for side in ("a:lnL", "a:lnR", "a:lnT"):
        properties.append(OxmlElement(side))
        properties[-1].append(OxmlElement("a:noFill"))
    line = parse_xml(
        _line(color, points).replace("<a:ln ", f"<a:lnB {SPACE} ").replace("</a:ln>", "</a:lnB>")
    )
    properties.append(line)


def describe(shape: BaseShape, words: str) -> None:
    """Say what is drawn to those who do not see it, in as many signs as programs read."""
    words = words if len(words) <= LONGEST_DESCRIPTION else f"{words[:LONGEST_DESCRIPTION]}…"
    shape._element.find(f".//{qn('p:cNvPr')}").set("descr", words)


def speak_french(deck: Presentation) -> None:
    """Make French the language of every text of every part, notes included."""
    for part in deck.part.package.iter_parts():
        element = getattr(part, "_element", None)
        if not isinstance(element, BaseOxmlElement):
            continue
        for run in element.iter(qn("a:r")):
            run.get_or_add_rPr().set("lang", FRENCH)
        for name in ("a:rPr", "a:defRPr", "a:endParaRPr"):
            for properties in element.iter(qn(name)):
                properties.set("lang", FRENCH)
