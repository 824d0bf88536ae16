"""The columns of the sheet « Valeurs »; those that are read back are known by their titles."""

VALUES = "Valeurs"

#: What stands in the place of a text that no cell can hold, and is not read back.
HELD_BACK = "Ce texte est trop long pour une case\u00a0: il se modifie sur la page."

VALUE, ABSENCE, COMMENT, MARK = "À remplir", "Pas de valeur\u00a0: pourquoi", "Commentaire", "Repère"

#: Each title with its width, in digits of the usual font; the marks stand right of them, hidden.
COLUMNS = (
    ("Action", 23),
    ("Indicateur", 27),
    ("Ce qu’il faut compter", 34),
    ("Période", 10),
    ("Ce qui est demandé", 25),
    ("L’an dernier", 12),
    ("Cible", 12),
    ("Unité", 11),
    (VALUE, 16),
    (ABSENCE, 18),
    (COMMENT, 24),
)
TITLES = tuple(title for title, _ in COLUMNS)
