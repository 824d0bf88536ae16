"""A2, A3: what people come to do, by keyboard alone, and without JavaScript."""

import datetime as dt
import re
from io import BytesIO

import pytest
from django.core import mail
from openpyxl import load_workbook
from playwright.sync_api import expect

from actions.models import Milestone, ProgressNote, Status
from partners.models import Membership
from tests import factories as f

from .hands import Keyboard, Mouse


@pytest.fixture(params=[Keyboard, Mouse], ids=["keyboard", "without-javascript"])
def hands(request, browse):
    """hands(camille): somebody in front of a window of her own."""
    return lambda user=None: request.param(
        browse(user, reduced_motion="reduce", java_script_enabled=request.param is Keyboard)
    )


def test_sign_in_by_password(hands, world):
    camille = hands()
    camille.open(world.plan.get_absolute_url())
    camille.write("Adresse électronique", world.camille.email)
    camille.write("Mot de passe", f.PASSWORD)
    camille.button("Se connecter")
    camille.reads("Plan d’actions CTG", within="h1")


def test_sign_in_by_mailed_code(hands, world):
    camille = hands()
    camille.open("/")
    camille.link("Recevoir un code par courriel")
    camille.write("Adresse électronique", world.camille.email)
    camille.button("Envoyer le code")
    camille.reads("Saisir le code", within="h1")
    [message] = mail.outbox
    assert message.to == [world.camille.email]
    camille.write("Code reçu", re.search(r"^\s*([A-Z0-9-]{6,})\s*$", message.body, re.MULTILINE)[1])
    camille.button("Se connecter")
    camille.reads("À faire", within="h1")


def test_read_by_theme_the_actions_that_are_late(hands, world):
    f.ActionFactory(plan=world.plan, theme=world.theme, title="Former les équipes", calendar_text="2024")
    elise = hands(world.elise)
    elise.open(world.plan.get_absolute_url())
    elise.link("Thématiques")
    elise.reads("JEUNESSE", within="h2")
    elise.link("En retard 1")
    elise.reads("1 action sur 2")
    elise.reads("Former les équipes", within="#plan-reading")
    expect(elise.page.locator("#plan-reading")).not_to_contain_text("Ouvrir un café")


def test_search_with_a_typing_mistake(hands, world):
    f.ActionFactory(plan=world.plan, title="Former les équipes")
    elise = hands(world.elise)
    elise.open(world.plan.get_absolute_url())
    elise.write("Chercher dans le plan", "formre les EQUIPES")
    elise.button("Chercher")
    elise.reads("1 action sur 2")
    elise.link("Former les équipes")
    elise.reads("Former les équipes", within="h1")


def tell_how_it_goes(camille):
    camille.choose("Reportée")
    camille.choose("À surveiller")
    camille.write(re.compile("^(Note|Motif)"), "Le local n’est pas libre.")
    camille.write("Avancement", "30")
    camille.button("Enregistrer")
    camille.reads("Action 1 enregistrée\u00a0: reportée, à surveiller, 30\u00a0%.", within="#messages")


def test_follow_up_from_the_plan(hands, world):
    camille = hands(world.camille)
    camille.open(world.plan.get_absolute_url())
    camille.link("Modifier l’action 1")
    tell_how_it_goes(camille)
    camille.reads("Reportée", within=f"#action-{world.action.pk}")
    camille.reads("1 reportée", within="#plan-lead")
    # The keyboard goes on from the row that it left.
    camille.link("Modifier l’action 1")
    camille.link("Annuler")
    camille.link("Modifier l’action 1")


def test_follow_up_from_the_sheet(hands, world):
    camille = hands(world.camille)
    camille.open(world.action.get_absolute_url())
    camille.link("Mettre à jour")
    tell_how_it_goes(camille)
    camille.reads("Reportée", within="#follow-up")
    camille.reads("Le local n’est pas libre.", within="#notes")
    world.action.refresh_from_db()
    assert (world.action.status, world.action.progress) == (Status.POSTPONED, 30)


def test_edit_the_calendar_of_the_sheet(hands, world):
    camille = hands(world.camille)
    camille.open(world.action.get_absolute_url())
    camille.link("Modifier : Calendrier")
    camille.write("Calendrier (facultatif)", "2e semestre 2027")
    camille.button("Enregistrer")
    camille.reads("Calendrier : enregistré.", within="#messages")
    camille.reads("du 1er juillet 2027 au 31 décembre 2027", within="#part__calendrier")
    camille.link("Modifier : Calendrier")


