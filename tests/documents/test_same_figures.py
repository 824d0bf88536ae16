"""E6: every figure on paper is the one on the screen and in the workbook, indicator by indicator."""

import datetime as dt
import re
from decimal import Decimal
from io import BytesIO

import docx
import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from openpyxl import load_workbook

from actions.models import Action, Plan
from ctg.documents.exports import Format, export_indicator, export_sheet, export_values
from ctg.web.numbers import write_number
from indicators.models import Indicator, Kind
from tests import factories as f
from tests.documents.files import HEADINGS
from tests.documents.tagged import tables_of, text_of, tight

pytestmark = [pytest.mark.django_db, pytest.mark.once]

RELATED = ("plan__territory", "common", "first_dimension", "second_dimension")
WHOLE = "Toutes années"
#: How many sheets of actions are made as PDF.
PRINTED = 3


def words(node):
    return re.sub(r"\s+", " ", node.get_text()).strip() if node else ""


@pytest.fixture
def page_of(demo_day):
    """page_of(thing): the page of an indicator or of an action, as a coordinator sees it that day."""
    clients = {}

    def open_page(thing):
        territory = thing.plan.territory
        with time_machine.travel(dt.datetime.combine(demo_day, dt.time(12))):
            if territory not in clients:
                clients[territory] = Client()
                clients[territory].force_login(f.MembershipFactory(territory=territory).user)
            response = clients[territory].get(thing.get_absolute_url())
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html5lib")

    return open_page


def years_on_screen(page):
    """By year: the value, what it contains, its target, and the gap between both."""
    rows = page.select("section[aria-labelledby=years-title] tbody tr")
    shown = {}
    for row in rows:
        value, target, gap = row.select("td")
        contents = words(value.select_one(".figure__whole"))
        said = words(value.select_one("a")) or words(value)
        shown[words(row.th)] = (said, contents, words(target), words(gap))
    shown.pop("Départ", None)
    return shown


def years_on_paper(rows):
    return {row[0]: tuple(row[1:]) for row in rows[1:] if row[0] != "Départ"}


def organisations_on_screen(page, year):
    table = page.select_one("section[aria-labelledby=organisations-title] table")
    titles = [words(title) for title in table.select("thead th")] if table else []
    if year not in titles:
        return {}
    place = titles.index(year)
    held = {words(row.th): row.select("td")[place - 1] for row in table.select("tbody tr")}
    return {
        name: re.sub(r" ?à valider$", " (à valider)", words(cell))
        for name, cell in held.items()
        if words(cell) != "pas attendu"
    }


def tables_of_word(content):
    """The cells of each table, and the text of what is in none."""
    document = docx.Document(BytesIO(content))
    cells = [[[flat(cell.text) for cell in row.cells] for row in table.rows] for table in document.tables]
    return cells, [flat(paragraph.text) for paragraph in document.paragraphs]


def flat(text):
    return re.sub(r"\s+", " ", text).strip()


def packed(thing):
    """The same without spaces, as the tree of a PDF is read."""
    if isinstance(thing, dict):
        return {tight(key): packed(value) for key, value in thing.items()}
    return tuple(map(tight, thing)) if isinstance(thing, tuple) else tight(thing)


def table_called(tables, title):
    """The rows of a table, its titles first; a PDF has one table for each page that it is on."""
    parts = [rows for rows in tables if tight(rows[0][0]) == tight(title)]
    return [parts[0][0], *(row for rows in parts for row in rows[1:])] if parts else [[]]


def totals_of(plan, day):
    """The rows of the workbook’s totals, by wording, actions and year."""
    content = export_values(plan, year=None, today=day).content
    titles, *rows = load_workbook(BytesIO(content))["Totaux"].values
    found = [dict(zip(titles, row, strict=True)) for row in rows]
    return {(row["indicateur"], row["actions"], str(row["année"])): row for row in found}


def agree(indicator, said, row):
    """Whether the words of a paper say the numbers of a row of the workbook."""
    if row["valeur"] is None:
        return said == flat(row["pourquoi il n’y a pas de valeur"] or "")
    if indicator.kind == Kind.DELIVERABLE:
        expected = [f"{row['numérateur']:g}"] if row["dénominateur ou effectif"] != 1 else []
    elif indicator.kind == Kind.SHARE:
        expected = [
            f"{number(row['numérateur'])} sur {number(row['dénominateur ou effectif'])}",
            f"soit {number(row['valeur'], 1)} %",
        ]
    else:
        expected = [number(row["valeur"])]
    return all(flat(one) in said for one in expected)


