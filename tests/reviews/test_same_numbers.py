"""E6: every number of the facts of a review is in each of its files that has its place."""

import itertools
import re
import subprocess
from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from python_calamine import CalamineWorkbook

from ctg.documents.pdf.renderer import write_pdf
from ctg.documents.word.writer import write_docx
from ctg.reviews.annex import write_annex
from ctg.reviews.papers.review import review_paper
from ctg.reviews.slides import write_slides
from ctg.web.numbers import write_number
from tests.reviews.facts_samples import SEAL, action_of, change_of, changes_of, progress_of, sample

pytestmark = pytest.mark.once

#: The parts of the facts that have no place in a file, by the beginning of their paths.
PAPERS_LEAVE_OUT = ()
ANNEX_LEAVES_OUT = ("indicator_summary", "highlights")
SLIDES_LEAVE_OUT = (
    *("actions", "highlights", "decisions.actions", "indicators.actions", "progress.by_theme"),
    *("progress.whole.confidences", "progress.by_ambition.confidences"),
    # The first slide of figures has some statuses, the chart has them by ambition.
    *("progress.whole.statuses", "since_signature", "indicator_summary.partial", "indicator_summary.empty"),
)


def with_distinct_numbers(facts, first):
    """The same facts, each number replaced by one that is nowhere else: to be found is to be shown."""
    numbers = itertools.count(first)

    def change(thing, name=""):
        if isinstance(thing, bool) or thing is None or name in ("year", "data_on"):
            return thing
        if isinstance(thing, int):
            return next(numbers)
        if isinstance(thing, tuple):
            return tuple(change(one) for one in thing)
        if not is_dataclass(thing):
            return thing
        thing = replace(
            thing, **{one.name: change(getattr(thing, one.name), one.name) for one in fields(thing)}
        )
        return said_anew(thing, next(numbers)) if getattr(thing, "wording", "") and thing.number else thing

    return change(facts)


def said_anew(indicator, number):
    """A figure and its words are two forms of the same number."""
    return replace(indicator, number=f"{number}.5", value=f"{write_number(number)},5 familles")


def numbers_of(thing, path=""):
    """Each number of the facts with its path; the figure of an indicator as it is written."""
    if isinstance(thing, bool):
        return
    if isinstance(thing, int):
        yield path, str(thing)
    elif isinstance(thing, tuple):
        for one in thing:
            yield from numbers_of(one, path)
    elif is_dataclass(thing):
        for one in fields(thing):
            value = getattr(thing, one.name)
            if path == "indicators" and one.name == "number" and value:
                yield path, value.replace(".", ",")
            yield from numbers_of(value, f"{path}.{one.name}".strip("."))


def missing(facts, text, left_out=()):
    """The numbers that a text lacks, each with its path."""
    joined = re.sub(r"(?<=\d)[\u202f\u00a0 ](?=\d{3})", "", text)  # Poppler makes a space of a narrow one.
    shown = set(re.findall(r"\d+(?:,\d+)?", f"{text}\n{joined}"))
    return [
        (path, number)
        for path, number in numbers_of(facts)
        if number not in shown and not any(path == out or path.startswith(f"{out}.") for out in left_out)
    ]


def text_of_pdf(facts, seal=None):
    content = write_pdf(review_paper(facts, seal))
    said = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return said.stdout.decode()


def text_of_word(facts, seal=None):
    document = docx.Document(BytesIO(write_docx(review_paper(facts, seal))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def text_of_annex(facts, seal=None):
    book = CalamineWorkbook.from_filelike(BytesIO(write_annex(facts, seal)))
    rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
    return "\n".join(in_words(cell) for row in rows for cell in row)


def in_words(cell):
    return f"{cell:g}".replace(".", ",") if isinstance(cell, float) and cell < 100_000 else str(cell)


def text_of_slides(facts, seal=None):
    """What slides, their notes and their charts show."""
    content = write_slides(facts, seal)
    Presentation(BytesIO(content))
    with ZipFile(BytesIO(content)) as file:
        parts = [
            file.read(name)
            for name in file.namelist()
            if re.match(r"ppt/(slides|notesSlides|charts)/[^_]*xml$", name)
        ]
    return "\n".join("\n".join(etree.fromstring(part).itertext()) for part in parts)


FILES = {
    "PDF": (text_of_pdf, PAPERS_LEAVE_OUT),
    "Word": (text_of_word, PAPERS_LEAVE_OUT),
    "Excel": (text_of_annex, ANNEX_LEAVES_OUT),
    "PowerPoint": (text_of_slides, SLIDES_LEAVE_OUT),
}


@pytest.mark.parametrize("name", FILES)
def test_every_number_of_a_usual_year_is_there(name):
    text_of, left_out = FILES[name]
    facts = with_distinct_numbers(sample(), 2101)
    assert len(list(numbers_of(facts))) > 100
    assert not missing(facts, text_of(facts, SEAL), left_out)


@pytest.mark.parametrize("name", FILES)
def test_a_number_that_one_file_lacks_is_found_out(name):
    text_of, left_out = FILES[name]
    facts = with_distinct_numbers(sample(), 2101)
    later = replace(facts.progress, whole=replace(facts.progress.whole, late=9_999))
    assert missing(replace(facts, progress=later), text_of(facts), left_out) == [
        ("progress.whole.late", "9999")
    ]


@st.composite
def reviews(draw):
    """Small facts: any number of things, each of any size."""
    facts = sample()
    count = draw(st.integers(1, 4))
    actions = tuple(
        action_of(
            number,
            status=draw(st.sampled_from(["planned", "ongoing", "done", "abandoned"])),
            ambition=draw(st.sampled_from(["", "Grandir", "Vieillir"])),
            progress=draw(st.none() | st.integers(0, 100)),
        )
        for number in range(1, count + 1)
    )
    some = {
        name: getattr(facts, name)[: draw(st.integers(0, len(getattr(facts, name))))]
        for name in ("indicators", "meetings", "decisions", "road_map", "highlights")
    }
    moved = changes_of(*(change_of(number) for number in range(draw(st.integers(0, 4)))))
    facts = replace(facts, actions=actions, progress=progress_of(actions), since_last_year=moved, **some)
    return with_distinct_numbers(facts, draw(st.integers(200, 8_000)))


def left_out_of(facts, name, left_out):
    """Themes stand in the chart of a plan without ambition; without indicators, none are counted."""
    found = {*left_out, *([] if facts.indicators else ["indicator_summary"])}
    if name == "PowerPoint" and not facts.progress.by_ambition:
        found = found - {"progress.by_theme"} | {"progress.by_theme.confidences"}
    return found


@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(reviews())
def test_and_so_it_is_of_any_year(facts):
    for name, (text_of, left_out) in FILES.items():
        lacking = missing(facts, text_of(facts), left_out_of(facts, name, left_out))
        assert not lacking, name
