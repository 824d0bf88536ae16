"""What a value cannot be, what would surprise in it, and how it is said."""

import datetime as dt
from decimal import Decimal

import pytest

from indicators.models import Accrual, Gathering, Indicator, Kind, Measurement, Target
from indicators.values.checks import impossible, unusual
from indicators.values.wording import say_value
from tests import factories as f

TODAY = dt.date(2026, 11, 22)


def numbers(**typed):
    return {name: Decimal(str(value)) for name, value in typed.items()}


def wrong(kind, *, today=TODAY, portions=None, rules=None, **values):
    indicator = Indicator(kind=kind, unit="personnes", **(rules or {}))
    read = {
        name: value if isinstance(value, dt.date) else Decimal(str(value)) for name, value in values.items()
    }
    return impossible(indicator, read | ({"portions": portions} if portions else {}), today=today)


# What cannot be

FINE = [
    (Kind.COUNT, {}),
    (Kind.COUNT, {"amount": 0}),
    (Kind.COUNT, {"amount": "12.0000"}),
    (Kind.AMOUNT, {"amount": "-120.50"}),
    (Kind.SHARE, {}),
    (Kind.SHARE, {"amount": 0, "base": 12}),
    (Kind.SHARE, {"amount": 12, "base": 12}),
    (Kind.DURATION, {"amount": "3.5"}),
    (Kind.DURATION, {"amount": 0, "base": 4}),
    (Kind.SCALE, {"amount": 1, "base": 1}),
    (Kind.SCALE, {"amount": 5, "base": 52}),
    (Kind.DELIVERABLE, {"amount": 0}),
    (Kind.DELIVERABLE, {"amount": 1, "done_on": TODAY}),
    (Kind.FINDING, {}),
]


@pytest.mark.parametrize(("kind", "values"), FINE)
def test_what_may_be(kind, values):
    assert wrong(kind, **values) == {}


IMPOSSIBLE = [
    (Kind.COUNT, {"amount": -1}, "amount", "négatif"),
    (Kind.COUNT, {"amount": "1.234"}, "amount", "nombre entier ; lu : 1,234"),
    (Kind.SHARE, {"amount": -1, "base": 12}, "amount", "négatif"),
    (Kind.SHARE, {"amount": 13, "base": 12}, "amount", "13 sur 12"),
    (Kind.SHARE, {"amount": 0, "base": 0}, "base", "dépasser zéro"),
    (Kind.SHARE, {"amount": 4, "base": -12}, "base", "dépasser zéro"),
    (Kind.SHARE, {"amount": 12}, "base", "Il manque"),
    (Kind.SHARE, {"base": 12}, "amount", "Il manque"),
    (Kind.DURATION, {"amount": -2}, "amount", "négatif"),
    (Kind.DURATION, {"amount": 2, "base": 0}, "base", "en entier"),
    (Kind.DURATION, {"base": 2}, "amount", "Il manque"),
    (Kind.SCALE, {"amount": "0.9", "base": 12}, "amount", "de 1 à 5"),
    (Kind.SCALE, {"amount": "5.1", "base": 12}, "amount", "de 1 à 5 ; lu : 5,1"),
    (Kind.SCALE, {"amount": 4}, "base", "répondants"),
    (Kind.SCALE, {"amount": 4, "base": 0}, "base", "à partir de 1"),
    (Kind.SCALE, {"amount": 4, "base": "12.5"}, "base", "en entier"),
    (Kind.SCALE, {"base": 12}, "amount", "Il manque"),
    (Kind.DELIVERABLE, {"amount": 2}, "amount", "0 pour"),
    (Kind.DELIVERABLE, {"amount": 1}, "done_on", "à quelle date"),
    (Kind.DELIVERABLE, {"amount": 0, "done_on": TODAY}, "done_on", "sans « fait »"),
    (Kind.DELIVERABLE, {"done_on": TODAY}, "done_on", "sans « fait »"),
    (Kind.DELIVERABLE, {"amount": 1, "done_on": dt.date(2026, 11, 23)}, "done_on", "à venir"),
]


@pytest.mark.parametrize(("kind", "values", "field", "words"), IMPOSSIBLE)
def test_what_cannot_be_is_said_beside_its_field(kind, values, field, words):
    [(found, sentence)] = wrong(kind, **values).items()
    assert found == field and words in sentence.replace("\u00a0", " ")


def test_respondents_are_needed_only_where_means_are_weighted():
    for rule in (Gathering.MEAN, Gathering.NONE, Gathering.LAST):
        assert wrong(Kind.SCALE, amount=4, rules={"gathering": rule}) == {}
    assert "base" in wrong(Kind.DURATION, amount=4, rules={"gathering": Gathering.WEIGHTED})


@pytest.mark.parametrize(
    "value",
    [
        numbers(amount=0),
        numbers(base=3),
        {"done_on": TODAY},
        {"finding": "Bien"},
        {"portions": [[1, None, 2, None]]},
    ],
)
def test_a_value_and_its_absence_exclude_each_other(value):
    errors = impossible(Indicator(kind=Kind.COUNT), value | {"absence": "not_yet"}, today=TODAY)
    assert list(errors) == ["absence"]


