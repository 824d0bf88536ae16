"""`kill -9` while a package is being loaded: nothing, and then the whole."""

import os
import signal
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings as project
from django.db import connection
from django.utils import timezone

from actions.models import Plan
from ctg.cycle.closing.loading import load
from ctg.cycle.closing.opening import open_package
from partners.models import Territory
from partners.tracking import Author
from tests.cycle.packages import write
from tests.state import state_of

pytestmark = pytest.mark.django_db(transaction=True)

#: The command, killed by itself when all is written and nothing is committed.
LOADING = """
import os, signal, sys, django
django.setup()
from django.core.management import call_command
from ctg.cycle.closing import loading
loading.tell_loaded = lambda *args, **options: os.kill(os.getpid(), signal.SIGKILL)
call_command("load_package", sys.argv[1], new_territory="Ailleurs", apply=True)
"""


def test_killed_before_its_end_it_leaves_nothing(world, tmp_path, monkeypatch, settings):
    settings.FILES_DIR = tmp_path / "files"
    packed = write(world.plan, tmp_path, monkeypatch)
    before = state_of()
    name = connection.settings_dict["NAME"]
    is_sqlite = connection.vendor == "sqlite"
    server = "" if is_sqlite else os.environ["DATABASE_URL"].rpartition("/")[0]
    surroundings = {
        "PATH": os.environ["PATH"],
        "DEMO": "1",
        "CTG_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "ctg.settings",
        "DATABASE_URL": f"sqlite:///{name}" if is_sqlite else f"{server}/{quote(str(name))}",
    }
    command = [sys.executable, "-c", LOADING, str(packed)]
    ended = subprocess.run(command, cwd=project.BASE_DIR, env=surroundings, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    assert state_of() == before and not Territory.objects.filter(name="Ailleurs").exists()
    plan = load(open_package(packed), "Ailleurs", by=Author("Encore"), at=timezone.now())
    assert Plan.objects.get(territory__name="Ailleurs") == plan
