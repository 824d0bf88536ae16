"""What people change in a workbook is found again, and nothing else."""

import datetime as dt
import random

import pytest
from django.utils import timezone

from actions.models import Part
from partners import tracking
from partners.models import Alias
from partners.tracking import Author
from tests import factories as f
from tests.intake.leaving import EXPORTS, Edited, diff_of, flat, shuffled, values_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CAMILLE = Author("Camille, coordination")
CONTENT = "Une phrase **importante** ici.\n\n• une puce\n  ○ une sous-puce\n• une autre"


@pytest.fixture
def plan(db):
    return f.PlanFactory()


@pytest.fixture
def actions(plan):
    """Three actions, well filled, under two headings of each level."""
    ambitions = [f.AmbitionFactory(plan=plan, title=title, impacts=["Un impact"]) for title in ("A", "B")]
    places = [
        {
            "ambition": ambition,
            "orientation": f.OrientationFactory(plan=plan, ambition=ambition, title=f"Orientation {rank}"),
            "theme": f.ThemeFactory(plan=plan, title=f"THEME {rank}"),
            "need": f.NeedFactory(plan=plan, title=f"Besoin {rank}"),
            "objective": f.ObjectiveFactory(plan=plan, title=f"Objectif {rank}"),
        }
        for rank, ambition in enumerate(ambitions, 1)
    ]
    return [
        f.ActionFactory(
            plan=plan,
            number=number,
            title=f"Action nommée {number}",
            purpose="Aider : les familles",
            content=CONTENT,
            effects="Un effet",
            partners_text="CCAS",
            factors_text="Un frein",
            calendar_text="2026",
            status="ongoing",
            **places[number > 2],
        )
        for number in (1, 2, 3)
    ]


def edited(plan, name="flat", **cells):
    """What changes when these cells of the first action are written over."""
    book = Edited(EXPORTS[name](plan))
    for title, value in cells.items():
        book.write(1, title, value)
    return diff_of(book.content, plan)


def changed(diff):
    assert not diff.untaken
    return {name: value for line in diff.lines for name, value in line.values.items()}


def why(diff):
    assert not diff.lines
    (untaken,) = diff.untaken
    return untaken.why


TEXTS = {
    "Contenu": "content",
    "Finalité": "purpose",
    "Publics": "audiences",
    "Communes": "municipalities",
    "Élu référent": "elected_lead",
    "Raison de la priorité": "priority_reason",
    "Porteurs et partenaires, tels qu’écrits": "partners_text",
    "Indicateurs qualitatifs, tels qu’écrits": "qualitative_text",
}


@pytest.mark.parametrize("seed", range(3))
def test_so_many_cells_written_over_are_so_many_changes_in_any_order(plan, actions, seed):
    chance = random.Random(seed)
    places = [(row, title) for row in range(3) for title in TEXTS]
    chosen = chance.sample(places, chance.randint(1, 12))
    book = Edited(flat(plan))
    expected = {}
    for rank, (row, title) in enumerate(chosen):
        book.write(row + 1, title, f"=Nouveau texte {rank}")
        expected[f"action-{actions[row].pk}-{TEXTS[title]}"] = {TEXTS[title]: f"=Nouveau texte {rank}"}
    for content in (book.content, shuffled(book.content, seed)):
        diff = diff_of(content, plan)
        assert values_of(diff) == expected
        assert not diff.untaken and not diff.conflicts


def test_numbers_choices_and_dates_are_read_as_people_write_them(plan, actions):
    told = {"Statut": "réalisée", "Météo": "à surveiller", "Avancement": 0.55, "Récurrente": "oui"}
    diff = edited(plan, **told, **{"Calendrier, tel qu’écrit": 2027, "Priorité": "2"})
    assert changed(diff) == {
        "status": "done",
        "confidence": "watch",
        "progress": 55,
        "recurring": True,
        "calendar_text": "2027",
        "starts_on": dt.date(2027, 1, 1),
        "ends_on": dt.date(2027, 12, 31),
        "priority": 2,
    }


ANSWERED = {
    "short_text": ("Un mot", "Un mot"),
    "long_text": ("Une\nautre", "Une\nautre"),
    "number": (12.5, "12.5"),
    "date": (dt.date(2027, 3, 31), "2027-03-31"),
    "choice": ("RURAL", "rural"),
    "yes_no": ("Oui", True),
}


@pytest.fixture
def fields(plan):
    """A field of each kind, by its kind; their titles are their kinds."""
    choices = {"choice": ["rural", "urbain"]}
    return {
        kind: f.CustomFieldFactory(plan=plan, kind=kind, label=kind, choices=choices.get(kind, []))
        for kind in ANSWERED
    }