def test_rename_an_action(hands, world):
    camille = hands(world.camille)
    camille.open(world.action.get_absolute_url())
    camille.link("Modifier le numéro ou l’intitulé")
    camille.write("Intitulé", "Ouvrir deux cafés des jeunes")
    camille.button("Enregistrer")
    camille.reads("Ouvrir deux cafés des jeunes", within="h1")
    camille.reads("enregistré", within="#messages")


def test_add_a_milestone_and_reach_it(hands, world):
    camille = hands(world.camille)
    camille.open(world.action.get_absolute_url())
    camille.link("Ajouter un jalon")
    camille.write("Jalon", "Travaux finis")
    camille.button("Enregistrer")
    camille.reads("Jalon ajouté.", within="#messages")
    camille.button("Atteint ? Travaux finis")
    camille.reads("1 jalon sur 2 atteint", within="#milestones")
    assert Milestone.objects.get(title="Travaux finis").reached_on


def test_reopen_a_milestone(hands, world):
    f.MilestoneFactory(action=world.action, title="Travaux finis", reached_on=dt.date(2026, 5, 4))
    camille = hands(world.camille)
    camille.open(world.action.get_absolute_url())
    camille.button("Rouvrir Travaux finis")
    camille.reads("0 jalon sur 2 atteint", within="#milestones")


def test_write_a_note(hands, world):
    karim = hands(world.karim)
    karim.open(world.action.get_absolute_url())
    karim.link("Écrire une note")
    karim.write("Note", "Le comité approuve.")
    karim.button("Enregistrer")
    karim.reads("Note enregistrée.", within="#messages")
    karim.reads("Le comité approuve.", within="#note-list")
    assert ProgressNote.objects.filter(author=world.karim, text="Le comité approuve.").count() == 1


def test_download_the_workbook(hands, world):
    elise = hands(world.elise)
    elise.open(world.plan.get_absolute_url())
    elise.unfold("Exporter")
    with elise.page.expect_download() as download:
        elise.link(re.compile("Excel : plan voté par thématique"))
    sheet = load_workbook(BytesIO(download.value.path().read_bytes())).worksheets[0]
    assert any("Ouvrir un café" in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_restore_from_the_trash(hands, world):
    camille = hands(world.camille)
    camille.open(world.action.get_absolute_url())
    camille.link("Mettre à la corbeille")
    camille.button("Mettre à la corbeille")
    camille.link("Voir la corbeille")
    camille.button(re.compile("^Restaurer : .*Ouvrir un café des jeunes"))
    camille.reads("De retour", within="#messages")
    world.action.refresh_from_db()
    assert world.action.trashed_at is None


def test_bulk_change_and_undo(hands, world):
    other = f.ActionFactory(plan=world.plan, title="Former les équipes", number=2)
    camille = hands(world.camille)
    camille.open(world.plan.get_absolute_url())
    camille.unfold("Gérer")
    camille.link("Changer plusieurs actions à la fois")
    camille.tick(re.compile("Former les équipes"))
    camille.choose("Changer le statut")
    camille.pick(re.compile("^Nouveau statut"), "réalisée")
    camille.button("Voir l’avant et l’après")
    camille.reads("1 action change", within="h1")
    camille.button("Enregistrer ce changement")
    camille.link("Annuler ce changement")
    camille.reads("Annuler ce changement sur 1 action", within="h1")
    camille.button("Annuler ce changement")
    camille.reads("Changement annulé sur 1 action.", within="#messages")
    world.action.refresh_from_db()
    other.refresh_from_db()
    assert (world.action.status, other.status) == (Status.PLANNED, Status.PLANNED)


def test_invite_a_person(hands, world):
    camille = hands(world.camille)
    camille.open(world.action.get_absolute_url())
    camille.unfold("Plus")
    camille.link("Personnes")
    camille.link("Inviter une personne")
    camille.write("Adresse électronique", "zoe@exemple.fr")
    camille.write("Prénom", "Zoé")
    camille.write("Nom", "Durand")
    camille.pick("Rôle", "élu·e")
    camille.button("Envoyer l’invitation")
    camille.reads("zoe@exemple.fr", within="main")
    assert Membership.objects.filter(user__email="zoe@exemple.fr", territory=world.territory).exists()
    assert [message.to for message in mail.outbox] == [["zoe@exemple.fr"]]
