"""Numbers as French people type them: what is understood, what is refused, and how they are written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctg.web.forms import HouseForm, NumberField
from ctg.web.numbers import plain_decimal, read_number, write_number

READ = {
    "12": "12",
    " 12 ": "12",
    "0": "0",
    "007": "7",
    "12,5": "12.5",
    "1.5": "1.5",
    ",5": "0.5",
    ".5": "0.5",
    "1 234,5": "1234.5",
    "1\u00a0234,5": "1234.5",
    "1\u202f234,5": "1234.5",
    "1\u2009234,5": "1234.5",
    "1\u2007234,5": "1234.5",
    "1’234,5": "1234.5",
    "1'234.5": "1234.5",
    "1.234,5": "1234.5",
    "1,234.5": "1234.5",
    "1.234.567": "1234567",
    "1,234,567.8": "1234567.8",
    "1 234 567": "1234567",
    "1234567,89": "1234567.89",
    "1.234": "1.234",
    "12 %": "12",
    "12,5\u202f%": "12.5",
    "8 400 €": "8400",
    "8\u202f400,50\u00a0€": "8400.50",
    "-3": "-3",
    "\u22123": "-3",
    "\u2212 1 234,5": "-1234.5",
    "+4": "4",
    "-0": "0",
    "\t12\n": "12",
}

REFUSED = [
    *(
        "une douzaine",
        "12 34",
        "1 2345",
        "1234 567",
        "12 34,5",
        "1e5",
        "1E5",
        "½",
        "2½",
        "NaN",
        "inf",
        "0x10",
    ),
    *("12,", "12.", "1,2,3", "1.2,3,4", "1.234,5.6", "1,23.456,7", "--3", "-+3", "+-3", "3-", "1-2", "12/15"),
    *(
        "12 personnes",
        "~12",
        ">12",
        "env. 12",
        "12 % €",
        "%",
        "€",
        "-",
        ",",
        ".",
        ".,",
        "",
        " ",
        "١٢",
        "１２",
    ),
    *("1\t234", "12\n34", "1  234", "12h30", "1_000", "1;2", "12 €/an"),
]


@pytest.mark.parametrize(("typed", "number"), READ.items())
def test_what_is_understood(typed, number):
    assert str(read_number(typed)) == number


@pytest.mark.parametrize("typed", REFUSED)
def test_what_is_not_guessed(typed):
    assert read_number(typed) is None


WRITTEN = {
    "0": "0",
    "-0": "0",
    "12.50": "12,5",
    "1234.5": "1\u202f234,5",
    "1234567": "1\u202f234\u202f567",
    "-1234.25": "-1\u202f234,25",
    "0.00004": "0",
    "-0.00004": "0",
    "0.00005": "0,0001",
    "1E+3": "1\u202f000",
}


@pytest.mark.parametrize(("number", "text"), WRITTEN.items())
def test_how_a_number_is_written(number, text):
    assert write_number(Decimal(number)) == text


def test_a_half_is_rounded_up_as_at_school():
    assert [write_number(Decimal(number), 1) for number in ("22.25", "22.35", "-22.25")] == [
        "22,3",
        "22,4",
        "-22,3",
    ]


KEPT = st.decimals(min_value=-(10**11) + 1, max_value=10**11 - 1, places=4, allow_nan=False)


@given(KEPT)
def test_what_is_written_is_read_again(number):
    assert read_number(write_number(number)) == number


@given(KEPT, st.sampled_from([" ", "\u00a0", "\u202f"]), st.sampled_from(["", " %", "\u00a0€"]))
def test_whatever_the_space_and_the_unit(number, space, unit):
    typed = write_number(number).replace("\u202f", space) + unit
    assert read_number(typed) == number


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(typed):
    number = read_number(typed)
    assert number is None or number.is_finite()


@given(KEPT)
def test_one_number_has_one_plain_text(number):
    assert plain_decimal(number) == plain_decimal(number.quantize(Decimal("0.00000001"))) != "-0"
    assert Decimal(plain_decimal(number)) == number


# In a form


class Typed(HouseForm):
    number = NumberField(label="Valeur")


def form_of(typed):
    return Typed({"number": typed})


def test_a_field_reads_what_was_typed_and_shows_it_again_as_typed():
    form = form_of("1\u202f234,50 €")
    assert form.is_valid()
    assert form.cleaned_data["number"] == Decimal("1234.5")
    assert 'value="1\u202f234,50 €"' in str(form["number"])


@pytest.mark.parametrize("typed", ["une douzaine", "12 34", "1\t234"])
def test_what_cannot_be_read_stays_in_the_field_with_an_example(typed):
    form = form_of(typed)
    assert form.errors["number"] == ["Écrivez un nombre en chiffres, par exemple 12 ou 12,5."]
    assert form["number"].value() == typed
    assert f'value="{typed}"' in str(form["number"])


def test_a_number_that_no_column_holds_is_refused():
    assert form_of("99 999 999 999").is_valid()
    assert form_of("99999999999,9999").is_valid()
    for typed in ("100 000 000 000", "99999999999,99996", "9" * 400):
        assert "trop de chiffres" in form_of(typed).errors["number"][0]


def test_more_decimals_than_a_value_keeps_are_rounded():
    form = form_of("4,33335")
    assert form.is_valid() and form.cleaned_data["number"] == Decimal("4.3334")


def test_a_stored_number_is_shown_as_it_is_written_and_does_not_count_as_a_change():
    class Stored(HouseForm):
        number = NumberField(required=False)

    shown = Stored(initial={"number": Decimal("1240.0000")})
    assert 'value="1\u202f240"' in str(shown["number"])
    assert not Stored({"number": "1 240"}, initial={"number": Decimal("1240.0000")}).has_changed()
    assert not Stored({"number": ""}, initial={"number": None}).has_changed()
    assert Stored({"number": ""}, initial={"number": Decimal(0)}).has_changed()