def number(value, places=2):
    return flat(write_number(Decimal(str(value)), places))


@pytest.fixture(scope="module")
def indicators(demo_day):
    found = Indicator.objects.current().filter(plan__in=Plan.objects.all()).select_related(*RELATED)
    return [one for one in found if one.measurements.exists() or one.targets.exists()]


def test_the_sheet_of_an_indicator_says_what_its_page_says(indicators, page_of, demo_day):
    """All of them in Word; as PDF, which is the same paper and takes longer, the last one of each kind."""
    assert len(indicators) > 12
    printed = {one.kind: one for one in indicators}.values()
    assert len(printed) > 3
    for indicator in indicators:
        page = page_of(indicator)
        word, paragraphs = tables_of_word(
            export_indicator(indicator, today=demo_day, file_format=Format.DOCX).content
        )
        years = years_on_screen(page)
        assert WHOLE in years
        assert years_on_paper(table_called(word, "Année")) == years, indicator
        sentences = [words(page.select_one("h1 ~ .page-head__lead"))]
        sentences += [words(legend).partition(" Le trait")[0] for legend in page.select("figcaption")]
        assert set(sentences) <= set(paragraphs)

        year = next(text.split()[-1] for text in paragraphs if text.startswith("Par organisme, en"))
        own = organisations_on_screen(page, year)
        if indicator.kind == Kind.FINDING:
            assert {f"{name} : {said}" for name, said in own.items()} <= set(paragraphs)
        else:
            assert dict(table_called(word, "Organisme")[1:]) == own, indicator

        if indicator in printed:
            pdf = export_indicator(indicator, today=demo_day, file_format=Format.PDF).content
            assert years_on_paper(table_called(tables_of(pdf), "Année")) == packed(years), indicator
            assert all(tight(sentence) in text_of(pdf) for sentence in sentences)
            if indicator.kind != Kind.FINDING:
                assert dict(table_called(tables_of(pdf), "Organisme")[1:]) == packed(own), indicator


def test_and_so_does_the_workbook_of_values(indicators, demo_day):
    compared = 0
    for plan in {indicator.plan for indicator in indicators}:
        rows = totals_of(plan, demo_day)
        own = [one for one in indicators if one.plan == plan]
        for indicator in own:
            content = export_indicator(indicator, today=demo_day, file_format=Format.DOCX).content
            years = years_on_paper(table_called(tables_of_word(content)[0], "Année"))
            served = indicator.actions.filter(trashed_at=None).order_by("number")
            actions = ", ".join(str(action.number) for action in served)
            for year, (said, contents, target, gap) in years.items():
                if year != WHOLE and int(year) > demo_day.year:
                    continue
                row = rows[indicator.wording, actions, "toutes" if year == WHOLE else year]
                assert agree(indicator, said, row), (indicator, year, said, row)
                assert not contents or contents == flat(row["ce que le total contient"])
                assert gap == flat(row["rapport à la cible"] or "")
                assert flat(str(row["cible"] or "")) in target
                compared += 1
    assert compared > 40


def test_the_sheet_of_an_action_says_what_its_page_says(indicators, page_of, demo_day):
    actions = Action.objects.filter(indicators__in=indicators).select_related(*HEADINGS).distinct()
    assert len(actions) > 6
    for rank, action in enumerate(actions):
        shown = figures_on_screen(page_of(action))
        content = export_sheet(action, today=demo_day, file_format=Format.DOCX).content
        assert figures_on_paper(tables_of_word(content)[0]) == shown, action
        if rank < PRINTED:
            pdf = export_sheet(action, today=demo_day, file_format=Format.PDF).content
            assert figures_on_paper(tables_of(pdf)) == shown, action


def figures_on_screen(page):
    """The value, the target and the contents of each indicator, in order."""
    return [
        (
            tight(words(article.select_one("h3"))),
            tight(words(article.select_one(".figure__value"))),
            re.sub("^(–cible:|pouruneciblede)", "", tight(words(article.select_one(".indicator__aim")))),
            tight(words(article.select_one(".figure__whole"))),
        )
        for article in page.select("article.indicator")
    ]


def figures_on_paper(tables):
    """The same; the column after the wording says what is entered."""
    rows = [[tight(cell) for cell in row] for row in table_called(tables, "Indicateur")[1:]]
    return [(row[0].removesuffix("(indicateurclé)"), *row[2:]) for row in rows]
