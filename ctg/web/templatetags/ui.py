"""What templates are built from: blocks, shapes, and values as people write them."""

import re
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from ctg.web.outline import to_html
from ctg.web.words import in_plural, to_whom

register = template.Library()

# fmt: off
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)
SHORT_MONTHS = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin",
    "juill.", "août", "sept.", "oct.", "nov.", "déc.",
)
# fmt: on

LINE_BREAK = mark_safe("<br>")
BLANK_LINES = re.compile(r"\n\s*\n")
BULLET = re.compile(r"\s*[-–•*]\s+")


@register.simple_block_tag
def panel(content: SafeString, title: str, level: int = 2) -> SafeString:
    """A titled block: {% panel "Jalons" %}…{% endpanel %}."""
    return format_html(
        '<section class="panel"><h{level} class="panel__title">{title}</h{level}>{content}</section>',
        level=level,
        title=title,
        content=content,
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw a shape of components/_icons.html, for the eye only: a word goes with it."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def status(value: str, label: str) -> SafeString:
    """Say a status, a météo or a lateness: {% status "late" "En retard depuis mars 2026" %}.

    An empty value is no opinion, which has a shape of its own.
    """
    name = value or "none"
    return format_html('<span class="status status--{}">{}{}</span>', name, icon(name), capfirst(label))


@register.filter
def day(value: date | None) -> str:
    """Write a day in full: « 1er mars 2026 »."""
    if value is None:
        return ""
    value = _local(value)
    return f"{_ordinal(value.day)} {MONTHS[value.month - 1]} {value.year}"


@register.filter
def short_day(value: date | None, today: date | None = None) -> str:
    """Write a day in short: « 28 sept. 2025 », and « 28 sept. » in the year of `today`."""
    if value is None:
        return ""
    value = _local(value)
    written = f"{_ordinal(value.day)} {SHORT_MONTHS[value.month - 1]}"
    return written if today and today.year == value.year else f"{written} {value.year}"


@register.filter
def percent(value: int | None) -> str:
    """Write a progress: « 55 % », and nothing when there is none."""
    return "" if value is None else f"{value}\N{NO-BREAK SPACE}%"


@register.filter
def plural(count: int, endings: str = "s") -> str:
    """Choose an ending as French does, where zero is singular: « 0 action », « à venir », « réel{,s} »."""
    singular, comma, many = endings.rpartition(",")
    return many if abs(count) >= 2 else singular


register.filter("in_plural", in_plural)
register.filter("to_whom", to_whom)


@register.filter
def outline(text: str) -> SafeString:
    """Show a text of the plan: paragraphs, bullets on two levels, bold words."""
    return to_html(text)


@register.filter
def paragraphs(text: str) -> SafeString:
    """Show typed text as it was typed: paragraphs, line breaks, lines that begin with a dash."""
    blocks = BLANK_LINES.split(text.strip().replace("\r\n", "\n"))
    return format_html_join("", "{}", ((_block(block),) for block in blocks if block))


def _block(block: str) -> SafeString:
    lines = block.split("\n")
    if all(BULLET.match(line) for line in lines):
        items = ((BULLET.sub("", line, count=1),) for line in lines)
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", items))
    return format_html("<p>{}</p>", format_html_join(LINE_BREAK, "{}", ((line,) for line in lines)))


def _local(value: date) -> date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _ordinal(number: int) -> str:
    return "1er" if number == 1 else str(number)
