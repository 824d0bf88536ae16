"""The scripts, run as a person would run them."""

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

DEMO = Path(settings.BASE_DIR, "bin/demo")


@pytest.fixture
def machine(tmp_path):
    """The environment of a newcomer: no variable but where to put things, in a folder with a space."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {"PORT": str(port), "CTG_DATA_DIR": str(tmp_path / "mes données")}


def demo(environment, *arguments):
    return subprocess.run([DEMO, *arguments], cwd="/", env=environment, capture_output=True, text=True)


@pytest.fixture
def serve(machine, tmp_path):
    """Start bin/demo and wait for its first page; return that page and all that the script said."""
    running = []

    def start(*arguments):
        stop()
        said = tmp_path / "said"
        with said.open("w") as output:
            running.append(
                subprocess.Popen([DEMO, *arguments], cwd="/", env=machine, stdout=output, stderr=output)
            )
        for _ in range(600):
            assert running[-1].poll() is None, said.read_text()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{machine['PORT']}/") as page:
                    return page.read().decode(), said.read_text()
            except urllib.error.URLError:
                time.sleep(0.1)
        pytest.fail(said.read_text())

    def stop():
        for process in running:
            process.terminate()
            process.wait()

    yield start
    stop()


def test_the_demonstration_starts_stays_and_starts_anew(serve, machine):
    data = Path(machine["CTG_DATA_DIR"])

    page, said = serve()
    assert "<h1" in page
    assert "Préparation de la base" in said
    assert f"http://127.0.0.1:{machine['PORT']}" in said
    assert str(data / "mails") in said
    for account in json.loads(demo(machine, "--accounts").stdout):
        assert account["email"] in said
        assert account["password"] in said

    key = (data / "secret-key").read_text()
    (data / "mine").write_text("Un fichier que la démonstration n’a pas écrit.")
    page, said = serve()
    assert "<h1" in page
    assert "Préparation" not in said

    page, said = serve("--reset")
    assert "<h1" in page
    assert "Préparation de la base" in said
    assert (data / "mine").exists()
    assert (data / "secret-key").read_text() == key


def test_a_database_that_is_not_the_demonstration_s_is_not_emptied(machine):
    done = demo(machine | {"DATABASE_URL": "postgres://ctg@nulle-part.invalid/production"}, "--reset")
    assert done.returncode == 1
    assert "rien n’y est effacé" in done.stderr


def test_an_unknown_option_says_which_ones_exist(machine):
    done = demo(machine, "--rest")
    assert done.returncode == 2
    assert "--reset" in done.stderr
