"""A whole campaign, from its preparation to its total, by keyboard alone and without JavaScript."""

import re

import pytest
from django.core import mail
from django.utils import timezone

from indicators.models import Measurement, State
from partners import outbox
from tests import factories as f

from .hands import Keyboard, Mouse


@pytest.fixture(params=[Keyboard, Mouse], ids=["keyboard", "without-javascript"])
def hands(request, browse):
    return lambda user=None: request.param(
        browse(user, reduced_motion="reduce", java_script_enabled=request.param is Keyboard)
    )


@pytest.fixture
def asked(world):
    """A plan that has never asked for anything: two organisations with a contact, two indicators."""
    for thing in (world.campaign, world.measurement):
        thing.trashed_at = timezone.now()
        thing.save(update_fields=["trashed_at"])
    for organisation, name in ((world.service, "Paul Roux"), (world.partner, "Inès Petit")):
        organisation.contact_name, organisation.contact_email = name, f"{organisation.pk}@exemple.fr"
        organisation.save(update_fields=["contact_name", "contact_email"])
    world.indicator.wording, world.indicator.unit = "Nombre de jeunes", "jeunes"
    world.indicator.save(update_fields=["wording", "unit"])
    world.indicator.contributors.set([world.service, world.partner])
    world.satisfaction = f.IndicatorFactory(
        plan=world.plan,
        actions=[world.action],
        wording="Satisfaction",
        kind="scale",
        contributors=[world.service],
    )
    return world


def mailed_links():
    """The link of each letter that left, by its address."""
    outbox.deliver(at=timezone.now())
    return {
        message.to[0]: re.search(r"https://plan\.exemple\.fr(/repondre/\S+)", message.body)[1]
        for message in mail.outbox
        if "/repondre/" in message.body
    }


def launch(camille, world):
    camille.open(world.plan.get_absolute_url())
    camille.link("Campagnes")
    camille.link("Préparer une campagne")
    camille.button("Continuer")
    camille.reads("3 valeurs seront demandées à 2 organismes")
    camille.button("Lancer la campagne")
    camille.reads("0 réponse reçue sur 3")


def answer(partner, link, **texts):
    partner.open(link)
    partner.reads("Qui répond", within="h1")
    assert "/repondre/" not in partner.page.url, "the token stays in no address"
    partner.button("Continuer")
    for label, text in texts.items():
        partner.write(re.compile(label), text)
    partner.button("Vérifier et envoyer")


def test_from_the_preparation_to_the_total(hands, asked):
    camille = hands(asked.camille)
    launch(camille, asked)
    links = mailed_links()
    assert set(links) == {asked.service.contact_email, asked.partner.contact_email}

    paul = hands()
    answer(
        paul,
        links[asked.service.contact_email],
        **{"^Valeur pour": "1 234", "^Note moyenne": "4,5", "^Répondants": "20"},
    )
    paul.reads("1\u202f234 jeunes")
    paul.reads("4,5 sur 5 (20 répondants)")
    paul.button("Envoyer les 2 réponses")
    paul.reads("2 réponses envoyées", within="#messages")

    ines = hands()
    answer(ines, links[asked.partner.contact_email], **{"^Valeur pour": "66"})
    ines.button(re.compile("^Envoyer"))
    ines.reads("1 réponse envoyée", within="#messages")

    mailed_links()
    [receipt] = [message for message in mail.outbox if message.subject.startswith("Reçu\u00a0: 2 réponses")]
    assert receipt.to == [asked.service.contact_email]
    assert "1\u202f234\u00a0jeunes" in receipt.body

    camille.page.reload()
    camille.reads("3 réponses reçues sur 3")
    camille.link(re.compile("^Relire"), within="tr:has-text('Mission locale')")
    camille.link(re.compile("^Retourner"))
    camille.write(re.compile("^(Votre question|Question)"), "Avec les stagiaires ?")
    camille.button(re.compile("etourner$"))
    camille.reads("etourn", within="#messages")
    assert Measurement.objects.get(organisation=asked.partner).state == State.RETURNED

    mail.outbox.clear()
    again = mailed_links()
    assert again == {asked.partner.contact_email: links[asked.partner.contact_email]}, "it has her own link"
    ines.open(again[asked.partner.contact_email])
    ines.reads("Avec les stagiaires ?")
    ines.write(re.compile("^Valeur pour"), "60")
    ines.button("Vérifier et envoyer")
    ines.button(re.compile("^Envoyer"))

    camille = hands(asked.camille)
    camille.open(asked.plan.get_absolute_url())
    camille.link("Campagnes")
    camille.link(re.compile("^Campagne 20"))
    camille.link(re.compile("^Valider les 3 valeurs"))
    camille.button(re.compile("^Valider"))
    camille.reads("validée", within="#messages")
    assert {value.state for value in Measurement.objects.current()} == {State.VALIDATED}

    elise = hands(asked.elise)
    elise.open(asked.indicator.get_absolute_url())
    elise.reads("1\u202f294")
    elise.reads("2 porteurs sur 2")
