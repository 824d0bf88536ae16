"""The board: what each organisation was asked, what came, and what costs nothing to look at."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators.campaigns.board import Mark
from indicators.campaigns.board_filter import read_filter
from indicators.campaigns.board_reading import read_board
from indicators.models import Absence, Frequency, State
from partners import outbox
from partners.models import Letter
from tests import factories as f
from tests.htmx import htmx, soup, text

YEAR = timezone.localdate().year


@pytest.fixture
def board(world):
    """Three organisations are asked: one sent a value, one has a draft, one has no contact."""
    world.caf = f.OrganisationFactory(territory=world.territory, name="Caf locale")
    world.other = f.IndicatorFactory(
        plan=world.plan, wording="Rencontres", contributors=[world.partner], frequency=Frequency.SEMESTER
    )
    world.asked_partner = f.SolicitationFactory(campaign=world.campaign, organisation=world.partner)
    for half in ("S1", "S2"):
        f.QuestionFactory(solicitation=world.asked_partner, indicator=world.other, period=f"{YEAR}-{half}")
    f.MeasurementFactory(
        indicator=world.other, organisation=world.partner, period=f"{YEAR}-S1", year=YEAR, state=State.DRAFT
    )
    world.asked_caf = f.SolicitationFactory(
        campaign=world.campaign, organisation=world.caf, contact_email="", indicators=[world.indicator]
    )
    return world


def page_of(client, world, query=""):
    return soup(client.get(reverse("indicators:campaign_detail", args=[world.campaign.pk]) + query))


@pytest.mark.parametrize(
    ("given", "mark"),
    [
        (None, Mark.TODO),
        ({"state": State.DRAFT}, Mark.DRAFT),
        ({"state": State.DRAFT, "amount": None}, Mark.TODO),
        ({"state": State.SUBMITTED}, Mark.RECEIVED),
        ({"state": State.RETURNED}, Mark.RETURNED),
        ({"state": State.VALIDATED}, Mark.VALIDATED),
        ({"state": State.SUBMITTED, "amount": None, "absence": Absence.NOT_YET}, Mark.ABSENT),
        ({"state": State.DRAFT, "amount": None, "absence": Absence.NOT_YET}, Mark.DRAFT),
    ],
)
def test_each_answer_has_its_word_and_its_shape(world, client_of, given, mark):
    world.measurement.delete()
    if given:
        f.MeasurementFactory(indicator=world.indicator, organisation=world.service, **given)
    [cell] = read_board(world.campaign).cells
    assert cell.mark == mark
    page = page_of(client_of(world.camille), world)
    shown = page.select_one(".strip__cell")
    assert shown.text.strip().endswith(f": {mark.label}")
    assert shown.select_one("use")["href"] == f"#i-{mark.value}"
    assert mark.label.capitalize() in page.select_one(".board-legend").text.replace("\n", " ")


def test_the_sentence_comes_first_and_agrees_with_the_rows(board, client_of):
    page = page_of(client_of(board.camille), board)
    lead = " ".join(page.select_one(".page-head__lead").text.split())
    assert lead.startswith("1 réponse reçue sur 4 ; 1 organisme n’a pas commencé ; 1 valeur à relire.")
    counts = [" ".join(cell.text.split()) for cell in page.select("td.board__count")]
    assert counts == ["0 sur 1 pas commencé", "0 sur 2", "1 sur 1 1 à relire"]


def test_cells_lead_to_their_values(board, client_of):
    page = page_of(client_of(board.camille), board)
    leads = [cell["href"] for cell in page.select("a.strip__cell")]
    assert board.measurement.get_absolute_url() in leads and len(leads) == 2


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Caf locale", "Mission locale", "Service Jeunesse"]),
        ("?voir=a-valider", ["Service Jeunesse"]),
        ("?voir=en-attente", ["Caf locale", "Mission locale"]),
        ("?voir=sans-contact", ["Caf locale"]),
        ("?voir=nimporte-quoi", ["Caf locale", "Mission locale", "Service Jeunesse"]),
        ("?par=indicateur", ["Nombre", "Rencontres"]),
    ],
)
def test_filters_keep_what_they_name(board, client_of, query, shown):
    page = page_of(client_of(board.camille), board, query)
    rows = [" ".join(row.text.split()) for row in page.select("table.board tbody th")]
    assert len(rows) == len(shown)
    assert all(row.startswith(name) for row, name in zip(rows, shown, strict=True)), rows


def test_the_count_of_a_filter_is_the_number_of_its_rows(board):
    every = read_board(board.campaign)
    for reading in ("", "indicateur"):
        for choice in read_filter(every, {"par": reading}, path="/").choices:
            asked = {"par": reading, "voir": choice.value}
            assert len(read_filter(every, asked, path="/").rows) == choice.count


def test_a_filter_with_htmx_shows_what_a_reload_shows(board, client_of):
    client = client_of(board.camille)
    page = page_of(client, board)
    link = page.select_one("a.facet[hx-get*=en-attente]")
    _, swapped = htmx(client, page, f"#{link['id']}")
    assert text(swapped) == text(page_of(client, board, "?voir=en-attente"))


def test_validating_with_htmx_shows_what_a_reload_shows(board, client_of):
    client = client_of(board.camille)
    path = reverse("indicators:solicitation_detail", args=[board.solicitation.pk])
    page = soup(client.get(path))
    _, swapped = htmx(client, page, "form[hx-post]")
    messages = swapped.select_one("#messages")
    assert "Valeur validée" in messages.text
    messages.clear()
    fresh = soup(client.get(path))
    fresh.select_one("#messages").clear()
    assert text(swapped) == text(fresh)
    assert "Validée" in swapped.select_one("tbody").text


def test_a_mail_that_does_not_leave_is_seen(board, client_of):
    Letter.objects.create(
        key=f"campaign-{board.campaign.pk}/solicitation-{board.solicitation.pk}/invitation/link-1",
        to_email="inconnue@exemple.fr",
        subject="Vos valeurs",
        body="",
        written_at=timezone.now(),
        due_at=timezone.now(),
        attempts=outbox.TRIES,
        last_error="550 no such user",
    )
    client = client_of(board.camille)
    assert "Le courriel n’est pas parti" in page_of(client, board).text
    own = client.get(reverse("indicators:solicitation_detail", args=[board.solicitation.pk])).text
    assert "ne sera plus tenté" in own and "550 no such user" in own


def test_the_page_of_an_organisation_before_the_launch_says_so(board, client_of):
    board.campaign.launched_at = None
    board.campaign.save()
    path = reverse("indicators:solicitation_detail", args=[board.solicitation.pk])
    assert "pas encore lancée" in client_of(board.camille).get(path).text


def grow(world, count):
    """So many more organisations, each asked for as many more indicators, with values and links."""
    organisations = [
        f.OrganisationFactory(territory=world.territory, name=f"Service {number:03}")
        for number in range(count)
    ]
    indicators = [f.IndicatorFactory(plan=world.plan) for _ in range(count)]
    for organisation in organisations:
        asked = f.SolicitationFactory(
            campaign=world.campaign, organisation=organisation, indicators=indicators
        )
        f.EntryLinkFactory(solicitation=asked, email=asked.contact_email)
        for indicator in indicators:
            for year in (YEAR - 1, YEAR):
                f.MeasurementFactory(indicator=indicator, organisation=organisation, year=year)
    return asked


@pytest.mark.parametrize("name", ["campaign_detail", "campaign_validate", "campaign_preview"])
def test_a_page_costs_the_same_for_two_organisations_as_for_twelve(
    world, client_of, django_assert_num_queries, django_assert_max_num_queries, name
):
    client = client_of(world.camille)
    path = reverse(f"indicators:{name}", args=[world.campaign.pk])
    grow(world, 2)
    client.get(path)
    with django_assert_max_num_queries(40) as few:
        client.get(path)
    grow(world, 12)
    with django_assert_num_queries(len(few)):
        client.get(path)


def test_the_check_and_an_organisation_cost_the_same_for_two_indicators_as_for_twelve(
    world, client_of, django_assert_num_queries, django_assert_max_num_queries
):
    client = client_of(world.camille)
    for launched_at in (None, timezone.now()):
        world.campaign.launched_at = launched_at
        world.campaign.save()
        costs = []
        for count in (2, 12):
            asked = grow(world, count)
            name = "solicitation_detail" if launched_at else "campaign_detail"
            pk = asked.pk if launched_at else world.campaign.pk
            path = reverse(f"indicators:{name}", args=[pk])
            client.get(path)
            with django_assert_max_num_queries(40) as counted:
                assert client.get(path).status_code == 200
            costs.append(len(counted))
        assert costs[0] == costs[1], costs


def test_a_large_board_is_paged(world, client_of):
    for number in range(60):
        organisation = f.OrganisationFactory(territory=world.territory, name=f"Service {number:03}")
        f.SolicitationFactory(
            campaign=world.campaign, organisation=organisation, indicators=[world.indicator]
        )
    page = page_of(client_of(world.camille), world)
    assert len(page.select("table.board tbody tr")) == 50
    assert "0 réponse" not in page.select_one(".page-head__lead").text
    assert "Page 1 sur 2" in page.text
    assert "61" in page.select_one("nav.facets").text


def test_reopening_is_offered_for_the_organisation_one_comes_from(world, client_of):
    world.campaign.closed_at = timezone.now()
    world.campaign.save()
    client = client_of(world.camille)
    page = soup(client.get(reverse("indicators:solicitation_detail", args=[world.solicitation.pk])))
    path = next(link["href"] for link in page.select("a.button") if "Rouvrir" in link.text)
    form = soup(client.get(path))
    assert form.select_one("[name=solicitations][checked]")["value"] == str(world.solicitation.pk)
    until = timezone.localdate() + dt.timedelta(days=3)
    sent = {"solicitations": world.solicitation.pk, "until": until.isoformat()}
    client.post(path, sent)
    world.solicitation.refresh_from_db()
    assert world.solicitation.reopened_until == until
    assert client.post(path, sent | {"until": "2020-01-01"}).status_code == 422


def test_a_gesture_accepts_as_many_values_as_its_page_shows(world, client_of, monkeypatch):
    monkeypatch.setattr("indicators.views.reviews.AT_ONCE", 3)
    grow(world, 2)
    client = client_of(world.camille)
    page = soup(client.get(reverse("indicators:campaign_validate", args=[world.campaign.pk])))
    assert "voici les 3 premières" in page.text
    assert len(page.select("main form tbody tr")) == len(page.select("main form [name=value]")) == 3
