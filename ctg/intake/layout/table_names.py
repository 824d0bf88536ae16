"""What the name of a sheet, or the words before a table, say of all that is in it."""

import re

from ctg.web.text import fold

from .bands import is_theme
from .fields import Field
from .numbering import split_number, without_suite
from .shapes import Heading

_LONGEST = 60
#: « Fiche vierge », « Modèle de fiche »: a form to copy.
_TO_COPY = re.compile(r"\bvierge\b|\btrame\b|\bmodele (?:de )?fiche|\bfiche (?:modele|type)\b|^modele$")
_COUNTED = re.compile(r"^Tableau \d+(?:\s*:\s*)?")
_SAYS_NOTHING = re.compile(
    r"^(?:feuil(?:le)?|sheet|tableau|table|page|onglet|plan|plan d actions?|actions?|ctg|donnees?"
    r"|export|classeur"
    r"|plan d actions? ctg|fiches?|fiches? actions?|suivi|synthese|recap(?:itulatif)?|programme|bilan"
    r"|tableau de (?:bord|suivi)|texte hors des tableaux|collage|texte colle)?(?: ?\d+| ctg)*(?: 20\d\d)*$"
)


def said_by_name(name: str) -> str:
    """« Axe 1 : Familles » of « Tableau 2 : Axe 1 : Familles »; nothing of « Feuil1 »."""
    name = without_suite(_COUNTED.sub("", name).strip())
    folded = fold(name)
    return "" if _SAYS_NOTHING.match(folded) or _TO_COPY.search(folded) else name


def heading_of_name(name: str, *, several: bool) -> Heading | None:
    """The level that the name of a table of rows says.

    A name without a level is a theme, where several tables share the plan and it reads as a title.
    """
    said = said_by_name(name)
    level = split_number(said).level
    reads_as_title = len(said) <= _LONGEST and not said.endswith((":", ".", ";"))
    if said and level is None and several and (reads_as_title or is_theme(said)):
        level = Field.THEME
    return Heading(level, said) if said and level else None
