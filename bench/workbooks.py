"""Compare the exports of a plan with a bare openpyxl write of the same rows, in processor time (G7c).

Run it with `python -m bench.workbooks`.
"""

import copy
import datetime as dt
import os
import statistics
import time
from functools import partial
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
from ctg.documents.exports import Layout, export_plan, export_values  # noqa: E402
from ctg.documents.plan_files import IMPORT, load_plan, read_plan_file  # noqa: E402
from indicators.models import Measurement  # noqa: E402
from tests import factories as f  # noqa: E402

SIZES = (40, 2_000)
ROUNDS = 5
TODAY = dt.date(2026, 11, 22)
FILES = {Layout.STRATEGIC: "territoire-de-demonstration.toml", Layout.THEMATIC: "gally-mauldre.toml"}


def main():
    setup_databases(verbosity=0, interactive=False)
    compare_plans()
    compare_values()


def compare_plans():
    for layout, file in FILES.items():
        plan_file = read_plan_file(settings.BASE_DIR / "fixtures" / file)
        plan = load_plan(plan_file, by=IMPORT, at=timezone.now())
        for size in SIZES:
            grow(plan, size)
            for with_follow_up in (False, True):
                export = partial(export_plan, plan, layout, with_follow_up=with_follow_up, today=TODAY)
                name = f"{layout}, {size} actions{', with follow-up' if with_follow_up else ''}"
                report(name, export)


def compare_values():
    """5,000 values of five years, each with a comment."""
    plan = f.PlanFactory(first_year=2022, last_year=2026)
    organisations = f.OrganisationFactory.create_batch(10, territory=plan.territory)
    values = []
    for number in range(100):
        indicator = f.IndicatorFactory(
            plan=plan, wording=f"Familles accompagnées {number}", contributors=organisations
        )
        values += [
            f.MeasurementFactory.build(
                indicator=indicator,
                organisation=organisation,
                year=year,
                amount=number,
                comment="Deux permanences de plus depuis septembre, dont une le samedi matin.",
            )
            for organisation in organisations
            for year in range(2022, 2027)
        ]
    Measurement.objects.bulk_create(values)
    report(f"{len(values)} values", partial(export_values, plan, year=None, today=TODAY))


def report(name, export):
    ratios = [compare(export) for _ in range(ROUNDS)]
    ours, bare = map(statistics.median, zip(*ratios, strict=True))
    print(f"{name}: {ours:.3f} s / {bare:.3f} s = {ours / bare:.2f}")


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


def compare(export):
    start = time.process_time()
    content = export().content
    ours = time.process_time() - start
    sheets = [list(sheet.values) for sheet in load_workbook(BytesIO(content), read_only=True)]
    start = time.process_time()
    write_bare(sheets)
    return ours, time.process_time() - start


def write_bare(sheets):
    book = Workbook(write_only=True)
    for rows in sheets:
        sheet = book.create_sheet()
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
