"""Why something that a returned workbook says is not taken back, and what else there is to say of it."""

NOT_A_FIELD = "Cette colonne est calculée, ou se remplit ailleurs dans l’outil."
TORN = (
    "Ce texte continue dans la feuille «\u00a0Textes longs\u00a0», où sa suite n’est plus\u00a0: "
    "changez-le sur la fiche."
)
UNREADABLE = "Le repère de ce classeur ne se lit plus\u00a0: exportez le plan à nouveau."
TRASHED = "Cette action est à la corbeille\u00a0: sortez-la d’abord de là."
TAKEN = "Le numéro {} est déjà celui d’une autre action du plan."
UNTITLED = "Cette ligne n’a pas d’intitulé d’action."
NO_TITLE = "Une action a un intitulé."
GONE_FIELD = "Ce champ n’est plus un champ du plan\u00a0: sortez-le d’abord de la corbeille."
ELSEWHERE = "Se remplit sur la fiche, une fois l’action créée."

COMPUTED = (
    "Les dates sont comprises d’après le calendrier\u00a0: changez la colonne "
    "«\u00a0Calendrier, tel qu’écrit\u00a0»."
)
COMPOSED = (
    "Cette cellule est composée de ce qui est lié à l’action, non recopiée du document voté\u00a0: "
    "changez-le sur la fiche, ou dans la table à plat."
)
UNCUT = (
    "Ce texte réunit plusieurs rubriques de la fiche, et ce changement touche à leur limite\u00a0: "
    "on ne sait pas à laquelle il revient. Changez-le sur la fiche."
)
OTHERWISE = (
    "Cette cellule a été composée autrement depuis\u00a0: exportez à nouveau le plan, ou changez la fiche."
)

CHANGED_SINCE = (
    "Cette liste a changé dans l’outil depuis que le classeur en est sorti\u00a0: changez-la sur la fiche."
)
UNMATCHED = (
    "On ne sait pas à quel indicateur revient chaque ligne\u00a0: un indicateur s’ajoute et se retire "
    "sur la fiche. Ici, un intitulé se corrige sur sa ligne."
)
SEVERAL_LINES = "Un de ces textes tient sur plusieurs lignes\u00a0: changez-le sur la fiche."
STRUCTURE = "Ce changement ne se lit pas\u00a0: changez ce titre sur la page de l’organisation du plan."
UNKNOWN_TITLE = (
    "Aucune ligne du plan ne porte ce titre. Pour renommer un titre, changez-le partout où il se "
    "trouve\u00a0; pour classer l’action ailleurs, écrivez un titre du plan."
)
SHARED_TITLE = "Plusieurs lignes du plan portent ce titre\u00a0: classez cette action sur sa fiche."
ELSEWHERE_IN_PLAN = "Cette orientation appartient à «\u00a0{}\u00a0»."

NO_BUDGET = "Ce plan ne tient plus le budget de ses actions\u00a0: rien n’est repris de cette feuille."
TRASHED_LINE = "Cette ligne de budget est à la corbeille\u00a0: sortez-la d’abord de là."
OTHER_ACTION = (
    "Une ligne de budget reste à son action. Pour une autre action, ajoutez une ligne dans cette "
    "feuille\u00a0; un numéro ou un intitulé se corrige dans la table des actions."
)
NO_ACTION = "Cette ligne ne dit pas son action\u00a0: écrivez son numéro ou son intitulé."
UNKNOWN_ACTION = (
    "Aucune action du plan n’a ce numéro ou cet intitulé. Si l’action est nouvelle, ajoutez cette ligne "
    "sur sa fiche, une fois l’action créée."
)
SEVERAL_ACTIONS = (
    "On ne sait pas de quelle action il s’agit\u00a0: écrivez le numéro et l’intitulé d’une même action."
)
LOST_FIELD = "Une colonne de cette feuille manque\u00a0: une ligne nouvelle ne se lit qu’entière."

#: Said beside lines that are taken.
COPIED = (
    "Cette ligne porte le repère d’une autre, plus haut\u00a0: c’est une copie, proposée comme une "
    "action nouvelle."
)
COPIED_LINE = "C’est la copie d’une autre ligne, dont elle porte le repère."
SAME_LINE = "L’action a déjà une ligne de budget qui dit la même chose."
ALIKE = "Une action du plan porte déjà cet intitulé."

#: Said of the file as a whole.
SORTED = (
    "Les lignes ont été triées\u00a0: aucune action n’a changé de place pour autant. Pour en classer une "
    "ailleurs, passez par sa fiche ou par la table à plat."
)
LOST_COLUMN = (
    "La colonne «\u00a0{}\u00a0» n’est plus dans le fichier, ou son titre a changé\u00a0: "
    "rien n’en est repris."
)
ADDED_COLUMNS = "Colonnes ajoutées, qui n’ont pas de place dans le plan\u00a0: {}."
UNREAD_SHEET = (
    "Rien n’est repris de la feuille «\u00a0{}\u00a0»\u00a0: elle ne porte pas le repère de ce plan, "
    "ou une autre le porte avant elle."
)
ON_SHEET = "Feuille «\u00a0{}\u00a0» – {}"
