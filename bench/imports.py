"""Take in the heaviest plans that are allowed; print what reading, previewing, annotating and writing cost.

Run it with `python -m bench.imports`. Each file goes through a process of its own, whose memory is its own.
"""

import os
import resource
import time
from io import BytesIO

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

import xlsxwriter  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test.utils import setup_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.hostile_files import measure  # noqa: E402
from ctg.documents.plan_files import load_plan  # noqa: E402
from ctg.intake.previewing.annotated import annotate  # noqa: E402
from ctg.intake.previewing.preview import Preview  # noqa: E402
from ctg.intake.previewing.report import report_of  # noqa: E402
from ctg.intake.previewing.telling import lines_of  # noqa: E402
from ctg.intake.reading import read_safely  # noqa: E402
from ctg.intake.tables import Refusal  # noqa: E402
from partners.tracking import Author  # noqa: E402
from tests import factories as f  # noqa: E402
from tests.intake.files import archive, document_parts  # noqa: E402
from tests.intake.heavy import SLOW  # noqa: E402

HEADER = ("Axe", "Thématique", "N°", "Action", "Pilote", "Partenaires", "Indicateurs", "Freins")
HEADER += ("Calendrier", "Statut", "Budget")
#: Beyond so many actions, writing is measured on so many and told for one.
WRITTEN = 500


def plan_of(count, *, more=(), text="Accueillir les familles. "):
    rows = [(*HEADER, *(f"Observations {column}" for column in more))]
    for number in range(1, count + 1):
        row = (
            f"Axe {number % 5}",
            f"Thématique {number % 12}",
            str(number),
            f"Ouvrir le lieu numéro {number}",
        )
        row += (f"Service {number % 40}", "Caf, MSA, Mission locale", "Nombre de visites - Satisfaction")
        row += ("Pas de local - manque de temps", "2027", "En cours", text)
        rows.append(row + tuple("" if column % 3 else f"texte {number}" for column in more))
    return rows


def workbook(rows):
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Plan")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def heavy_workbook():
    """Just under five megabytes, of texts that hardly shrink."""
    rows = plan_of(900)
    rows[1:] = [(*row[:-1], os.urandom(4_900).hex()) for row in rows[1:]]
    return workbook(rows)


def deep_document():
    """A document of one table, whose cells hold many paragraphs each."""

    def row(words):
        paragraphs = ("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in cell) for cell in words)
        return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in paragraphs)}</w:tr>"

    lines = [
        [[f"Ouvrir le lieu {os.urandom(8).hex()}" for _ in range(20)] for _ in range(5)] for _ in range(400)
    ]
    rows = [row([[name] for name in HEADER[3:8]]), *map(row, lines)]
    return archive(document_parts(f"<w:tbl>{''.join(rows)}</w:tbl>"))


FILES = {
    "17 actions": lambda: workbook(plan_of(17)),
    "200 actions": lambda: workbook(plan_of(200)),
    "2,000 actions": lambda: workbook(plan_of(1_999)),
    "5,000 rows of 60 columns, half filled": lambda: workbook(plan_of(4_999, more=range(49))),
    "5 MB of texts": heavy_workbook,
    "a text of 400 rows of 100 paragraphs": deep_document,
    **{f"hostile: {name}": make for name, make in SLOW.items()},
}


def main():
    setup_databases(verbosity=0, interactive=False)
    for name, make in FILES.items():
        content = make()
        print(f"{name}, {len(content) / 1024**2:.1f} MB", flush=True)
        copy = os.fork()
        if not copy:
            try:
                go_through(content)
            finally:
                os._exit(0)
        os.waitpid(copy, 0)


def go_through(content):
    before = peak()
    outcome, seconds, processor, memory = measure(content)
    print(
        f"  {outcome} in {seconds:.1f} s ({processor:.1f} s of processor), reader {memory:.0f} MB", flush=True
    )
    if outcome == "refused":
        return
    source = read_safely(content, "plan.xlsx")
    with transaction.atomic():
        preview = Preview(source, {}, f.TerritoryFactory())
        try:
            timed(
                "previewed",
                lambda: (report_of(preview), lines_of(preview, preview.outcome())),
            )
        except Refusal as refusal:
            print(f"  no plan: {refusal}")
            return
        timed("annotated", lambda: annotate(source, [one.problem for one in preview.problems], {}))
        outcome = preview.outcome()
        some = outcome.created[:WRITTEN]
        by, at = Author("Mesure"), timezone.now()
        words = f"{len(some)} of {len(outcome.fates)} actions written"
        seconds = timed(words, lambda: load_plan(preview.plan_file("Plan", some), by=by, at=at))
        print(
            f"  {1000 * seconds / len(some):.0f} ms an action; this process grew by {peak() - before:.0f} MB"
        )
        transaction.set_rollback(True)


def timed(words, work):
    started = time.process_time()
    work()
    seconds = time.process_time() - started
    print(f"  {words} in {seconds:.2f} s of processor", flush=True)
    return seconds


def peak():
    """The most memory that this process held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
