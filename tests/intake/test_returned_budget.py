"""The sheet « Budget » of a flat table comes back like its actions: shown, written once, taken back."""

import copy
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from actions.models import BudgetLine
from ctg.documents.exports import export_table
from ctg.documents.selection import Selection
from ctg.documents.workbooks.marks import BUDGET, BUDGET_SHEET
from ctg.intake.models import ReturnedPlan
from ctg.intake.reading.direct import read_file
from ctg.intake.returned.recognising import find_stamp, without_marks
from partners import tracking
from partners.models import Alias
from partners.tracking import Author
from tests import factories as f
from tests.documents.hostile import LONG, PAYLOADS, STORED
from tests.htmx import soup
from tests.intake.leaving import TODAY, Edited, diff_of, flat, values_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CAMILLE = Author("Camille, coordination")
NAMES = {"number": "N°", "title": "Action", "year": "Année", "funder": "Qui finance"}
NAMES |= {"nature": "Nature", "planned": "Prévu", "actual": "Réalisé", "comment": "Commentaire"}


@pytest.fixture
def plan(db):
    return f.PlanFactory(has_budget=True)


@pytest.fixture
def caf(plan):
    return f.OrganisationFactory(territory=plan.territory, name="Caf")


@pytest.fixture
def actions(plan):
    return [f.ActionFactory(plan=plan, number=rank, title=f"Action nommée {rank}") for rank in (1, 2)]


@pytest.fixture
def lines(actions, caf):
    """Three lines, in the order of their rows: two of the first action, one of the second."""
    return [
        f.BudgetLineFactory(action=actions[0], year=2026, planned="12500.50", nature="poste"),
        f.BudgetLineFactory(action=actions[0], year=2027, planned=None, funder=caf, comment="À voter"),
        f.BudgetLineFactory(action=actions[1], year=2026, planned="9999999999.99", actual="0.10"),
    ]


@pytest.fixture
def book(plan, lines):
    return Edited(flat(plan), BUDGET_SHEET)


def add(book, row, **said):
    for key, value in said.items():
        book.write(row, NAMES[key], value)


def mark_of(book, row):
    return book.cell(row, book.sheet.max_column)


def only(diff):
    """The only proposition, when nothing is refused."""
    assert not diff.untaken
    (line,) = diff.lines
    return line


def whys(diff):
    assert not diff.lines
    return [one.why.replace("\u00a0", " ").replace("\u202f", " ") for one in diff.untaken]


def is_untouched(content, plan):
    diff = diff_of(content, plan)
    return diff.is_empty and not diff.notes


def test_it_comes_back_as_it_left(plan, book):
    assert is_untouched(flat(plan), plan)
    assert is_untouched(book.content, plan)
    for text in [*STORED.values(), *PAYLOADS[:3], LONG]:
        BudgetLine.objects.update(nature=text[:100], comment=text)
        assert is_untouched(flat(plan), plan) and is_untouched(Edited(flat(plan)).content, plan), text[:20]


def test_it_is_hidden_and_found_whatever_the_order_of_the_sheets(plan, book):
    sheet = load_workbook(BytesIO(flat(plan)))[BUDGET_SHEET]
    assert [name for name, column in sheet.column_dimensions.items() if column.hidden] == ["I"]
    add(book, 1, planned=1)
    book.book.move_sheet(BUDGET_SHEET, -1)
    assert book.book.sheetnames[0] == BUDGET_SHEET
    source = read_file(book.content, "plan.xlsx")
    assert find_stamp(source)[0].name == "Actions"
    assert find_stamp(source, of_budget=True)[2].layout == BUDGET
    assert only(diff_of(book.content, plan)).values == {"planned": "1"}


def test_read_as_any_file_it_shows_no_mark(plan, book):
    source = without_marks(read_file(book.content, "plan.xlsx"))
    (sheet,) = [table for table in source.tables if table.name == BUDGET_SHEET]
    assert sheet.width == len(NAMES)
    texts = [cell.text for table in source.tables for cell in table.cells.values()]
    assert not [text for text in texts if "Repère" in text or "budgetline" in text]
    assert not [note for note in source.notes if "masquée" in note]


