"""Two organisations that were one: what they enter and are asked follows."""

import pytest
from django.urls import reverse

from indicators.models import EntryLink, Measurement, Solicitation
from tests import factories as f


@pytest.fixture
def camille(world, client_of):
    return client_of(world.camille)


def merge(camille, kept, absorbed):
    address = reverse("actions:organisation_merge", args=[kept.pk])
    seen = f"{kept.version}-{absorbed.version}"
    return camille.post(address, {"avec": absorbed.pk, "seen": seen})


def test_what_the_absorbed_one_enters_and_is_asked_becomes_the_kept_ones(world, camille):
    assert merge(camille, world.partner, world.service).status_code == 302
    for thing in (world.measurement, world.solicitation):
        thing.refresh_from_db()
        assert thing.organisation == world.partner
        assert thing.trashed_at is None
    assert list(world.indicator.contributors.all()) == [world.partner]
    assert list(world.solicitation.questions.all()) == [world.question]


def test_the_preview_says_what_follows(world, camille):
    f.MeasurementFactory(indicator=world.indicator, organisation=world.partner)
    address = reverse("actions:organisation_merge", args=[world.partner.pk])
    page = camille.get(address, {"avec": world.service.pk}).text
    for phrase in (
        "contributeur de 1 indicateur",
        "1 valeur",
        "dont 1 que les deux ont saisie",
        "1 sollicitation",
    ):
        assert phrase in page


def test_a_value_that_both_entered_stays_as_the_kept_one_entered_it(world, camille):
    ours = f.MeasurementFactory(indicator=world.indicator, organisation=world.partner, amount=99)
    merge(camille, world.partner, world.service)
    [value] = Measurement.objects.current().filter(indicator=world.indicator)
    assert (value.pk, value.amount) == (ours.pk, 99)
    world.measurement.refresh_from_db()
    assert world.measurement.trashed_at is not None


def test_two_solicitations_of_one_campaign_become_one_with_the_questions_and_links_of_both(world, camille):
    other = f.IndicatorFactory(plan=world.plan)
    ours = f.SolicitationFactory(
        campaign=world.campaign, organisation=world.partner, indicators=[other, world.indicator]
    )
    third = f.IndicatorFactory(plan=world.plan)
    f.QuestionFactory(solicitation=world.solicitation, indicator=third)
    link = f.EntryLinkFactory(solicitation=world.solicitation)
    merge(camille, world.partner, world.service)
    [left] = Solicitation.objects.current().filter(campaign=world.campaign)
    assert left == ours
    assert {question.indicator for question in left.questions.all()} == {other, world.indicator, third}
    assert EntryLink.objects.get(pk=link.pk).solicitation == ours


def test_a_former_expectation_is_not_counted_twice(world, camille):
    world.indicator.contributors.add(world.partner)
    merge(camille, world.partner, world.service)
    assert list(world.indicator.contributors.all()) == [world.partner]
