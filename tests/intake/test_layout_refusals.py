"""Files with columns like those of a plan, and no action in them, are told so."""

import pytest

from ctg.intake.content import read_plan
from ctg.intake.layout import NoAction, recognise

from .corpus.making import source, table

OTHERS = {
    "an invoice": [
        ["Facture n° 2026-041"],
        [],
        ["Désignation", "Quantité", "Prix unitaire", "Montant HT"],
        ["Repas livrés", 120, "4,50 €", "540,00 €"],
        ["Total HT", None, None, "636,00 €"],
    ],
    "a list of invoices": [
        ["Référence", "Libellé", "Date", "Montant", "Statut"],
        ["F-01", "Achat de jeux", "01/03/2026", "120 €", "Payée"],
        ["F-02", "Location de salle", "05/03/2026", "80 €", "En attente"],
    ],
    "a budget": [
        ["Compte", "Libellé", "Budget 2025", "Réalisé 2025"],
        ["60", "Achats", 1200, 1100],
        ["64", "Charges de personnel", 22000, 21500],
    ],
    "a list of people": [
        ["Référent", "Structure", "Commune", "Partenaires"],
        ["Mme Petit", "CCAS", "Bailly", "Caf"],
        ["M. Roux", "MJC", "Laon", "Ville"],
    ],
    "a timetable": [
        ["Horaires", "Lundi", "Mardi", "Mercredi"],
        ["8h30-9h", "Accueil", "Sortie", "Accueil"],
        ["9h-10h", "Musique", "Parc", "Motricité"],
    ],
    "a diagnosis": [
        ["Thématique", "Atouts", "Faiblesses", "Enjeux"],
        ["Petite enfance", "Offre variée", "Peu de places", "Maintenir l’offre"],
        ["Jeunesse", "MJC", "Mobilité", "Aller vers"],
    ],
    "a list of services": [
        ["Nom de la structure", "MJC"],
        ["Responsable", "Mme Petit"],
        ["Commune", "Laon"],
        ["Public", "11-17 ans"],
        ["Partenaires", "Caf, mairie"],
        ["Budget", "20 000 €"],
    ],
    "a form that nobody filled in": [
        ["Fiche action n°"],
        ["Intitulé de l’action"],
        ["Pilote"],
        ["Partenaires"],
        ["Calendrier"],
    ],
    "counts of actions": [
        ["Axe", "Nb actions", "Réalisées", "En cours"],
        ["Familles", 5, 1, 3],
        ["Jeunes", 6, 2, 3],
    ],
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_file_of_another_kind_is_refused_with_what_was_looked_for(name):
    file = source(table("Feuil1", OTHERS[name]))
    with pytest.raises(NoAction, match="Aucune action n’a été trouvée"):
        read_plan(file, recognise(file))
