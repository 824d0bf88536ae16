from django import forms

from ctg.web.forms import HouseForm


class RespondentForm(HouseForm):
    """Who answers: her name signs what is entered, the receipt goes to her address."""

    name = forms.CharField(
        label="Votre nom", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(label="Votre adresse", widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class ColleagueForm(HouseForm):
    """To whom the entry is handed over."""

    name = forms.CharField(label="Son nom", max_length=100)
    email = forms.EmailField(label="Son adresse professionnelle")
