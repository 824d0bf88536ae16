"""What was read from the texts of a column, or for want of better, is said to be so."""

from ..tables import Place, SourceFile
from .fields import Field
from .matching import ENOUGH, candidates
from .shapes import Arrangement, Doubt, MatchedColumn, MatchedTable, Recognised, Spot

#: Under this, a title alone did not say the field.
_SURE = 0.62
_MOST_NAMED = 5


def doubts_of(source: SourceFile, recognised: Recognised) -> list[Doubt]:
    """One for each field that columns were guessed to hold; none for what a person chose."""
    guessed: dict[Field, dict[str, Spot | None]] = {}
    for column in recognised.columns:
        table = next((one for one in recognised.tables if one.holds(column)), None)
        if column.field and table and _is_guess(column):
            spot = _spot(source, table, column)
            guessed.setdefault(column.field, {}).setdefault(column.title[:80], spot)
    return [Doubt(_reason(field, list(told)), next(iter(told.values()))) for field, told in guessed.items()]


def _is_guess(column: MatchedColumn) -> bool:
    """A number is plain to see, and a title that says « actions » among other words says it."""
    if column.field == Field.NUMBER or column.score >= _SURE:
        return False
    return not any(kind == column.field and score >= ENOUGH for score, kind in candidates(column.title))


def _reason(field: Field, titles: list[str]) -> str:
    words = "l’action" if field == Field.TITLE else field.label
    if len(titles) == 1:
        named = f"La colonne «\u00a0{titles[0]}\u00a0»" if titles[0] else "Une colonne sans titre"
        return f"{named} est lue comme «\u00a0{words}\u00a0» d’après son contenu."
    named = ", ".join(f"«\u00a0{title or 'sans titre'}\u00a0»" for title in titles[:_MOST_NAMED])
    others = len(titles) - _MOST_NAMED
    more = f" et {others} autre{'s' if others > 1 else ''}" if others > 0 else ""
    return f"Les colonnes {named}{more} sont lues comme «\u00a0{words}\u00a0» d’après leur contenu."


def _spot(source: SourceFile, table: MatchedTable, column: MatchedColumn) -> Spot | None:
    """The cell of its title, where there is one."""
    row = table.header_rows[1]
    place = (
        Place(column.column, row) if table.arrangement == Arrangement.COLUMNS else Place(row, column.column)
    )
    return Spot(table.table, place) if place in source.tables[table.table].cells else None
