import pytest
from django.conf import settings
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
