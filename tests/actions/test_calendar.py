from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calendar import Period, Precision, describe_period, late_since, since_words
from actions.calendar_reading import LONGEST_TEXT, read_period

UNDERSTOOD = [
    # As people shorten them
    ("2025-28", "2025-01-01", "2028-12-31", "year"),
    ("2025 > 2028", "2025-01-01", "2028-12-31", "year"),
    ("T3 2026 -> T1 2027", "2026-07-01", "2027-03-31", "quarter"),
    ("2025 | 2026 | 2027", "2025-01-01", "2027-12-31", "year"),
    ("sept. 26", "2026-09-01", "2026-09-30", "month"),
    ("mars-26 à juin-27", "2026-03-01", "2027-06-30", "month"),
    ("T4-26", "2026-10-01", "2026-12-31", "quarter"),
    ("2e trimestre 26", "2026-04-01", "2026-06-30", "quarter"),
    ("1T 2026", "2026-01-01", "2026-03-31", "quarter"),
    ("2S 2026", "2026-07-01", "2026-12-31", "semester"),
    ("Q2 2026", "2026-04-01", "2026-06-30", "quarter"),
    ("vacances d’été 2026", "2026-07-01", "2026-08-31", "season"),
    ("vacances de février 2027", "2027-02-01", "2027-03-31", "season"),
    ("tout au long de l’année 2026", "2026-01-01", "2026-12-31", "year"),
    # Years
    ("2026", "2026-01-01", "2026-12-31", "year"),
    ("en 2026", "2026-01-01", "2026-12-31", "year"),
    ("courant 2026", "2026-01-01", "2026-12-31", "year"),
    ("toute l’année 2026", "2026-01-01", "2026-12-31", "year"),
    ("2025 à 2028", "2025-01-01", "2028-12-31", "year"),
    ("2025-2028", "2025-01-01", "2028-12-31", "year"),
    ("2025 – 2028", "2025-01-01", "2028-12-31", "year"),
    ("2025/2028", "2025-01-01", "2028-12-31", "year"),
    ("De 2025 à 2028.", "2025-01-01", "2028-12-31", "year"),
    ("2025\u00a0à\u202f2028", "2025-01-01", "2028-12-31", "year"),
    ("entre 2026 et 2028", "2026-01-01", "2028-12-31", "year"),
    ("2025, 2026 et 2027", "2025-01-01", "2027-12-31", "year"),
    ("2026 puis 2028", "2026-01-01", "2028-12-31", "year"),
    ("année scolaire 2026-2027", "2026-09-01", "2027-08-31", "year"),
    ("ANNÉE SCOLAIRE 2026/2027", "2026-09-01", "2027-08-31", "year"),
    ("années scolaires 2026-2027 et 2027-2028", "2026-09-01", "2028-08-31", "year"),
    # Parts of a year
    ("début 2026", "2026-01-01", "2026-03-31", "quarter"),
    ("mi-2026", "2026-04-01", "2026-09-30", "semester"),
    ("fin 2026", "2026-10-01", "2026-12-31", "quarter"),
    ("début 2026 à fin 2027", "2026-01-01", "2027-12-31", "quarter"),
    ("2e semestre 2026", "2026-07-01", "2026-12-31", "semester"),
    ("2ème semestre 2026", "2026-07-01", "2026-12-31", "semester"),
    ("2nd semestre 2026", "2026-07-01", "2026-12-31", "semester"),
    ("2ᵉ semestre de 2026", "2026-07-01", "2026-12-31", "semester"),
    ("Second semestre 2026", "2026-07-01", "2026-12-31", "semester"),
    ("DEUXIEME SEMESTRE 2026", "2026-07-01", "2026-12-31", "semester"),
    ("S2 2026", "2026-07-01", "2026-12-31", "semester"),
    ("2026-S2", "2026-07-01", "2026-12-31", "semester"),
    ("2026 S2", "2026-07-01", "2026-12-31", "semester"),
    ("1er semestre 2026", "2026-01-01", "2026-06-30", "semester"),
    ("1er et 2e semestres 2026", "2026-01-01", "2026-12-31", "semester"),
    ("2e semestre 2026 à 2028", "2026-07-01", "2028-12-31", "year"),
    ("1er trimestre 2026", "2026-01-01", "2026-03-31", "quarter"),
    ("T1 2026", "2026-01-01", "2026-03-31", "quarter"),
    ("dernier trimestre 2026", "2026-10-01", "2026-12-31", "quarter"),
    ("T4 2026 à T2 2027", "2026-10-01", "2027-06-30", "quarter"),
    ("printemps 2026", "2026-03-01", "2026-05-31", "season"),
    ("à l'été 2026", "2026-06-01", "2026-08-31", "season"),
    ("automne 2026", "2026-09-01", "2026-11-30", "season"),
    ("hiver 2026", "2026-12-01", "2027-02-28", "season"),
    ("hiver 2027-2028", "2027-12-01", "2028-02-29", "season"),
    # Months
    ("mars 2026", "2026-03-01", "2026-03-31", "month"),
    ("03/2026", "2026-03-01", "2026-03-31", "month"),
    ("Sept. 2026", "2026-09-01", "2026-09-30", "month"),
    ("fin février 2028", "2028-02-01", "2028-02-29", "month"),
    ("rentrée 2027", "2027-09-01", "2027-09-30", "month"),
    ("rentrée scolaire 2027", "2027-09-01", "2027-09-30", "month"),
    ("à la rentrée de septembre 2027", "2027-09-01", "2027-09-30", "month"),
    ("avril à juin 2026", "2026-04-01", "2026-06-30", "month"),
    ("d’avril à juin 2026", "2026-04-01", "2026-06-30", "month"),
    ("D'AVRIL A JUIN 2026", "2026-04-01", "2026-06-30", "month"),
    ("avril-juin 2026", "2026-04-01", "2026-06-30", "month"),
    ("avril 2026 à mars 2027", "2026-04-01", "2027-03-31", "month"),
    ("03/2026 - 06/2026", "2026-03-01", "2026-06-30", "month"),
    ("mars et avril 2026", "2026-03-01", "2026-04-30", "month"),
    ("mars, juin et novembre 2026", "2026-03-01", "2026-11-30", "month"),
    ("d’octobre à mars 2027", "2026-10-01", "2027-03-31", "month"),
    ("septembre 2026 à juin", "2026-09-01", "2027-06-30", "month"),
    ("2026 : avril à juin", "2026-04-01", "2026-06-30", "month"),
    ("2026 (mars)", "2026-03-01", "2026-03-31", "month"),
    ("mars, 2026", "2026-03-01", "2026-03-31", "month"),
    ("T1/2026", "2026-01-01", "2026-03-31", "quarter"),
    ("mars 2026 à 2028", "2026-03-01", "2028-12-31", "year"),
    # Days
    ("15/03/2026", "2026-03-15", "2026-03-15", "day"),
    ("15.03.2026", "2026-03-15", "2026-03-15", "day"),
    ("2026-03-15", "2026-03-15", "2026-03-15", "day"),
    ("1er mars 2026", "2026-03-01", "2026-03-01", "day"),
    ("du 3 mars au 5 juin 2026", "2026-03-03", "2026-06-05", "day"),
    ("du 3 au 5 juin 2026", "2026-06-03", "2026-06-05", "day"),
    ("2, 3 et 5 juin 2026", "2026-06-02", "2026-06-05", "day"),
    ("du 15 décembre au 15 janvier 2027", "2026-12-15", "2027-01-15", "day"),
    ("du 3 mars à juin 2026", "2026-03-03", "2026-06-30", "month"),
    # Open ends
    ("à partir de 2026", "2026-01-01", None, "year"),
    ("dès septembre 2026", "2026-09-01", None, "month"),
    ("à compter du 1er janvier 2026", "2026-01-01", None, "day"),
    ("2026 et années suivantes", "2026-01-01", None, "year"),
    ("en continu à partir de 2026", "2026-01-01", None, "year"),
    ("septembre 2026 (en continu)", "2026-09-01", None, "month"),
    ("à partir de mars 2026 jusqu’en juin 2027", "2026-03-01", "2027-06-30", "month"),
    ("jusqu’en 2027", None, "2027-12-31", "year"),
    ("jusqu'au 30 juin 2026", None, "2026-06-30", "day"),
    ("30 juin 2026 au plus tard", None, "2026-06-30", "day"),
    ("d’ici fin 2027", None, "2027-12-31", "quarter"),
    ("à l’horizon 2028", None, "2028-12-31", "year"),
    ("avant fin 2026", None, "2026-12-31", "quarter"),
    ("avant le 30 juin 2026", None, "2026-06-30", "day"),
    ("avant 2027", None, "2026-12-31", "year"),
    ("avant la rentrée 2026", None, "2026-08-31", "month"),
    # No date
    ("en continu", None, None, "continuous"),
    ("Continu", None, None, "continuous"),
    ("au fil de l’eau", None, None, "continuous"),
    ("toute l’année", None, None, "continuous"),
    ("toute la durée de la CTG", None, None, "continuous"),
    ("sur toute la durée de la convention (2025-2028)", "2025-01-01", "2028-12-31", "year"),
]

