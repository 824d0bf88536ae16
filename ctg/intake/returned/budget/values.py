"""What the cell of a line of budget says, as its field holds it; what cannot be said of it is told why."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from actions.forms.budget import EuroField
from actions.models import BudgetLine
from actions.models.budget import OWN_FUNDS
from ctg.intake.returned.reading import Entry
from ctg.intake.returned.reasons import TORN
from ctg.intake.returned.shapes import NotTaken
from ctg.intake.returned.standing import Standing
from ctg.intake.returned.values import read_text
from ctg.web.text import clean_line, fold

#: The fields that are taken back, in the order of the form; the action of a line is not one of them.
FIELDS = ("year", "funder", "nature", "planned", "actual", "comment")
YEARS = range(2000, 2100)
A_YEAR = f"Une année s’écrit en chiffres, de {YEARS[0]} à {YEARS[-1]}."
AN_AMOUNT = (
    "Valeurs admises\u00a0: un montant en euros de 0 à 9\u202f999\u202f999\u202f999,99, par exemple "
    "1\u202f200,50\u00a0€, ou rien s’il n’est pas connu."
)
A_FUNDER = (
    "«\u00a0{}\u00a0»\u00a0: pas d’organisme de ce nom dans le territoire. Un seul par ligne, ou "
    f"«\u00a0{OWN_FUNDS}\u00a0»\u00a0; créez d’abord ceux qui manquent, page «\u00a0Organismes\u00a0»."
)


def read_field(key: str, entry: Entry, line: BudgetLine, standing: Standing) -> Any:
    """The value of a tracked field, an organisation by its key; raise `NotTaken`."""
    if entry.is_torn:
        raise NotTaken(TORN)
    match key:
        case "year":
            return _year(entry.text)
        case "funder":
            return _funder(entry.text, line, standing)
        case "planned" | "actual":
            return _amount(entry.text)
        case _:
            return read_text(key, entry.text, line)


def _year(text: str) -> int:
    if not text.isdecimal() or len(text) != 4 or int(text) not in YEARS:
        raise NotTaken(A_YEAR)
    return int(text)


def _amount(text: str) -> Decimal | None:
    try:
        return EuroField(required=False).to_python(text)
    except ValidationError as error:
        raise NotTaken(" ".join([*error.messages, AN_AMOUNT])) from error


def _funder(text: str, line: BudgetLine, standing: Standing) -> int | None:
    name = clean_line(text)
    if not name or fold(name) == fold(OWN_FUNDS):
        return None
    found = standing.organisation(name, [line.funder_id] if line.funder_id else [])
    if found is None:
        raise NotTaken(A_FUNDER.format(name[:80]))
    return found
