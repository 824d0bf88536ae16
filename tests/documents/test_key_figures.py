"""The followed plan on paper ends on what its key indicators are worth; the voted one does not know them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ctg.documents.plan_reading import PlanReading
from tests import factories as f
from tests.documents.files import TODAY, html_of, paper_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TITLE = f"Indicateurs clés en {TODAY.year}"


@pytest.fixture
def action(plan):
    return f.ActionFactory(plan=plan, number=4)


def indicator(action, wording, amount, *, is_key=True):
    one = f.IndicatorFactory(plan=action.plan, actions=[action], wording=wording, is_key=is_key)
    f.MeasurementFactory(indicator=one, year=TODAY.year, amount=amount)
    return one


def key_section(paper):
    return next((section for section in paper.sections if section.title == TITLE), None)


def test_each_key_indicator_has_its_value(plan, action):
    indicator(action, "Familles accompagnées", 412)
    indicator(action, "Ateliers tenus", 7, is_key=False)
    section = key_section(paper_of(plan, with_follow_up=True))
    [table] = section.blocks
    assert [row[0] for row in table.rows] == ["Familles accompagnées (indicateur clé)"]
    assert "412" in table.rows[0][2]
    assert "Familles accompagnées" in html_of(paper_of(plan, with_follow_up=True))


def test_neither_the_voted_plan_nor_the_short_list_has_them(plan, action):
    indicator(action, "Familles accompagnées", 412)
    assert key_section(paper_of(plan)) is None
    assert key_section(paper_of(plan, with_follow_up=True, as_list=True)) is None


def test_without_a_key_indicator_there_is_no_such_section(plan, action):
    indicator(action, "Ateliers tenus", 7, is_key=False)
    assert key_section(paper_of(plan, with_follow_up=True)) is None


def test_what_filters_leave_out_takes_its_indicators_along(plan, action):
    indicator(action, "Familles accompagnées", 412)
    other = f.ActionFactory(plan=plan, number=5)
    indicator(other, "Places ouvertes", 30)
    reading = PlanReading(plan, {other.pk})
    assert [one.wording for one in reading.key_indicators(TODAY)] == ["Places ouvertes"]


def test_the_number_of_queries_does_not_grow(plan, action):
    indicator(action, "Familles accompagnées", 412)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            paper_of(plan, with_follow_up=True)
        return len(queries)

    few = count()
    for number in range(8):
        indicator(action, f"Indicateur {number}", number)
    assert count() == few