@pytest.mark.parametrize("name", ["flat", "strategic, followed"])
def test_what_an_action_says_in_the_fields_of_the_plan(plan, actions, fields, name):
    diff = edited(plan, name, **{kind: typed for kind, (typed, _) in ANSWERED.items()})
    kept = {fields[kind].name: value for kind, (_, value) in ANSWERED.items()}
    assert changed(diff) == kept
    for line in diff.lines:
        tracking.change(line.thing, line.values, seen=line.thing.version, by=CAMILLE, at=timezone.now())
    actions[0].refresh_from_db()
    assert actions[0].custom_values == kept
    assert changed(edited(plan, name, **dict.fromkeys(ANSWERED))) == dict.fromkeys(kept)


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        ("number", "douze", "nombre"),
        ("date", "demain", "date"),
        ("choice", "littoral", "rural, urbain"),
        ("yes_no", "peut-être", "oui, non"),
        ("short_text", "x" * 301, "300"),
    ],
)
def test_what_a_field_of_the_plan_cannot_hold_is_told(plan, actions, fields, kind, typed, told):
    assert told in why(edited(plan, **{kind: typed}))


def test_a_field_that_went_to_the_trash_takes_nothing(plan, actions, fields):
    book = Edited(flat(plan))
    book.write(1, "short_text", "Un mot")
    tracking.trash(fields["short_text"], by=CAMILLE, at=timezone.now())
    assert "n’est plus un champ" in why(diff_of(book.content, plan))


def test_a_new_row_answers_in_the_fields_of_the_plan(plan, actions, fields):
    book = Edited(flat(plan))
    book.write(4, "Action", "Une action de plus")
    book.write(4, "choice", "urbain")
    (line,) = diff_of(book.content, plan).lines
    assert line.thing.custom_values == {fields["choice"].name: "urbain"}


def test_a_value_that_does_not_exist_is_told_with_those_that_do(plan, actions):
    diff = edited(plan, Statut="en panne")
    assert "à venir, en cours, réalisée" in why(diff)
    assert diff.untaken[0].place.startswith("Actions, A") and diff.untaken[0].text == "en panne"
    assert "motif" in why(edited(plan, Statut="reportée"))
    assert "oui, non" in why(edited(plan, Récurrente="peut-être"))
    assert "champ" in why(edited(plan, Action=None))


def test_a_status_takes_its_reason_along(plan, actions):
    diff = edited(plan, Statut="reportée", Motif="Faute de local")
    assert values_of(diff) == {
        f"action-{actions[0].pk}-status": {"status": "postponed", "status_reason": "Faute de local"}
    }


def test_bold_words_and_blank_lines_come_back_though_cells_hold_none(plan, actions):
    lines = Edited(flat(plan)).cell(1, "Contenu").value + "\n• une de plus"
    assert changed(edited(plan, Contenu=lines)) == {"content": CONTENT + "\n• une de plus"}
    title = "ACTIONS - Objectifs opérationnels – Intentions"
    sheet = Edited(EXPORTS["strategic"](plan)).cell(1, title).value
    diff = edited(plan, "strategic", **{title: sheet.replace("une autre", "une autre encore")})
    assert changed(diff) == {"content": CONTENT + " encore"}


SHEET = "ACTIONS - Objectifs opérationnels – Intentions"


def in_sheet(plan, change):
    sheet = Edited(EXPORTS["strategic"](plan)).cell(1, SHEET).value
    return edited(plan, "strategic", **{SHEET: change(sheet)})


def test_a_sheet_in_one_cell_is_cut_back_into_its_fields(plan, actions):
    diff = in_sheet(plan, lambda sheet: sheet.replace("nommée", "appelée").replace("Un effet", "Deux effets"))
    assert changed(diff) == {"title": "Action appelée 1", "effects": "Deux effets"}
    diff = in_sheet(plan, lambda sheet: sheet.replace("Cette action consiste à :", "Nous allons :"))
    assert changed(diff) == {"content_label": "Nous allons"}
    diff = in_sheet(plan, lambda sheet: sheet.replace("Finalité : ", "But : "))
    assert changed(diff) == {"purpose_label": "But"}
    diff = in_sheet(plan, lambda sheet: sheet.replace("\nEffets attendus :\nUn effet", ""))
    assert changed(diff) == {"effects": ""}
    diff = in_sheet(plan, lambda sheet: sheet + "\nModalités de mise en œuvre possibles :\nEn marchant")
    assert changed(diff) == {"methods": "En marchant"}


