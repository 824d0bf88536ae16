"""The words that open headings and titles of actions, and the themes that a row may say alone."""

from ..fields import Field

#: The word that opens a heading, « Axe 2 – … », and the level it announces.
LEVEL_WORDS: dict[str, Field] = {
    **dict.fromkeys(("ambition", "axe", "defi", "pilier", "volet", "priorite"), Field.AMBITION),
    **dict.fromkeys(("orientation", "sous axe"), Field.ORIENTATION),
    **dict.fromkeys(("theme", "thematique", "domaine", "champ", "rubrique"), Field.THEME),
    **dict.fromkeys(("champ d intervention", "domaine d intervention"), Field.THEME),
    **dict.fromkeys(("besoin", "enjeu", "constat", "problematique"), Field.NEED),
    **dict.fromkeys(("objectif", "objectif operationnel", "objectif specifique", "oo"), Field.OBJECTIVE),
    **dict.fromkeys(("objectif strategique", "objectif general", "os"), Field.ORIENTATION),
}

#: The word that opens the title of an action, « Fiche action n° 3 : … ».
ACTION_WORDS = ("fiche action", "action", "fiche projet", "fiche", "projet", "fa", "mesure")

#: Titles that say something of the document, or that count actions, and nothing of one.
ASIDE = (
    "date creation, date mise jour, mise jour, maj, date saisie, date redaction, redacteur, auteur,"
    " saisi par, version, page, legende, sigle, lexique, signature, nb action, nombre action, total,"
    " fiche mise jour, fiche creee, cree par, creee par"
)

#: The themes of the Caf, and how plans shorten them: a lonely row that says one of them is a band.
THEMES = (
    *("petite enfance", "enfance", "jeunesse", "parentalite", "animation de la vie sociale", "logement"),
    *("acces aux droits", "insertion", "inclusion numerique", "handicap", "mobilite", "sante", "seniors"),
    *("valeurs de la republique", "laicite", "autonomie", "aidants", "vie sociale", "numerique", "culture"),
    *("gouvernance", "pilotage", "transversal", "cadre de vie", "citoyennete", "soutien a la parentalite"),
)
