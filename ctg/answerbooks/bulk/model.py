"""The model of a table of values: a row for each value that the plan expects of a year, to be filled."""

import datetime as dt
from collections.abc import Iterator

from actions.models import Plan
from ctg.documents.exports import Export, Format, file_name, where
from ctg.documents.workbooks.cells import Value
from indicators.grid.lines import read_grid
from indicators.models import Frequency, Indicator
from indicators.periods import ONCE_KEY, period_of
from partners.models import User

from .titles import Column

_WIDTHS = (13, 60, 30, 12, 22, 14, 12, 40)
_HELP = (
    ("Comment remplir", "Une valeur par ligne. Une ligne sans valeur ne change rien."),
    (Column.NUMBER.value, "Facultatif\u00a0: il distingue deux indicateurs de même nom."),
    (Column.ORGANISATION.value, "Son nom ou l’un de ses autres noms dans l’outil."),
    (Column.PERIOD.value, "2026, 2026-S1, 2026-T3 ou 2026-03, selon la fréquence de l’indicateur."),
    (
        Column.CATEGORY.value,
        "Vide pour le total. Pour deux ventilations\u00a0: «\u00a0Rivemont / 0-3 ans\u00a0».",
    ),
    (Column.VALUE.value, "Le nombre, le constat, ou la date à laquelle c’était fait."),
    (
        Column.BASE.value,
        "Le second nombre d’une part, les répondants d’une note, les cas d’une durée.",
    ),
)


def write_model(plan: Plan, user: User, *, today: dt.date) -> Export:
    from ctg.documents.workbooks.book import Book, row_height
    from ctg.documents.workbooks.plan_table import HEADER, TEXT

    book = Book(title=f"Valeurs à importer, {plan.title}")
    footer = f"{plan.territory.name} · {plan.title}"
    sheet = book.sheet("Valeurs", widths=_WIDTHS, repeat_rows=(1, 1), freeze="A2", footer=footer)
    sheet.row([column.value for column in Column], HEADER, height=row_height(2))
    for row in _rows(plan, user, today):
        sheet.row(row, TEXT)
    sheet.offer_filters()
    help_sheet = book.sheet("Aide", widths=(20, 90))
    for words in _HELP:
        help_sheet.row(words, TEXT)
    return Export(file_name(["valeurs", where(plan), "modele"], today, Format.XLSX), book.save())


def _rows(plan: Plan, user: User, today: dt.date) -> Iterator[list[Value]]:
    grid = read_grid(plan, user, whole=period_of(Frequency.YEAR, today.year), mine=None)
    seen = Indicator.objects.visible_to(user).filter(plan=plan)
    wordings = dict(seen.values_list("pk", "wording"))
    for slot in grid.slots:
        period = str(today.year) if slot.period == ONCE_KEY else slot.period
        organisation = grid.organisations[slot.organisation_id]
        yield [slot.indicator_id, wordings[slot.indicator_id], organisation, period, "", "", "", ""]