RECURRING = [
    ("chaque année", None, None, "continuous"),
    ("2026 (chaque année)", "2026-01-01", "2026-12-31", "year"),
    ("2026, annuel", "2026-01-01", "2026-12-31", "year"),
    ("tous les ans de 2025 à 2028", "2025-01-01", "2028-12-31", "year"),
    ("2025 à 2028 (récurrent)", "2025-01-01", "2028-12-31", "year"),
    ("2026 puis chaque année", "2026-01-01", None, "year"),
    ("à partir de la rentrée 2026, 2 fois par an", "2026-09-01", None, "month"),
]

REFUSED = [
    "",
    " ",
    ",",
    "à",
    "puis",
    "avant",
    "à déterminer",
    "en cours",
    "mars",
    "15 mars",
    "2e semestre",
    "fin jusqu’au",
    "hiver au plus tard",
    "1800",
    "2999",
    "20262027",
    "2026 -",
    "2028 à 2025",
    "2028-2025",
    "2027 et 2026",
    "avril 2026 à mars 2026",
    "du 15 au 3 mars 2026",
    "avril jusqu’en 2026",
    "31/02/2026",
    "00/03/2026",
    "13/2026",
    "00/2026",
    "15/03/26",
    "2028-25",
    "5e semestre 2026",
    "3 été 2026",
    "mars juin 2026",
    "2026 ou avant",
    "vers 20 000 euros en 2026",
    "pluriannuel",
    "2026" + " " * LONGEST_TEXT,
    "2026 " * 8000,
]

