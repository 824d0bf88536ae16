"""Rows of actions under rows that name a theme or an axis; numbers before titles."""

from .cases import Expected, case
from .making import source, table


@case
def bands_in_capitals():
    rows = [
        ["Besoin", "Action", "Pilote"],
        ["PETITE ENFANCE"],
        ["ENFANCE / JEUNESSE"],
        ["Peu d’offres", "Créer un lieu", "CCAS"],
        ["LOGEMENT"],
        ["Mal-logement", "Créer un guide", "Caf"],
        ["MOBILITÉ"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {"title": "Créer un lieu", "theme": "ENFANCE / JEUNESSE"},
            {"theme": "LOGEMENT", "need": "Mal-logement"},
        ],
        themes=["PETITE ENFANCE", "ENFANCE / JEUNESSE", "LOGEMENT", "MOBILITÉ"],
    )


@case
def bands_merged_over_the_width():
    rows = [
        ["Action", "Pilote", "Partenaires", "Calendrier"],
        ["Axe 1 : Accompagner les parents"],
        ["Créer un lieu", "CCAS", "Caf", "2026"],
        ["Axe 2 : Soutenir les jeunes"],
        ["Créer un guide", "Caf", "MDA", "2027"],
    ]
    return source(table("Feuil1", rows, merges=("A2:D2", "A4:D4"))), Expected(
        [
            {"title": "Créer un lieu", "ambition": "Accompagner les parents"},
            {"title": "Créer un guide", "ambition": "Soutenir les jeunes"},
        ],
        ambitions=["Accompagner les parents", "Soutenir les jeunes"],
    )


@case
def bands_on_two_levels():
    rows = [
        ["N°", "Action", "Porteur", "Échéance"],
        ["AXE 1 – VIE SOCIALE"],
        ["Orientation 1.1 : Animer"],
        ["1", "Créer un lieu", "CCAS", "2026"],
        ["Orientation 1.2 : Informer"],
        ["2", "Créer un guide", "Caf", "2027"],
        ["AXE 2 – JEUNESSE"],
        ["Orientation 2.1 : Écouter"],
        ["3", "Créer un point écoute", "MDA", "2028"],
        ["AXE 3 – LOGEMENT"],
        ["4", "Ouvrir une permanence", "ADIL", "2028"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {"number": 1, "ambition": "VIE SOCIALE", "orientation": "Animer"},
            {"number": 2, "ambition": "VIE SOCIALE", "orientation": "Informer"},
            {"number": 3, "ambition": "JEUNESSE", "orientation": "Écouter"},
            {"number": 4, "ambition": "LOGEMENT", "orientation": None},
        ],
        ambitions=["VIE SOCIALE", "JEUNESSE", "LOGEMENT"],
    )


@case
def bands_in_bold():
    rows = [
        ["Action", "Pilote", "Échéance"],
        ["Parentalité"],
        ["Créer un lieu", "CCAS", "2026"],
        ["Créer un café", "CCAS", "2026"],
        ["Séniors"],
        ["Créer un guide", "Caf", "2027"],
    ]
    return source(table("Feuil1", rows, bold=(1, 2, 5))), Expected(
        [{"theme": "Parentalité"}, {"theme": "Parentalité"}, {"theme": "Séniors"}],
        themes=["Parentalité", "Séniors"],
    )


@case
def an_action_with_nothing_but_its_title():
    rows = [
        ["Action", "Pilote", "Échéance"],
        ["Créer un lieu", "CCAS", "2026"],
        ["Créer un café"],
        ["Créer un guide", "Caf", "2027"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {"title": "Créer un lieu"},
            {"title": "Créer un café", "leads_text": ""},
            {"title": "Créer un guide"},
        ]
    )


