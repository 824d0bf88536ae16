"""Whatever the table, each cell is accounted for; whatever the layout, a plan comes back."""

from dataclasses import fields

from hypothesis import given, settings
from hypothesis import strategies as st

from ctg.intake.content import account, read_plan
from ctg.intake.layout import NoAction, apply, recognise
from ctg.intake.tables import Cell, Place, SourceFile, Table
from ctg.web.text import fold

from .corpus.making import source, table

TEXTS = st.sampled_from(
    [
        "Action",
        "Actions – Objectifs",
        "Pilote",
        "Partenaires",
        "Calendrier",
        "N°",
        "Axe",
        "Thématique",
        "Objectif",
    ]
    + [
        "Indicateurs",
        "quantitatifs",
        "2025",
        "2026",
        "T1",
        "X",
        "VRAI",
        "1",
        "2",
        "1.1",
        "3.0",
        "Total",
        "46023",
    ]
    + [
        "PETITE ENFANCE",
        "Axe 1 : Familles",
        "Orientation 1.2 – Animer",
        "Fiche action n° 3",
        "Action 4 : Créer un lieu",
    ]
    + [
        "Créer un lieu",
        "Créer un guide",
        "Former les agents",
        "CCAS",
        "Caf, Mairie",
        "Pilote : Caf",
        "* une note",
    ]
    + [
        "Ex : ce qu’il faut écrire",
        "Nombre de visites - Satisfaction",
        "Titre\nObjectif : accueillir\n• un\n• deux",
    ]
    + [
        "<b>Créer</b> <b>un lieu</b>",
        "Intitulé de l’action",
        "Échéance",
        "Début",
        "Fin",
        "\u00a0",
        ":",
        "–",
        "« »",
    ]
)


@st.composite
def tables(draw):
    height, width = draw(st.integers(1, 8)), draw(st.integers(1, 6))
    cells, taken = {}, set()
    for row in range(1, height + 1):
        for column in range(1, width + 1):
            if (row, column) in taken or not draw(st.booleans()):
                continue
            rows, columns = draw(
                st.sampled_from([(1, 1), (1, 1), (1, 1), (2, 1), (1, 2), (1, width), (3, 1)])
            )
            covered = {(row + down, column + right) for down in range(rows) for right in range(columns)}
            if covered & taken:
                rows, columns, covered = 1, 1, {(row, column)}
            taken |= covered
            place = Place(row, column)
            cells[place] = Cell(place, draw(TEXTS), rows, columns, draw(st.booleans()))
    return Table(
        draw(st.sampled_from(["Feuil1", "Jeunesse", "Axe 2", "Fiche 3", "Texte hors des tableaux"])), cells
    )


COMPOSING = {"a", "à", "jusqu", "partir", "de"}


def words(text):
    return set(fold(text).split())


def read(file):
    try:
        return read_plan(file, recognise(file))
    except NoAction:
        return None


@settings(max_examples=150)
@given(st.lists(tables(), min_size=1, max_size=3))
def test_every_cell_of_any_file_is_accounted_for(made):
    file = SourceFile("plan.xlsx", tuple(made))
    plan = read(file)
    if plan is None:
        return
    accounting = account(file, plan)
    assert accounting.missing == ()
    assert accounting.lost == ()
    assert accounting.total == sum(len(table.cells) for table in made)


@settings(max_examples=80)
@given(st.lists(tables(), min_size=1, max_size=2))
def test_no_word_of_a_plan_is_invented(made):
    file = SourceFile("plan.xlsx", tuple(made))
    plan = read(file)
    if plan is None:
        return
    said = set().union(*(words(cell.text) for table in made for cell in table.cells.values()), COMPOSING)
    said |= set().union(*(words(table.name) for table in made)) | {"01", "2026"}
    for action in plan.actions:
        texts = [getattr(action, one.name) for one in fields(action)]
        assert set().union(*(words(text) for text in texts if isinstance(text, str))) <= said


