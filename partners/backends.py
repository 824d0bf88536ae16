from typing import Any

from allauth.account import auth_backends
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from .models import User


class AuthenticationBackend(auth_backends.AuthenticationBackend):
    """Sign in by address, except that the accounts of the demonstration open nothing outside it.

    Overriding `user_can_authenticate` would not do: allauth goes on with a person whom it refuses
    after a right password, and leaves the rest to `is_active`.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        return _admitted(super().authenticate(request, **credentials))

    def get_user(self, user_id: Any) -> AbstractBaseUser | None:
        return _admitted(super().get_user(user_id))


def _admitted(user: AbstractBaseUser | None) -> AbstractBaseUser | None:
    is_stray = isinstance(user, User) and user.is_demo and not settings.DEMO
    return None if is_stray else user
