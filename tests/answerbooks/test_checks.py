"""Each thing that is wrong in a returned workbook, by its cell, with what is accepted."""

import datetime as dt

import pytest
from django.utils import timezone

from ctg.answerbooks.columns import ABSENCE, COMMENT, VALUE
from ctg.answerbooks.returned.comparing import compare
from ctg.answerbooks.writing.answer_book import write_answer_book
from ctg.intake.tables import Refusal
from indicators.models import Absence, Kind
from tests import factories as f

from .books import Filled

pytestmark = pytest.mark.once


@pytest.fixture
def asking(world):
    """A question of a kind, and its workbook."""

    def asked(kind=Kind.COUNT, **details):
        world.solicitation.questions.all().delete()
        indicator = f.IndicatorFactory(plan=world.plan, actions=[world.action], kind=kind, **details)
        question = f.QuestionFactory(solicitation=world.solicitation, indicator=indicator)
        return question, Filled(write_answer_book(world.solicitation, at=timezone.now()).content)

    asked.world = world
    return asked


def told(asking, filled):
    found = compare(filled.source(), asking.world.solicitation, at=timezone.now())
    return [(str(remark.spot), remark.words.replace("\u00a0", " ")) for remark in found.errors]


TOMORROW = timezone.localdate() + dt.timedelta(days=1)
WRONG = {
    "a word": (Kind.COUNT, {"amount": "douze"}, "I2", "Écrivez un nombre en chiffres"),
    "a decimal": (Kind.COUNT, {"amount": 1.5}, "I2", "Écrivez un nombre entier ; lu : 1,5"),
    "less than nothing": (Kind.COUNT, {"amount": -2}, "I2", "ne peut pas être négatif"),
    "too many digits": (Kind.AMOUNT, {"amount": 10**12}, "I2", "trop de chiffres"),
    "a part of a share": (Kind.SHARE, {"amount": 3}, "I3", "Il manque un des deux nombres"),
    "more than the whole": (Kind.SHARE, {"amount": 9, "base": 3}, "I2", "ne peut pas dépasser le second"),
    "off the scale": (Kind.SCALE, {"amount": 7, "base": 3}, "I2", "La note va de 1 à 5 ; lu : 7"),
    "a mean of nobody": (Kind.SCALE, {"amount": 4}, "I3", "Indiquez le nombre de répondants"),
    "another choice": (Kind.DELIVERABLE, {"done": "bientôt"}, "I2", "« Fait », « Pas encore fait »"),
    "done without a day": (Kind.DELIVERABLE, {"done": "Fait"}, "I3", "à quelle date c’était fait"),
    "no day": (Kind.DELIVERABLE, {"done": "oui", "done_on": "l’an prochain"}, "I3", "31/12/2026"),
    "a day to come": (Kind.DELIVERABLE, {"done": "Fait", "done_on": TOMORROW}, "I3", "est à venir"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_is_said_by_its_cell(asking, case):
    kind, typed, cell, words = WRONG[case]
    question, filled = asking(kind)
    for name, value in typed.items():
        filled.type(question, value, name)
    [(place, said)] = told(asking, filled)
    assert place == f"Valeurs, {cell}"
    assert words in said


def test_all_that_is_wrong_in_an_answer_is_said_at_once(asking):
    question, filled = asking()
    filled.type(question, "douze").type(question, "je ne sais pas", title=ABSENCE)
    places = {place for place, _ in told(asking, filled)}
    assert places == {"Valeurs, I2", "Valeurs, J2"}
    [absent] = [said for place, said in told(asking, filled) if place == "Valeurs, J2"]
    assert all(label in absent for label in Absence.labels)


def test_a_value_and_its_absence_are_one_too_many(asking):
    question, filled = asking()
    filled.type(question, 12).type(question, Absence.NOT_YET.label, title=ABSENCE)
    [(place, said)] = told(asking, filled)
    assert place == "Valeurs, J2" and "gardez l’un des deux" in said


def test_categories_that_exceed_their_total_are_an_error(asking):
    ages = f.DimensionFactory(territory=asking.world.territory, categories=["0-3 ans", "4-11 ans"])
    question, filled = asking(first_dimension=ages)
    young, old = ages.categories.all()
    filled.type(question, 10).type(question, 8, f"part-{young.pk}-0").type(question, 5, f"part-{old.pk}-0")
    [(place, said)] = told(asking, filled)
    assert place == "Valeurs, I3" and "La ventilation donne 13" in said


def test_a_row_that_stands_twice_and_says_two_things_is_an_error(asking):
    question, filled = asking()
    filled.type(question, 10)
    filled.sheet.append([cell.value for cell in filled.sheet[2]])
    filled.sheet["I3"].value = 11
    [(place, said)] = told(asking, filled)
    assert place == "Valeurs, I3" and "en double" in said


def test_a_title_that_is_gone_is_asked_for(asking):
    question, filled = asking()
    filled.sheet.cell(1, [cell.value for cell in filled.sheet[1]].index(VALUE) + 1).value = "Chiffre"
    with pytest.raises(Refusal, match="manque au-dessus de sa colonne"):
        told(asking, filled)


def test_what_surprises_asks_for_a_comment_and_blocks_nothing(asking):
    question, filled = asking()
    year = timezone.localdate().year
    f.MeasurementFactory(
        indicator=question.indicator, organisation=asking.world.service, year=year - 1, amount=10
    )
    filled.type(question, 900)
    found = compare(filled.source(), asking.world.solicitation, at=timezone.now())
    assert [str(one.spot) for one in found.warnings] == ["Valeurs, I2"] and len(found.clean) == 1
    filled.type(question, "Une salle de plus.", title=COMMENT)
    found = compare(filled.source(), asking.world.solicitation, at=timezone.now())
    assert not found.warnings