def test_an_absence_beside_nothing_is_an_answer():
    empty = {"amount": None, "base": None, "done_on": None, "finding": "", "portions": []}
    assert impossible(Indicator(kind=Kind.SCALE), empty | {"absence": "not_yet"}, today=TODAY) == {}


# The parts


@pytest.fixture
def broken_down(db):
    """An indicator by three communes, and their keys; by two ages as well."""
    towns = f.DimensionFactory(name="Commune", categories=["Maule", "Andelu", "Bazemont"])
    ages = f.DimensionFactory(name="Âge", categories=["moins de 25 ans", "plus"])
    indicator = f.IndicatorFactory(first_dimension=towns)
    return indicator, [one.pk for one in towns.categories.all()], ages


def parts(indicator, amount, rows, base=None):
    values = {"amount": amount and Decimal(amount), "base": base and Decimal(base), "portions": rows}
    return impossible(indicator, values, today=TODAY).get("portions", "")


def test_some_parts_may_be_missing(broken_down):
    indicator, (maule, andelu, _), _ = broken_down
    assert parts(indicator, 30, [[maule, None, "12", None]]) == ""
    assert parts(indicator, 30, [[maule, None, "12", None], [andelu, None, "18", None]]) == ""


def test_parts_do_not_exceed_the_total(broken_down):
    indicator, (maule, andelu, _), _ = broken_down
    said = parts(indicator, 30, [[maule, None, "12", None], [andelu, None, "19", None]])
    assert "donne 31" in said and "est de 30" in said


def test_all_the_parts_make_the_total(broken_down):
    indicator, keys, _ = broken_down
    assert "donne 29" in parts(
        indicator, 30, [[key, None, Decimal(n), None] for key, n in zip(keys, (9, 9, 11), strict=True)]
    )
    assert (
        parts(indicator, 29, [[key, None, Decimal(n), None] for key, n in zip(keys, (9, 9, 11), strict=True)])
        == ""
    )


def test_a_retired_category_is_not_waited_for(broken_down):
    indicator, (maule, andelu, bazemont), _ = broken_down
    indicator.first_dimension.categories.filter(pk=bazemont).update(is_retired=True)
    rows = [[maule, None, "12", None], [andelu, None, "12", None]]
    assert "donne 24" in parts(indicator, 30, rows)


def test_pairs_are_complete_when_every_pair_is_there(broken_down):
    indicator, keys, ages = broken_down
    indicator.second_dimension = ages
    indicator.save()
    rows = [[town, age.pk, "5", None] for town in keys for age in ages.categories.all()]
    assert "donne 30" in parts(indicator, 31, rows)
    assert parts(indicator, 31, rows[:5]) == ""
    assert parts(indicator, 30, rows) == ""


def test_parts_without_a_total_are_not_a_value(broken_down):
    indicator, (maule, *_), _ = broken_down
    assert "total" in parts(indicator, None, [[maule, None, "12", None]])


def test_each_part_is_a_number_of_its_kind(broken_down):
    indicator, (maule, *_), _ = broken_down
    assert "négatif" in parts(indicator, 30, [[maule, None, "-1", None]])
    assert "entier" in parts(indicator, 30, [[maule, None, "1.5", None]])
    indicator.kind = Kind.SHARE
    assert "13 sur 12" in parts(indicator, 20, [[maule, None, "13", "12"]], base=40)
    assert "manque" in parts(indicator, 20, [[maule, None, "13", None]], base=40)
    assert "donne 41" in parts(indicator, 20, [[maule, None, "13", "41"]], base=40)
    indicator.kind = Kind.SCALE
    assert "de 1 à 5" in parts(indicator, 4, [[maule, None, "6", "3"]], base=40)


# What surprises


def against(kind, now, then=None, target=None, base=None, then_base=None, **rules):
    indicator = Indicator(kind=kind, unit="personnes", **rules)
    before = None
    if then is not None:
        before = Measurement(
            amount=Decimal(str(then)), base=then_base and Decimal(then_base), period="2025", year=2025
        )
    aim = None if target is None else Target(year=2026, value=Decimal(str(target)))
    said = unusual(
        indicator,
        {"amount": Decimal(str(now)), "base": base and Decimal(base)},
        before=before,
        target=aim,
        year=2026,
    )
    return said.replace("\u00a0", " ").replace("\u202f", " ")


USUAL = [
    (96, 96),
    (96, 288),  # three times, not more
    (96, 32),
    (2, 9),  # more than three times, of nearly nothing
    (9, 0),
    (0, 9),
]


@pytest.mark.parametrize(("then", "now"), USUAL)
def test_what_does_not_surprise(then, now):
    assert against(Kind.COUNT, now, then) == ""