def test_each_field_is_read_as_people_write_it(plan, lines, caf, book):
    add(book, 1, year="2028", funder="CAF", nature="Travaux", planned="1 200,50 €", actual=3, comment="Ici")
    add(book, 2, funder="autofinancement", comment=None)
    add(book, 3, planned=None, actual=1200.5)
    first, second, third = (f"budgetline-{line.pk}" for line in lines)
    diff = diff_of(book.content, plan)
    assert not diff.untaken and not diff.notes and not diff.conflicts
    assert values_of(diff) == {
        f"{first}-year": {"year": 2028},
        f"{first}-funder": {"funder": caf.pk},
        f"{first}-nature": {"nature": "Travaux"},
        f"{first}-planned": {"planned": "1200.5"},
        f"{first}-actual": {"actual": "3"},
        f"{first}-comment": {"comment": "Ici"},
        f"{second}-funder": {"funder": None},
        f"{second}-comment": {"comment": ""},
        f"{third}-planned": {"planned": None},
        f"{third}-actual": {"actual": "1200.5"},
    }
    told = {line.key: line for line in diff.lines}
    planned = told[f"{first}-planned"]
    assert (planned.label, planned.note, planned.place) == (
        "montant prévu",
        "Autofinancement, 2026, poste",
        "Budget, F2",
    )
    assert (planned.before, planned.after) == ("12\u202f500,50\u00a0€", "1\u202f200,50\u00a0€")
    assert (told[f"{second}-funder"].before, told[f"{second}-funder"].after) == ("Caf", "Autofinancement")
    assert [group.title for group in diff.budget] == [
        "Budget – Action 1 : Action nommée 1",
        "Budget – Action 2 : Action nommée 2",
    ]
    for line in diff.lines:
        tracking.change(line.thing, line.values, seen=line.thing.version, by=CAMILLE, at=timezone.now())
    lines[0].refresh_from_db()
    assert (lines[0].year, lines[0].funder, lines[0].planned) == (2028, caf, Decimal("1200.50"))


def test_the_same_said_otherwise_is_no_change(plan, lines, book):
    add(book, 1, planned="12 500,5 €", funder=None, year="2026")
    add(book, 2, funder="  caf ")
    assert diff_of(book.content, plan).is_empty


def test_a_funder_goes_by_any_of_its_known_names(plan, lines, caf, book):
    Alias.objects.create(organisation=caf, name="Caisse d’allocations")
    f.OrganisationFactory(name="D’un autre territoire")
    add(book, 1, funder="caisse d'allocations")
    line = only(diff_of(book.content, plan))
    assert line.values == {"funder": caf.pk} and line.after == "Caf"
    add(book, 1, funder="D’un autre territoire")
    (why,) = whys(diff_of(book.content, plan))
    assert "« D’un autre territoire » : pas d’organisme" in why and "« Autofinancement »" in why


@pytest.mark.parametrize(
    ("key", "typed", "told"),
    [
        *(("planned", "-5", "négatif"), ("actual", -0.01, "de 0 à 9 999 999 999,99")),
        *(("planned", 10**10, "de 0 à 9 999 999 999,99"), ("planned", "10 000 000 000", "dix au plus")),
        *(("actual", "douze", "par exemple 1 200,50 €"), ("planned", "1,234", "Deux chiffres")),
        *(("year", 1999, "de 2000 à 2099"), ("year", 2100, "de 2000 à 2099"), ("year", None, "2099")),
        *(("year", "en 2026", "de 2000 à 2099"), ("nature", "x" * 101, "100")),
        *(("number", 2, "reste à son action"), ("title", "Une autre", "reste à son action")),
    ],
)
def test_what_is_not_taken_says_what_is(plan, lines, book, key, typed, told):
    add(book, 1, **{key: typed})
    (why,) = whys(diff_of(book.content, plan))
    assert told in why


