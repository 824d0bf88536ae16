"""Whatever is dropped, it is read or refused: nothing else is raised, nothing lasts, nothing grows."""

import os
import resource
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from ctg.intake.reading import direct, read_file, read_safely, safely
from ctg.intake.reading.limits import MOST_SECONDS
from ctg.intake.tables import Refusal, SourceFile
from tests.intake import files, hostile
from tests.intake.heavy import QUICK


@pytest.fixture(scope="module")
def light():
    return dict(hostile.light(15))


def outcome(read, content):
    try:
        return read(content, "plan.xlsx")
    except Refusal as refusal:
        return refusal


def test_the_files_that_faults_are_made_of_are_sound():
    for parts in (hostile.workbook_parts(), hostile.document_parts(), hostile.opendocument_parts()):
        assert read_file(files.archive(parts), "").tables


def test_a_small_malformed_file_is_read_or_refused(light):
    assert len(light) >= 300
    started = time.monotonic()
    outcomes = [outcome(read_file, content) for content in light.values()]
    assert all(isinstance(one, SourceFile | Refusal) for one in outcomes)
    assert time.monotonic() - started < 30
    assert 50 < sum(isinstance(one, SourceFile) for one in outcomes) < len(light) - 100


def test_no_entity_and_no_document_type_is_ever_read(light):
    typed = [name for name in light if any(word in name for word in ("entity", "laughs", "type in"))]
    assert len(typed) == 7 * 3
    for name in typed:
        assert isinstance(outcome(read_file, light[name]), Refusal), name


@pytest.mark.once
@pytest.mark.parametrize("name", QUICK)
def test_a_heavy_file_is_read_or_refused_in_time(name):
    content = QUICK[name]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    found = outcome(read_safely, content)
    assert isinstance(found, SourceFile | Refusal)
    # Ending it and tidying up takes a moment on a machine that does much else.
    assert time.monotonic() - started < MOST_SECONDS + 3
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 * 1024


@pytest.mark.parametrize(
    "name", ["billion laughs in xl/sharedStrings.xml", "a wrong sum", "encrypted", "macros"]
)
def test_the_process_apart_says_the_same(light, name):
    assert str(outcome(read_safely, light[name])) == str(outcome(read_file, light[name]))


def test_a_sound_file_comes_back_whole_from_the_process_apart():
    for parts in (hostile.workbook_parts(), hostile.document_parts(), hostile.opendocument_parts()):
        content = files.archive(parts)
        assert read_safely(content, "plan") == read_file(content, "plan")


def test_all_encodings_are_known_where_nothing_can_be_opened():
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        content = "Axe;Été\n1;2\n".encode(encoding)
        assert read_safely(content, "") == read_file(content, "")
    named = files.archive(hostile.workbook_parts() | {"xl/été.xml": "x"})
    assert read_safely(named, "") == read_file(named, "")


def run_confined(code):
    confined = f"from ctg.intake.reading.child import confine; import socket, os; confine()\n{code}"
    return subprocess.run([sys.executable, "-c", confined], capture_output=True, text=True, timeout=30)


@pytest.mark.parametrize(
    "code, fault",
    [
        ("open('/etc/hostname')", "Too many open files"),
        ("socket.socket()", "Too many open files"),
        ("bytearray(600 * 1024 * 1024)", "MemoryError"),
    ],
)
def test_the_process_apart_opens_nothing_and_stays_small(code, fault):
    assert fault in run_confined(code).stderr


def test_the_process_apart_knows_few_modules():
    code = "import ctg.intake.reading.child, sys; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.split()
    assert "zipfile" in said and not {"django", "openpyxl", "lxml", "docx", "PIL"} & set(said)


def test_the_process_apart_knows_no_secret(monkeypatch):
    code = "import json, os; print(json.dumps({'refusal': ' '.join(os.environ)}))"
    monkeypatch.setattr(safely, "_COMMAND", (sys.executable, "-c", code))
    monkeypatch.setenv("CTG_SECRET_KEY", "secret")
    with pytest.raises(Refusal) as refusal:
        read_safely(b"a;b", "")
    assert set(str(refusal.value).split()) <= {"LC_CTYPE"}  # Python itself sets the language.


def test_a_reading_that_lasts_is_ended(monkeypatch):
    sleeping = (sys.executable, "-c", "import time; time.sleep(60)")
    monkeypatch.setattr(safely, "_COMMAND", sleeping)
    monkeypatch.setattr(safely, "MOST_SECONDS", 0.3)
    started = time.monotonic()
    with pytest.raises(Refusal, match="mémoire ou de temps"):
        read_safely(b"a;b", "")
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "code", ["os.kill(os.getpid(), 9)", "sys.exit(3)", "print('{')", "print('{\"notes\": []}')"]
)
def test_a_reading_that_dies_is_a_refusal(monkeypatch, code):
    monkeypatch.setattr(safely, "_COMMAND", (sys.executable, "-c", f"import os, sys; {code}"))
    with pytest.raises(Refusal, match="mémoire ou de temps"):
        read_safely(b"a;b", "")


def test_a_lack_of_memory_is_a_refusal(monkeypatch):
    def starve(content, name):
        raise MemoryError

    monkeypatch.setattr(direct, "read_by_content", starve)
    with pytest.raises(Refusal, match="mémoire ou de temps"):
        read_file(b"a;b", "")


def children():
    """The processes of which this one is the parent: a browser may be among them, left by another test."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # one that has just ended
            if int(stat.read_text().rpartition(")")[2].split()[1]) == os.getpid():
                found.add(stat.parent.name)
    return found


def test_reading_leaves_no_process_behind():
    before = children()
    read_safely(b"a;b\nc;d\n", "")
    assert children() <= before