def test_a_sheet_that_can_be_cut_in_several_ways_is_not_taken(plan, actions):
    diff = in_sheet(plan, lambda sheet: sheet.split("\n")[0] + "\nTout est réécrit\nautrement")
    assert "limite" in why(diff)


def test_a_title_changed_everywhere_renames_and_one_changed_alone_must_be_a_title(plan, actions):
    book = Edited(flat(plan))
    for row in (1, 2):
        book.write(row, "Orientation", "Orientation nouvelle")
    book.write(3, "Orientation", "Orientation 1")
    diff = diff_of(book.content, plan)
    orientation = actions[0].orientation
    assert values_of(diff) == {
        f"orientation-{orientation.pk}": {"title": "Orientation nouvelle"},
        f"action-{actions[2].pk}-orientation": {
            "orientation": orientation.pk,
            "ambition": orientation.ambition_id,
        },
    }
    assert "ne porte ce titre" in why(edited(plan, Orientation="Une seule"))


def test_merged_titles_and_bands_are_renamed_once_and_rows_moved_under_them(plan, actions):
    diff = edited(plan, "strategic", **{"Ambitions / impacts recherchés": "A bis\nUn impact\nDeux impacts"})
    assert changed(diff) == {"title": "A bis", "impacts": ["Un impact", "Deux impacts"]}
    book = Edited(EXPORTS["thematic"](plan))
    assert book.cell(1, 1).value == "THEME 1"
    book.write(1, 1, "THEME PREMIER")
    assert changed(diff_of(book.content, plan)) == {"title": "THEME PREMIER"}
    book = Edited(EXPORTS["thematic"](plan))
    book.sheet.move_range(f"A{book.header + 3}:I{book.header + 3}", rows=3)
    moved = diff_of(book.content, plan)
    assert values_of(moved) == {f"action-{actions[1].pk}-theme": {"theme": actions[2].theme_id}}


def test_organisations_go_by_their_known_names(plan, actions):
    ccas = f.OrganisationFactory(territory=plan.territory, name="CCAS")
    Alias.objects.create(organisation=ccas, name="Centre communal")
    caf = f.OrganisationFactory(territory=plan.territory, name="Caf")
    f.InvolvementFactory(action=actions[0], organisation=caf, part=Part.LEAD)
    assert changed(edited(plan, Porteurs="Caf\ncentre communal")) == {"leads": [caf.pk, ccas.pk]}
    assert "« Martiens »" in why(edited(plan, Porteurs="Caf\nMartiens")).replace("\u00a0", " ")
    diff = edited(plan, "strategic, followed", Porteurs="CCAS\nCaf (co-porteur)")
    assert changed(diff) == {"leads": [ccas.pk], "co_leads": [caf.pk]}


def test_freins_and_indicators_change_line_by_line(plan, actions):
    frein = f.FactorFactory(action=actions[0], text="Pas de local", position=1)
    f.FactorFactory(action=actions[0], text="Peu de temps", position=2)
    one = f.IndicatorFactory(plan=plan, wording="Nombre de familles", actions=[actions[0]])
    diff = edited(plan, **{"Freins et leviers": "Pas de salle\nPeu de temps\nUn élu motivé"})
    assert values_of(diff)[f"factor-{frein.pk}-{actions[0].pk}"] == {"text": "Pas de salle"}
    assert [line.after for line in diff.lines] == ["Pas de salle", "Un élu motivé"]
    diff = edited(plan, Indicateurs="Nombre de foyers")
    assert values_of(diff) == {f"indicator-{one.pk}-{actions[0].pk}": {"wording": "Nombre de foyers"}}
    assert "fiche" in why(edited(plan, Indicateurs="Nombre de familles\nAutre chose"))


def test_what_is_computed_or_composed_is_told_and_not_taken(plan, actions):
    assert "calculée" in why(edited(plan, Jalons=12))
    assert "calendrier" in why(edited(plan, Fin=dt.date(2030, 1, 1)))
    actions[0].partners_text = actions[0].factors_text = ""
    actions[0].save()
    f.InvolvementFactory(action=actions[0], organisation__territory=plan.territory, organisation__name="Caf")
    book = Edited(EXPORTS["thematic"](plan))
    book.write(2, "Porteurs du projet / Partenaires associés", "Caf - MSA")
    assert "composée" in why(diff_of(book.content, plan))


