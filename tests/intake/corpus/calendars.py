"""Calendars in columns: years and months to tick, beginnings and ends, numbers of the spreadsheet."""

from dataclasses import replace

from ctg.intake.tables import Place

from .cases import Expected, case
from .making import source, table


@case
def a_year_per_column():
    rows = [
        ["Action", "Pilote", "2025", "2026", "2027", "2028"],
        ["Créer un lieu", "CCAS", "X", "X", "X", None],
        ["Créer un café", "CCAS", None, "x", None, "x"],
        ["Créer un guide", "Caf", None, None, "✓", None],
        ["Créer un réseau", "Caf", None, "Étude", "X", None],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {"calendar_text": "2025 à 2027"},
            {"calendar_text": "2026, 2028"},
            {"calendar_text": "2027"},
            {"calendar_text": "2026 à 2027\n2026 : Étude"},
        ]
    )


@case
def a_quarter_per_column_under_its_year():
    rows = [
        ["Action", "Porteur", "2025", None, None, None, "2026", None],
        [None, None, "T1", "T2", "T3", "T4", "T1", "T2"],
        ["Créer un lieu", "CCAS", None, None, None, "x", "x", None],
        ["Créer un guide", "Caf", "x", None, None, None, None, None],
    ]
    merges = ("A1:A2", "B1:B2", "C1:F1", "G1:H1")
    return source(table("Feuil1", rows, merges=merges)), Expected(
        [{"calendar_text": "T4 2025 à T1 2026"}, {"calendar_text": "T1 2025"}]
    )


@case
def a_month_per_column():
    months = ["janv.", "févr.", "mars", "avril", "mai", "juin"]
    rows = [
        ["Action", "Pilote", *months],
        ["Créer un lieu", "CCAS", None, "x", "x", "x", None, None],
        ["Créer un guide", "Caf", "x", None, None, None, None, None],
    ]
    return source(table("Feuil1", rows)), Expected(
        [{"calendar_text": "févr. à avril"}, {"calendar_text": "janv."}]
    )


@case
def a_bar_merged_over_its_years():
    rows = [
        ["Action", "Pilote", "2025", "2026", "2027"],
        ["Créer un lieu", "CCAS", "X", None, None],
        ["Créer un guide", "Caf", None, "X", None],
    ]
    return source(table("Feuil1", rows, merges=("C2:D2",))), Expected(
        [{"calendar_text": "2025 à 2026"}, {"calendar_text": "2026"}]
    )


@case
def beginnings_and_ends():
    rows = [
        ["Action", "Responsable", "Date de début", "Date de fin"],
        ["Créer un lieu", "CCAS", "2026-01-15", "2026-06-30"],
        ["Créer un guide", "Caf", "2025", "2027"],
        ["Créer un café", "Caf", None, "2027"],
    ]
    made = table("Feuil1", rows)
    for place in (Place(2, 3), Place(2, 4)):
        made.cells[place] = replace(made.cells[place], is_date=True)
    return source(made), Expected(
        [
            {"calendar_text": "15/01/2026 à 30/06/2026"},
            {"calendar_text": "2025 à 2027"},
            {"calendar_text": "jusqu’à 2027"},
        ]
    )


@case
def days_as_numbers_of_the_spreadsheet():
    rows = [
        ["Action", "Pilote", "Échéance"],
        ["Créer un lieu", "CCAS", 46023],
        ["Créer un guide", "Caf", "rentrée 2027"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [{"calendar_text": "01/01/2026"}, {"calendar_text": "rentrée 2027"}]
    )


@case
def a_budget_per_year():
    rows = [
        ["Action", "Pilote", "Budget", None],
        [None, None, "2025", "2026"],
        ["Créer un lieu", "CCAS", 1000, 2000],
        ["Créer un guide", "Caf", None, 500],
    ]
    return source(table("Feuil1", rows, merges=("C1:D1",))), Expected(
        [
            {"budget_text": "2025 : 1000\n2026 : 2000", "calendar_text": ""},
            {"budget_text": "500"},
        ]
    )
