"""Which tables of a file hold the plan, and what their columns are."""

from dataclasses import replace

from ctg.web.text import fold

from ..tables import Refusal, SourceFile
from .annotations import without_annotations
from .around import headings_above, is_around
from .bands import band_text, is_band, is_level_row, level_bands, lonely, style_of
from .candidates import Candidate, examine, guess
from .fields import HEADINGS, Field
from .grid import Grid
from .guessing import begins_with_infinitive
from .headers import find_header
from .hidden import without_hidden
from .narratives import told_in_full
from .numbering import split_number
from .plausible import says_action
from .rooting import rooted
from .shapes import Arrangement, Heading, MatchedTable, Recognised
from .table_names import heading_of_name, said_by_name
from .title_blocks import headings_over, headings_over_columns

#: A title of a column that says « action » among few other words.
_SAID = 0.9
_WHO = frozenset({Field.LEADS, Field.ORGANISATIONS})
_WHEN = frozenset({Field.CALENDAR, Field.STARTS, Field.PERIOD})
_FOLLOWED = frozenset(
    {Field.PARTNERS, Field.INDICATORS, Field.QUANTITATIVE, Field.QUALITATIVE, Field.OBJECTIVE}
)


class NoAction(Refusal):
    """No table of the file holds actions."""

    def __init__(self) -> None:
        super().__init__(
            "Aucune action n’a été trouvée dans ce fichier. Nous cherchons un tableau dont une ligne "
            "donne les "
            "titres des colonnes (« Action », « Objectif », « Pilote », « Partenaires », « Calendrier »…), "
            "une action par ligne en dessous, ou des fiches « Fiche action n\u00b0\u00a01 » "
            "avec un intitulé en face de chaque rubrique."
        )


def recognise(source: SourceFile) -> Recognised:
    """Find the plan, or raise `NoAction`. What stands around tables is looked at where no table holds it."""
    source = without_annotations(source)
    chosen: list[Candidate] = []
    told: list[Candidate] = []
    for around in (False, True):
        looked_at = [(rank, table) for rank, table in enumerate(source.tables) if is_around(table) == around]
        examined = [one for rank, table in looked_at for one in examine(rank, table)]
        found = _choose(without_hidden(source, examined))
        told = told_in_full(chosen, found) if around and chosen else []
        chosen = chosen or found
        chosen = chosen or [one for rank, table in looked_at if (one := guess(rank, table))]
    if not chosen:
        raise NoAction
    chosen = [*_with_continuations(source, chosen), *told]
    bands = _bands(chosen)
    levels = set(bands.values()).union(*(one.fields for one in chosen))
    named = [one for one in chosen if one.names_actions and one.matched.arrangement != Arrangement.SHEETS]
    several = _are_apart(named) and all(said_by_name(source.tables[one.matched.table].name) for one in named)
    tables = tuple(
        _below_headings(
            source,
            one.matched,
            levels,
            heading_of_name(source.tables[one.matched.table].name, several=several and not _is_headed(one))
            if one in named
            else None,
        )
        if not told
        else one.matched
        for one in chosen
    )
    columns = tuple(column for one in chosen for column in one.columns)
    return rooted(Recognised(tables, columns, bands))


def _below_headings(
    source: SourceFile, matched: MatchedTable, levels: set[Field], name: Heading | None
) -> MatchedTable:
    """With the axes that the document, its name or its title block say, unless columns or bands hold them."""
    found = {one.level: one for one in headings_above(source, matched.table)}
    if name and fold(found.get(name.level, name).text) != fold(name.text):
        found[name.level] = name
    elif name:
        found.setdefault(name.level, name)
    if matched.arrangement != Arrangement.SHEETS:
        found.pop(Field.TITLE, None)
    if matched.arrangement == Arrangement.ROWS:
        found |= {one.level: one for one in headings_over(matched, source.tables[matched.table])}
    if matched.arrangement == Arrangement.COLUMNS:
        over = headings_over_columns(matched.table, source.tables[matched.table])
        found |= {one.level: one for one in over}
    kept = tuple(one for level, one in found.items() if level not in levels or level == Field.TITLE)
    return replace(matched, headings=kept)


