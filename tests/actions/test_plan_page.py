import datetime as dt

import pytest
from django.utils import timezone

from actions.models import Action, Confidence, Status
from actions.queries import gists_of
from actions.reading import count_in_words, read_plan
from partners.models import Alias
from tests import factories as f
from tests.htmx import htmx, soup, text

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def camille(client, world):
    client.force_login(world.camille)
    return client


def titles(page):
    return [link.get_text() for link in page.select(".ledger__row th a")]


def read(world, **params):
    return read_plan(world.plan, world.camille, params=params, mine=set(), today=TODAY)


def test_both_readings_hold_the_action_under_its_lines(camille, world):
    page = soup(camille.get(world.plan.get_absolute_url()))
    assert page.select_one("h2.ambition__title").get_text() == "Renforcer le lien social"
    assert page.select_one(".ledger__group h3").get_text() == "Animer des lieux ouverts"
    page = soup(camille.get(world.plan.get_absolute_url() + "?lecture=themes"))
    assert page.select_one("h2.ambition__title").get_text() == "JEUNESSE"
    group = page.select_one(".ledger__group")
    assert group.h3.get_text() == "Des jeunes sans lieu" and "Accueillir les jeunes" in group.get_text()
    assert titles(page) == ["Ouvrir un café des jeunes"]


def test_an_empty_theme_and_an_empty_orientation_are_shown(camille, world):
    f.ThemeFactory(plan=world.plan, title="LOGEMENT")
    f.OrientationFactory(plan=world.plan, ambition=world.ambition, title="Sans rien encore")
    themes = camille.get(world.plan.get_absolute_url() + "?lecture=themes").text
    assert "LOGEMENT" in themes and "aucune action dans le plan" in themes
    ambitions = camille.get(world.plan.get_absolute_url()).text
    assert "Sans rien encore" in ambitions and "aucune action dans le plan" in ambitions


def test_a_missing_orientation_is_said_with_the_way_to_choose_it(camille, world):
    action = f.ActionFactory(plan=world.plan, number=14, ambition=world.ambition)
    [said] = soup(camille.get(action.get_absolute_url())).select(".ledger__missing")
    assert said.get_text() == "Orientation à préciser"
    page = soup(camille.get(world.plan.get_absolute_url()))
    missing = page.select_one(".ledger__missing").parent
    assert "Orientation à préciser" in missing.get_text()
    assert "Choisir pour l’action 14" in missing.get_text()
    f.ActionFactory(plan=world.plan, number=15, ambition=world.ambition)
    page = soup(camille.get(world.plan.get_absolute_url()))
    [link] = page.select(".ledger__missing ~ a")
    assert link.get_text() == "Choisir pour ces 2 actions" and "/classer/" in link["href"]


def test_actions_do_not_lack_what_their_plan_does_not_have(camille, world):
    plan = f.PlanFactory(territory=world.territory)
    headings = {"ambition": f.AmbitionFactory(plan=plan), "theme": f.ThemeFactory(plan=plan)}
    action = f.ActionFactory(plan=plan, number=1, **headings)
    assert not soup(camille.get(action.get_absolute_url())).select(".ledger__missing")
    for way in ("ambitions", "themes"):
        page = soup(camille.get(f"{plan.get_absolute_url()}?lecture={way}"))
        assert not page.select(".ledger__missing, .ledger__group")


def test_what_is_in_the_trash_leaves_its_actions_to_classify(world):
    world.ambition.trashed_at = timezone.now()
    world.ambition.save()
    reading = read(world, lecture="ambitions")
    assert [section.heading for section in reading.sections] == [None]
    assert reading.unclassified == 1


def test_a_plan_with_one_reading_says_so_and_helps_to_classify(camille, world):
    plan = f.PlanFactory(territory=world.territory)
    ambition = f.AmbitionFactory(plan=plan)
    f.ActionFactory(plan=plan, number=1, ambition=ambition)
    page = camille.get(plan.get_absolute_url() + "?lecture=themes").text
    assert "il n’a pas encore de lecture par thématique" in page
    assert f"/plans/{plan.pk}/classer/" in page
    assert "À classer dans cette lecture" in page


def test_the_plan_opens_on_the_reading_that_it_has(world):
    plan = f.PlanFactory(territory=world.territory)
    f.ThemeFactory(plan=plan)
    reading = read_plan(plan, world.camille, params={}, mine=set(), today=TODAY)
    assert not reading.is_strategic


@pytest.fixture
def varied(world):
    """Twelve actions more, of every status and météo."""
    for number in range(2, 14):
        action = f.ActionFactory(
            plan=world.plan,
            number=number,
            ambition=world.ambition,
            status=list(Status)[number % 6],
            confidence=[*Confidence, ""][number % 4],
            priority=number % 3 + 1,
            calendar_text=["2025", "2026 à 2027", ""][number % 3],
        )
        if number % 2:
            f.InvolvementFactory(action=action, organisation=world.partner)
    return world


def test_every_count_is_what_its_link_shows(varied):
    reading = read(varied)
    for facet in reading.filter.facets.values():
        for option in facet.shown:
            other = read(varied, **{facet.name: option.value})
            assert option.count == len(other.filter.kept), (facet.name, option.label)
            assert option.count > 0


