"""The renderer reaches neither files nor network, whatever stands in a text or even in the page (E1, E4)."""

import re
import socket
import threading

import pytest
from bs4 import BeautifulSoup
from weasyprint.urls import URLFetcher

from ctg.documents.pdf import renderer
from ctg.documents.pdf.renderer import render_pdf, write_pdf
from tests.documents.files import html_of, inside, paper_of, papers_of, sheet_of
from tests.documents.hostile import PAYLOADS, poison

CANARY = "canari-du-disque-42"
FORBIDDEN = re.compile(rb"/(?:JS|JavaScript|OpenAction|Launch|EmbeddedFile|EmbeddedFiles|RichMedia|AA|URI)\b")

TAGS = [
    '<img src="{url}">',
    '<img srcset="{url} 2x">',
    '<object data="{url}"></object>',
    '<embed src="{url}">',
    '<iframe src="{url}"></iframe>',
    '<link rel="stylesheet" href="{url}">',
    '<link rel="attachment" href="{url}">',
    '<a rel="attachment" href="{url}">ici</a>',
    '<style>@import url("{url}");</style>',
    '<style>@font-face {{ font-family: x; src: url("{url}") }} p {{ font-family: x }}</style>',
    '<p style="background: url({url})">a</p>',
    '<p style="border-image: url({url}) 3">a</p>',
    '<style>li {{ list-style-image: url("{url}") }}</style><ul><li>a</li></ul>',
    '<style>p::before {{ content: url("{url}") }}</style>',
    '<style>@page {{ background: url("{url}") }}</style>',
    '<style>@page {{ @top-left {{ content: url("{url}") }} }}</style>',
    '<base href="{url}"><img src="a.png">',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}" width="9" height="9"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><use href="{url}#a"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><style>@import url("{url}");</style></svg>',
    '<img src="data:image/svg+xml,%3Csvg xmlns=%27http://www.w3.org/2000/svg%27%3E'
    '%3Cimage href=%27{url}%27/%3E%3C/svg%3E">',
    '<video poster="{url}"></video>',
    '<input type="image" src="{url}">',
    '<meta http-equiv="refresh" content="0;url={url}">',
    '<img src="//{host}/canari">',
]


@pytest.fixture
def listener():
    """A server that counts who knocks."""
    knocks = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    closing = threading.Event()

    def listen():
        while not closing.is_set():
            try:
                connection, _ = server.accept()
            except TimeoutError:
                continue
            knocks.append(connection.recv(200))
            connection.close()

    thread = threading.Thread(target=listen)
    thread.start()
    yield f"127.0.0.1:{server.getsockname()[1]}", knocks
    closing.set()
    thread.join()
    server.close()


@pytest.fixture
def canary(tmp_path):
    file = tmp_path / "canari.txt"
    file.write_text(CANARY)
    return file


def page_of(tag, url, host):
    return f'<html lang="fr"><title>Essai</title><body><h1>a</h1>{tag.format(url=url, host=host)}<p>fin</p>'


@pytest.mark.parametrize("tag", TAGS)
def test_no_tag_reaches_the_network_or_a_file(tag, listener, canary):
    host, knocks = listener
    for url in (f"http://{host}/canari", f"ftp://{host}/canari", canary.as_uri()):
        content = inside(render_pdf(page_of(tag, url, host)))
        assert CANARY.encode() not in content
        assert b"/EmbeddedFile" not in content
    assert not knocks


def test_the_listener_and_the_canary_would_tell(listener, canary, monkeypatch):
    """With the fetcher that WeasyPrint comes with, both are reached."""
    host, knocks = listener
    monkeypatch.setattr(renderer, "closed_fetcher", lambda: URLFetcher(timeout=1))
    render_pdf(page_of(TAGS[0], f"http://{host}/canari", host))
    assert knocks
    attached = inside(render_pdf(page_of('<link rel="attachment" href="{url}">', canary.as_uri(), host)))
    assert CANARY.encode() in attached


@pytest.mark.django_db
def test_no_text_becomes_something_to_run(plan):
    actions = [poison(plan, payload) for payload in PAYLOADS]
    papers = [paper_of(plan, with_follow_up=True), *map(sheet_of, actions[-3:])]
    for paper in papers:
        assert not FORBIDDEN.search(structure(write_pdf(paper)))


def structure(content):
    """The file without what it shows and its own title: a text may well speak of JavaScript."""
    without_title = re.sub(rb"<\?xpacket begin.*?<\?xpacket end", b"", inside(content), flags=re.DOTALL)
    return re.sub(rb"\((?:\\.|[^\\()])*\)|<[0-9a-f]*>", b"()", without_title)


@pytest.mark.django_db
def test_no_text_becomes_a_tag(plan):
    poison(plan, "<img src=x><b class=vu>gras</b></p>")
    for paper in papers_of(plan):
        page = BeautifulSoup(html_of(paper), "html5lib")
        assert not page.select("img, .vu")
        assert "<img src=x>" in page.body.get_text()


@pytest.mark.django_db
def test_what_is_kept_among_coordinators_is_in_no_paper(world):
    world.note.text, world.note.audience = "Canari", "coordinators"
    world.note.save()
    assert all("Canari" not in str(paper) for paper in papers_of(world.plan))
    world.note.audience = "everyone"
    world.note.save()
    assert any("Canari" in str(paper) for paper in papers_of(world.plan))
