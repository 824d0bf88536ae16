"""`LISEZ-MOI.txt`: what is in a package, for whoever opens it in ten years."""

import datetime as dt
from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils import timezone

from actions.models import Plan
from ctg.web.text import clean

from .content import VERSION, Content
from .label import Entry

#: What stands in each folder, in the order in which one looks.
FOLDERS = {
    "plan": "le plan avec son suivi, à lire (PDF) et à travailler (Excel)",
    "tableaux": "les actions et les valeurs des indicateurs, une par ligne (CSV, points-virgules)",
    "documents-figes": "les bilans, le plan signé, ses avenants et ses évaluations, tels que figés",
    "pieces-jointes": "les documents joints aux actions et aux réunions",
    "justificatifs": "les pièces qui prouvent une valeur",
    "papier-a-en-tete": "le logo et le modèle Word du territoire",
}


def write_readme(plan: Plan, content: Content, entries: Iterable[Entry], *, at: dt.datetime) -> bytes:
    """A plain text that Windows opens too, with all the files but itself and the label."""
    listed = list(entries)
    context = {
        "plan": plan,
        "is_over": is_over(plan, timezone.localdate(at)),
        "at": timezone.localtime(at),
        "sha256": content.sha256,
        "version": VERSION,
        "folders": [(name, told) for name, told in FOLDERS.items() if _has(listed, name)],
        "entries": listed,
        "lost": content.lost,
    }
    text = clean(render_to_string("cycle/closing_readme.txt", context))
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def is_over(plan: Plan, today: dt.date) -> bool:
    """Whether the convention has ended; before, a package is a backup."""
    return plan.last_year is not None and today.year > plan.last_year


def _has(entries: list[Entry], folder: str) -> bool:
    return any(entry.path.startswith(f"{folder}/") for entry in entries)
