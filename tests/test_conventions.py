"""Conventions that a reader could forget, checked by the machine."""

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.conf import settings

import actions.models.action
import partners.queries
from partners.models import Tracked

BASE = Path(settings.BASE_DIR)
APPS = ("ctg", "partners", "actions", "indicators")
CODE = [path for app in APPS for path in (BASE / app).rglob("*.py") if "migrations" not in path.parts]

DOOR = re.compile(r"^(visible_to|held_by|\w+able_by|of_plan|open_to|none)$")
GUARDED = [
    path
    for path in CODE
    if {"views", "forms"} & set(path.parts)
    or path.name in ("forms.py", "queries.py", "reading.py", "sheet.py", "plan_reading.py")
]

#: Each floor, from the ground up; what stands higher is never imported by what stands lower.
FLOORS = ("ctg.web", "partners", "actions", "indicators", "ctg")


#: The rooms of the indicators, each of which knows those before it only.
ROOMS = ("values", "figures", "definition", "campaigns", "grid", "answers")


def name_of(path):
    return str(path.relative_to(BASE))


@pytest.mark.parametrize("path", GUARDED, ids=name_of)
def test_data_is_reached_through_a_door(path):
    """Views, forms and queries start from who is asking: `visible_to`, `editable_by` and their like."""
    managers = {"objects", "_base_manager", "_default_manager"}
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Attribute):
            continue
        if node.value.attr in managers and not DOOR.match(node.attr):
            pytest.fail(f"{path.name}:{node.lineno} uses {node.value.attr}.{node.attr}")


def floor_of(module):
    return next((floor for floor in FLOORS if module == floor or module.startswith(f"{floor}.")), None)


def imports_of(path):
    """The modules that a file imports at run time, with the lines; those for types alone do not count."""
    package = list(path.relative_to(BASE).with_suffix("").parts)
    tree = ast.parse(path.read_text())
    for block in [node for node in ast.walk(tree) if isinstance(node, ast.If)]:
        if ast.unparse(block.test) == "TYPE_CHECKING":
            block.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: -node.level] if node.level else []
            yield ".".join([*start, *([node.module] if node.module else [])]), node.lineno


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_imports_point_one_way(path):
    module = ".".join(path.relative_to(BASE).with_suffix("").parts)
    if floor_of(module) == "ctg" and len(path.relative_to(BASE).parts) == 2:
        return  # The wiring of the project knows everybody.
    own = FLOORS.index(floor_of(module))
    for imported, line in imports_of(path):
        floor = floor_of(imported)
        if floor is not None:
            assert FLOORS.index(floor) <= own, (
                f"{name_of(path)}:{line} imports {imported}, which stands higher"
            )


@pytest.mark.parametrize("room", ROOMS)
def test_the_rooms_of_the_indicators_know_those_before_them_only(room):
    for path in (BASE / "indicators" / room).rglob("*.py"):
        for imported, line in imports_of(path):
            found = re.match(r"indicators\.(\w+)", imported)
            if found and found[1] in ROOMS:
                known = ROOMS.index(found[1]) <= ROOMS.index(room)
                assert known, f"{name_of(path)}:{line} imports {imported}"


def form_classes():
    for path in CODE:
        if "forms" not in path.parts and path.name != "forms.py":
            continue
        module = importlib.import_module(".".join(path.relative_to(BASE).with_suffix("").parts))
        for _, item in inspect.getmembers(module, inspect.isclass):
            if issubclass(item, forms.BaseForm) and item.__module__ == module.__name__:
                yield item


@pytest.mark.parametrize("form", list(form_classes()), ids=lambda form: form.__name__)
def test_a_form_with_a_relation_narrows_it_to_its_user(form):
    if any(isinstance(field, forms.ModelChoiceField) for field in getattr(form, "base_fields", {}).values()):
        parameters = {name for base in form.__mro__ for name in inspect.signature(base.__init__).parameters}
        assert "user" in parameters, f"{form.__name__} offers choices and does not know to whom"


def test_tracked_things_are_written_through_tracking_alone():
    """A save that bypasses `partners.tracking` leaves no trace and may overwrite somebody."""
    tracked = {model.__name__ for model in apps.get_models() if issubclass(model, Tracked)}
    writers = {
        "create",
        "get_or_create",
        "update_or_create",
        "bulk_create",
        "bulk_update",
        "update",
        "delete",
    }
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in writers
            ):
                owner = ast.unparse(node.func.value)
                model = owner.split(".objects")[0].split("._base_manager")[0]
                assert model not in tracked, f"{name_of(path)}:{node.lineno} writes {owner}.{node.func.attr}"


def test_every_tracked_field_exists_and_every_model_says_its_place():
    for model in apps.get_models():
        if not issubclass(model, Tracked):
            continue
        assert model.tracked_fields, model
        assert model.place is not Tracked.place, model
        thing = model()
        for name in model.tracked_fields:
            assert thing.label_tracked(name)


def test_what_a_lower_floor_repeats_is_still_true():
    """`partners` stands below the actions and knows the parts of an organisation by their values only."""
    assert tuple(partners.queries.CARRYING) == tuple(actions.models.action.CARRYING)


def test_no_file_names_what_it_must_not():
    """No inline script or style, no address of elsewhere: the strict policy of the browser forbids both."""
    for path in (BASE / "templates").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"<script(?![^>]*\bsrc=)|\bstyle=|\bon\w+=\"", text), name_of(path)
        assert "|safe" not in text, name_of(path)
        assert not re.search(r"<(?!a )[^>]*\b(?:src|href)=\"(?:https?:)?//", text), name_of(path)
