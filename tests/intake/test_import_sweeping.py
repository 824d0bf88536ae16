"""What was brought and never taken in leaves after thirty days, its stored file with it."""

import datetime as dt

import pytest
from django.utils import timezone

from ctg.intake.models import DroppedFile, ReturnedPlan
from ctg.web import uploads
from partners import working
from tests import factories as f

MONTH = dt.timedelta(days=30)


pytestmark = pytest.mark.usefixtures("files_dir")


def test_the_worker_sweeps_what_nobody_took_in(world):
    now = timezone.now()
    old, young = now - MONTH - dt.timedelta(seconds=1), now - MONTH + dt.timedelta(seconds=1)
    plan = f.PlanFactory(territory=world.territory)
    kinds = {
        "old": {"dropped_at": old},
        "young": {"dropped_at": young},
        "imported": {"dropped_at": old, "plan": plan, "imported_at": old},
        "undone of late": {"dropped_at": old, "undone_at": young},
        "undone long ago": {"dropped_at": old, "undone_at": old},
    }
    for name, fields in kinds.items():
        f.DroppedFileFactory(territory=world.territory, name=name, **fields)
    f.ReturnedPlanFactory(plan=plan, name="old", dropped_at=old)
    f.ReturnedPlanFactory(plan=plan, name="applied", dropped_at=old, applied_at=old)
    stored = {one.name: one.stored_as for one in DroppedFile.objects.all()}
    working.purge(now)
    left = set(DroppedFile.objects.values_list("name", flat=True))
    assert left == {"young", "imported", "undone of late"}
    assert list(ReturnedPlan.objects.values_list("name", flat=True)) == ["applied"]
    assert {name for name, kept in stored.items() if is_stored(kept)} == left


def is_stored(name):
    try:
        with uploads.open_stored(name):
            return True
    except FileNotFoundError:
        return False
