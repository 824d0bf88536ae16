import string
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac

from .models import User
from .sessions import AGENT_KEY

NOT_ALONE = "Vous pouvez aussi recevoir un code par courriel."


class AccountAdapter(DefaultAccountAdapter):
    """Accounts open by invitation only; a code that was mailed is kept nowhere in clear."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": f"Cette adresse et ce mot de passe ne vont pas ensemble. {NOT_ALONE}",
        "too_many_login_attempts": "Trop d’essais : attendez quelques minutes, puis recommencez.",
        "enter_current_password": "Ce n’est pas votre mot de passe actuel.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Answer everybody with pages."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        request.session[AGENT_KEY] = self.get_http_user_agent(request)[:300]

    def set_password(self, user: User, password: str) -> None:
        """Close the sessions opened with the old one."""
        super().set_password(user, password)
        user.sessions.all().delete()

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("partners:account")

    def generate_login_code(self) -> str:
        return self._sealed(super().generate_login_code())

    def generate_password_reset_code(self) -> str:
        return self._sealed(super().generate_password_reset_code())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the code itself in the mail; the session only has its seal."""
        clear = getattr(self.request, "clear_codes", {})
        if "code" in context:
            context = context | {"code": clear[context["code"]]}
        super().send_mail(template_prefix, email, context)

    def _sealed(self, code: str) -> str:
        sealed = seal(code)
        self.request.clear_codes = {sealed: code}
        return sealed


def seal(code: str) -> str:
    """Return what proves a code without giving it: dashes, spaces and case do not count."""
    letters = code.translate(str.maketrans("", "", string.punctuation + string.whitespace)).lower()
    return salted_hmac("partners.codes", letters, algorithm="sha256").hexdigest()
