"""The PDF of a plan against a bare page of the same text, in processor time (G8), and its growth (G8e).

Run it with `python -m bench.papers`.
"""

import math
import os
import statistics
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

import page  # noqa: E402
from django.conf import settings  # noqa: E402
from django.test.utils import setup_databases  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.html import escape  # noqa: E402
from weasyprint import HTML  # noqa: E402

from actions.models import Action  # noqa: E402
from bench.workbooks import grow  # noqa: E402
from ctg.documents.pdf.renderer import write_pdf  # noqa: E402
from ctg.documents.plan_files import IMPORT, load_plan, read_plan_file  # noqa: E402
from ctg.documents.word.writer import write_docx  # noqa: E402
from ctg.web.outline import to_html  # noqa: E402
from tests.documents.files import paper_of  # noqa: E402

ROUNDS = 5
SIZES = (17, 140, 560)
BARE = 'body { font: 9pt/1.45 "DejaVu Sans" } @page { size: A4; margin: 20mm }'


def main():
    setup_databases(verbosity=0, interactive=False)
    plan_file = read_plan_file(settings.BASE_DIR / "fixtures/territoire-de-demonstration.toml")
    plan = load_plan(plan_file, by=IMPORT, at=timezone.now())
    write_pdf(paper_of(plan))
    for with_follow_up in (False, True):
        rounds = [compare(plan, with_follow_up) for _ in range(ROUNDS)]
        ours, bare = map(statistics.median, zip(*rounds, strict=True))
        name = f"{plan.actions.count()} actions{', with follow-up' if with_follow_up else ''}"
        print(f"{name}: {ours:.2f} s / {bare:.2f} s = {ours / bare:.2f}")
    tell_growth(plan)


def compare(plan, with_follow_up):
    ours, _ = timed(write_pdf, plan, with_follow_up)
    bare, _ = timed(write_bare, plan, with_follow_up)
    return ours, bare


def timed(write, plan, with_follow_up):
    start = time.process_time()
    content = write(paper_of(plan, with_follow_up=with_follow_up))
    return time.process_time() - start, content


def write_bare(paper):
    """The “fiche”: the same texts as full-width blocks, untagged, without title page nor running lines."""
    blocks = [f"<h1>{escape(paper.cover.title)}</h1>"]
    for section in paper.sections:
        blocks.append(f"<h2>{escape(section.title)}</h2><p>{escape(section.summary)}</p>")
        for block in section.blocks:
            texts = {
                "fact": lambda b: [f"<p>{escape(b.label)} : {escape(' – '.join(b.items))}</p>"],
                "passage": lambda b: [f"<p>{escape(b.label)}</p>", to_html(b.text)],
                "standing": lambda b: [f"<p>{escape(' '.join([b.status_words, *b.words, b.reason]))}</p>"],
            }
            blocks += texts[block.kind](block)
    return HTML(string=f"<style>{BARE}</style>{''.join(blocks)}").write_pdf()


def tell_growth(plan):
    seconds = {}
    for size in SIZES:
        grow(plan, size)
        seconds[size], content = timed(write_pdf, plan, True)
        pages = page.validate_pdf_bytes(content, profile="ua1").document.page_count
        word, _ = timed(write_docx, plan, True)
        told = f"PDF {seconds[size]:.2f} s, {pages} pages, {len(content) / 1e6:.2f} MB; Word {word:.2f} s"
        print(f"{Action.objects.count()} actions: {told}")
    first, last = SIZES[0], SIZES[-1]
    exponent = math.log(seconds[last] / seconds[first]) / math.log(last / first)
    print(f"{first} → {last} actions: exponent {exponent:.2f}")


if __name__ == "__main__":
    main()
