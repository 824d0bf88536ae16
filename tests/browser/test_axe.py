"""A1: every page of the site, in each of its states, has nothing that axe would change."""

import pytest
from playwright.sync_api import expect

from actions.sections import SECTIONS
from tests import factories as f

from .audit import audit
from .rounds import ROUNDS, pages


@pytest.fixture
def visit(browse):
    """visit(camille): a window in which nothing moves while axe looks at it."""
    return lambda user=None: browse(user, reduced_motion="reduce")


@pytest.mark.parametrize("name", ROUNDS)
def test_every_page(visit, world, name):
    page = visit(name and getattr(world, name))
    found = []
    for path in pages(world, name):
        page.goto(path)
        found += audit(page)
    assert not found, "\n".join(found)


def test_pages_with_nothing_in_them(visit, world):
    plan = f.PlanFactory(territory=world.elsewhere, title="Plan à écrire")
    nobody = f.UserFactory()
    found = []
    for user, path in (
        (world.nadia, f"/plans/{plan.pk}/"),
        (world.nadia, f"/plans/{plan.pk}/structure/"),
        (world.nadia, f"/plans/{plan.pk}/classer/"),
        (world.nadia, f"/plans/{plan.pk}/en-lot/"),
        (world.nadia, f"/plans/{plan.pk}/corbeille/"),
        (world.nadia, f"/plans/{plan.pk}/historique/"),
        (world.nadia, f"/plans/{plan.pk}/indicateurs/"),
        (world.nadia, f"/territoires/{world.elsewhere.pk}/organismes/"),
        (world.nadia, world.foreign_action.get_absolute_url()),
        (world.elise, f"/plans/{world.plan.pk}/?q=introuvable"),
        (nobody, "/"),
    ):
        page = visit(user)
        page.goto(path)
        found += audit(page)
    assert not found, "\n".join(found)


def test_pages_that_say_no(visit, browse, world):
    page = visit()
    page.goto("/nulle-part/")
    found = audit(page)
    page.goto("/compte/connexion/")
    page.context.clear_cookies()
    page.get_by_label("Adresse électronique").fill("camille@exemple.fr")
    page.get_by_label("Mot de passe", exact=True).fill(f.PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Page expirée")
    found += audit(page)
    assert not found, "\n".join(found)
    browse.complaints.clear()  # Chromium says in its console that a page is a 404 or a 403.


def test_a_plan_of_many_states(visit, world):
    """Every status and météo; both readings, a filter, open menus, the quick panel, a save."""
    for status in ("ongoing", "done", "postponed", "suspended", "abandoned"):
        f.ActionFactory(plan=world.plan, ambition=world.ambition, status=status, status_reason="Sans local.")
    for mood in ("serene", "watch", "trouble"):
        f.ActionFactory(
            plan=world.plan, theme=world.theme, confidence=mood, calendar_text="2024", progress=40
        )
    page = visit(world.camille)
    page.goto(world.plan.get_absolute_url())
    found = []
    for menu in page.locator("details").all():
        menu.locator("summary").click()
        found += audit(page, "with an open menu", within="details[open]")
        menu.locator("summary").click()
    page.get_by_role("link", name="Modifier l’action 1", exact=True).click()
    expect(page.locator(".quick")).to_be_visible()
    found += audit(page, "with the quick panel")
    page.get_by_role("radio", name="Reportée").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert")).to_be_focused()
    found += audit(page, "with errors in the quick panel")
    page.get_by_label("Motif (obligatoire)").fill("Le local n’est pas libre.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#messages")).to_contain_text("Action 1 enregistrée")
    found += audit(page, "after a save")
    page.get_by_role("link", name="Thématiques").click()
    page.get_by_role("link", name="En retard").click()
    expect(page.locator("#facets")).to_contain_text("actions sur")
    found += audit(page, "filtered")
    assert not found, "\n".join(found)


def test_a_sheet_edited_in_place(visit, world):
    page = visit(world.camille)
    page.goto(world.action.get_absolute_url())
    found = []
    opened = page.locator("form:has([data-cancel])")
    edits = [page.get_by_role("link", name=f"Modifier : {one.title}") for one in SECTIONS.values()]
    names = ["Mettre à jour", "Écrire une note", "Ajouter un jalon", "Ajouter un frein ou un levier"]
    for link in [*edits, *(page.get_by_role("link", name=name) for name in names)]:
        if not link.count():  # Two parts are edited on a page of their own.
            continue
        link.click()
        expect(opened).to_have_count(1)
        found += audit(page, "edited in place", within="form:has([data-cancel])")
        opened.get_by_role("button", name="Enregistrer").click()
        expect(opened.get_by_role("alert").or_(page.locator("#messages .message"))).not_to_have_count(0)
        found += audit(page, "after a save in place")
        if opened.count():
            opened.locator("[data-cancel]").click()
            expect(opened).to_have_count(0)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("in_place", [True, False])
def test_a_conflict(visit, world, in_place):
    page, other = visit(world.camille), visit(world.camille)
    if in_place:
        page.goto(world.action.get_absolute_url())
        page.get_by_role("link", name="Modifier : Publics et communes").click()
    else:
        page.goto(f"/actions/{world.action.pk}/modifier/publics/")
    page.get_by_role("textbox", name="Publics").fill("Les jeunes")
    other.goto(f"/actions/{world.action.pk}/modifier/publics/")
    other.get_by_label("Publics").fill("Les familles")
    other.get_by_role("button", name="Enregistrer").click()
    expect(other.locator("#messages")).to_contain_text("enregistré")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous êtes deux à avoir écrit")
    found = audit(page)
    assert not found, "\n".join(found)
