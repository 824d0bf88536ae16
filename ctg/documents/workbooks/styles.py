from dataclasses import dataclass

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

FONT = "Calibri"


@dataclass(frozen=True)
class Style:
    """The look of one kind of cell; colours are written RRGGBB."""

    bold: bool = False
    italic: bool = False
    size: int = 10
    color: str | None = None
    fill: str | None = None
    border: str | None = None
    horizontal: str | None = None
    vertical: str = "top"
    indent: int = 0
    wrap: bool = True
    number_format: str = "General"
    #: Whether it may still be typed into once its sheet is protected.
    is_open: bool = False

    @property
    def shows_when_empty(self) -> bool:
        """Whether an empty cell of this look is seen; otherwise it need not be written at all."""
        return bool(self.fill or self.border)


class SharedStyles:
    """One openpyxl style per look: building one for each cell makes a workbook four times slower to write."""

    def __init__(self) -> None:
        self._arrays: dict[tuple[Style, str, bool], StyleArray] = {}

    def get(
        self, sheet: WriteOnlyWorksheet, style: Style, *, number_format: str = "", quoted: bool = False
    ) -> StyleArray:
        """Return the style to share; `quoted` shows the text as typed after an apostrophe."""
        key = (style, number_format, quoted)
        if key not in self._arrays:
            self._arrays[key] = _build(sheet, style, number_format or style.number_format, quoted)
        return self._arrays[key]


def _build(sheet: WriteOnlyWorksheet, style: Style, number_format: str, quoted: bool) -> StyleArray:
    cell = WriteOnlyCell(sheet)
    cell.font = Font(name=FONT, size=style.size, bold=style.bold, italic=style.italic, color=style.color)
    cell.alignment = Alignment(
        horizontal=style.horizontal, vertical=style.vertical, wrap_text=style.wrap, indent=style.indent
    )
    if style.fill:
        cell.fill = PatternFill("solid", fgColor=style.fill)
    if style.border:
        side = Side("thin", color=style.border)
        cell.border = Border(left=side, right=side, top=side, bottom=side)
    cell.number_format = number_format
    cell.quotePrefix = quoted
    if style.is_open:
        cell.protection = Protection(locked=False)
    return cell._style