@case
def numbers_before_titles():
    rows = [
        ["Orientation", "Action", "Pilote"],
        ["A. Animer", "1. Créer un lieu", "CCAS"],
        [None, "2. Créer un café", "CCAS"],
        ["B. Informer", "3. Créer un guide", "Caf"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {"number": 1, "title": "Créer un lieu", "ambition": "Animer"},
            {"number": 2, "title": "Créer un café", "ambition": "Animer"},
            {"number": 3, "title": "Créer un guide", "ambition": "Informer"},
        ],
        ambitions=["Animer", "Informer"],
    )


@case
def numbers_on_two_levels():
    rows = [
        ["Axe", "Action", "Pilote"],
        ["1. Vie sociale", "1.1 Créer un lieu", "CCAS"],
        [None, "1.2 Créer un café", "CCAS"],
        ["2. Jeunesse", "2.1 Créer un point écoute", "MDA"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {"number": None, "number_text": "1.1", "title": "Créer un lieu", "ambition": "Vie sociale"},
            {"number_text": "1.2", "title": "Créer un café"},
            {"number_text": "2.1", "ambition": "Jeunesse"},
        ],
        ambitions=["Vie sociale", "Jeunesse"],
    )


@case
def numbers_that_begin_again():
    rows = [
        ["Thème", "N° action", "Action", "Pilote"],
        ["Enfance", 1, "Créer un lieu", "CCAS"],
        [None, 2, "Créer un café", "CCAS"],
        ["Jeunesse", 1, "Créer un point écoute", "MDA"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {"number": None, "number_text": "1", "theme": "Enfance"},
            {"number": None, "number_text": "2", "theme": "Enfance"},
            {"number": None, "number_text": "1", "theme": "Jeunesse"},
        ],
        themes=["Enfance", "Jeunesse"],
    )


@case
def an_ambition_with_its_impacts():
    rows = [
        ["Ambitions et impacts", "Actions", "Pilote"],
        ["Renforcer le lien social\n- Plus de rencontres\n- Moins d’isolement", "Créer un lieu", "CCAS"],
        [None, "Créer un café", "CCAS"],
        ["Faciliter l’accès aux droits\n- Moins de non-recours", "Créer un guide", "Caf"],
    ]
    return source(table("Feuil1", rows)), Expected(
        [
            {"ambition": "Renforcer le lien social"},
            {"ambition": "Renforcer le lien social"},
            {"ambition": "Faciliter l’accès aux droits"},
        ],
        ambitions=["Renforcer le lien social", "Faciliter l’accès aux droits"],
    )


@case
def an_action_cell_that_is_a_document():
    cell = (
        "Action 4 : Créer un lieu\nObjectif : accueillir les familles\nContenu de l’action :"
        "\n• ouvrir un local\n• l’animer\nEffets attendus :\n• Moins d’isolement"
    )
    rows = [["Axe", "Action", "Pilote"], ["Vie sociale", cell, "CCAS"]]
    return source(table("Tableau 1", rows), name="plan.docx"), Expected(
        [
            {
                "number": 4,
                "title": "Créer un lieu",
                "purpose_label": "Objectif",
                "purpose": "accueillir les familles",
                "content_label": "Contenu de l’action",
                "content": "• ouvrir un local\n• l’animer",
                "effects": "• Moins d’isolement",
            }
        ],
        ambitions=["Vie sociale"],
    )


@case
def actions_over_the_width_with_their_details_below():
    rows = [
        ["Étapes", "Pilote", "Échéance", "Indicateurs"],
        ["Action 1 : Créer un lieu"],
        ["Trouver un local", "CCAS", "2025", "Local trouvé"],
        ["Recruter", "Caf", "2026", "Nombre de recrutés"],
        ["Action 2 : Créer un guide"],
        ["Écrire", "Caf", "2027", "Nombre de guides"],
    ]
    return source(table("Feuil1", rows, merges=("A2:D2", "A5:D5"))), Expected(
        [
            {
                "number": 1,
                "title": "Créer un lieu",
                "content": "Trouver un local\nRecruter",
                "leads_text": "CCAS\nCaf",
            },
            {"number": 2, "title": "Créer un guide", "calendar_text": "2027"},
        ]
    )