def test_what_both_touched_is_a_conflict(plan, lines, caf, book):
    at = timezone.now()
    values = {"planned": "7", "year": 2030, "funder": caf.pk}
    tracking.change(lines[0], values, by=CAMILLE, at=at, seen=lines[0].version)
    assert diff_of(book.content, plan).is_empty
    add(book, 1, planned=8, comment="Du fichier", year=2030)
    planned, comment = diff_of(book.content, plan).lines
    assert planned.theirs.text == "7\u00a0€" and planned.theirs.author == CAMILLE.label
    assert comment.theirs is None
    tracking.change(lines[0], {"planned": Decimal("12500.50")}, by=CAMILLE, at=at)
    assert not diff_of(book.content, plan).conflicts


def test_an_added_row_is_a_new_line_of_the_action_that_it_names(plan, lines, actions, caf, book):
    add(book, 4, number=2, year=2028, funder="Caf", nature="poste", planned="1 200 €", comment="Neuf")
    add(book, 5, title="action nommée 1", year="2029")
    first, second = diff_of(book.content, plan).lines
    assert (second.thing.action, first.thing.action) == (actions[1], actions[0])
    assert (second.label, second.before, second.is_ticked) == ("ligne nouvelle", "", True)
    assert second.after == "2028 · Caf · poste · prévu 1\u202f200\u00a0€ · Neuf"
    assert first.after == "2029 · Autofinancement"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"number": 9, "year": 2026}, "Aucune action"),
        ({"title": "Total", "planned": 100}, "Aucune action"),
        ({"planned": 100}, "ne dit pas son action"),
        ({"number": 1, "title": "Action nommée 2", "year": 2026}, "On ne sait pas"),
        ({"number": 1}, "de 2000 à 2099"),
        ({"number": 1, "year": 2026, "funder": "Martiens"}, "« Martiens »"),
        ({"number": 1, "year": 2026, "planned": -1}, "négatif"),
    ],
)
def test_an_added_row_is_taken_whole_or_not_at_all(plan, lines, book, said, told):
    add(book, 4, **said)
    (why,) = whys(diff_of(book.content, plan))
    assert told in why


def test_a_number_given_to_another_action_since_names_neither(plan, lines, actions, book):
    add(book, 4, number=1, year=2028)
    for action, number in ((actions[0], 3), (actions[1], 1)):
        tracking.change(action, {"number": number}, by=CAMILLE, at=timezone.now())
    (why,) = whys(diff_of(book.content, plan))
    assert "On ne sait pas" in why
    add(book, 4, title=actions[0].title)
    assert only(diff_of(book.content, plan)).thing.action == actions[0]


def test_a_copied_row_is_a_new_line(plan, lines, actions, book):
    for key, title in NAMES.items():
        add(book, 4, **{key: book.cell(2, title).value})
    mark_of(book, 4).value = mark_of(book, 2).value
    same = only(diff_of(book.content, plan))
    assert not same.is_ticked and "dit la même chose" in same.note
    add(book, 4, year=2028)
    copied = only(diff_of(book.content, plan))
    assert (copied.thing.action, copied.thing.year) == (actions[0], 2028)
    assert copied.is_ticked and "copie" in copied.note
    add(book, 4, number=2)
    assert only(diff_of(book.content, plan)).thing.action == actions[1]


@pytest.mark.parametrize("is_emptied", [True, False])
def test_a_missing_row_is_proposed_for_the_trash_unticked(plan, lines, book, is_emptied):
    if is_emptied:
        add(book, 2, **dict.fromkeys(NAMES))
    else:
        book.sheet.delete_rows(book.header + 2)
    line = only(diff_of(book.content, plan))
    assert (line.key, line.is_ticked) == (f"budgetline-absent-{lines[1].pk}", False)
    assert line.label == "ligne absente du fichier" and line.before == "2027 · Caf · À voter"


def test_an_extract_does_not_miss_what_it_never_held(plan, lines, actions):
    selection = Selection(frozenset({actions[0].pk}), 2, "Une seule")
    assert diff_of(export_table(plan, today=TODAY, selection=selection).content, plan).is_empty


def test_lines_of_the_trash_take_nothing(plan, lines, actions, book):
    add(book, 1, planned=8)
    add(book, 3, planned=8)
    tracking.trash(lines[0], by=CAMILLE, at=timezone.now())
    tracking.trash(actions[1], by=CAMILLE, at=timezone.now())
    line, action = whys(diff_of(book.content, plan))
    assert "Cette ligne de budget est à la corbeille" in line
    assert "Cette action est à la corbeille" in action


