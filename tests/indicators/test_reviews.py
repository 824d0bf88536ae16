"""Reading again: one value or all that is normal, before and after closing."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from indicators.models import Channel, Measurement, State
from partners import outbox
from partners.models import Letter
from tests import factories as f
from tests.htmx import soup


def url(name, thing):
    return reverse(f"indicators:{name}", args=[thing.pk])


@pytest.fixture
def camille(world, client_of):
    return client_of(world.camille)


@pytest.fixture
def closed(world):
    world.campaign.closed_at = timezone.now() - dt.timedelta(hours=1)
    world.campaign.save()
    return world


def state_of(measurement):
    return Measurement.objects.get(pk=measurement.pk).state


# One by one


@pytest.mark.parametrize("state", State)
def test_only_what_was_sent_is_validated(world, camille, state):
    world.measurement.state = state
    world.measurement.save()
    camille.post(url("measurement_validate", world.measurement), {"seen": world.measurement.version})
    after = State.VALIDATED if state == State.SUBMITTED else state
    assert state_of(world.measurement) == after


def test_a_value_that_changed_since_it_was_read_is_not_validated(world, camille):
    page = camille.post(url("measurement_validate", world.measurement), {"seen": 7}, follow=True)
    assert state_of(world.measurement) == State.SUBMITTED and "vient d’être modifiée" in page.text


def test_validating_twice_validates_once(world, camille):
    sent = {"seen": world.measurement.version}
    for _ in range(2):
        camille.post(url("measurement_validate", world.measurement), sent)
    now = Measurement.objects.get(pk=world.measurement.pk)
    assert (now.state, now.version) == (State.VALIDATED, world.measurement.version + 1)
    assert now.reviewed_label.startswith("Camille")


@pytest.mark.parametrize("state", State)
def test_only_what_was_sent_or_validated_goes_back(world, camille, state):
    world.measurement.state = state
    world.measurement.save()
    reply = camille.post(url("measurement_return", world.measurement), {"note": "Vraiment 12 ?"})
    goes = state in (State.SUBMITTED, State.VALIDATED)
    assert reply.status_code == (302 if goes else 422)
    assert state_of(world.measurement) == (State.RETURNED if goes else state)
    if not goes:
        assert "Vraiment 12 ?" in reply.text


def test_a_question_is_needed_to_send_a_value_back(world, camille):
    reply = camille.post(url("measurement_return", world.measurement), {"note": " "})
    assert reply.status_code == 422 and "Dites ce qui est à revoir" in reply.text
    assert state_of(world.measurement) == State.SUBMITTED


# To the same person


def sent_back(world, camille):
    camille.post(url("measurement_return", world.measurement), {"note": "Avec les bénévoles ?"})
    outbox.deliver(at=timezone.now())
    return mail.outbox


def test_a_value_goes_back_to_whoever_used_the_link(world, camille):
    f.EntryLinkFactory(solicitation=world.solicitation, email=world.solicitation.contact_email)
    colleague = f.EntryLinkFactory(
        solicitation=world.solicitation, email="sacha@exemple.fr", name="Sacha", respondent_name="Sacha Roy"
    )
    Measurement.objects.update(entered_label="Sacha Roy, Service Jeunesse", channel=Channel.LINK)
    [sent] = sent_back(world, camille)
    assert sent.to == ["sacha@exemple.fr"] and colleague.token in sent.body
    assert "Avec les bénévoles ?" in sent.body and "12" in sent.body and "Bonjour Sacha Roy" in sent.body


def test_of_two_who_answered_the_one_who_entered_it_is_asked(world, camille):
    for name in ("Dominique Petit", "Sacha Roy"):
        email = f"{name.split()[0].lower()}@exemple.fr"
        f.EntryLinkFactory(solicitation=world.solicitation, email=email, respondent_name=name)
    Measurement.objects.update(entered_label="Sacha Roy, Service Jeunesse", channel=Channel.LINK)
    [sent] = sent_back(world, camille)
    assert sent.to == ["sacha@exemple.fr"]


def test_a_name_that_begins_like_another_is_another(world, camille):
    for name, email in (("Sacha Roy", "roy@exemple.fr"), ("Sacha Royer", "royer@exemple.fr")):
        f.EntryLinkFactory(solicitation=world.solicitation, email=email, respondent_name=name)
    Measurement.objects.update(entered_label="Sacha Royer, Service Jeunesse", channel=Channel.LINK)
    [sent] = sent_back(world, camille)
    assert sent.to == ["royer@exemple.fr"]


def test_without_that_link_it_goes_to_the_contact(world, camille):
    f.EntryLinkFactory(
        solicitation=world.solicitation,
        email="sacha@exemple.fr",
        respondent_name="Dominique Petit",
        revoked_at=timezone.now(),
    )
    [sent] = sent_back(world, camille)
    assert sent.to == [world.solicitation.contact_email] and "/repondre/" in sent.body


def test_a_value_of_a_member_goes_back_to_her_account_without_any_link(world, camille):
    Measurement.objects.update(entered_by=world.paul, channel=Channel.ACCOUNT)
    [sent] = sent_back(world, camille)
    assert sent.to == ["paul@exemple.fr"] and "/repondre/" not in sent.body
    assert f"https://plan.exemple.fr{world.solicitation.get_absolute_url()}" in sent.body


def test_nobody_to_write_to_is_said(world, camille):
    world.solicitation.contact_email = ""
    world.solicitation.save()
    page = camille.post(url("measurement_return", world.measurement), {"note": "?"}, follow=True)
    assert "Personne n’a d’adresse" in page.text and not Letter.objects.exists()


# All that is normal


@pytest.fixture
def values(world):
    """Beside the value of the world: one that surprises, one that is a draft, one not available."""
    year = world.measurement.year

    def value(amount, before=None, **given):
        indicator = f.IndicatorFactory(plan=world.plan, contributors=[world.service])
        f.QuestionFactory(solicitation=world.solicitation, indicator=indicator)
        own = {"indicator": indicator, "organisation": world.service}
        if before is not None:
            f.MeasurementFactory(**own, year=year - 1, amount=before)
        return f.MeasurementFactory(**own, year=year, amount=amount, **given)

    world.surprising = value(1240, before=96, comment="Le festival")
    world.usual = value(100, before=96)
    world.draft = value(3, state=State.DRAFT)
    world.absent = value(None, absence="not_yet")
    return world


def normal_form(client, world, query=""):
    page = soup(client.get(url("campaign_validate", world.campaign) + query))
    return page, {"value": [field["value"] for field in page.select("main form [name=value]")]}


def test_all_that_is_normal_is_validated_at_once(values, camille):
    page, sent = normal_form(camille, values)
    assert page.select_one(".page-head__lead strong").text == "3 valeurs"
    assert "1\u202f240" in page.text and "Le festival" in page.text
    camille.post(url("campaign_validate", values.campaign), sent)
    for done in (values.measurement, values.usual, values.absent):
        assert state_of(done) == State.VALIDATED
    assert (state_of(values.surprising), state_of(values.draft)) == (State.SUBMITTED, State.DRAFT)


def test_what_was_not_on_the_page_or_changed_since_is_left(values, camille):
    _, sent = normal_form(camille, values)
    Measurement.objects.filter(pk=values.usual.pk).update(version=9)
    added = f.IndicatorFactory(plan=values.plan)
    f.QuestionFactory(solicitation=values.solicitation, indicator=added)
    late = f.MeasurementFactory(indicator=added, organisation=values.service)
    camille.post(url("campaign_validate", values.campaign), sent)
    assert state_of(values.measurement) == State.VALIDATED
    assert state_of(values.usual) == state_of(late) == State.SUBMITTED


def test_what_surprises_is_not_validated_by_sending_its_key(values, camille):
    sent = {"value": [f"{values.surprising.pk}:{values.surprising.version}", "x:y", "1:" + "9" * 40]}
    camille.post(url("campaign_validate", values.campaign), sent)
    assert state_of(values.surprising) == State.SUBMITTED


def test_one_organisation_alone_can_be_validated(values, camille):
    asked = f.SolicitationFactory(
        campaign=values.campaign, organisation=values.partner, indicators=[values.indicator]
    )
    other = f.MeasurementFactory(indicator=values.indicator, organisation=values.partner)
    _, sent = normal_form(camille, values, f"?organisme={asked.pk}")
    assert len(sent["value"]) == 1
    camille.post(url("campaign_validate", values.campaign) + f"?organisme={asked.pk}", sent)
    assert (state_of(other), state_of(values.usual)) == (State.VALIDATED, State.SUBMITTED)


# After closing


def test_what_was_received_is_still_validated_after_closing(closed, camille):
    camille.post(url("measurement_validate", closed.measurement), {"seen": closed.measurement.version})
    assert state_of(closed.measurement) == State.VALIDATED


def test_sending_back_after_closing_opens_again_in_the_same_gesture(closed, camille):
    path = url("measurement_return", closed.measurement)
    assert "Rouvrir et retourner" in camille.get(path).text
    assert camille.post(path, {"note": "Avec les bénévoles ?"}).status_code == 422
    assert state_of(closed.measurement) == State.SUBMITTED
    until = timezone.localdate() + dt.timedelta(days=4)
    assert camille.post(path, {"note": "?", "until": until.isoformat()}).status_code == 302
    closed.solicitation.refresh_from_db()
    assert state_of(closed.measurement) == State.RETURNED
    assert closed.solicitation.reopened_until == until
    assert closed.solicitation.is_open(timezone.now())
    assert Letter.objects.count() == 1


def test_a_day_that_passed_opens_nothing(closed, camille):
    reply = camille.post(url("measurement_return", closed.measurement), {"note": "?", "until": "2020-01-01"})
    assert reply.status_code == 422 and state_of(closed.measurement) == State.SUBMITTED
    closed.solicitation.refresh_from_db()
    assert closed.solicitation.reopened_until is None


def test_a_value_that_no_campaign_asked_cannot_go_back_once_all_is_closed(closed, camille):
    closed.question.delete()
    until = (timezone.localdate() + dt.timedelta(days=4)).isoformat()
    reply = camille.post(url("measurement_return", closed.measurement), {"note": "?", "until": until})
    assert reply.status_code == 422 and "n’y est pas sollicité" in reply.text
    assert state_of(closed.measurement) == State.SUBMITTED
