"""Compare the export of a plan with a bare openpyxl write of the same rows, in processor time (G7c).

Run it with `python -m tests.benchmarks.workbooks`.
"""

import copy
import datetime as dt
import os
import statistics
import time
from io import BytesIO

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test.utils import setup_databases  # noqa: E402
from django.utils import timezone  # noqa: E402
from openpyxl import Workbook, load_workbook  # noqa: E402
from openpyxl.cell import WriteOnlyCell  # noqa: E402
from openpyxl.styles import Alignment  # noqa: E402

from actions.models import Action  # noqa: E402
from ctg.documents.exports import Layout, export_plan  # noqa: E402
from ctg.documents.plan_files import IMPORT, load_plan, read_plan_file  # noqa: E402

SIZES = (40, 2_000)
ROUNDS = 5
TODAY = dt.date(2026, 11, 22)
FILES = {Layout.STRATEGIC: "territoire-de-demonstration.toml", Layout.THEMATIC: "gally-mauldre.toml"}


def main():
    setup_databases(verbosity=0, interactive=False)
    for layout, file in FILES.items():
        plan_file = read_plan_file(settings.BASE_DIR / "fixtures" / file)
        plan = load_plan(plan_file, by=IMPORT, at=timezone.now())
        for size in SIZES:
            grow(plan, size)
            for with_follow_up in (False, True):
                ratios = [compare(plan, layout, with_follow_up) for _ in range(ROUNDS)]
                ours, bare = map(statistics.median, zip(*ratios, strict=True))
                name = f"{layout}, {size} actions{', with follow-up' if with_follow_up else ''}"
                print(f"{name}: {ours:.3f} s / {bare:.3f} s = {ours / bare:.2f}")  # noqa: T201


def grow(plan, size):
    """Repeat the actions of the plan until it has that many."""
    actions = list(plan.actions.order_by("number"))
    copies = []
    for number in range(len(actions) + 1, size + 1):
        action = copy.copy(actions[number % len(actions)])
        action.pk, action.number, action.position = None, number, number
        action._state.adding = True
        copies.append(action)
    Action.objects.bulk_create(copies)


def compare(plan, layout, with_follow_up):
    start = time.process_time()
    content = export_plan(plan, layout, with_follow_up=with_follow_up, today=TODAY).content
    ours = time.process_time() - start
    rows = list(load_workbook(BytesIO(content), read_only=True).worksheets[0].values)
    start = time.process_time()
    write_bare(rows)
    return ours, time.process_time() - start


def write_bare(rows):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Plan")
    model = WriteOnlyCell(sheet)
    model.alignment = Alignment(wrap_text=True, vertical="top")
    for row in rows:
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value)
            cell._style = model._style
            cells.append(cell)
        sheet.append(cells)
    book.save(BytesIO())


if __name__ == "__main__":
    main()