@settings(max_examples=60)
@given(st.lists(tables(), min_size=1, max_size=2), st.data())
def test_a_correction_of_the_columns_loses_nothing_either(made, data):
    file = SourceFile("plan.xlsx", tuple(made))
    try:
        found = recognise(file)
    except NoAction:
        return
    names = ["", "title", "number", "theme", "content", "leads", "calendar", "indicators", "period"]
    choices = {column.key: data.draw(st.sampled_from(names)) for column in found.columns}
    laid = apply(file, found.corrected(choices))
    placed = set(laid.roles) | {leftover.spot for leftover in laid.leftovers}
    assert len(placed) == sum(len(table.cells) for table in made)


TITLES = [
    "Créer un lieu",
    "Former les agents",
    "Ouvrir une permanence",
    "Publier un guide",
    "Animer un réseau",
    "Aider",
]
HEADERS = {
    "title": ["Action", "Intitulé de l’action", "Actions prévues", "Fiche action"],
    "leads_text": ["Pilote", "Chef de file", "Porteur(s)", "Référent·e"],
    "partners_text": ["Partenaires", "Partenaires associés", "Partenariat"],
    "calendar_text": ["Calendrier", "Échéance", "Période", "Délai"],
    "objective": ["Objectif", "Objectifs (changements souhaités)"],
    "theme": ["Thématique", "Thème", "Domaine"],
}
VALUES = {
    "leads_text": ["CCAS", "Caf", "Service jeunesse"],
    "partners_text": ["Communes, Caf", "MDA - CCAS", "Habitants"],
    "calendar_text": ["2026", "2025 à 2028", "rentrée 2027", "en continu"],
    "objective": ["Accueillir", "Informer", "Aller vers"],
    "theme": ["Jeunesse", "Logement", "Parentalité"],
}


@st.composite
def plans_laid_out(draw):
    """A plan of one to six actions, and the same in a layout drawn at random."""
    kept = [*draw(st.lists(st.sampled_from(list(VALUES)), min_size=2, unique=True))]
    titles = TITLES[: draw(st.integers(1, 6))]
    actions = [
        {"title": title, **{key: draw(st.sampled_from(VALUES[key])) for key in kept}} for title in titles
    ]
    actions.sort(key=lambda action: [action.get(key, "") for key in ("theme", "objective")])
    as_bands = "theme" in kept and draw(st.booleans())
    filled_down = draw(st.booleans())
    columns = draw(st.permutations(["title", *(key for key in kept if not (as_bands and key == "theme"))]))
    columns = sorted(columns, key=lambda key: {"theme": 0, "objective": 1}.get(key, 2))
    header = [draw(st.sampled_from(HEADERS[key])) for key in columns]
    above = draw(st.sampled_from([[], [["Plan d’actions CTG 2025-2028"], []]]))
    rows, before = [*above, header], {}
    for rank, action in enumerate(actions):
        is_new_band = as_bands and action["theme"] != before.get("theme")
        if is_new_band:
            rows.append([action["theme"].upper()])
        if rank and draw(st.booleans()):
            rows.append(header)
        blank = set()
        if filled_down and not is_new_band:
            for key in (key for key in columns if key in ("theme", "objective")):
                if action[key] != before.get(key):
                    break
                blank.add(key)
        rows.append(["" if key in blank else action[key] for key in columns])
        before = action
    return actions, source(table("Feuil1", rows)), as_bands


@settings(max_examples=80)
@given(plans_laid_out())
def test_a_plan_comes_back_from_any_layout(made):
    actions, file, as_bands = made
    plan = read(file)
    found = [{key: getattr(one, key) for key in actions[0]} for one in plan.actions]
    if as_bands:
        actions = [action | {"theme": action["theme"].upper()} for action in actions]
    assert found == actions
    assert account(file, plan).is_complete
    assert not plan.leftovers
