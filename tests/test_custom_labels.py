"""A plan names its levels as it likes: the usual words are then nowhere."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.kinds import KINDS
from actions.sections import SECTIONS
from partners import tracking
from partners.tracking import Author
from tests import factories as f
from tests.documents.files import html_of, sheet_of
from tests.htmx import soup

OWN = {
    "ambition_label": "Cap",
    "orientation_label": "Sillon",
    "theme_label": "Registre",
    "need_label": "Manque",
    "objective_label": "Visée",
    "priority_label": "Rang",
}
USUAL = re.compile(r"\b(?:ambition|orientation|thématique|thème|besoin|objectif|priorité)s?\b", re.IGNORECASE)

PAGES = (
    *("plan_detail", "timeline", "kanban", "plan_structure", "plan_classify", "plan_history", "trash_list"),
    *("bulk_edit", "action_add", "plan_budget", "saved_view_list", "decision_add", "body_list"),
    *(f"{kind}_add" for kind in KINDS),
)
FLOORS_ABOVE = (
    *("dashboards:todo", "dashboards:board", "dashboards:comparison", "dashboards:search"),
    *("indicators:indicator_list", "indicators:campaign_list"),
)


@pytest.fixture
def renamed(world):
    """A plan all in its own words, whose headings and priorities moved, and one of each lies in the trash."""
    for name, label in OWN.items():
        setattr(world.plan, name, label)
    world.plan.has_budget = True
    world.plan.save()
    world.action.refresh_from_db()
    by, at = Author("Camille", world.camille), timezone.now()
    moved = {f"{kind}": f.AmbitionFactory(plan=world.plan) for kind in ["ambition"]}
    moved |= {"orientation": f.OrientationFactory(plan=world.plan, ambition=moved["ambition"])}
    moved |= {"theme": f.ThemeFactory(plan=world.plan), "need": f.NeedFactory(plan=world.plan)}
    moved |= {"objective": f.ObjectiveFactory(plan=world.plan)}
    for heading in moved.values():
        heading.title = f"Repère {heading.pk}"
        heading.save()
    reasons = {"priority": 1, "priority_reason": "Votée au COPIL"}
    tracking.change(world.action, moved | reasons, by=by, at=at)
    tracking.change(world.orientation, {"ambition": moved["ambition"]}, by=by, at=at)
    f.ActionFactory(plan=world.plan, number=2)
    for heading in (world.ambition, world.theme, world.need, world.objective, world.orientation):
        tracking.trash(heading, by=by, at=at)
    return world


def usual_words(page):
    """Where the usual words stand in what a page says, attributes included."""
    said = [page.get_text(" ")]
    said += [tag[name] for tag in page.find_all(True) for name in ("aria-label", "title") if tag.get(name)]
    return [text[max(0, m.start() - 30) : m.end() + 30] for text in said for m in USUAL.finditer(text)]


def addresses(world):
    plan, action = [world.plan.pk], [world.action.pk]
    yield from (reverse(f"actions:{name}", args=plan) for name in PAGES)
    yield from (reverse(name, args=plan) for name in FLOORS_ABOVE)
    yield from (reverse(f"actions:{name}", args=plan) + "?lecture=themes" for name in PAGES[:3])
    yield from (reverse(f"actions:{name}", args=action) for name in ("action_detail", "action_history"))
    # « Finalité ou objectif » and « freins » are headings of the sheet, not levels of the plan.
    slugs = SECTIONS.keys() - {"texte", "champs"}
    yield from (reverse("actions:action_edit", args=[*action, slug]) for slug in sorted(slugs))
    yield reverse("actions:meeting_fill", args=[f.MeetingFactory(body__plan=world.plan).pk])


@pytest.mark.once
def test_no_page_says_the_usual_words(renamed, client_of):
    client = client_of(renamed.camille)
    found = {}
    for address in addresses(renamed):
        response = client.get(address)
        assert response.status_code == 200, address
        found[address] = usual_words(soup(response).main)
    assert {address: words for address, words in found.items() if words} == {}


def test_what_the_plan_calls_things_is_said_instead(renamed, client_of):
    client = client_of(renamed.camille)
    history = soup(client.get(reverse("actions:action_history", args=[renamed.action.pk]))).main.get_text(" ")
    for label in OWN.values():
        assert label in history, label
    trash = soup(client.get(reverse("actions:trash_list", args=[renamed.plan.pk]))).main.get_text(" ")
    assert "Cap" in trash and "Sillon" in trash
    todo = soup(client.get(reverse("dashboards:todo", args=[renamed.plan.pk]))).main.get_text(" ")
    assert "«\xa0Rang\xa0»" in todo


def test_the_sheet_as_a_document_says_them_too(renamed):
    assert USUAL.findall(soup_of(sheet_of(renamed.action))) == []


def soup_of(paper):
    return re.sub(r"<style.*?</style>|<[^>]+>", " ", html_of(paper), flags=re.DOTALL)
