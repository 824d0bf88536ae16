"""The columns of a table of values, known by the usual titles."""

from enum import StrEnum

from ctg.intake.tables import Place, Refusal, Table
from ctg.web.text import fold


class Column(StrEnum):
    """The value is how the column is called in the model to download."""

    NUMBER = "N° indicateur"
    INDICATOR = "Indicateur"
    ORGANISATION = "Organisme"
    PERIOD = "Période"
    CATEGORY = "Catégorie"
    VALUE = "Valeur"
    BASE = "Sur"
    COMMENT = "Commentaire"


_SYNONYMS = {
    Column.NUMBER: ("n indicateur", "numero indicateur", "numero de l indicateur", "id indicateur", "id"),
    Column.INDICATOR: ("indicateurs", "intitule", "libelle", "nom de l indicateur", "mesure"),
    Column.ORGANISATION: ("organisation", "structure", "partenaire", "contributeur", "service", "porteur"),
    Column.PERIOD: ("annee", "exercice", "an", "date", "trimestre", "semestre", "mois"),
    Column.CATEGORY: ("ventilation", "tranche", "modalite", "commune", "public"),
    Column.VALUE: ("valeurs", "resultat", "realise", "nombre", "montant", "numerateur", "quantite"),
    Column.BASE: ("denominateur", "effectif", "total", "base", "repondants", "nombre de cas"),
    Column.COMMENT: ("commentaires", "observation", "observations", "remarque", "remarques", "note"),
}
_KNOWN = {fold(title): column for column, others in _SYNONYMS.items() for title in (column.value, *others)}

#: How far down the titles are looked for.
_DEEPEST = 20
MISSING = (
    "Il manque {} dans ce tableau. Sa première ligne donne les titres\u00a0: Indicateur (ou N° indicateur), "
    "Organisme, Période, Valeur."
)


class Titles(dict[Column, int]):
    """Where each column stands; `row` is that of the titles."""

    row = 0


def find_titles(table: Table) -> Titles | None:
    """The first row that holds most of the titles; None for a table that is not one of values.

    Raise `Refusal` for one that lacks a column.
    """
    best = Titles()
    for row in range(1, _DEEPEST + 1):
        found = Titles()
        for place, cell in table.cells.items():
            column = _KNOWN.get(fold(cell.text)) if place.row == row else None
            if column:
                found.setdefault(column, place.column)
        if len(found) > len(best):
            best, best.row = found, row
    if Column.VALUE not in best:
        return None
    missing = [name for name in (Column.ORGANISATION, Column.PERIOD) if name not in best]
    if not {Column.NUMBER, Column.INDICATOR} & set(best):
        missing.insert(0, Column.INDICATOR)
    if missing:
        raise Refusal(
            MISSING.format(" et ".join(f"la colonne «\u00a0{name.value}\u00a0»" for name in missing))
        )
    return best


def place_in(titles: Titles, row: int, column: Column) -> Place | None:
    return Place(row, titles[column]) if column in titles else None
