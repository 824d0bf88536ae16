import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

BASE = Path(settings.BASE_DIR)
PRODUCTION = {
    "SECRET_KEY": settings.SECRET_KEY,
    "ALLOWED_HOSTS": "plan.exemple.fr",
    "BASE_URL": "https://plan.exemple.fr",
    "EMAIL_URL": "submission://compte:p%40sse@smtp.exemple.fr",
}


def load(environment, *names):
    """Load the settings in a fresh process; return the ones named, and what it complained of."""
    wanted = f"[getattr(ctg.settings, name, None) for name in {names}]"
    code = f"import json, ctg.settings; print(json.dumps({wanted}, default=str))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=BASE,
        env={"PATH": os.environ["PATH"]} | environment,
        capture_output=True,
        text=True,
    )
    return (json.loads(done.stdout) if done.stdout else None), done.stderr


def test_production_starts_with_its_four_variables():
    values, complaints = load(PRODUCTION, "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS", "EMAIL_PORT")
    assert not complaints
    assert values == ["p@sse", True, 587]


def test_production_names_all_that_is_missing_at_once():
    values, complaints = load({"SECRET_KEY": ""})
    assert values is None
    assert "ImproperlyConfigured" in complaints
    assert all(f"{name}\u00a0: absente." in complaints for name in PRODUCTION)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "court"),
        ("SECRET_KEY", "a" * 60),
        ("ALLOWED_HOSTS", "plan.exemple.fr,*"),
        ("BASE_URL", "http://plan.exemple.fr"),
        ("BASE_URL", "https://plan.exemple.fr/ctg"),
        ("EMAIL_URL", "smtp+tls://smtp.exemple.fr"),
        ("TRUSTED_PROXY_COUNT", "un"),
    ],
)
def test_production_refuses(name, value):
    values, complaints = load(PRODUCTION | {name: value})
    assert values is None
    assert name in complaints.splitlines()[-1]
    assert value not in complaints or name != "SECRET_KEY"


def test_demo_keeps_a_key_and_its_mails_in_its_folder(tmp_path):
    names = ("SECRET_KEY", "EMAIL_FILE_PATH", "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE")
    # What the environment says of a mail server does not matter: a demonstration writes to nobody.
    demo = {"DEMO": "1", "CTG_DATA_DIR": str(tmp_path / "mes données"), "EMAIL_URL": PRODUCTION["EMAIL_URL"]}
    first, complaints = load(demo, *names)
    assert not complaints
    assert first == load(demo, *names)[0]
    key, mails, cookie, secure = first
    assert len(key) >= 50
    assert (tmp_path / "mes données" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert mails == str(tmp_path / "mes données" / "mails")
    assert (cookie, secure) == ("session", False)


def test_a_trusted_proxy_says_whether_the_visitor_came_by_https():
    assert load(PRODUCTION, "SECURE_PROXY_SSL_HEADER")[0] == [None]
    assert load(PRODUCTION | {"TRUSTED_PROXY_COUNT": "1"}, "SECURE_PROXY_SSL_HEADER")[0] != [None]


def variables_read():
    for path in (BASE / "ctg/settings.py", BASE / "ctg/gunicorn.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "env"
                and node.args
            ):
                yield node.args[0].value


def test_the_example_lists_every_variable():
    lines = (BASE / ".env.example").read_text().splitlines()
    listed = [line.partition("=")[0] for line in lines if "=" in line and not line.startswith("#")]
    assert sorted(listed) == sorted(set(variables_read()))


def test_deployment_check_finds_nothing():
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=BASE,
        env={"PATH": os.environ["PATH"]} | PRODUCTION,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_what_is_acknowledged_is_on_the_disk():
    def ask(question):
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0]

    if connection.vendor == "sqlite":
        assert ask("PRAGMA journal_mode") == "wal"
        assert ask("PRAGMA synchronous") == 2
        assert ask("PRAGMA foreign_keys") == 1
        assert connection.transaction_mode == "IMMEDIATE"
    else:
        assert {ask(f"SHOW {name}") for name in ("fsync", "synchronous_commit", "full_page_writes")} == {"on"}