def test_added_copied_and_absent_rows(plan, actions):
    book = Edited(flat(plan))
    for title in book.titles:
        book.write(4, title, book.cell(2, title).value)
    book.write(4, book.sheet.max_column, book.cell(2, book.sheet.max_column).value)
    book.write(4, "Action", "Tirée de la deuxième")
    book.write(5, "Action", "Toute neuve")
    book.write(5, "Statut", "en cours")
    book.sheet.delete_rows(book.header + 1)
    diff = diff_of(book.content, plan)
    copied, new = diff.added
    assert (copied.after, new.after) == ("Tirée de la deuxième", "Toute neuve")
    assert "copie" in copied.note and not new.note
    assert copied.thing.content == CONTENT.replace("**", "") and new.thing.status == "ongoing"
    assert copied.thing.theme_id == actions[1].theme_id
    (absent,) = diff.absent
    assert absent.thing.pk == actions[0].pk and not absent.is_ticked
    assert not diff.actions


def test_an_extract_does_not_miss_what_it_never_held(plan, actions):
    from ctg.documents.selection import Selection

    content = flat(plan, selection=Selection(frozenset({actions[0].pk}), 3, "Une seule"))
    assert diff_of(content, plan).is_empty


def test_columns_that_are_gone_or_added_are_told(plan, actions):
    book = Edited(flat(plan))
    book.cell(0, "Contenu").value = "Renommée"
    book.write(1, "Contenu", "Perdu ?")
    diff = diff_of(book.content, plan)
    assert not diff.lines
    assert any("contenu" in note for note in diff.notes) and any("Renommée" in note for note in diff.notes)


def test_long_texts_come_back_from_their_sheet(plan, actions):
    long = " ".join(f"mot{number}" for number in range(6_000))
    actions[0].content = long
    actions[0].save()
    for export, title in ((flat, "Contenu"), (EXPORTS["strategic"], SHEET)):
        book = Edited(export(plan))
        parts = book.book["Textes longs"]
        parts.cell(3, 3).value = parts.cell(3, 3).value.replace("mot600 ", "MOT ")
        assert changed(diff_of(book.content, plan)) == {"content": long.replace("mot600 ", "MOT ")}
        del book.book["Textes longs"]
        book.write(1, title, "X" + book.cell(1, title).value[1:])
        assert "Textes longs" in why(diff_of(book.content, plan))


def test_what_only_the_file_touched_goes_through_and_what_both_touched_is_a_conflict(plan, actions):
    content = flat(plan)
    at = timezone.now()
    tracking.change(actions[0], {"audiences": "Tous", "title": "Titre du bureau"}, by=CAMILLE, at=at)
    assert diff_of(content, plan).is_empty
    book = Edited(content)
    book.write(1, "Publics", "Jeunes")
    book.write(1, "Communes", "Maule")
    audiences, municipalities = diff_of(book.content, plan).lines
    assert audiences.theirs.text == "Tous" and audiences.theirs.author == CAMILLE.label
    assert municipalities.theirs is None
    book.write(1, "Publics", "Tous")
    assert [line.label for line in diff_of(book.content, plan).lines] == ["communes"]
    tracking.change(actions[0], {"audiences": ""}, by=CAMILLE, at=at)
    assert not diff_of(book.content, plan).conflicts


def test_a_title_that_both_renamed_is_a_conflict(plan, actions):
    book = Edited(EXPORTS["thematic"](plan))
    book.write(1, 1, "DU FICHIER")
    tracking.change(actions[0].theme, {"title": "DU BUREAU"}, by=CAMILLE, at=timezone.now())
    (line,) = diff_of(book.content, plan).lines
    assert (line.theirs.text, line.theirs.author) == ("DU BUREAU", CAMILLE.label)


def test_an_action_of_the_trash_takes_nothing(plan, actions):
    book = Edited(flat(plan))
    book.write(1, "Publics", "Jeunes")
    tracking.trash(actions[0], by=CAMILLE, at=timezone.now())
    assert "corbeille" in why(diff_of(book.content, plan))


def test_the_queries_do_not_grow_with_the_plan(plan, actions, django_assert_max_num_queries):
    def content():
        book = Edited(flat(plan))
        for row in range(1, plan.actions.count() + 1):
            book.write(row, "Publics", f"Public {row}")
        return book.content

    few = content()
    f.ActionFactory.create_batch(27, plan=plan)
    many = content()
    with django_assert_max_num_queries(20) as used:
        assert len(diff_of(few, plan).lines) == 3
    with django_assert_max_num_queries(len(used)):
        assert len(diff_of(many, plan).lines) == 30
