"""Every file of the corpus comes out as it says, and every one of its cells is accounted for."""

import pytest

from ctg.intake.content import account, read_plan
from ctg.intake.layout import recognise

from .corpus import CASES


@pytest.mark.parametrize("name", CASES)
def test_a_file_of_the_corpus_is_read_as_it_should(name):
    source, expected = CASES[name]()
    read = read_plan(source, recognise(source))
    told = [
        {key: getattr(action, key) for key in wanted}
        for action, wanted in zip(read.actions, expected.actions, strict=False)
    ]
    assert told == expected.actions
    assert len(read.actions) == len(expected.actions)
    assert [theme.title for theme in read.themes] == expected.themes
    assert [ambition.title for ambition in read.ambitions] == expected.ambitions
    assert sorted(leftover.text for leftover in read.leftovers) == sorted(expected.leftovers)
    assert {key: getattr(read, key) for key in expected.plan} == expected.plan
    accounting = account(source, read)
    assert accounting.is_complete
    assert accounting.total == sum(len(table.cells) for table in source.tables)
