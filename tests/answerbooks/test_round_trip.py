"""A workbook that comes back untouched changes nothing; k cells typed make k differences."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctg.answerbooks.columns import ABSENCE, COMMENT
from ctg.answerbooks.returned.comparing import compare
from ctg.answerbooks.writing.answer_book import write_answer_book
from ctg.intake.reading import read_file
from indicators.models import Absence, Kind, Measurement, State
from tests import factories as f

from .books import Filled

NOW = timezone.now
KINDS = list(Kind)


@pytest.fixture
def asked(world):
    world.measurement.delete()
    world.question.delete()
    return world


def ask(world, kind=Kind.COUNT, **details):
    indicator = f.IndicatorFactory(plan=world.plan, actions=[world.action], kind=kind, **details)
    return f.QuestionFactory(solicitation=world.solicitation, indicator=indicator)


def answer(question, portions=(), **answered):
    value = f.MeasurementFactory(
        indicator=question.indicator,
        organisation=question.solicitation.organisation,
        state=answered.pop("state", State.DRAFT),
        **({"amount": None} | answered),
    )
    value.write_tracked("portions", list(portions))
    return value


def written(world):
    return write_answer_book(world.solicitation, at=NOW()).content


def read(world, content):
    return compare(read_file(content, "classeur.xlsx"), world.solicitation, at=NOW())


def compared(world, filled):
    return compare(filled.source(), world.solicitation, at=NOW())


def one_of_each(world):
    """A question of each kind, two of them broken down, half of them answered."""
    communes = f.DimensionFactory(territory=world.territory, categories=["Rivemont", "Maule"])
    ages = f.DimensionFactory(territory=world.territory, categories=["0-3 ans", "4-11 ans"])
    questions = {kind: ask(world, kind) for kind in KINDS}
    broken = ask(world, first_dimension=communes, second_dimension=ages)
    share = ask(world, Kind.SHARE, first_dimension=communes)
    first, second = communes.categories.all()
    young, old = ages.categories.all()
    answer(broken, [[first.pk, young.pk, Decimal(5), None], [second.pk, old.pk, Decimal(7), None]], amount=12)
    answer(share, [[first.pk, None, Decimal(3), Decimal(8)]], amount=Decimal("3.5"), base=Decimal(12))
    answer(questions[Kind.AMOUNT], amount=Decimal("1234567.8912"), comment="Deux lignes\nici")
    answer(questions[Kind.DELIVERABLE], amount=1, done_on=dt.date(2026, 3, 1))
    answer(questions[Kind.SCALE], amount=Decimal("4.25"), base=31, finding="=SOMME(A1)", verbatims="« Oui »")
    answer(questions[Kind.FINDING], absence=Absence.NOT_YET)
    return questions


def test_an_untouched_workbook_changes_nothing(asked):
    one_of_each(asked)
    found = read(asked, written(asked))
    assert len(found.replies) == len(KINDS) + 2
    assert (found.is_unchanged, found.remarks, found.differences) == (True, [], [])


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=60
).filter(str.strip)
NUMBERS = st.decimals(min_value=0, max_value=Decimal("99999999999"), places=4)
ANSWERS = st.lists(
    st.one_of(
        st.tuples(st.just(Kind.AMOUNT), st.fixed_dictionaries({"amount": NUMBERS, "comment": TEXTS})),
        st.tuples(
            st.just(Kind.AMOUNT),
            st.fixed_dictionaries({"amount": NUMBERS, "parts": st.lists(NUMBERS, min_size=1, max_size=4)}),
        ),
        st.tuples(st.just(Kind.SHARE), st.fixed_dictionaries({"amount": NUMBERS, "base": NUMBERS})),
        st.tuples(st.just(Kind.FINDING), st.fixed_dictionaries({"finding": TEXTS, "verbatims": TEXTS})),
        st.tuples(
            st.sampled_from(KINDS), st.fixed_dictionaries({"absence": st.sampled_from(Absence.values)})
        ),
        st.tuples(st.sampled_from(KINDS), st.none()),
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.once
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANSWERS)
def test_whatever_was_answered_it_comes_back_unchanged(asked, answers):
    asked.solicitation.questions.all().delete()
    for kind, answered in answers:
        question = ask(asked, kind)
        if parts := (answered or {}).pop("parts", []):
            names = [f"Catégorie {rank}" for rank in range(len(parts))]
            made = f.DimensionFactory(territory=asked.territory, categories=names)
            question.indicator.first_dimension = made
            question.indicator.save()
            pairs = zip(made.categories.all(), parts, strict=True)
            answered["portions"] = [[category.pk, None, part, None] for category, part in pairs]
        if answered:
            answer(question, **answered)
    found = read(asked, written(asked))
    assert found.is_unchanged, [
        (one.label, one.was, one.becomes) for r in found.replies for one in r.differences
    ]
    assert len(found.replies) == len(answers)


def test_a_text_that_no_cell_can_hold_stays_as_it_is(asked):
    long = ask(asked, Kind.FINDING)
    answer(long, finding="é" * 40_000, comment="à" * 40_000)
    found = read(asked, written(asked))
    assert (found.is_unchanged, found.remarks) == (True, [])


def test_each_cell_that_is_typed_makes_one_difference(asked):
    questions = one_of_each(asked)
    filled = Filled(written(asked))
    filled.type(questions[Kind.COUNT], 12)
    filled.type(questions[Kind.SHARE], 3).type(questions[Kind.SHARE], 9, "base")
    filled.type(questions[Kind.SCALE], "On progresse", "finding")
    filled.type(questions[Kind.AMOUNT], "Corrigé", title=COMMENT)
    found = compared(asked, filled)
    told = {(one.was, one.becomes) for one in found.differences}
    assert told == {
        ("", "12"),
        ("", "3"),
        ("", "9"),
        ("=SOMME(A1)", "On progresse"),
        ("Deux lignes\nici", "Corrigé"),
    }
    assert len(found.clean) == 4 and not found.errors


def test_rows_sorted_columns_moved_and_sheet_renamed_say_the_same(asked):
    questions = one_of_each(asked)
    filled = Filled(written(asked)).type(questions[Kind.COUNT], 12)
    rows = [[cell.value for cell in row] for row in filled.sheet.iter_rows()]
    filled.sheet.delete_rows(1, filled.sheet.max_row)
    filled.sheet.title = "Ma feuille"
    filled.sheet.append(["Relevé de mon service"])
    filled.sheet.append([])
    for row in [rows[0], *reversed(rows[1:])]:
        filled.sheet.append(row[::-1])
    # What begins like a formula was written as a text, and openpyxl forgets it.
    for cell in (cell for row in filled.sheet.iter_rows() for cell in row if cell.data_type == "f"):
        cell.data_type = "s"
    found = compared(asked, filled)
    assert [(one.was, one.becomes) for one in found.differences] == [("", "12")]
    assert not found.remarks


def test_an_absence_takes_the_place_of_an_emptied_value(asked):
    question = ask(asked)
    answer(question, amount=12)
    filled = Filled(written(asked)).type(question, None)
    filled.type(question, Absence.UNTRACKED.label, title=ABSENCE)
    [reply] = compared(asked, filled).clean
    assert (reply.values["absence"], reply.values["amount"]) == (Absence.UNTRACKED, None)


def test_a_value_takes_the_place_of_an_emptied_absence(asked):
    question = ask(asked)
    answer(question, absence=Absence.NOT_YET)
    filled = Filled(written(asked)).type(question, 12).type(question, None, title=ABSENCE)
    [reply] = compared(asked, filled).clean
    assert (reply.values["absence"], reply.values["amount"]) == ("", 12)


def test_an_emptied_cell_keeps_its_value_and_says_so(asked):
    question = ask(asked)
    answer(question, amount=12)
    found = compared(asked, Filled(written(asked)).type(question, None))
    assert found.is_unchanged
    assert ["la valeur reste" in remark.words for remark in found.warnings] == [True]


def test_what_changed_meanwhile_elsewhere_is_not_undone_by_an_untouched_cell(asked):
    question = ask(asked)
    value = answer(question, amount=12)
    content = written(asked)
    change(value, asked, amount=Decimal(15))
    assert read(asked, content).is_unchanged


def test_two_people_on_one_value_disagree(asked):
    question = ask(asked)
    value = answer(question, amount=12)
    filled = Filled(written(asked)).type(question, 20)
    change(value, asked, amount=Decimal(15))
    found = compared(asked, filled)
    [reply] = found.disputed
    assert not found.clean
    assert [(one.was, one.becomes) for one in reply.differences] == [("15", "20")]


def test_both_having_written_the_same_is_no_disagreement(asked):
    question = ask(asked)
    value = answer(question, amount=12)
    filled = Filled(written(asked)).type(question, 15)
    change(value, asked, amount=Decimal(15))
    assert compared(asked, filled).is_unchanged


def test_a_validated_value_is_left_and_says_why(asked):
    question = ask(asked)
    answer(question, amount=12, state=State.VALIDATED)
    found = compared(asked, Filled(written(asked)).type(question, 20))
    assert not found.clean
    assert [reply.closed for reply in found.refused] == ["validée par la coordination"]


def change(value, world, **values):
    from partners import tracking
    from partners.tracking import Author

    value.refresh_from_db()
    tracking.change(value, values, by=Author("Zoé"), at=NOW())


def test_the_number_of_queries_does_not_grow_with_the_values(asked):
    def counts():
        with CaptureQueriesContext(
            connection,
        ) as writing:
            content = written(asked)
        for value in Measurement.objects.all():
            change(value, asked, comment="vu entre-temps")
        with CaptureQueriesContext(connection) as reading:
            assert read(asked, content).is_unchanged
        return len(writing), len(reading)

    for _ in range(5):
        answer(ask(asked), amount=3)
    few = counts()
    for _ in range(45):
        answer(ask(asked), amount=3)
    assert counts() == few