def test_a_plan_that_keeps_no_budget_any_more_takes_nothing(plan, lines, book):
    plan.has_budget = False
    plan.save()
    assert diff_of(book.content, plan).is_empty
    add(book, 1, planned=8, number=12)
    add(book, 4, number=1, year=2028)
    book.sheet.delete_rows(book.header + 2)
    told = whys(diff_of(book.content, plan))
    assert len(told) == 4 and all("ne tient plus le budget" in why for why in told)


def test_rows_and_columns_in_any_order_change_nothing_more(plan, lines, book):
    add(book, 1, planned=8)
    rows = [[cell.value for cell in row] for row in book.sheet.iter_rows()]
    for number, row in enumerate([rows[0], *reversed(rows[1:])], 1):
        for column, value in enumerate(reversed(row), 1):
            book.sheet.cell(number, column).value = value
    line = only(diff_of(book.content, plan))
    assert (line.thing, line.values) == (lines[0], {"planned": "8"})


def test_columns_and_sheets_that_are_not_read_are_told(plan, lines, book):
    book.cell(0, "Prévu").value = "Renommée"
    add(book, 4, number=1, year=2028)
    diff = diff_of(book.content, plan)
    assert len(diff.notes) == 2 and all("Budget" in note for note in diff.notes)
    assert "montant prévu" in diff.notes[0] and "Renommée" in diff.notes[1]
    assert "Une colonne de cette feuille manque" in whys(diff)[0]
    book.sheet.delete_cols(book.sheet.max_column)
    (note,) = diff_of(book.content, plan).notes
    assert "Rien n’est repris de la feuille" in note


def test_the_budget_of_another_plan_is_not_taken(plan, lines, book):
    other = f.BudgetLineFactory(action__plan__has_budget=True, planned=987)
    foreign = Edited(flat(other.action.plan), BUDGET_SHEET)
    for row in foreign.sheet.iter_rows():
        for cell in row:
            book.sheet.cell(cell.row, cell.column).value = copy.copy(cell.value)
    add(book, 1, planned=8)
    diff = diff_of(book.content, plan)
    assert diff.is_empty and "repère de ce plan" in diff.notes[0]


def test_a_comment_that_goes_on_elsewhere_comes_back_whole(plan, lines):
    long = " ".join(f"mot{number}" for number in range(6_000))
    BudgetLine.objects.filter(pk=lines[0].pk).update(comment=long)
    book = Edited(flat(plan), BUDGET_SHEET)
    assert is_untouched(book.content, plan)
    parts = book.book["Textes longs"]
    parts.cell(3, 3).value = parts.cell(3, 3).value.replace("mot600 ", "MOT ")
    assert only(diff_of(book.content, plan)).values == {"comment": long.replace("mot600 ", "MOT ")}
    del book.book["Textes longs"]
    add(book, 1, comment="X" + book.cell(1, "Commentaire").value[1:])
    (why,) = whys(diff_of(book.content, plan))
    assert "Textes longs" in why


def test_the_queries_do_not_grow_with_the_lines(plan, lines, actions, caf, django_assert_max_num_queries):
    def content(word):
        book = Edited(flat(plan), BUDGET_SHEET)
        rows = BudgetLine.objects.count()
        for row in range(1, rows + 1):
            add(book, row, comment=f"Mot {row}", funder="Département")
        add(book, rows + 1, number=1, year=2028, funder="Caf")
        for line in BudgetLine.objects.all():
            tracking.change(line, {"comment": word}, by=CAMILLE, at=timezone.now())
            tracking.change(line, {"comment": f"{word} encore"}, by=CAMILLE, at=timezone.now())
        return book.content

    f.OrganisationFactory(territory=plan.territory, name="Département")
    few = content("Un")
    with django_assert_max_num_queries(20) as used:
        diff = diff_of(few, plan)
    assert (len(diff.lines), diff.conflicts) == (7, 3)
    for action in [*actions, *f.ActionFactory.create_batch(9, plan=plan)]:
        f.BudgetLineFactory.create_batch(3, action=action, funder=caf)
    many = content("Deux")
    with django_assert_max_num_queries(len(used)):
        diff = diff_of(many, plan)
    assert (len(diff.lines), diff.conflicts) == (73, 36)


