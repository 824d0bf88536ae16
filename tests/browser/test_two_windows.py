"""Two people on one action, each in a window of her own: nothing is overwritten silently."""

import pytest
from playwright.sync_api import expect

from actions.models import ProgressNote, Status


@pytest.fixture
def windows(browse, world):
    """The sheet of the same action, before Camille and before Paul, whose organisation carries it."""
    pages = browse(world.camille), browse(world.paul)
    for page in pages:
        page.goto(world.action.get_absolute_url())
    return pages


def open_follow_up(page):
    page.get_by_role("link", name="Mettre à jour").click()
    expect(page.get_by_role("radio", name="À venir")).to_be_focused()


def save(page):
    page.get_by_role("button", name="Enregistrer", exact=True).click()


def test_what_only_one_touched_is_merged(windows, world):
    camille, paul = windows
    open_follow_up(camille)
    open_follow_up(paul)
    paul.get_by_role("radio", name="En cours").check()
    save(paul)
    expect(paul.locator("#messages")).to_contain_text("Action 1 enregistrée")
    camille.get_by_label("Avancement").fill("40")
    save(camille)
    expect(camille.locator("#messages")).to_contain_text("Action 1 enregistrée")
    expect(camille.locator("#follow-up")).to_contain_text("En cours")
    world.action.refresh_from_db()
    assert (world.action.status, world.action.progress) == (Status.ONGOING, 40)


@pytest.fixture(params=["sheet", "plan"])
def dispute(request, browse, world):
    """Camille and Paul chose different statuses, Paul first; what Camille sees."""
    address = {"sheet": world.action, "plan": world.plan}[request.param].get_absolute_url()
    label = {"sheet": "Mettre à jour", "plan": "Modifier l’action 1"}[request.param]
    camille, paul = browse(world.camille), browse(world.paul)
    for page in (camille, paul):
        page.goto(address)
        page.get_by_role("link", name=label).click()
    paul.get_by_role("radio", name="Réalisée").check()
    save(paul)
    expect(paul.locator("#messages")).to_contain_text("Action 1 enregistrée")
    camille.get_by_role("radio", name="En cours").check()
    camille.get_by_label("Note", exact=True).fill("Le bail est signé.")
    save(camille)
    return camille


def test_what_both_touched_comes_back(dispute, world):
    expect(dispute.get_by_role("heading", level=1)).to_have_text("Vous êtes deux à avoir écrit")
    texts = dispute.locator(".conflict__text")
    expect(texts).to_contain_text(["en cours", "réalisée"])
    expect(dispute.get_by_role("radio", name="Mon texte")).to_be_visible()
    expect(dispute.locator("#main")).to_be_focused()
    world.action.refresh_from_db()
    assert world.action.status == Status.DONE
    assert not ProgressNote.objects.filter(text="Le bail est signé.").exists()


CHOICES = {"Mon texte": Status.ONGOING, "Le texte de Paul": Status.DONE, "Un troisième": Status.PLANNED}


@pytest.mark.parametrize("dispute", ["plan"], indirect=True)
@pytest.mark.parametrize("choice", CHOICES)
def test_each_choice_finishes_the_job(dispute, world, choice):
    dispute.locator("label.choice", has_text=choice).first.locator("input").check()
    if choice == "Un troisième":
        dispute.locator("#id_status input[value=planned], select#id_status").first.check()
    dispute.get_by_role("button", name="Enregistrer ces choix").click()
    expect(dispute.locator("#messages")).to_contain_text("Action 1 enregistrée")
    world.action.refresh_from_db()
    assert world.action.status == CHOICES[choice]
    assert ProgressNote.objects.filter(text="Le bail est signé.", author=world.camille).count() == 1


def test_a_long_text_is_pasted_whole(windows, world):
    pasted = "Réunion du comité : l’accueil s’élargit.\u000b\n" * 900
    camille, _ = windows
    camille.get_by_role("link", name="Écrire une note").click()
    camille.get_by_label("Note", exact=True).fill(pasted)
    save(camille)
    expect(camille.locator("#messages")).to_contain_text("Note enregistrée.")
    note = ProgressNote.objects.exclude(pk=world.note.pk).get()
    assert note.text.count("Réunion du comité : l’accueil s’élargit.") == 900
    assert len(pasted) > 37_000
    camille.get_by_text("Lire la note entière").click()
    expect(camille.locator(".timeline__whole")).to_contain_text("Réunion du comité")
