"""Typed readers of the environment. An empty variable is an absent one.

Faults are collected, not raised: `check()` names them all at once, so that an installation is
corrected in one go. Until then, a variable in fault reads as its default, or as None.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_email_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvValidationError, ValidationError

REQUIRED: Any = object()

_env = Env()
_faults: list[str] = []


def flag(name: str) -> bool:
    return bool(_read(_env.bool, name, False))


def number(name: str, default: int) -> int:
    return int(_read(_env.int, name, default))


def folder(name: str, default: Path) -> Path:
    """Read a folder, and make it if it is missing."""
    path = Path(_read(_env.path, name, default)).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _faults.append(f"{name} : {path} ne peut pas être créé ({error.strerror}).")
    return path


def text(name: str, default: str = REQUIRED, *, accept: Callable[[str], None] | None = None) -> str:
    """Read a text; `accept` raises ValidationError on one that will not do."""
    value: str = _read(_env.str, name, default, validate=accept)
    return value


def words(
    name: str, default: list[str] = REQUIRED, *, accept: Callable[[list[str]], None] | None = None
) -> list[str]:
    """Read a list whose items are separated by commas."""
    value: list[str] = _read(_env.list, name, default, validate=accept)
    return value


def database(name: str, default: Path) -> dict[str, Any]:
    """Read the address of a database; without one, keep a SQLite file at `default`."""
    value: dict[str, Any] = _read(
        _env.dj_db_url, name, {"ENGINE": "django.db.backends.sqlite3", "NAME": default}
    )
    return value


def mail_server(name: str) -> dict[str, Any]:
    """Read the address of a mail server, as Django's EMAIL_… settings."""
    address = _read(_env.str, name, REQUIRED, validate=_mail_address)
    return dj_email_url.parse(address) if address else {}


def check() -> None:
    """Refuse to go on if a variable that was read is missing or wrong, and name each of them."""
    if _faults:
        raise ImproperlyConfigured(
            "\n  ".join(
                ["Plan CTG ne démarre pas. Corrigez ces variables d’environnement :", *dict.fromkeys(_faults)]
            )
        )


def secret_key(value: str) -> None:
    """Accept what Django's own deployment check accepts."""
    if len(value) < 50 or len(set(value)) < 5 or value.startswith("django-insecure-"):
        raise ValidationError("au moins 50 caractères tirés au hasard.")


def https_origin(value: str) -> None:
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname or parts.path or parts.query or parts.fragment:
        raise ValidationError("une adresse de la forme https://plan.exemple.fr, sans chemin ni barre finale.")


def exact_hosts(values: list[str]) -> None:
    if "*" in values:
        raise ValidationError("des noms d’hôte exacts, jamais « * ».")


def _mail_address(value: str) -> None:
    if urlsplit(value).scheme not in {"smtp", "submission"}:
        raise ValidationError(
            "submission://compte:motdepasse@hôte:587 (TLS) ou smtp://hôte:25 (relais local)."
        )


def _read(reader: Callable[..., Any], name: str, default: Any, **options: Any) -> Any:
    fallback = None if default is REQUIRED else default
    if not os.environ.get(name):
        if default is REQUIRED:
            _faults.append(f"{name} : absente.")
        return fallback
    try:
        return reader(name, **options)
    except EnvValidationError as error:
        _faults.append(f"{name} : {' '.join(error.error_messages)}")
        return fallback
