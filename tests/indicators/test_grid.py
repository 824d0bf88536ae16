"""The entry grid: many values on one page, read back before they are saved."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from indicators.grid.entering import Entered, enter
from indicators.grid.lines import read_grid, read_lines
from indicators.models import Absence, Channel, Kind, Measurement, State, Target
from indicators.periods import read_period
from partners import tracking
from partners.models import Change
from partners.tracking import Author
from tests import factories as f
from tests.htmx import soup


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def year(today):
    return today.year


def address(plan, **asked):
    url = reverse("indicators:value_grid", args=[plan.pk])
    return f"{url}?{'&'.join(f'{name}={value}' for name, value in asked.items())}" if asked else url


def held(page):
    """What the form of the page would send."""
    sent = {}
    for field in page.select("form[data-guard] [name]"):
        if field.name == "button" or field["name"] == "csrfmiddlewaretoken":
            continue
        if field.name == "select":
            chosen = field.select_one("[selected]") or field.select_one("option")
            sent[field["name"]] = chosen["value"]
        else:
            # A browser leaves out the line end that follows <textarea>.
            sent[field["name"]] = (
                field.text.removeprefix("\n") if field.name == "textarea" else field["value"]
            )
    return sent


class Hand:
    """Somebody in front of the grid: types, checks, saves."""

    def __init__(self, client, url):
        self.client, self.url = client, url
        self.read(client.get(url))

    def read(self, response):
        self.response, self.page = response, soup(response)
        self.sent = held(self.page)
        return self

    def check(self, **typed):
        return self.read(self.client.post(self.url, self.sent | typed, follow=True))

    def save(self, **typed):
        return self.check(save="1", **typed)

    def row(self, key):
        return self.page.select_one(f"#amount-{key}").find_parent("tr")

    def said(self, key):
        """All that the row says, its spaces made plain."""
        return " ".join(self.row(key).text.split())

    @property
    def told(self):
        return " ".join(self.page.select_one("[role=alert]").text.split())

    @property
    def messages(self):
        return self.page.select_one("#messages").text.strip()


@pytest.fixture
def open_grid(world, client_of):
    return lambda who, **asked: Hand(client_of(getattr(world, who)), address(world.plan, **asked))


@pytest.fixture
def ask(world):
    """ask(kind=…): an indicator of the plan that the service enters."""

    def make(*organisations, **fields):
        return f.IndicatorFactory(
            plan=world.plan,
            actions=[world.action],
            contributors=organisations or [world.service],
            **fields,
        )

    return make


def key_of(indicator, organisation, period):
    return f"{indicator.pk}-{organisation.pk}-{period}"


def value_of(indicator):
    return Measurement.objects.get(indicator=indicator, year=timezone.localdate().year)


# Who sees what.


def test_the_coordination_sees_all_that_is_asked_of_anybody(world, open_grid, ask):
    ask(world.partner, world.service, wording="Accueils")
    page = open_grid("camille").page
    assert len(page.select("tbody")) == 2
    assert len(page.select("tbody tr")) == 3


def test_a_member_sees_the_rows_of_her_organisation_alone(world, open_grid, ask, client_of):
    ask(world.partner, world.service, wording="Accueils")
    page = open_grid("ines").page
    assert [cell.text.strip() for cell in page.select("[data-label=Organisme]")] == ["Mission locale"]
    assert "Service Jeunesse" not in page.select_one("main").text


@pytest.mark.parametrize("who", ["ines", "elise", "karim", "nadia", "alex"])
def test_nobody_else_has_a_grid(world, client_of, who):
    client = client_of(getattr(world, who))
    assert client.get(address(world.plan)).status_code == 404
    assert client.post(address(world.plan)).status_code == 404


def test_a_member_cannot_write_for_another_organisation(world, open_grid, ask, client_of, year):
    indicator = ask(world.partner, world.service)
    key = key_of(indicator, world.service, year)
    ines = open_grid("ines")
    ines.save(**{f"seen-{key}": "0", f"amount-{key}": "99", f"comment-{key}": ""})
    assert not Measurement.objects.filter(indicator=indicator).exists()


def test_what_is_in_the_trash_is_not_asked(world, open_grid, ask):
    ask(trashed_at=timezone.now())
    ask(f.OrganisationFactory(territory=world.territory, trashed_at=timezone.now()))
    assert len(open_grid("camille").page.select("tbody tr")) == 1


def test_a_plan_without_contributors_says_what_to_do(world, open_grid):
    world.indicator.contributors.clear()
    assert "dites d’abord qui saisit quoi" in open_grid("camille").page.select_one(".empty").text


# What a row shows.


def test_a_row_shows_last_year_the_target_and_what_stands(world, open_grid, year):
    f.MeasurementFactory(indicator=world.indicator, organisation=world.service, year=year - 1, amount=96)
    Target.objects.create(indicator=world.indicator, year=year, value=120)
    [row] = open_grid("camille").page.select("tbody tr")
    assert row.select_one("[data-label='Un an avant']").text == "96"
    assert row.select_one("[data-label='Cible du plan']").text == "120"
    assert row.select_one("[data-col='0']")["value"] == "12"
    assert row.select_one("[data-label=Valeur] .table__meta").text == "reçue"


def test_the_target_of_the_whole_plan_says_so(world, open_grid):
    Target.objects.create(indicator=world.indicator, value=400)
    [row] = open_grid("camille").page.select("tbody tr")
    assert row.select_one("[data-label='Cible du plan']").text == "400 en fin de plan"


def test_the_draft_of_last_year_is_nobodys_figure(world, open_grid, year):
    last = {"organisation": world.service, "year": year - 1, "state": State.DRAFT}
    f.MeasurementFactory(indicator=world.indicator, **last)
    assert open_grid("camille").page.select_one("[data-label='Un an avant']").text == ""


def test_a_quarterly_indicator_has_a_row_for_each_quarter(world, open_grid, ask, year):
    indicator = ask(frequency="quarter")
    page = open_grid("camille").page
    periods = [cell.text for cell in page.select("[data-label=Période]")]
    assert periods == [str(year), *(f"{n} trimestre {year}" for n in ("1er", "2e", "3e", "4e"))]
    assert page.select(f"#amount-{indicator.pk}-{world.service.pk}-{year}-T3")


def test_a_part_of_the_year_has_its_own_values_alone(world, open_grid, ask, year):
    ask(frequency="quarter")
    ask(frequency="month")
    page = open_grid("camille", periode=f"{year}-T1").page
    periods = [cell.text for cell in page.select("[data-label=Période]")]
    assert periods == [f"1er trimestre {year}", *(f"{m} {year}" for m in ("janvier", "février", "mars"))]


@pytest.mark.parametrize("period", ["", "2026-T9", "9999", "unique", "abc", "2026' OR 1=1"])
def test_a_period_that_is_none_is_this_year(world, open_grid, period, year):
    page = open_grid("camille", periode=period).page
    assert page.select_one("h1").text == f"Saisir les valeurs de {year}"


def test_a_finding_leads_to_its_page(world, open_grid, ask, year):
    indicator = ask(kind=Kind.FINDING)
    value = f.MeasurementFactory(
        indicator=indicator, organisation=world.service, amount=None, finding="Mieux accueillis."
    )
    page = open_grid("camille").page
    assert page.select(f"a[href='{value.get_absolute_url()}']")
    assert not page.select(f"[name='amount-{key_of(indicator, world.service, year)}']")


def test_filters_narrow_the_rows(world, open_grid, ask, year):
    other = f.ActionFactory(plan=world.plan, number=7)
    indicator = f.IndicatorFactory(plan=world.plan, actions=[other], contributors=[world.partner])
    for asked in ({"organisme": world.partner.pk}, {"action": 7}, {"a-saisir": "on"}):
        page = open_grid("camille", **asked).page
        [field] = page.select("[name^=amount-]")
        assert field["name"] == f"amount-{key_of(indicator, world.partner, year)}", asked


def test_what_was_returned_or_is_a_draft_is_still_to_enter(world, open_grid):
    for state, count in ((State.SUBMITTED, 0), (State.VALIDATED, 0), (State.DRAFT, 1), (State.RETURNED, 1)):
        Measurement.objects.filter(pk=world.measurement.pk).update(state=state)
        page = open_grid("camille", **{"a-saisir": "on"}).page
        assert len(page.select("tbody tr")) == count, state


def test_a_filter_that_finds_nothing_offers_the_way_out(open_grid):
    page = open_grid("camille", action=88).page
    assert "Voir toute la grille" in page.select_one(".empty").text


def test_rows_are_paged_by_hundreds(world, open_grid, ask):
    for number in range(9):
        ask(frequency="month", wording=f"Mensuel {number}")
    first, second = open_grid("camille"), open_grid("camille", page=2)
    assert [len(hand.page.select("tbody tr")) for hand in (first, second)] == [100, 9]


# What is typed.


def test_a_value_is_read_back_then_saved(world, open_grid, year):
    key = key_of(world.indicator, world.service, year)
    camille = open_grid("camille").check(**{f"amount-{key}": "1 240", f"comment-{key}": "Avec les clubs."})
    assert "1 changement lu, pas encore enregistré" in camille.told
    assert "Lu : 1 240" in camille.said(key)
    assert value_of(world.indicator).amount == 12
    camille.save()
    assert camille.messages == "1 valeur enregistrée."
    value = value_of(world.indicator)
    assert (value.amount, value.comment) == (1240, "Avec les clubs.")
    assert (value.state, value.channel) == (State.VALIDATED, Channel.COORDINATION)


def test_nothing_is_saved_that_was_not_read_back(world, open_grid, year):
    key = key_of(world.indicator, world.service, year)
    camille = open_grid("camille").save(**{f"amount-{key}": "15"})
    assert "pas encore enregistré" in camille.told
    camille.save(**{f"amount-{key}": "16"})
    assert "Lu : 16" in camille.said(key)
    assert value_of(world.indicator).amount == 12
    camille.save()
    assert value_of(world.indicator).amount == 16


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234,5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1.5", "1.5"),
        ("8 400 €", "8400"),
        ("0", "0"),
    ],
)
def test_french_numbers_are_understood(world, open_grid, ask, year, typed, read):
    indicator = ask(kind=Kind.AMOUNT)
    open_grid("camille").check(**{f"amount-{key_of(indicator, world.service, year)}": typed}).save()
    assert value_of(indicator).amount == Decimal(read)


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        (Kind.COUNT, {"amount": "douze"}, "Écrivez un nombre"),
        (Kind.COUNT, {"amount": "12 34"}, "Écrivez un nombre"),
        (Kind.COUNT, {"amount": "-3"}, "négatif"),
        (Kind.COUNT, {"amount": "123456789012"}, "trop de chiffres"),
        (Kind.SHARE, {"amount": "130", "base": "120"}, "ne peut pas dépasser"),
        (Kind.SHARE, {"amount": "27"}, "Il manque un des deux nombres"),
        (Kind.SHARE, {"amount": "22 %", "base": "120"}, "le pourcentage se calcule"),
        (Kind.SCALE, {"amount": "6", "base": "10"}, "1 à 5"),
        (Kind.SCALE, {"amount": "4"}, "nombre de répondants"),
        (Kind.DELIVERABLE, {"amount": "bientôt"}, "Écrivez la date"),
        (Kind.DELIVERABLE, {"amount": "oui"}, "date"),
        (Kind.DELIVERABLE, {"amount": "31/12/2199"}, "à venir"),
    ],
)
def test_what_cannot_be_is_said_beside_the_cell_and_keeps_the_text(
    world, open_grid, ask, year, kind, typed, said
):
    indicator = ask(kind=kind)
    key = key_of(indicator, world.service, year)
    camille = open_grid("camille").check(**{f"{name}-{key}": text for name, text in typed.items()})
    assert camille.response.status_code == 422
    assert said in camille.row(key).select_one(".field__error").text
    for name, text in typed.items():
        assert camille.page.select_one(f"#{name}-{key}")["value"] == text
    assert camille.page.select("[aria-invalid=true]")
    assert not camille.page.select("button[name=save]")
    camille.save()
    assert not Measurement.objects.filter(indicator=indicator).exists()


@pytest.mark.parametrize(
    ("typed", "amount", "done_on"),
    [
        ("12/03/2026", 1, dt.date(2026, 3, 12)),
        ("12 mars 2026", 1, dt.date(2026, 3, 12)),
        ("non", 0, None),
        ("Pas encore", 0, None),
    ],
)
def test_a_deliverable_is_a_date_or_no(world, open_grid, ask, year, typed, amount, done_on):
    indicator = ask(kind=Kind.DELIVERABLE)
    key = key_of(indicator, world.service, year)
    open_grid("camille").check(**{f"amount-{key}": typed}).save()
    value = value_of(indicator)
    assert (value.amount, value.done_on) == (amount, done_on)
    assert "Aucune case n’a changé" in open_grid("camille").check().messages


@pytest.mark.parametrize("kind", [Kind.SHARE, Kind.SCALE])
def test_two_numbers_make_a_share_or_a_mean(world, open_grid, ask, year, kind):
    indicator = ask(kind=kind)
    key = key_of(indicator, world.service, year)
    open_grid("camille").check(**{f"amount-{key}": "4,3", f"base-{key}": "41"}).save()
    value = value_of(indicator)
    assert (value.amount, value.base) == (Decimal("4.3"), 41)


def test_an_unusual_value_asks_why_and_can_be_saved(world, open_grid, year):
    f.MeasurementFactory(indicator=world.indicator, organisation=world.service, year=year - 1, amount=96)
    key = key_of(world.indicator, world.service, year)
    camille = open_grid("camille").check(**{f"amount-{key}": "1 240"})
    assert camille.response.status_code == 200
    assert "Corrigez, ou dites pourquoi ici" in camille.row(key).select_one(".grid__doubt").text
    camille.save()
    assert value_of(world.indicator).amount == 1240


def test_one_wrong_cell_keeps_nobody_else_from_being_saved(world, open_grid, ask, year):
    other = ask(wording="Accueils")
    good, wrong = (key_of(one, world.service, year) for one in (world.indicator, other))
    camille = open_grid("camille").check(**{f"amount-{good}": "15", f"amount-{wrong}": "quinze"})
    assert "1 changement lu" in camille.told and "1 case à corriger" in camille.told
    camille.save()
    assert camille.response.status_code == 422
    assert camille.messages == "1 valeur enregistrée."
    assert camille.page.select_one(f"#amount-{wrong}")["value"] == "quinze"
    assert value_of(world.indicator).amount == 15
    assert not Measurement.objects.filter(indicator=other).exists()
    camille.check(**{f"amount-{wrong}": "16"}).save()
    assert value_of(other).amount == 16


def test_nothing_changed_says_so(open_grid):
    assert open_grid("camille").check().messages == "Aucune case n’a changé."
    assert not Change.objects.exists()


def test_a_comment_needs_a_value(world, open_grid, ask, year):
    indicator = ask()
    key = key_of(indicator, world.service, year)
    camille = open_grid("camille").check(**{f"comment-{key}": "Rien encore."})
    assert "accompagne une valeur" in camille.said(key)
    camille.save()
    assert not Measurement.objects.filter(indicator=indicator).exists()


# Blank is never zero.


def test_an_emptied_cell_keeps_its_value_until_one_says_why(world, open_grid, year):
    key = key_of(world.indicator, world.service, year)
    camille = open_grid("camille").check(**{f"amount-{key}": ""})
    assert "Vide n’est pas zéro" in camille.said(key)
    assert value_of(world.indicator).amount == 12
    camille.check(**{f"absence-{key}": Absence.UNTRACKED})
    assert "Lu : non disponible" in camille.said(key)
    camille.save()
    value = value_of(world.indicator)
    assert (value.amount, value.absence) == (None, Absence.UNTRACKED)


def test_an_emptied_date_is_not_an_undone_deliverable(world, open_grid, ask, year):
    indicator = ask(kind=Kind.DELIVERABLE)
    key = key_of(indicator, world.service, year)
    open_grid("camille").check(**{f"amount-{key}": "12/03/2026"}).save()
    camille = open_grid("camille").check(**{f"amount-{key}": ""})
    assert "Vide n’est pas zéro" in camille.said(key)
    camille.save()
    assert (value_of(indicator).amount, value_of(indicator).done_on) == (1, dt.date(2026, 3, 12))


def test_a_value_takes_the_place_of_an_absence(world, open_grid, year):
    Measurement.objects.update(amount=None, absence=Absence.NOT_YET)
    key = key_of(world.indicator, world.service, year)
    camille = open_grid("camille")
    assert "la donnée arrive plus tard" in camille.said(key)
    camille.check(**{f"amount-{key}": "0"}).save()
    value = value_of(world.indicator)
    assert (value.amount, value.absence) == (0, "")


def test_empty_cells_write_nothing(world, open_grid, ask):
    ask(kind=Kind.SHARE)
    ask(kind=Kind.DELIVERABLE)
    open_grid("camille").check().save()
    assert Measurement.objects.count() == 1


# States.


def test_what_a_member_enters_is_a_draft_that_she_sends(world, open_grid, year):
    key = key_of(world.indicator, world.service, year)
    paul = open_grid("paul").check(**{f"amount-{key}": "15"}).save()
    assert "1 valeur enregistrée en brouillon" in paul.messages
    value = value_of(world.indicator)
    assert (value.amount, value.state, value.channel) == (15, State.DRAFT, Channel.ACCOUNT)
    assert value.entered_by == world.paul


def test_what_a_member_sends_is_received(world, open_grid, year):
    Measurement.objects.update(state=State.RETURNED, return_note="Est-ce bien cela ?")
    key = key_of(world.indicator, world.service, year)
    paul = open_grid("paul").check(**{f"amount-{key}": "15"}).check(save="send")
    assert paul.messages == "1 valeur enregistrée et envoyée."
    value = value_of(world.indicator)
    assert (value.amount, value.state, value.channel) == (15, State.SUBMITTED, Channel.ACCOUNT)
    assert len(set(Change.objects.values_list("batch", flat=True))) == 1


def test_a_member_reads_what_was_validated_and_cannot_write_it(world, open_grid, year):
    paul = open_grid("paul")
    Measurement.objects.update(state=State.VALIDATED)
    key = key_of(world.indicator, world.service, year)
    assert not open_grid("paul").page.select(f"[name=amount-{key}]")
    paul.check(**{f"amount-{key}": "15"})
    assert "« 15 » n’est pas enregistré : validée par la coordination" in paul.said(key)
    assert value_of(world.indicator).amount == 12


@pytest.mark.parametrize("who", ["camille", "paul"])
def test_a_closed_period_refuses_and_keeps_what_was_typed(world, open_grid, year, who):
    hand = open_grid(who)
    key = key_of(world.indicator, world.service, year)
    hand.check(**{f"amount-{key}": "15"})
    world.campaign.closed_at = timezone.now()
    world.campaign.save()
    hand.save()
    assert hand.response.status_code == 422
    assert "« 15 » n’est pas enregistré : période close" in hand.said(key)
    assert value_of(world.indicator).amount == 12
    assert not open_grid(who).page.select(f"[name=amount-{key}]")


@pytest.mark.parametrize(("second", "amount"), [(-1, 15), (0, 12)])
@pytest.mark.parametrize("last_day", ["2026-12-31", "2027-03-28", "2026-10-25"])
def test_the_grid_closes_at_midnight_in_paris(world, open_grid, year, last_day, second, amount):
    """The days on which clocks change included."""
    world.campaign.opens_on, world.campaign.closes_on = dt.date(2026, 1, 1), dt.date.fromisoformat(last_day)
    world.campaign.launched_at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    world.campaign.save()
    midnight = world.campaign.closes_at
    with time_machine.travel(midnight - dt.timedelta(hours=1), tick=False):
        paul = open_grid("paul", annee=year)
        key = key_of(world.indicator, world.service, year)
        paul.check(**{f"amount-{key}": "15"})
    with time_machine.travel(midnight + dt.timedelta(seconds=second), tick=False):
        paul.save()
    assert Measurement.objects.get(pk=world.measurement.pk).amount == amount


def test_a_period_opened_again_for_one_takes_her_values(world, open_grid, year, today):
    world.campaign.closed_at = timezone.now() - dt.timedelta(hours=1)
    world.campaign.save()
    world.solicitation.reopened_until = today
    world.solicitation.save()
    key = key_of(world.indicator, world.service, year)
    open_grid("paul").check(**{f"amount-{key}": "15"}).save()
    assert value_of(world.indicator).amount == 15


# Two people at once.


def write(value, who, **values):
    tracking.change(value, values, by=Author("Paul Roux, Service Jeunesse", who), at=timezone.now())
    Measurement.objects.filter(pk=value.pk).update(entered_label="Paul Roux, Service Jeunesse")


@pytest.mark.parametrize("when", ["before the check", "before the save"])
def test_two_people_never_overwrite_each_other(world, open_grid, ask, year, when):
    other = ask(wording="Accueils")
    key, free = (key_of(one, world.service, year) for one in (world.indicator, other))
    typed = {f"amount-{key}": "15", f"amount-{free}": "7"}
    camille = open_grid("camille")
    if when == "before the save":
        camille.check(**typed)
    write(world.measurement, world.paul, amount=20)
    if when == "before the check":
        camille.check(**typed)
    else:
        camille.save()
        assert camille.messages == "1 valeur enregistrée."
        assert value_of(other).amount == 7
    assert "Paul Roux, Service Jeunesse a écrit « 20 » entre-temps" in camille.said(key)
    assert camille.page.select_one(f"#amount-{key}")["value"] == "15"
    assert value_of(world.indicator).amount == 20
    camille.save()
    assert value_of(world.indicator).amount == 15


def test_the_words_of_others_are_not_undone_by_a_row_left_alone(world, open_grid, ask, year):
    other = ask(wording="Accueils")
    camille = open_grid("camille")
    write(world.measurement, world.paul, amount=20, comment="Deux de plus.")
    camille.check(**{f"amount-{key_of(other, world.service, year)}": "7"})
    assert "1 changement lu" in camille.told
    camille.save()
    value = value_of(world.indicator)
    assert (value.amount, value.comment) == (20, "Deux de plus.")


def test_a_comment_and_a_value_written_by_two_people_both_stay(world, open_grid, year):
    key = key_of(world.indicator, world.service, year)
    camille = open_grid("camille")
    write(world.measurement, world.paul, comment="Deux de plus.")
    camille.check(**{f"amount-{key}": "15"})
    assert camille.page.select_one(f"#comment-{key}").text.strip() == "Deux de plus."
    camille.save()
    value = value_of(world.indicator)
    assert (value.amount, value.comment) == (15, "Deux de plus.")


def test_what_was_written_before_the_page_was_opened_is_no_conflict(world, open_grid, year):
    key = key_of(world.indicator, world.service, year)
    write(world.measurement, world.paul, amount=14)
    camille = open_grid("camille")
    write(world.measurement, world.paul, comment="Deux de plus.")
    camille.check(**{f"amount-{key}": "15"})
    assert "entre-temps" not in camille.said(key)
    camille.save()
    assert value_of(world.indicator).amount == 15


@pytest.mark.parametrize("when", ["before the check", "before the save"])
def test_the_two_numbers_of_a_share_are_one_value(world, open_grid, ask, year, when):
    indicator = ask(kind=Kind.SHARE)
    value = f.MeasurementFactory(indicator=indicator, organisation=world.service, amount=27, base=120)
    key = key_of(indicator, world.service, year)
    camille = open_grid("camille")
    if when == "before the save":
        camille.check(**{f"amount-{key}": "100"})
    write(value, world.paul, base=Decimal(200))
    camille.check(**{f"amount-{key}": "100", "save": "1"})
    assert "a écrit « 27 sur 200" in camille.said(key)
    assert (value_of(indicator).amount, value_of(indicator).base) == (27, 200)
    camille.save()
    assert (value_of(indicator).amount, value_of(indicator).base) == (100, 120)


def test_an_answer_given_meanwhile_to_an_empty_row_is_seen(world, open_grid, ask, year):
    indicator = ask()
    key = key_of(indicator, world.service, year)
    camille = open_grid("camille").check(**{f"amount-{key}": "15"})
    f.MeasurementFactory(
        indicator=indicator, organisation=world.service, amount=20, entered_label="Paul Roux"
    )
    camille.save()
    assert "Paul Roux a écrit « 20 » entre-temps" in camille.said(key)
    assert value_of(indicator).amount == 20


def test_what_is_written_in_the_very_instant_is_not_overwritten(world, year):
    """Between the reading of the rows and their writing: nothing of the page could tell."""
    whole, at = read_period(str(year)), timezone.now()
    grid = read_grid(world.plan, world.camille, whole=whole, mine=None)
    [line], locks = read_lines(grid, grid.slots, at=at)
    write(world.measurement, world.paul, amount=20)
    outcome = enter(
        [Entered(line, {"amount": Decimal(15)}, line.version)],
        channel=grid.channel,
        year=year,
        by=Author("Camille", world.camille),
        at=at,
        locks=locks,
        is_sent=False,
    )
    assert (outcome.written, outcome.refused) == ([], {line.slot.key})
    assert value_of(world.indicator).amount == 20


def test_a_form_sent_twice_writes_once(world, open_grid, year):
    key = key_of(world.indicator, world.service, year)
    camille = open_grid("camille").check(**{f"amount-{key}": "15"})
    sent = camille.sent | {"save": "1"}
    for _ in range(2):
        assert camille.client.post(camille.url, sent).status_code == 302
    assert Change.objects.filter(field="amount").count() == 1


def test_what_is_saved_together_is_one_gesture(world, open_grid, ask, year):
    keys = [key_of(one, world.service, year) for one in (world.indicator, ask(), ask(kind=Kind.AMOUNT))]
    open_grid("camille").check(**{f"amount-{key}": "15" for key in keys}).save()
    changes = Change.objects.filter(kind="measurement")
    assert changes.filter(event="created").count() == 2
    assert len({change.batch for change in changes}) == 1


def test_a_forged_version_is_a_version_that_saw_nothing(world, open_grid, year):
    key = key_of(world.indicator, world.service, year)
    camille = open_grid("camille")
    for forged in ("abc", "-1", "9" * 30, ""):
        camille.check(**{f"amount-{key}": "15", f"seen-{key}": forged})
        assert "entre-temps" in camille.said(key), forged
    assert value_of(world.indicator).amount == 12


# How much it costs.


def cost(client, url, data=None):
    with CaptureQueriesContext(connection) as queries:
        response = client.post(url, data) if data else client.get(url)
    assert response.status_code == 200
    return len(queries)


def test_a_save_reads_once_which_periods_are_closed(world, open_grid, ask, client_of, year):
    for _ in range(6):
        ask()
    hand = open_grid("camille")
    hand.check(**{name: "15" for name in hand.sent if name.startswith("amount-")})
    with CaptureQueriesContext(connection) as queries:
        assert hand.client.post(hand.url, hand.sent | {"save": "1"}).status_code == 302
    assert sum('FROM "indicators_campaign"' in query["sql"] for query in queries) == 1


def test_the_number_of_queries_grows_with_nothing(world, open_grid, ask, client_of, year):
    client, url = client_of(world.camille), address(world.plan, annee=year)

    def costs():
        hand = Hand(client, url)
        typed = hand.sent | {name: "15" for name in hand.sent if name.startswith("amount-")}
        Measurement.objects.update(version=F("version") + 1)
        return cost(client, url), cost(client, url, typed), cost(client, f"{url}&a-saisir=1&action=1")

    ask(world.service, world.partner, frequency="quarter")
    few = costs()
    for number in range(10):
        organisation = f.OrganisationFactory(territory=world.territory)
        indicator = ask(world.service, organisation, frequency="quarter")
        Target.objects.create(indicator=indicator, year=year, value=number + 1)
        for earlier in (0, 1, 2):
            f.MeasurementFactory(indicator=indicator, organisation=organisation, year=year - earlier)
    assert costs() == few
