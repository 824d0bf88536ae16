"""The documents are true to the code: what they name exists, and what must be documented is."""

import importlib
import re
import tomllib
import unicodedata
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

from ctg.documents.demonstration.script import read_script

BASE = Path(settings.BASE_DIR)
DOCUMENTS = [
    BASE / "README.md",
    BASE / "CHANGELOG.md",
    *sorted((BASE / "docs").glob("*.md")),
    *sorted((BASE / "docs/decisions").glob("*.md")),
]
FRENCH = [BASE / name for name in ("README.md", "CHANGELOG.md", "docs/guide.md", "docs/production.md")]
DECISIONS = sorted((BASE / "docs/decisions").glob("*.md"))
PACKAGES = ("ctg", "partners", "actions", "indicators", "tests")

#: What is written or made on the machine of whoever runs it.
MADE_THERE = {".venv", "var/", "staticfiles", "mails"}

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def name_of(path):
    return str(path.relative_to(BASE))


def prose(path):
    return BLOCK.sub("", path.read_text())


def said(path):
    """Everything in a document that is code: between backquotes, and in blocks."""
    text = path.read_text()
    return [
        *CODE.findall(BLOCK.sub("", text)),
        *(line for block in BLOCK.findall(text) for line in block.splitlines()),
    ]


def anchors(path):
    """The addresses that a page of documents gives to its titles."""
    for line in prose(path).splitlines():
        if line.startswith("#"):
            words = unicodedata.normalize("NFC", line.lstrip("# ").strip().lower())
            yield re.sub(r"[^\w\- ]", "", words).replace(" ", "-")


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(path):
    for link in LINK.findall(prose(path)):
        if link.startswith(("https://", "http://")):
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_paths_exist(path):
    named = [word for line in said(path) for word in re.findall(r"(?<![\w/.:-])\.?[a-z_]\w*/[\w./-]*", line)]
    named += [word for word in CODE.findall(prose(path)) if re.fullmatch(r"[\w.-]+\.(toml|txt|md)", word)]
    for word in named:
        if not word.startswith(tuple(MADE_THERE)):
            assert (BASE / word).exists(), word


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_dotted_names_exist(path):
    for word in CODE.findall(prose(path)):
        first, *names = word.split(".")
        if first in PACKAGES and names and re.fullmatch(r"[\w.]+", word):
            assert named(first, names) is not None, word


def named(package, names):
    thing = importlib.import_module(package)
    for name in names:
        if not hasattr(thing, name):
            importlib.import_module(f"{thing.__name__}.{name}")
        thing = getattr(thing, name)
    return thing


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_commands_exist(path):
    known = get_commands()
    for line in said(path):
        for command in re.findall(r"(?:^|\s|`)manage(?:\.py)? ([a-z_]+)", line):
            assert command in known, line
        for script, option in re.findall(r"(bin/\w+)(?: (--[a-z]+))?", line):
            assert not option or option in (BASE / script).read_text(), line


def test_every_option_exists():
    for line in said(BASE / "docs/production.md"):
        command = re.match(r"manage ([a-z_]+)", line)
        if command:
            known = load_command_class(get_commands()[command[1]], command[1]).create_parser("", command[1])
            for option in re.findall(r" (--[\w-]+)", line):
                assert option in known.format_help(), line


def test_every_variable_is_documented():
    lines = (BASE / ".env.example").read_text().splitlines()
    variables = {line.partition("=")[0] for line in lines if "=" in line and not line.startswith("#")}
    rows = [line for line in prose(BASE / "docs/production.md").splitlines() if line.startswith("| `")]
    documented = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1])}
    assert documented == variables


def test_the_accounts_of_the_demonstration_are_those_of_the_readme():
    named = set(re.findall(r"`([\w.]+@[\w.-]+)`", prose(BASE / "README.md")))
    assert named == {person.email for person in read_script().people}


def test_decisions_are_numbered_one_after_the_other():
    assert [path.name[:4] for path in DECISIONS] == [f"{rank:04}" for rank in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("path", DECISIONS, ids=name_of)
def test_a_decision_says_its_context_its_choice_and_its_consequences(path):
    titles = [line for line in path.read_text().splitlines() if line.startswith("#")]
    assert titles[0].startswith(f"# {int(path.name[:4])}. ")
    assert titles[1:] == ["## Context", "## Choice", "## Consequences"]
    assert len(path.read_text().split()) < 600, "more than a page"


def test_every_dependency_has_its_line():
    project = tomllib.loads((BASE / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["test"]]
    wanted += project["dependency-groups"]["lint"]
    lines = {
        name
        for path in DECISIONS
        for line in path.read_text().splitlines()
        if line.startswith("| `")
        for name in CODE.findall(line.split("|")[1])
    }
    assert {re.split(r"[\[<>=~!]", name)[0] for name in wanted} == lines


@pytest.mark.parametrize("path", FRENCH, ids=name_of)
def test_french_typography(path):
    french, _, _ = prose(path).partition("## Developing")
    for line in french.splitlines():
        text = CODE.sub("", line)
        assert not re.search(r" [:;?!»]|« |'", text), line


def test_the_guide_speaks_the_words_of_the_screen():
    """What the guide has in bold is read on a page, or is a label of a form."""
    sources = [
        *(BASE / "templates").rglob("*.html"),
        *(p for a in PACKAGES[:4] for p in (BASE / a).rglob("*.py")),
    ]
    screen = plain(" ".join(source.read_text() for source in sources))
    for words in re.findall(r"\*\*([^*]+)\*\*", prose(BASE / "docs/guide.md")):
        assert plain(words) in screen, words


def plain(text):
    text = unescape(text.replace("\\u00a0", " "))
    return re.sub(r"\s+", " ", text).casefold()
