"""The budget of an action on its sheet: its lines, and a sentence that says what the sums lack."""

from collections.abc import Sequence

from actions.budget.totals import Line, Sums, sums_of
from actions.models import BudgetLine
from ctg.documents.papers.blocks import Block, Column, Fact, Table

LINES = (
    *(Column("Année", 10), Column("Qui finance", 26), Column("Nature", 34)),
    *(Column("Prévu", 15), Column("Réalisé", 15)),
)


def budget_of(lines: Sequence[BudgetLine], this_year: int) -> list[Block]:
    """Nothing when there is no line."""
    if not lines:
        return []
    rows = [
        [
            str(line.year),
            line.funder_name,
            "\n".join(filter(None, [line.nature, line.comment])) or "–",
            line.planned_words or "non renseigné",
            line.actual_words or "non renseigné",
        ]
        for line in lines
    ]
    figures = [Line(line.action_id, line.year, line.funder_name, line.planned, line.actual) for line in lines]
    return [Fact("En tout", [in_words(sums_of(figures, this_year))]), Table("Budget", LINES, rows)]


def in_words(sums: Sums) -> str:
    """« 12 500 € prévus (1 montant manque), 9 000 € réalisés »"""
    said = []
    for total, word in ((sums.planned, "prévu"), (sums.actual, "réalisé")):
        amount = f"{total.in_euros} {word}s" if total.known else f"rien de chiffré dans le {word}"
        said.append(f"{amount} ({total.lack})" if total.lack else amount)
    return ", ".join(said)
