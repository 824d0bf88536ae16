from django.core.exceptions import ValidationError

from .models import User

SHORTEST, SHORTEST_OF_ADMINISTRATORS = 12, 16


class LengthValidator:
    """Ask for more of those who can open a territory."""

    def validate(self, password: str, user: User | None = None) -> None:
        shortest = SHORTEST_OF_ADMINISTRATORS if user and user.is_administrator else SHORTEST
        if len(password) < shortest:
            raise ValidationError(
                f"Ce mot de passe est trop court\u00a0: {shortest} caractères au moins.",
                code="password_too_short",
            )

    def get_help_text(self) -> str:
        return (
            f"{SHORTEST} caractères au moins, {SHORTEST_OF_ADMINISTRATORS} pour l’administration. "
            "Une phrase convient bien."
        )
