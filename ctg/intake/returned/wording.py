"""What the cells of a returned workbook say, under one form whatever program wrote them last."""

import datetime as dt
import re

from actions.models import Action, Plan
from ctg.intake.tables import Cell
from ctg.web.forms import read_date

DAYS = frozenset({"starts_on", "ends_on"})
LEVELS = ("ambition", "orientation", "theme", "need", "objective")
PARTS = ("leads", "co_leads", "partners", "funders")
#: The cells of the thematic layout that tell what is linked, when the voted document says nothing.
COMPOSABLE = frozenset(
    {"factors_text", "partners_text", "quantitative_text", "qualitative_text", "calendar_text"}
)
_SHARE = re.compile(r"(?:0?[.,]\d+|[01](?:[.,]0+)?)")
#: The days that a spreadsheet counts, when the format of a date is lost: 1954 to 2119.
_SERIALS = range(20_000, 80_000)


def in_words(key: str, cell: Cell) -> str:
    """The text of a cell as the writer of the workbook would have said it."""
    text = cell.text
    if key == "progress":
        return _share(text, is_number=cell.is_number)
    if key in DAYS:
        return day_in_words(text, is_number=cell.is_number)
    if cell.is_date:
        return f"{dt.date.fromisoformat(text):%d/%m/%Y}"
    return text


def _share(text: str, *, is_number: bool) -> str:
    """« 40 % », also for 0.4 that lost its format; a bare 40 is what a person typed."""
    if is_number and _SHARE.fullmatch(text):
        return f"{round(float(text.replace(',', '.')) * 100)} %"
    whole = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*%?", text)
    return f"{whole[1]} %" if whole else text


def day_in_words(text: str, *, is_number: bool) -> str:
    """« 31/12/2026 », also for a day that lost its format; any other text as it is."""
    if is_number and text.isdecimal() and int(text) in _SERIALS:
        return f"{dt.date(1899, 12, 30) + dt.timedelta(days=int(text)):%d/%m/%Y}"
    day = read_date(text)
    return f"{day:%d/%m/%Y}" if day else text


def label_of(key: str, plan: Plan) -> str:
    """How a person calls the field of a column."""
    if key in LEVELS:
        return str(getattr(plan, f"{key}_label"))
    if key == "priority":
        return plan.priority_label
    if key in _LABELS:
        return _LABELS[key]
    return Action(plan=plan).label_tracked(key)


_LABELS = {
    "sheet": "texte de l’action",
    "carriers": "porteurs",
    "factors": "freins et leviers",
    "indicators": "indicateurs",
}
