"""Ask for documents as exports do, and read what they hold with other means than those that wrote them."""

import datetime as dt
import re
import zipfile
import zlib
from io import BytesIO

import page
from django.template.loader import render_to_string

from actions.models import Action
from ctg.documents.order import Layout, Order
from ctg.documents.papers.plan import plan_paper
from ctg.documents.papers.sheet import sheet_paper
from ctg.documents.sheet_reading import SheetReading

TODAY = dt.date(2026, 11, 22)
HEADINGS = ("plan__territory", "ambition", "orientation", "theme", "need", "objective")


def paper_of(plan, layout=Layout.STRATEGIC, **options):
    return plan_paper(Order(plan, layout, TODAY, **options))


def sheet_of(action):
    action = Action.objects.select_related(*HEADINGS).get(pk=action.pk)
    return sheet_paper(SheetReading(action), TODAY)


def papers_of(plan):
    """Every paper that a plan may become."""
    for layout in Layout:
        for with_follow_up in (False, True):
            for as_list in (False, True):
                yield paper_of(plan, layout, with_follow_up=with_follow_up, as_list=as_list)
    for action in plan.actions.all():
        yield sheet_of(action)


def html_of(paper):
    return render_to_string("documents/paper.html", {"paper": paper, "cover": paper.cover})


def failures(content):
    """What keeps a PDF from being accessible and archivable, by the rules of both standards."""
    return [
        (profile, failure.rule_id)
        for profile in ("ua1", "3a")
        for failure in page.validate_pdf_bytes(content, profile=profile).failures
    ]


def inside(pdf):
    """Everything in a PDF, its streams unpacked."""
    unpacked = []
    for stream in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL):
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            unpacked.append(stream)
    return pdf + b"\n".join(unpacked)


def parts_of(docx):
    with zipfile.ZipFile(BytesIO(docx)) as file:
        return {
            name: file.read(name).decode() for name in file.namelist() if name.endswith((".xml", ".rels"))
        }
