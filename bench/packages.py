"""The closing package of 200 actions with their follow-up, values, history and files: written, then loaded.

Run it with `python -m bench.packages`, or on PostgreSQL with
`python -m tests.postgres python -m bench.packages`. Writing stands against the reading of the same rows.
"""

import os
import resource
import tempfile
import time
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test.utils import setup_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.workbooks import grow  # noqa: E402
from ctg.cycle.closing import loading, package  # noqa: E402
from ctg.cycle.closing.content import content_of  # noqa: E402
from ctg.cycle.closing.opening import open_package  # noqa: E402
from ctg.documents.plan_files import IMPORT, load_plan, read_plan_file  # noqa: E402
from ctg.web.uploads import PDF, keep_content  # noqa: E402
from indicators.models import Measurement  # noqa: E402
from partners.models import Change  # noqa: E402
from tests import factories as f  # noqa: E402

ACTIONS, NOTES, CHANGES, YEARS, FILES, WEIGHT = 200, 10, 50, 5, 100, 1024**2


def main():
    setup_databases(verbosity=0, interactive=False)
    plan = fill()
    print(f"{ACTIONS} actions, {FILES} files of {WEIGHT // 1024**2} MB")
    content = measured("content alone", lambda: content_of(plan))
    print(f"  {len(content.text) / 1024**2:.1f} MB, {content.counts['history']} lines of history")
    made = measured("package", lambda: package.write_package(plan, at=timezone.now()))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, made.name)
        with made.file as file:
            path.write_bytes(file.read())
        opened = measured("checks", lambda: open_package(path))
        write = loading._write
        loading._write = lambda *given: measured("  of which the transaction", lambda: write(*given))
        measured("loading", lambda: loading.load(opened, "Ailleurs", by=IMPORT, at=timezone.now()))


def fill():
    fixture = settings.BASE_DIR / "fixtures" / "territoire-de-demonstration.toml"
    plan = load_plan(read_plan_file(fixture), by=IMPORT, at=timezone.now())
    grow(plan, ACTIONS)
    service = f.OrganisationFactory(territory=plan.territory)
    values, changes, notes = [], [], []
    for action in plan.actions.all():
        indicator = f.IndicatorFactory(plan=plan, actions=[action], contributors=[service])
        years = range(2025, 2025 + YEARS)
        given = {"indicator": indicator, "organisation": service}
        values += [f.MeasurementFactory.build(**given, year=year) for year in years]
        notes += [f.ProgressNoteFactory.build(action=action, text="Une visite. " * 20) for _ in range(NOTES)]
        changes += [change_of(plan, action, rank) for rank in range(CHANGES)]
    Measurement.objects.bulk_create(values)
    type(notes[0]).objects.bulk_create(notes)
    Change.objects.bulk_create(changes)
    for rank, action in enumerate(plan.actions.all()[:FILES]):
        held = {"stored_as": keep_content([b"%PDF-", os.urandom(WEIGHT)]), "media_type": PDF, "size": WEIGHT}
        f.AttachmentFactory(action=action, title=f"Document {rank}", url="", **held)
    return plan


def change_of(plan, action, rank):
    place = {"territory": plan.territory, "plan_id": plan.pk, "action_id": action.pk}
    told = {"field": "content", "label": "contenu", "before": "avant " * 20, "after": "après " * 20}
    signed = {"author_label": "Camille, coordination", "at": timezone.now(), "version": rank}
    return Change(
        **place, kind="action", object_id=action.pk, name=str(action), event="changed", **told, **signed
    )


def measured(name, work):
    start = time.perf_counter()
    done = work()
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name}: {time.perf_counter() - start:.2f} s, {highest:.0f} MB at the highest")
    return done


if __name__ == "__main__":
    main()
