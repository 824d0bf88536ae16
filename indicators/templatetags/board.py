"""What the board draws thousands of times, too often for a template."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ctg.web.templatetags.ui import icon

from ..campaigns.board import Cell, Row

register = template.Library()


@register.simple_tag
def strip(row: Row, by_indicator: bool) -> SafeString:
    """The shapes of the cells of a row, each with its words and leading to its value."""
    items = ((_cell(cell, by_indicator),) for cell in row.cells)
    return format_html('<ul class="strip">{}</ul>', format_html_join("", "<li>{}</li>", items))


def _cell(cell: Cell, by_indicator: bool) -> SafeString:
    what = cell.solicitation.organisation.name if by_indicator else cell.question.indicator.wording
    about = ", ".join(filter(None, (what, cell.period)))
    surprises = cell.is_to_review and bool(cell.surprise)
    word = f"{cell.mark.label}, à regarder" if surprises else cell.mark.label
    said = f"{about}\u00a0: {word}"
    shape, status = ("warning", "watch") if surprises else (cell.mark.value, cell.mark.value)
    drawn = format_html(
        '<span class="status status--{}">{}</span><span class="visually-hidden">{}</span>',
        status,
        icon(shape),
        said,
    )
    if cell.measurement is None:
        return format_html('<span class="strip__cell" title="{}">{}</span>', said, drawn)
    address = cell.measurement.get_absolute_url()
    return format_html('<a class="strip__cell" href="{}" title="{}">{}</a>', address, said, drawn)
