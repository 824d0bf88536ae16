"""What was given back with its problems, dropped again as it is, says what it said at first."""

from dataclasses import fields

import pytest

from ctg.intake.content import account, read_plan
from ctg.intake.layout import Role, recognise
from ctg.intake.previewing.annotated import Grade, Problem, annotate
from ctg.intake.reading.direct import read_file
from ctg.intake.tables import PROBLEMS, Place, SourceFile

from .corpus import CASES
from .corpus.making import source, table

pytestmark = pytest.mark.once
ROWS = [["Action", "Pilote", "Échéance"], ["Créer un lieu", "CCAS", "2026"], ["Publier", "Caf", "2027"]]


def read(file: SourceFile):
    plan = read_plan(file, recognise(file))
    assert account(file, plan).is_complete
    return [
        {one.name: getattr(action, one.name) for one in fields(action) if one.name != "cells"}
        for action in plan.actions
    ], plan.heading


@pytest.mark.parametrize(
    "name",
    ["the_same_plan_twice", "labels_told_by_their_look", "stars_and_lines_in_the_titles"]
    + ["a_column_per_action_under_a_title", "two_tables_side_by_side", "who_does_what"],
)
def test_the_copy_reads_as_the_file(name):
    file, _ = CASES[name]()
    problems = [
        Problem(rank, place, Grade.WARNING, "à vérifier.")
        for rank, one in enumerate(file.tables)
        for place in one.cells
    ]
    headers = {one.table: one.header_rows[0] for one in recognise(file).tables if one.header_rows[0]}
    assert read(read_file(annotate(file, problems, headers), file.name)) == read(file)


def test_its_sentences_are_accounted_for_and_what_was_written_among_them_is_left_over():
    rows = [[*ROWS[0], PROBLEMS], [*ROWS[1], "C2. Erreur : date incertaine."], [*ROWS[2], "vu avec la Caf"]]
    file = source(table("Plan", rows))
    plan = read_plan(file, recognise(file))
    assert [leftover.text for leftover in plan.leftovers] == ["vu avec la Caf"]
    assert [spot.place for spot, role in plan.roles.items() if role == Role.HELP] == [
        Place(1, 4),
        Place(2, 4),
    ]
    assert account(file, plan).is_complete
