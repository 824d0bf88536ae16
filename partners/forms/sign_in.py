"""allauth's forms, with the labels, the help and the summary of errors of the house."""

import secrets
from typing import Any

from allauth.account import forms as allauth
from django import forms

from ctg.web.forms import HouseFields

from ..adapters import seal
from ..passwords import LengthValidator

LABELS = {
    "login": "Adresse électronique",
    "email": "Adresse électronique",
    "password": "Mot de passe",
    "oldpassword": "Mot de passe actuel",
    "password1": "Nouveau mot de passe",
    "password2": "Nouveau mot de passe, une seconde fois",
    "code": "Code reçu",
}


class PlainFields(HouseFields):
    """Words in labels, none in placeholders that vanish."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS[name]
            field.help_text = LengthValidator().get_help_text() if name == "password1" else ""
            field.widget.attrs.pop("placeholder", None)


class SealedCode(PlainFields):
    """Compare what is typed with the seal of the code that was mailed."""

    expected_code: str | None

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not secrets.compare_digest(seal(code), self.expected_code or ""):
            raise forms.ValidationError(
                "Ce n’est pas le code du dernier courriel. Après trois essais, il faut en demander un autre.",
                code="incorrect_code",
            )
        return code


class SignInForm(PlainFields, allauth.LoginForm):
    pass


class CodeRequestForm(PlainFields, allauth.RequestLoginCodeForm):
    pass


class CodeForm(SealedCode, allauth.ConfirmLoginCodeForm):
    pass


class ResetRequestForm(PlainFields, allauth.ResetPasswordForm):
    pass


class ResetCodeForm(SealedCode, allauth.ConfirmPasswordResetCodeForm):
    pass


class ResetForm(PlainFields, allauth.ResetPasswordKeyForm):
    pass


class PasswordChangeForm(PlainFields, allauth.ChangePasswordForm):
    pass


class PasswordSetForm(PlainFields, allauth.SetPasswordForm):
    pass
