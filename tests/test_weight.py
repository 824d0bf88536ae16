"""G9 and G9b: what a first view weighs, and what one more action adds to it."""

import gzip
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from tests import factories as f


@pytest.fixture
def plan_of_forty(world):
    # 88 bytes: the average of the voted titles.
    for number in range(2, 41):
        action = f.ActionFactory(
            plan=world.plan,
            number=number,
            title="Lier systématiquement l’organisation d’un rendez-vous des droits à un événement",
            ambition=world.ambition,
            orientation=world.orientation,
            status="ongoing",
            confidence="watch",
            progress=55,
            calendar_text="2e semestre 2026",
        )
        f.InvolvementFactory(action=action, organisation=world.service)
        f.ProgressNoteFactory(action=action)
    return world.plan


def test_a_row_is_light(client, world, plan_of_forty):
    client.force_login(world.camille)
    page = client.get(plan_of_forty.get_absolute_url()).text
    rows = re.findall(r'<tbody id="action-.*?</tbody>', page, re.DOTALL)
    assert len(rows) == 40
    for row in rows[1:]:
        assert len(row.encode()) <= 800
        assert len(BeautifulSoup(row, "html.parser").find_all(True)) <= 20


def test_a_first_view_is_light(client, world, plan_of_forty, collected):
    """Everything that a browser fetches for the plan, compressed: at most 65 kB in 8 requests."""
    client.force_login(world.camille)
    page = client.get(plan_of_forty.get_absolute_url())
    tree = BeautifulSoup(page.text, "html5lib")
    links = [link["href"] for link in tree.select("link[href]")] + [
        s["src"] for s in tree.select("script[src]")
    ]
    names = [link.removeprefix(settings.STATIC_URL) for link in links] + ["icons/contours.svg"]
    files = [Path(collected.path(collected.stored_name(name))) for name in names]
    pictures = re.findall(r"url\(", next(path for path in files if path.suffix == ".css").read_text())
    assert len(pictures) == 1, "a picture more is a request more: count it here"
    fetched = [page.content, *(path.read_bytes() for path in files)]
    assert len(fetched) <= 8
    assert sum(len(gzip.compress(body)) for body in fetched) <= 65_000
