"""The glossary is true to the code: its identifiers exist, and what the code names has a French word."""

import importlib
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Choices

GLOSSARY = Path(settings.BASE_DIR, "docs/glossary.md")
ROW = re.compile(
    r"^\| (?P<french>[^|]+) \| `(?P<identifier>[\w.]+)` \| `(?P<module>[\w.]+)` \|$", re.MULTILINE
)
ENTRIES = [match.groupdict() for match in ROW.finditer(GLOSSARY.read_text())]
APPS = ("ctg", "partners", "actions", "indicators")


def named_by(entry):
    """What an entry names; AttributeError when there is no such thing."""
    thing = importlib.import_module(entry["module"])
    for name in entry["identifier"].split("."):
        thing = getattr(thing, name)
    return thing


def of_the_house(classes):
    return [one for one in classes if one.__module__.split(".")[0] in APPS]


def choices():
    """Every list of choices of the house, those inside a model included."""
    found, waiting = [], list(Choices.__subclasses__())
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        found.append(one)
    return of_the_house(found)


def test_every_row_of_a_table_is_read():
    rows = [line for line in GLOSSARY.read_text().splitlines() if line.startswith("|")]
    headings = [line for line in rows if line.startswith(("| French", "| ---"))]
    assert len(ENTRIES) == len(rows) - len(headings) > 100


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["identifier"])
def test_every_identifier_exists(entry):
    assert named_by(entry) is not None


@pytest.mark.parametrize("column", ["french", "identifier"])
def test_a_word_names_one_thing(column):
    words = [entry[column] for entry in ENTRIES]
    assert [word for word in words if words.count(word) > 1] == []


def test_every_model_has_its_word():
    named = [named_by(entry) for entry in ENTRIES]
    assert [model.__name__ for model in of_the_house(apps.get_models()) if model not in named] == []


def test_every_choice_has_its_word():
    # A choice is equal to its value: what is compared is where it comes from, too.
    named = {(type(thing), thing) for thing in map(named_by, ENTRIES) if isinstance(thing, str)}
    lists = [named_by(entry) for entry in ENTRIES]
    assert [one.__qualname__ for one in choices() if one not in lists] == []
    assert [str(one) for kind in choices() for one in kind if (kind, one) not in named] == []


def test_a_choice_has_the_word_that_is_read():
    """« à venir » in the glossary, « à venir » on the screen."""
    for entry in ENTRIES:
        thing = named_by(entry)
        if isinstance(thing, Choices) and entry["identifier"] != "Role.CAF":  # told from the organisation
            assert str(thing.label) == entry["french"], entry["identifier"]
