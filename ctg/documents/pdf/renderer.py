"""HTML into PDF, with nothing from elsewhere: no file, no network, no picture that the page does not hold."""

from functools import cache
from pathlib import Path

from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from ctg.documents.papers.blocks import Paper
from ctg.documents.pdf.conformity import AMBIGUOUS, finish
from ctg.web.text import clean

FOLDER = Path(__file__).parent
STYLESHEETS = ("page.css", "text.css", "blocks.css")
VARIANT = "pdf/a-3a"
ATTEMPTS = 5


def write_pdf(paper: Paper) -> bytes:
    return render_pdf(clean(render_to_string("documents/paper.html", {"paper": paper, "cover": paper.cover})))


def render_pdf(html: str) -> bytes:
    for attempt in range(ATTEMPTS):
        document = HTML(string=html, url_fetcher=closed_fetcher())
        content = document.write_pdf(
            stylesheets=stylesheets(),
            presentational_hints=True,
            pdf_variant=VARIANT,
            finisher=lambda _, pdf, attempt=attempt: finish(pdf, attempt=attempt),
        )
        if AMBIGUOUS not in content:
            break
    return bytes(content)


def closed_fetcher() -> URLFetcher:
    """WeasyPrint’s own reads files and follows addresses; this one knows only what is in the page."""
    return URLFetcher(allowed_protocols=("data",), allow_redirects=False)


@cache
def stylesheets() -> list[CSS]:
    return [CSS(string=(FOLDER / name).read_text(), url_fetcher=closed_fetcher()) for name in STYLESHEETS]
