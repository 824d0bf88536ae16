"""What each funder gives: a column each, or its amount beside its name."""

from .cases import Expected, case
from .making import source, table


@case
def a_column_for_each_funder_and_one_for_the_others():
    rows = [
        ["Action", "Coût total", "dont Caf", "dont CC", "Autres", "Pilote"],
        ["Créer un relais", 1000, 400, 300, "MSA 200 €", "CCAS"],
        ["Former les animateurs", 500, 500, None, None, "Mairie"],
        ["Ouvrir un local", 700, None, 600, "Communes 100 €", "Mairie"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {
                "funders_text": "Caf\nCC\nMSA 200 €",
                "budget_text": "Coût total : 1000\ndont Caf : 400\ndont CC : 300\nAutres : MSA 200 €",
            },
            {"funders_text": "Caf", "budget_text": "Coût total : 500\ndont Caf : 500"},
            {"funders_text": "CC\nCommunes 100 €"},
        ]
    )


@case
def amounts_beside_the_names_of_funders():
    rows = [
        ["Action", "Coût", "Cofinanceurs"],
        ["Créer un relais", "2 000 €", "Caf 1 200 € ; DSIL (40 %)"],
        ["Former les animateurs", "500 €", "Caf"],
        ["Ouvrir un local", "900 €", "900 €"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {
                "funders_text": "Caf 1 200 € ; DSIL (40 %)",
                "budget_text": "Coût : 2 000 €\nCofinanceurs : Caf 1 200 € ; DSIL (40 %)",
            },
            {"funders_text": "Caf", "budget_text": "500 €"},
            {"funders_text": "", "budget_text": "Coût : 900 €\nCofinanceurs : 900 €"},
        ]
    )
