"""A partner answers from her link, in a browser: with and without scripts, and axe has nothing to say."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from indicators.models import Kind, Measurement, State
from partners.models import Letter
from tests import factories as f

from .audit import audit


@pytest.fixture
def asked(world):
    """Two questions of the service, and last year's value of the first."""
    world.measurement.delete()
    last_year = int(world.campaign.period) - 1
    f.MeasurementFactory(indicator=world.indicator, organisation=world.service, year=last_year, amount=96)
    towns = f.DimensionFactory(territory=world.territory, name="Commune", categories=["Maule", "Andelu"])
    share = f.IndicatorFactory(
        plan=world.plan,
        actions=[world.action],
        kind=Kind.SHARE,
        first_dimension=towns,
        guidance="les présents",
    )
    world.second = f.QuestionFactory(solicitation=world.solicitation, indicator=share)
    world.link = f.EntryLinkFactory(solicitation=world.solicitation)
    world.door = reverse("indicators:link_open", args=[world.link.token])
    return world


def field(page, question, name):
    return page.locator(f"[name='q{question.pk}-{name}']")


def identify(page, asked):
    page.goto(asked.door)
    page.get_by_label("Votre nom").fill("Dominique Petit")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 valeurs demandées au Service Jeunesse")


@pytest.mark.parametrize("java_script", [True, False])
def test_a_partner_answers_in_two_minutes(browse, asked, java_script):
    page = browse(None, java_script_enabled=java_script)
    identify(page, asked)
    assert asked.link.token not in page.url
    field(page, asked.question, "amount").fill("une douzaine")
    field(page, asked.second, "amount").fill("27")
    field(page, asked.second, "base").fill("120")
    page.get_by_role("button", name="Vérifier et envoyer").click()
    summary = page.get_by_role("alert").filter(has_text="à corriger")
    expect(summary).to_be_focused()
    expect(field(page, asked.question, "amount")).to_have_value("une douzaine")
    field(page, asked.question, "amount").fill("1 240")
    page.get_by_role("button", name="Vérifier et envoyer").click()
    expect(page.get_by_text("soit 13 fois plus")).to_be_visible()
    page.get_by_role("button", name="Envoyer les 2 réponses").click()
    expect(page.get_by_text("2 réponses envoyées. Un récapitulatif part à")).to_be_visible()
    assert set(Measurement.objects.filter(organisation=asked.service).values_list("state", flat=True)) == {
        State.SUBMITTED
    }
    assert Letter.objects.count() == 1


def test_what_is_typed_is_said_back_at_once_and_a_surprise_opens_the_comment(browse, asked):
    page = browse(None)
    identify(page, asked)
    amount = field(page, asked.question, "amount")
    amount.fill("1240")
    amount.press("Tab")
    expect(page.get_by_text("soit 13 fois plus")).to_be_visible()
    expect(field(page, asked.question, "comment")).to_be_visible()
    amount.fill("douze")
    amount.press("Tab")
    expect(amount).to_have_attribute("aria-invalid", "true")
    amount.fill("12")
    amount.press("Tab")
    expect(amount).not_to_have_attribute("aria-invalid", "true")
    assert not Measurement.objects.filter(year=int(asked.campaign.period)).exists()


def test_axe_has_nothing_to_say(browse, asked):
    page = browse(None, reduced_motion="reduce")
    found = []
    page.goto(asked.door)
    found += audit(page, "who answers")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 valeurs")
    found += audit(page, "empty")
    amount = field(page, asked.question, "amount")
    amount.fill("1240")
    amount.press("Tab")
    expect(page.get_by_text("soit 13 fois plus")).to_be_visible()
    for more in page.locator("details").all():
        more.evaluate("(details) => { details.open = true; }")
    found += audit(page, "surprised")
    field(page, asked.second, "amount").fill("beaucoup")
    page.get_by_role("button", name="Vérifier et envoyer").click()
    expect(page.get_by_role("alert").filter(has_text="à corriger")).to_be_visible()
    found += audit(page, "wrong")
    f.MeasurementFactory(indicator=asked.second.indicator, organisation=asked.service, amount=1, base=2)
    field(page, asked.second, "amount").fill("1")
    field(page, asked.second, "base").fill("3")
    page.get_by_role("button", name="Vérifier et envoyer").click()
    expect(page.get_by_text("a répondu pendant que vous écriviez")).to_be_visible()
    found += audit(page, "disputed")
    for name in ("answer_review", "answer_hand_over"):
        page.goto(reverse(f"indicators:{name}", args=[asked.solicitation.pk]))
        found += audit(page)
    page.goto(reverse("indicators:link_open", args=["a" * 43]))
    found += audit(page, "dead link")
    assert not found, "\n".join(found)
    browse.complaints.clear()  # Chromium says in its console that a page is a 404.
