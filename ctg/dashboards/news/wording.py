"""Words of the mails: plain text, short, one line each."""

import datetime as dt

from django.conf import settings
from django.utils.text import Truncator

from actions.models import Action
from ctg.web.templatetags.ui import plural
from ctg.web.text import clean_line

LONGEST = 160


def quote(text: str) -> str:
    """« Le bail n’est pas signé… »."""
    return f"«\u00a0{brief(text)}\u00a0»"


def brief(text: str) -> str:
    return Truncator(clean_line(text)).chars(LONGEST)


def about(action: Action) -> str:
    return brief(str(action)).replace(" :", "\u00a0:", 1)


def counted(count: int, noun: str) -> str:
    """« 3 valeurs », « 2 valeurs reçues »: each word of the noun takes the plural."""
    return f"{count}\u00a0{' '.join(f'{word}{plural(count)}' for word in noun.split())}"


def hour_words(time: dt.time) -> str:
    """« 14 h 30 », « 9 h »."""
    return f"{time.hour}\u00a0h\u00a0{time:%M}" if time.minute else f"{time.hour}\u00a0h"


def whole(path: str) -> str:
    """The address of a page as a mail gives it."""
    return f"{settings.BASE_URL}{path}"