def test_counts_hold_beside_another_filter(varied):
    reading = read(varied, statut="ongoing", priorite="2")
    for facet in reading.filter.facets.values():
        for option in facet.shown:
            params = {"statut": "ongoing", "priorite": "2", facet.name: option.value}
            assert option.count == len(read(varied, **params).filter.kept), (facet.name, option.label)


def test_late_as_a_filter_is_late_as_a_query(varied):
    late = set(Action.objects.filter(plan=varied.plan).late(TODAY).values_list("pk", flat=True))
    assert read(varied, regard="retard").filter.kept == late
    assert late


def test_a_year_keeps_what_runs_in_it(varied):
    for year in ("2025", "2026", "2027"):
        kept = Action.objects.filter(pk__in=read(varied, annee=year).filter.kept)
        assert kept and all(str(a.starts_on.year) <= year <= str(a.ends_on.year) for a in kept)


def test_the_filters_are_in_the_address_and_survive_each_other(camille, varied):
    page = soup(camille.get(varied.plan.get_absolute_url() + "?statut=ongoing&q=faire"))
    link = page.select_one("#f-meteo-fine") or page.select_one("[id^=f-meteo-]")
    assert "statut=ongoing" in link["href"] and "q=faire" in link["href"]
    assert page.select_one("#f-statut-ongoing")["aria-current"] == "true"
    assert "statut" not in page.select_one("#f-statut-ongoing")["href"], "a second click lets go"


def test_filtering_with_htmx_equals_the_page_of_the_address(camille, varied):
    url = varied.plan.get_absolute_url()
    page = soup(camille.get(url))
    page.select_one("#f-statut-ongoing")["hx-get"] = url + page.select_one("#f-statut-ongoing")["hx-get"]
    _, page = htmx(camille, page, "#f-statut-ongoing")
    assert text(page) == text(soup(camille.get(url + "?statut=ongoing")))


@pytest.mark.parametrize(
    "query", ["café", "cafe", "CAFÉ des JEUNES", "cafés", "cfaé", "mision locale", "rencontres", "Ouvrir"]
)
def test_search_forgives_accents_case_and_one_typo(varied, query):
    f.InvolvementFactory(action=varied.action, organisation=varied.partner, part="partner")
    assert varied.action.pk in read(varied, q=query).filter.kept


def test_search_finds_an_organisation_by_its_other_name(world):
    Alias.objects.create(organisation=world.service, name="SJS")
    assert read(world, q="sjs").filter.kept == {world.action.pk}


def test_a_search_without_result_says_so_and_shows_the_way_back(camille, world):
    page = camille.get(world.plan.get_absolute_url() + "?q=hippopotame").text
    assert "Aucune action ne répond à" in page and "hippopotame" in page and "Voir tout le plan" in page


@pytest.mark.parametrize(
    "params", [{"statut": "n’importe"}, {"annee": "99"}, {"page": "zéro"}, {"lecture": "x"}]
)
def test_a_wrong_word_in_the_address_shows_the_plan(camille, world, params):
    assert titles(soup(camille.get(world.plan.get_absolute_url(), params))) == ["Ouvrir un café des jeunes"]


def test_two_hundred_actions_stand_on_one_page_and_more_are_paged(camille, world):
    Action.objects.bulk_create(
        Action(plan=world.plan, number=n, position=n, title=f"Faire {n}", ambition=world.ambition)
        for n in range(2, 201)
    )
    url = world.plan.get_absolute_url()
    assert len(titles(soup(camille.get(url)))) == 200
    Action.objects.create(
        plan=world.plan, number=201, position=201, title="Une de plus", ambition=world.ambition
    )
    pages = [titles(soup(camille.get(f"{url}?page={n}"))) for n in range(1, 6)]
    assert [len(page) for page in pages] == [50, 50, 50, 50, 1]
    assert len({title for page in pages for title in page}) == 201


@pytest.mark.parametrize(
    ("person", "rows", "adds"),
    [("camille", 1, True), ("paul", 1, False), ("ines", 0, False), ("elise", 0, False)],
)
def test_only_those_who_may_are_offered_to_change(client, world, person, rows, adds):
    client.force_login(getattr(world, person))
    page = soup(client.get(world.plan.get_absolute_url()))
    assert len(page.select(".ledger__row td:nth-child(9) a")) == rows
    assert bool(page.select(f"a[href='/plans/{world.plan.pk}/actions/ajouter/']")) is adds


def test_counts_are_said_in_words(varied):
    words = count_in_words(gists_of(varied.plan, varied.camille), TODAY)
    assert words.startswith("13 actions\u00a0: ") and "dont" in words and "en retard" in words


def test_a_note_that_one_may_not_read_is_no_news(world):
    world.action.status = "ongoing"
    world.action.save()
    world.note.delete()
    f.ProgressNoteFactory(action=world.action, author=world.camille, audience="coordinators")
    silent = {
        user.first_name: world.action.pk
        in read_plan(
            world.plan, user, params={"regard": "sans-nouvelles"}, mine=set(), today=TODAY
        ).filter.kept
        for user in (world.camille, world.elise)
    }
    assert silent == {"Camille": False, "Elise": True}