SURPRISES = [
    (96, 1240, "Lu : 1 240 personnes, soit 13 fois plus qu’en 2025 (96)."),
    (96, 289, "Lu : 289 personnes, soit 3 fois plus qu’en 2025 (96)."),
    (96, 31, "Lu : 31 personnes, soit 3 fois moins qu’en 2025 (96)."),
    (96, 0, "Lu : 0 personne, contre 96 en 2025."),
    (0, 10, "Lu : 10 personnes, contre 0 en 2025."),
]


@pytest.mark.parametrize(("then", "now", "said"), SURPRISES)
def test_what_is_far_from_last_year(then, now, said):
    assert against(Kind.COUNT, now, then) == said


def test_nothing_to_compare_with_surprises_nobody():
    assert against(Kind.COUNT, 10_000) == ""


def test_more_than_twice_the_target():
    assert against(Kind.COUNT, 240, target=120) == ""
    assert against(Kind.COUNT, 241, target=120) == "Lu : 241 personnes, soit 2 fois la cible de 2026 (120)."
    assert against(Kind.COUNT, 9, target=4) == ""
    assert against(Kind.COUNT, 900, target=0) == ""


def test_shares_are_compared_by_points():
    assert against(Kind.SHARE, 30, 20, base=100, then_base=100) == ""
    said = against(Kind.SHARE, 60, 27, base=100, then_base=120)
    assert said == "Lu : 60 sur 100, soit 60 %, 37,5 points de plus qu’en 2025 (22,5 %)."
    assert against(Kind.SHARE, 8, 1, base=9, then_base=9) == ""


def test_marks_are_compared_by_points():
    assert against(Kind.SCALE, "2.8", "4.3", base=9, then_base=41) == ""
    said = against(Kind.SCALE, "2.5", "4.3", base=9, then_base=41)
    assert said == "Lu : 2,5 sur 5 (9 répondants), 1,8 point de moins qu’en 2025 (4,3)."


def test_a_running_total_does_not_go_down():
    assert against(Kind.COUNT, 95, 96) == ""
    said = against(Kind.COUNT, 95, 96, accrual=Accrual.RUNNING)
    assert said == "Lu : 95 personnes, moins qu’en 2025 (96 personnes), que ce total comprend déjà."


def test_a_running_total_of_a_quarter_is_held_against_the_quarter_before():
    indicator = Indicator(kind=Kind.COUNT, accrual=Accrual.RUNNING, frequency="quarter")
    past = {"amount": Decimal(40), "base": None}
    a_year_ago = Measurement(**past, period="2025-T3", year=2025)
    before_this = Measurement(**past, period="2026-T2", year=2026)
    asked = {"target": None, "year": 2026}
    typed = {"amount": Decimal(39), "base": None}
    assert unusual(indicator, typed, before=a_year_ago, **asked) == ""
    said = unusual(indicator, typed, before=a_year_ago, previous=before_this, **asked)
    assert "moins qu’au 2e trimestre 2026 (40)" in said


@pytest.mark.parametrize("kind", [Kind.FINDING, Kind.DELIVERABLE])
def test_what_is_no_number_is_compared_with_nothing(kind):
    assert against(kind, 1, 0) == ""


# In words

SAID = [
    (Kind.COUNT, {"amount": 1240}, "1 240 personnes"),
    (Kind.COUNT, {"amount": 0}, "0 personne"),
    (Kind.SHARE, {"amount": 27, "base": 120}, "27 sur 120, soit 22,5 %"),
    (Kind.SHARE, {"amount": 1, "base": 3}, "1 sur 3, soit 33,3 %"),
    (Kind.SCALE, {"amount": "4.3", "base": 41}, "4,3 sur 5 (41 répondants)"),
    (Kind.SCALE, {"amount": "4.3", "base": 1}, "4,3 sur 5 (1 répondant)"),
    (Kind.SCALE, {"amount": "4.3"}, "4,3 sur 5"),
    (Kind.DURATION, {"amount": "3.5", "base": 12}, "3,5 personnes (12 cas)"),
    (Kind.DELIVERABLE, {"amount": 1, "done_on": dt.date(2026, 3, 12)}, "fait le 12 mars 2026"),
    (Kind.DELIVERABLE, {"amount": 1, "done_on": dt.date(2026, 3, 1)}, "fait le 1er mars 2026"),
    (Kind.DELIVERABLE, {"amount": 0}, "pas encore fait"),
    (Kind.FINDING, {"finding": "Bien reçu"}, "Bien reçu"),
    (Kind.COUNT, {"absence": "not_yet"}, "non disponible : la donnée arrive plus tard"),
    (Kind.COUNT, {}, ""),
    (Kind.FINDING, {}, ""),
]


@pytest.mark.parametrize(("kind", "values", "said"), SAID)
def test_how_a_value_is_said(kind, values, said):
    indicator = Indicator(kind=kind, unit="personnes")
    read = {
        name: Decimal(str(value)) if name in ("amount", "base") else value for name, value in values.items()
    }
    for value in (read, Measurement(**read)):
        assert say_value(indicator, value).replace("\u00a0", " ").replace("\u202f", " ") == said