@pytest.fixture
def kept(world, client):
    """Three lines of the only action of the world: one edited, one taken away, and a new one."""
    world.plan.has_budget = True
    world.plan.save()
    edited = f.BudgetLineFactory(action=world.action, planned=1000)
    gone = f.BudgetLineFactory(action=world.action, year=2027)
    book = Edited(flat(world.plan), BUDGET_SHEET)
    add(book, 1, planned=1500)
    book.sheet.delete_rows(book.header + 2)
    add(book, 2, number=1, year=2028, funder="Mission locale", planned=7)
    file = SimpleUploadedFile("plan corrigé.xlsx", book.content)
    client.post(reverse("intake:returned_add", args=[world.plan.pk]), {"file": file})
    return ReturnedPlan.objects.get(plan=world.plan), edited, gone


def page_of(client, workbook):
    return soup(client.get(workbook.get_absolute_url()))


def send(client, workbook, *more, **choices):
    """Take what the page ticks by itself, and the rest."""
    form = page_of(client, workbook).select_one("form[action$='/reprendre/']")
    data = {one["name"]: one["value"] for one in form.select("input[name^=seen-]")}
    data |= {"take": [*(box["value"] for box in form.select("input[name=take][checked]")), *more]}
    return client.post(reverse("intake:returned_apply", args=[workbook.pk]), data | choices)


def standing(action):
    said = BudgetLine.objects.current().filter(action=action).order_by("year")
    return list(said.values_list("year", "planned", "funder__name"))


def test_it_is_shown_by_action_written_once_and_taken_back(world, client, kept):
    workbook, _, gone = kept
    page = page_of(client, workbook)
    titles = [title.text for title in page.select("form .record-head__title")]
    assert titles == [f"Budget – {world.action}"]
    assert len(page.select("input[name=take]")) == 3 and len(page.select("input[checked]")) == 2
    before = standing(world.action)
    assert send(client, workbook, f"budgetline-absent-{gone.pk}").status_code == 302
    assert standing(world.action) == [(2026, 1500, None), (2028, 7, "Mission locale")]
    undo = reverse("intake:returned_undo", args=[workbook.pk])
    words = soup(client.get(undo)).text
    assert "Sort de la corbeille" in words and "Créée par le fichier" in words and "Montant prévu" in words
    client.post(undo)
    assert standing(world.action) == before


def test_brought_again_what_was_taken_in_is_not_ticked(world, client, kept):
    workbook, _, _ = kept
    send(client, workbook)
    workbook.refresh_from_db()
    workbook.batch = workbook.applied_at = None
    workbook.save()
    page = page_of(client, workbook)
    assert not page.select("input[checked]") and "dit la même chose" in page.text


def test_what_was_written_since_stays_when_it_is_taken_back(world, client, kept):
    workbook, edited, _ = kept
    send(client, workbook)
    edited.refresh_from_db()
    tracking.change(edited, {"planned": "3"}, by=CAMILLE, at=timezone.now())
    client.post(reverse("intake:returned_undo", args=[workbook.pk]))
    assert (2026, 3, None) in standing(world.action) and len(standing(world.action)) == 2


def test_two_who_wrote_the_same_amount_choose_whose_stays(world, client, kept):
    workbook, edited, _ = kept
    tracking.change(edited, {"planned": "3"}, by=CAMILLE, at=timezone.now())
    choice = f"choice-budgetline-{edited.pk}-planned"
    page = page_of(client, workbook)
    assert CAMILLE.label in page.text and page.select(f"input[name={choice}]")
    assert send(client, workbook).status_code == 422
    shown = page_of(client, workbook).select_one(f"input[name=seen-budgetline-{edited.pk}]")["value"]
    tracking.change(edited, {"planned": "4"}, by=CAMILLE, at=timezone.now())
    late = {choice: "mine", f"seen-budgetline-{edited.pk}": shown}
    assert send(client, workbook, **late).status_code == 409
    assert send(client, workbook, **{choice: "mine"}).status_code == 302
    assert (2026, 1500, None) in standing(world.action)
