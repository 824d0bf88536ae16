"""What the cell of one field says, as that field holds it; what cannot be said of it is told why."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from actions.models import Action, Confidence, Part, Status
from actions.models.custom_field import PREFIX
from actions.models.status import NEEDS_REASON
from ctg.documents.workbooks.marks import digest, said
from ctg.intake.content.splitting import read_status
from ctg.web.forms import PercentField, read_date
from ctg.web.outline import plain
from ctg.web.text import clean, clean_line, fold

from .answers import read_answer
from .outlines import restore
from .reading import Entry
from .reasons import COMPOSED, COMPUTED
from .shapes import NotTaken
from .standing import Standing
from .wording import COMPOSABLE, PARTS

OUTLINES = frozenset({"purpose", "content", "methods", "effects"})
NO_OPINION = "sans avis"


def read_value(key: str, entry: Entry, action: Action, standing: Standing) -> dict[str, Any]:
    """The tracked fields to write for the cell of `key`; raise `NotTaken`."""
    if key in PARTS or key == "carriers":
        return read_parts(key, entry.text, action, standing)
    if key.startswith(PREFIX):
        return {key: read_answer(standing.fields.get(key), entry.text)}
    if key in _READERS:
        return {key: _READERS[key](entry.text)}
    if key in ("starts_on", "ends_on"):
        return {key: _day(entry.text, action)}
    if key in OUTLINES:
        text = restore(entry.text, getattr(action, key), had_blank_lines=True)
        return {key: text if plain(text) else ""}
    return {key: read_text(key, entry.text, action)}


def check_composed(key: str, entry: Entry, action: Action, standing: Standing) -> None:
    """Refuse a cell of the thematic layout that did not quote the voted document."""
    if key not in COMPOSABLE or not entry.left_as:
        return
    if entry.left_as != digest(said(standing.since.then(action, key))):
        raise NotTaken(COMPOSED)


def read_parts(key: str, text: str, action: Action | None, standing: Standing) -> dict[str, Any]:
    """Lists of organisations by their known names; those of the trash, which no workbook shows, stay."""
    names = [part for line in text.split("\n") for piece in line.split(";") if (part := clean_line(piece))]
    if key != "carriers":
        return {key: _keys(key, names, action, standing)}
    suffix = f" ({Part.CO_LEAD.label})"
    co_leads = [name.removesuffix(suffix) for name in names if name.endswith(suffix)]
    leads = [name for name in names if not name.endswith(suffix)]
    return {
        "leads": _keys("leads", leads, action, standing),
        "co_leads": _keys("co_leads", co_leads, action, standing),
    }


def _keys(part: str, names: list[str], action: Action | None, standing: Standing) -> list[int]:
    held = standing.part(action, part)
    found = {name: standing.organisation(name, [pk for pk, _, _ in held]) for name in names}
    if unknown := [name for name, pk in found.items() if pk is None]:
        told = ", ".join(f"«\u00a0{name[:80]}\u00a0»" for name in unknown)
        raise NotTaken(
            f"{told}\u00a0: pas d’organisme de ce nom dans le territoire. Un nom par ligne\u00a0; "
            "créez d’abord ceux qui manquent, page «\u00a0Organismes\u00a0»."
        )
    keys = [pk for pk in found.values() if pk is not None]
    return [*dict.fromkeys(keys), *(pk for pk, _, is_trashed in held if is_trashed)]


def read_text(key: str, text: str, thing: models.Model) -> str:
    field: Any = thing._meta.get_field(key)
    text = clean_line(text) if isinstance(field, models.CharField) else clean(text).strip()
    try:
        return str(field.clean(text, thing))
    except ValidationError as error:
        raise NotTaken(" ".join(error.messages)) from error


def _number(text: str) -> int:
    if not text.isdecimal() or not 0 < len(text) < 10:
        raise NotTaken("Un numéro s’écrit en chiffres, par exemple 12.")
    return int(text)


def _priority(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or int(text[:9]) > 99:
        raise NotTaken("Une priorité s’écrit en chiffres, de 1 à 99.")
    return int(text)


def _progress(text: str) -> int | None:
    try:
        return PercentField(required=False).to_python(text)
    except ValidationError as error:
        raise NotTaken("Un avancement est un nombre entier de 0 à 100.") from error


def _status(text: str) -> str:
    named = {fold(str(label)): value for value, label in Status.choices}
    if found := named.get(fold(text)) or read_status(text):
        return str(found)
    raise NotTaken(f"Ce n’est pas un statut. Valeurs admises\u00a0: {_choices(Status)}.")


def _confidence(text: str) -> str:
    named = {fold(str(label)): value for value, label in Confidence.choices} | {fold(NO_OPINION): "", "": ""}
    if fold(text) in named:
        return str(named[fold(text)])
    raise NotTaken(f"Ce n’est pas une météo. Valeurs admises\u00a0: {_choices(Confidence)}, {NO_OPINION}.")


def _choices(choices: type[models.TextChoices]) -> str:
    return ", ".join(str(label) for label in choices.labels)


def _recurring(text: str) -> bool:
    words = {"oui": True, "vrai": True, "x": True, "non": False, "faux": False, "": False}
    if fold(text) in words:
        return words[fold(text)]
    raise NotTaken("Valeurs admises\u00a0: oui, non.")


def _day(text: str, action: Action) -> dt.date | None:
    if not action.dates_given:
        raise NotTaken(COMPUTED)
    if not text:
        return None
    day = read_date(text)
    if day is None:
        raise NotTaken("Une date s’écrit jour/mois/année, par exemple 31/12/2026.")
    return day


_READERS: dict[str, Callable[[str], Any]] = {
    "number": _number,
    "priority": _priority,
    "progress": _progress,
    "status": _status,
    "confidence": _confidence,
    "recurring": _recurring,
}


def with_reason(values: dict[str, Any], reason: str) -> dict[str, Any]:
    """A status goes with its reason: some ask for one, the others have none."""
    if values["status"] not in NEEDS_REASON:
        return values | {"status_reason": ""}
    if not reason:
        status = Status(values["status"]).label
        raise NotTaken(f"Une action {status} a un motif\u00a0: remplissez la colonne «\u00a0Motif\u00a0».")
    return values | {"status_reason": clean(reason).strip()}
