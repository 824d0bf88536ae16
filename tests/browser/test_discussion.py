"""A question, its answers and its end, by keyboard alone and without JavaScript; a file joined and taken."""

import pytest
from django.urls import reverse

from actions.models import Attachment, Decision, Discussion
from tests.web.test_uploads import TAKEN

from .hands import Keyboard, Mouse

PDF = TAKEN["application/pdf"]


@pytest.fixture(params=[Keyboard, Mouse], ids=["keyboard", "without-javascript"])
def hands(request, browse):
    return lambda user: request.param(
        browse(user, reduced_motion="reduce", java_script_enabled=request.param is Keyboard)
    )


def test_ask_answer_and_conclude_with_a_decision(hands, world):
    path = reverse("actions:action_file", args=[world.action.pk])
    karim = hands(world.karim)
    karim.open(world.action.get_absolute_url())
    karim.link("décisions, échanges et documents")
    karim.link("Poser une question")
    karim.write("Votre question, en une phrase", "Qui tient les clés ?")
    karim.button("Poser la question")
    karim.link("Répondre : Qui tient les clés ?")
    karim.write("Votre réponse", "Le service Jeunesse.")
    karim.button("Répondre")
    karim.reads("Réponse enregistrée.", within="#messages")
    karim.reads("Le service Jeunesse.", within="#echanges")

    camille = hands(world.camille)
    camille.open(path)
    camille.link("Conclure : Qui tient les clés ?")
    camille.write("Ce qu’il en ressort", "Le service Jeunesse les tient.")
    camille.choose("Une décision reste à prendre")
    camille.button("Conclure")
    camille.reads("Échange conclu.", within="#messages")
    camille.reads("À prendre", within="#decisions")
    assert Discussion.objects.get().decision == Decision.objects.get()
    camille.button("Rouvrir : Qui tient les clés ?")
    camille.reads("Échange rouvert", within="#messages")


def test_join_a_file_and_take_it_away(hands, world, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    paul = hands(world.paul)
    paul.open(reverse("actions:action_file", args=[world.action.pk]))
    paul.link("Joindre un document")
    paul.page.locator("input[type=file]").set_input_files(
        {"name": "Délibération.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    paul.button("Joindre")
    paul.reads("Document joint : Délibération.pdf", within="#messages")
    with paul.page.expect_download() as download:
        paul.link("Délibération.pdf PDF, 1 Ko")
    assert download.value.suggested_filename == "Délibération.pdf"
    assert download.value.path().read_bytes() == PDF
    assert Attachment.objects.get().added_by == world.paul
