import base64
from collections.abc import Iterator
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.utils.crypto import salted_hmac

from partners.models import Role, User

from .script import Person, Script


@dataclass(frozen=True)
class Account:
    """What it takes to sign in as somebody, and what she is in one territory."""

    email: str
    password: str
    role: str
    territory: str | None
    organisation: str | None
    name: str

    @property
    def in_words(self) -> str:
        """« coordination, Territoire de démonstration »."""
        role = dict(Role.choices).get(self.role, "administration")
        return ", ".join(str(words) for words in (self.organisation or role, self.territory) if words)


def accounts(script: Script) -> Iterator[Account]:
    """One per person and territory: whoever follows two territories comes twice."""
    for person in script.people:
        name = f"{person.first_name} {person.last_name}"
        if person.administrator:
            yield Account(person.email, password(), "administrator", None, None, name)
        for access in person.access:
            yield Account(
                person.email,
                password(),
                access.role.value,
                access.territory,
                access.organisation or None,
                name,
            )


def password() -> str:
    """The password of all demonstration accounts of this installation, which its secret key decides."""
    digest = salted_hmac("ctg.documents.demonstration", "password", algorithm="sha256").digest()
    letters = base64.b32encode(digest).decode().lower()
    return f"demo-{letters[:4]}-{letters[4:8]}-{letters[8:12]}"


def open_account(person: Person) -> User:
    user = User.objects.create_user(
        person.email,
        password(),
        first_name=person.first_name,
        last_name=person.last_name,
        is_administrator=person.administrator,
        is_demo=True,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