def _choose(found: list[Candidate]) -> list[Candidate]:
    """The surest table, those that look like it, and all sheets."""
    if not found:
        return []
    sheets = [one for one in found if one.matched.arrangement == Arrangement.SHEETS]
    tables = [one for one in found if one not in sheets]
    best = max((one for one in tables if one.names_actions), key=lambda one: one.weight, default=None)
    kept = [one for one in tables if best and one.names_actions and _is_alike(one, best)]
    codes = {code for one in kept for code in one.codes}
    adding = [one for one in tables if not one.names_actions and one.codes and one.codes <= codes]
    return sorted([*kept, *adding, *sheets], key=lambda one: one.matched.table)


def _is_alike(one: Candidate, best: Candidate) -> bool:
    """Whether it tells of as many things, or plainly of actions, of who carries them and of when."""
    common = one.fields & best.fields
    if one is best or len(common) >= 0.6 * max(len(one.fields), 0.6 * len(best.fields)):
        return True
    title = next((column for column in one.columns if column.field == Field.TITLE), None)
    is_named = title is not None and title.score > _SAID and says_action(title.title)
    return is_named and bool(one.fields & _WHO) and bool(one.fields & _WHEN) and bool(one.fields & _FOLLOWED)


def _with_continuations(source: SourceFile, chosen: list[Candidate]) -> list[Candidate]:
    """Add the tables that go on under one of them, as wide and without a header of their own."""
    by_rank = {one.matched.table: one for one in chosen}
    for rank, table in enumerate(source.tables):
        before = by_rank.get(rank - 1)
        if rank in by_rank or not table.cells or before is None or is_around(table):
            continue
        grid = Grid(table)
        if before.matched.arrangement != Arrangement.ROWS or find_header(grid) is not None:
            continue
        columns = [replace(column, table=rank) for column in before.columns]
        after = Candidate(MatchedTable(rank, Arrangement.ROWS), columns, grid, before.weight)
        if table.width == source.tables[rank - 1].width > 1 and _goes_on(after, before):
            by_rank[rank] = after
            chosen = [*chosen, after]
    return sorted(chosen, key=lambda one: one.matched.table)


def _goes_on(after: Candidate, before: Candidate) -> bool:
    """Whether its actions are said as those above: with verbs, where these are."""
    verbs = [
        sum(map(begins_with_infinitive, one.titles)) / max(1, len(one.titles)) for one in (before, after)
    ]
    return verbs[0] < 0.6 or not after.titles or verbs[1] >= 0.5


def _is_headed(one: Candidate) -> bool:
    """Whether an axis stands above the header: the name of the sheet only says it in short."""
    above = (row for row in one.grid.rows if row < one.matched.header_rows[0])
    levels = [split_number(band_text(cells)).level for row in above if (cells := lonely(one.grid, row))]
    return any(level in HEADINGS for level in levels)


def _are_apart(tables: list[Candidate]) -> bool:
    """Several tables, of which none says again the actions of another."""
    titles = [title for one in tables for title in set(one.titles)]
    return len(tables) > 1 and len(set(titles)) > 0.8 * len(titles)


def _bands(chosen: list[Candidate]) -> dict[str, Field]:
    found: list[tuple[str, str]] = []
    taken: dict[str, set[Field]] = {}
    for one in chosen:
        if one.matched.arrangement == Arrangement.SHEETS:
            continue
        kinds = {column.column: column.field for column in one.columns}
        for row in one.grid.rows:
            first, last = one.matched.header_rows
            if is_band(one.grid, row, kinds) if row > last else row < first and is_level_row(one.grid, row):
                cells = lonely(one.grid, row)
                style = style_of(one.grid, cells)
                found.append((style, band_text(cells)))
                taken.setdefault(style, set()).update(one.fields & set(HEADINGS))
    return level_bands(found, taken)
