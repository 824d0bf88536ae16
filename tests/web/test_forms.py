from datetime import date

import pytest
from django import forms
from django.contrib.auth.models import Permission

from ctg.web.forms import HouseForm, HouseModelForm, PercentField, plain_number, read_date


class SheetForm(HouseForm):
    title = forms.CharField(label="Titre", max_length=20)
    text = forms.CharField(label="Texte", max_length=30, widget=forms.Textarea, required=False)
    base = forms.CharField(widget=forms.HiddenInput, required=False)
    due_on = forms.DateField(label="Échéance", required=False)
    progress = PercentField(label="Avancement", required=False)
    amount = forms.DecimalField(label="Montant", required=False)
    weather = forms.ChoiceField(
        label="Météo", choices=[("fine", "Sereine")], widget=forms.RadioSelect, required=False
    )
    password = forms.CharField(widget=forms.PasswordInput, required=False, strip=False)

    def clean(self) -> None:
        if self.cleaned_data.get("progress") == 13:
            raise forms.ValidationError("Treize ne se peut pas.")


def filled(**typed: str) -> SheetForm:
    return SheetForm({"title": "Un titre", **typed})


def test_a_line_and_a_text_are_cleaned_each_in_its_way() -> None:
    form = filled(
        title="  Un\x0btitre\u200b \n", text="\r\nun\x0bdeux  \r\n  trois\x00 \r\n", base="un\r\ndeux"
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data["title"] == "Un titre"
    assert form.cleaned_data["text"] == "un\ndeux  \n  trois"
    assert form.cleaned_data["base"] == "un\ndeux"


def test_a_form_shown_again_shows_the_clean_text() -> None:
    form = filled(text="un\x0bdeux \ud83d" + "x" * 40)
    assert form["text"].value() == "un\ndeux " + "x" * 40


def test_a_password_is_left_as_typed() -> None:
    form = filled(password=" e\u0301\u200b ")
    assert form.is_valid()
    assert form.cleaned_data["password"] == " e\u0301\u200b "


def test_a_text_too_long_stays_whole_and_says_its_length() -> None:
    form = filled(title="x" * 25)
    assert form.errors["title"] == ["20 caractères au plus\u00a0; ce texte en compte 25."]
    assert form["title"].value() == "x" * 25
    assert "maxlength" not in str(form["title"])


def test_a_new_line_counts_for_one_character() -> None:
    assert filled(text="x\r\n" * 15).is_valid()


def test_a_form_may_choose_its_own_words() -> None:
    class OwnForm(HouseForm):
        code = forms.CharField(max_length=2, error_messages={"max_length": "Deux lettres."})
        day = forms.DateField(error_messages={"invalid": "Quel jour\u00a0?"})

    assert OwnForm({"code": "abc", "day": "hier"}).errors == {
        "code": ["Deux lettres."],
        "day": ["Quel jour\u00a0?"],
    }


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-31", date(2026, 12, 31)),
        ("31/12/2026", date(2026, 12, 31)),
        (" 31.12.26 ", date(2026, 12, 31)),
        ("31 décembre 2026", date(2026, 12, 31)),
        ("1er\u00a0mars 2027", date(2027, 3, 1)),
        ("3 AOUT 2026", date(2026, 8, 3)),
        ("5 juil. 2026", date(2026, 7, 5)),
        ("5 juin 2026", date(2026, 6, 5)),
        ("29/02/2028", date(2028, 2, 29)),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str, day: date) -> None:
    assert read_date(typed) == day
    form = filled(due_on=typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["due_on"] == day
    assert f'value="{day.isoformat()}"' in str(form["due_on"])


@pytest.mark.parametrize(
    "typed", ["31/02/2026", "12/2026", "demain", "31 brumaire 2026", "1/2/3/4", "31/12/126"]
)
def test_what_is_not_a_day_is_refused_with_an_example(typed: str) -> None:
    assert filled(due_on=typed).errors["due_on"] == ["Indiquez une date, par exemple 31/12/2026."]


def test_a_date_control_gets_the_date_it_can_show() -> None:
    html = str(SheetForm(initial={"due_on": date(2026, 3, 1)})["due_on"])
    assert 'type="date"' in html
    assert 'value="2026-03-01"' in html


@pytest.mark.parametrize(
    ("typed", "percent"),
    [("55", 55), ("55 %", 55), ("55\u00a0%", 55), ("0", 0), ("100", 100), ("55,0", 55), ("", None)],
)
def test_a_percentage_is_read(typed: str, percent: int | None) -> None:
    form = filled(progress=typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["progress"] == percent


@pytest.mark.parametrize("typed", ["55,5", "101", "-1", "1e1", "la moitié", "%", "0x10"])
def test_a_percentage_is_neither_rounded_nor_guessed(typed: str) -> None:
    assert filled(progress=typed).errors["progress"] == ["Indiquez un nombre entier de 0 à 100."]


def test_a_number_is_read_with_french_spaces_and_comma() -> None:
    assert plain_number("1\u202f234,50") == "1234.50"
    assert plain_number("\u22125 000") == "-5000"
    form = filled(amount="1\u00a0234,50")
    assert form.is_valid(), form.errors
    assert str(form.cleaned_data["amount"]) == "1234.50"


def test_errors_are_listed_with_the_field_they_lead_to() -> None:
    form = SheetForm({"title": "", "progress": "13", "weather": "storm"})
    assert [(error.id, error.label) for error in form.error_list] == [
        ("", ""),
        ("id_title", "Titre"),
        ("id_weather_0", "Météo"),
    ]
    assert form.error_list[0].message == "Treize ne se peut pas."
    assert 'id="id_weather_0"' in str(form["weather"])


def test_a_form_without_error_has_no_list() -> None:
    assert filled().error_list == []
    assert SheetForm().error_list == []


def test_a_model_form_cleans_what_its_model_keeps() -> None:
    class PermissionForm(HouseModelForm[Permission]):
        class Meta:
            model = Permission
            fields = ["name"]

    form = PermissionForm({"name": " Petite\x0benfance "})
    assert form.is_valid(), form.errors
    assert form.save(commit=False).name == "Petite enfance"
    assert "maxlength" not in str(form["name"])
    assert PermissionForm({"name": "x" * 256}).error_list[0].message.endswith("ce texte en compte 256.")
