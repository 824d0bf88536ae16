import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from ctg.documents.plan_files import IMPORT, load_plan, read_plan_file
from tests import factories as f


def load(name):
    return load_plan(read_plan_file(settings.BASE_DIR / "fixtures" / name), by=IMPORT, at=timezone.now())


@pytest.fixture
def ccgm(db):
    return load("gally-mauldre.toml")


@pytest.fixture
def demonstration(db):
    return load("territoire-de-demonstration.toml")


@pytest.fixture
def plan(db):
    return f.PlanFactory(territory__name="Communauté de communes du Val")


@pytest.fixture(scope="module", params=[dt.date(2026, 11, 22), dt.date(2031, 2, 3)], ids=str)
def demo_day(request, django_db_setup, django_db_blocker):
    """The day on which the demonstration was loaded; the tests of a module share what was loaded."""
    with django_db_blocker.unblock(), transaction.atomic():
        with (
            override_settings(DEMO=True),
            time_machine.travel(dt.datetime.combine(request.param, dt.time(9))),
        ):
            call_command("load_demo", verbosity=0)
        yield request.param
        transaction.set_rollback(True)