WORDS = [
    *("2025", "2026", "2028", "1999", "1er", "2e", "3", "31", "15/03/2026", "02/2027", "S2", "T1"),
    *("semestre", "trimestre", "mars", "décembre", "hiver", "été", "rentrée", "scolaire", "année"),
    *("début", "mi-", "fin", "courant", "de", "du", "à", "au", "-", "/", ",", "et", "puis", "(", ":"),
    *("à partir de", "dès", "jusqu’au", "avant", "d’ici", "au plus tard", "en continu", "chaque année"),
]
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "starts_on", "ends_on", "precision"), UNDERSTOOD)
def test_a_calendar_is_read_as_people_write_it(text, starts_on, ends_on, precision):
    assert read_period(text) == Period(day(starts_on), day(ends_on), Precision(precision), recurring=False)


@pytest.mark.parametrize(("text", "starts_on", "ends_on", "precision"), RECURRING)
def test_what_comes_back_is_recurring(text, starts_on, ends_on, precision):
    assert read_period(text) == Period(day(starts_on), day(ends_on), Precision(precision), recurring=True)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_understood_has_no_period(text):
    assert read_period(text) is None


def check_sound(period: Period | None) -> None:
    if period is None:
        return
    if period.starts_on and period.ends_on:
        assert period.starts_on <= period.ends_on
    has_no_date = period.starts_on is None and period.ends_on is None
    assert has_no_date == (period.precision == Precision.CONTINUOUS)
    assert describe_period(period.starts_on, period.ends_on, period.precision).endswith(".")


@given(st.text())
def test_no_text_breaks_the_reading(text):
    check_sound(read_period(text))


@given(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
def test_no_order_of_the_words_of_time_breaks_the_reading(text):
    check_sound(read_period(text))


@given(st.tuples(DAYS, DAYS).map(sorted))
def test_a_description_reads_back_to_the_same_days(days):
    starts_on, ends_on = days
    words, _ = describe_period(starts_on, ends_on, Precision.DAY).split(", ")
    assert read_period(words) == Period(starts_on, ends_on, Precision.DAY, recurring=False)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "precision", "words"),
    [
        ("2025-01-01", "2028-12-31", "year", "du 1er janvier 2025 au 31 décembre 2028, à l’année près."),
        (
            "2026-07-01",
            "2026-12-31",
            "semester",
            "du 1er juillet 2026 au 31 décembre 2026, au semestre près.",
        ),
        ("2026-06-01", "2026-08-31", "season", "du 1er juin 2026 au 31 août 2026, à la saison près."),
        ("2026-03-15", "2026-03-15", "day", "le 15 mars 2026, au jour près."),
        ("2026-09-01", None, "month", "à partir du 1er septembre 2026, au mois près."),
        (None, "2026-12-31", "quarter", "jusqu’au 31 décembre 2026, au trimestre près."),
        (None, None, "continuous", "en continu."),
    ],
)
def test_what_was_understood_is_said(starts_on, ends_on, precision, words):
    assert describe_period(day(starts_on), day(ends_on), Precision(precision)) == words


@pytest.mark.parametrize("precision", Precision)
def test_each_precision_can_be_said(precision):
    assert describe_period(date(2026, 1, 1), date(2026, 12, 31), precision).count(",") == 1


def test_lateness_starts_the_day_after_the_range():
    assert late_since(date(2025, 12, 31)) == date(2026, 1, 1)


def test_lateness_names_the_day_only_when_it_is_known():
    assert since_words(date(2026, 1, 1), Precision.YEAR) == "depuis janvier 2026"
    assert since_words(date(2026, 4, 1), Precision.MONTH) == "depuis avril 2026"
    assert since_words(date(2026, 3, 15), Precision.DAY) == "depuis le 15 mars 2026"
    assert since_words(date(2026, 3, 1), Precision.DAY) == "depuis le 1er mars 2026"
