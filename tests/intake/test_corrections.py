"""What a person says of packed cells is applied when the file is taken in, where it still applies."""

import pytest
from django.urls import reverse

from actions.models import Plan
from ctg.intake.previewing.preview import preview_of
from partners.models import Organisation
from tests import factories as f
from tests.htmx import soup

ROWS = (
    ("Action", "Partenaires", "Indicateurs", "Freins et leviers", "Observations"),
    (
        *("Ouvrir un café", "Missions locales ; CAFY ; Club de lecture"),
        *("Nombre de cafés - Satisfaction des habitants - Divers", "Pas de local", "À confirmer"),
    ),
    ("Organiser une fête", "CAFY", "Nombre de participants", "", ""),
)


pytestmark = pytest.mark.usefixtures("files_dir")


@pytest.fixture
def dropped(world):
    f.OrganisationFactory(territory=world.territory, name="Caf des Yvelines", kind="caf")
    return f.DroppedFileFactory(territory=world.territory, rows=ROWS)


def fields_of(client, dropped, command):
    """What the screen would send for one of its two forms if nobody touched it."""
    page = soup(client.get(reverse("intake:splits", args=[dropped.pk])))
    address = reverse(f"intake:{command}", args=[dropped.pk])
    [form] = [one for one in page.select("form") if one["action"].startswith(address)]
    data = {}
    for field in form.select("input[type=text], textarea, select"):
        if field.name == "select":
            data[field["name"]] = field.select_one("option[selected]")["value"]
        else:
            data[field["name"]] = field.get("value", "") if field.name == "input" else field.text.strip("\n")
    return data


def say(client, dropped, command, changes):
    """Change what the screen shows, by the words that it shows, and send it."""
    data = fields_of(client, dropped, command)
    for shown, (part, value) in changes.items():
        [name] = [name for name, text in data.items() if text == shown]
        data[name.rpartition("-")[0] + f"-{part}"] = value
    response = client.post(reverse(f"intake:{command}", args=[dropped.pk]), data)
    dropped.refresh_from_db()
    return response


def create(client, dropped):
    response = client.post(reverse("intake:plan_import", args=[dropped.pk]), {"title": "Plan repris"})
    assert response.status_code == 302, soup(response).get_text()
    return Plan.objects.get(title="Plan repris")


def test_a_screen_sent_back_untouched_says_nothing(client, dropped):
    say(client, dropped, "organisations_edit", {})
    say(client, dropped, "splits_edit", {})
    assert dropped.corrections == {"organisations": {}, "actions": {}}


def test_an_organisation_is_said_to_be_one_that_is_known(world, client, dropped):
    page = soup(client.get(reverse("intake:splits", args=[dropped.pk])))
    assert "ressemble à « Mission locale »" in page.get_text()
    changes = {"Missions locales": ("name", "Mission locale"), "CAFY": ("name", "caf des yvelines")}
    say(client, dropped, "organisations_edit", changes)
    plan = create(client, dropped)
    first = plan.actions.get(title="Ouvrir un café")
    names = {one.organisation.name for one in first.involvements.all()}
    assert names == {"Mission locale", "Caf des Yvelines", "Club de lecture"}
    assert not Organisation.objects.filter(name__in=["CAFY", "Missions locales"]).exists()
    assert world.partner.other_names == ["Missions locales"]
    # The next file finds it again by that name.
    again = f.DroppedFileFactory(territory=world.territory, rows=ROWS)
    known = {one.name for one in preview_of(again).organisations if one.is_known}
    assert {"Mission locale", "Caf des Yvelines"} <= known


def test_an_organisation_takes_another_name_and_kind_or_stays_in_the_text(client, dropped):
    say(
        client,
        dropped,
        "organisations_edit",
        {"Missions locales": ("name", ""), "Club de lecture": ("name", "Club des lecteurs")},
    )
    data = fields_of(client, dropped, "organisations_edit")
    [name] = [name for name, text in data.items() if text == "Club des lecteurs"]
    data[name.replace("-name", "-kind")] = "association"
    client.post(reverse("intake:organisations_edit", args=[dropped.pk]), data)
    plan = create(client, dropped)
    club = Organisation.objects.get(name="Club des lecteurs")
    assert (club.kind, club.other_names) == ("association", ["Club de lecture"])
    assert not Organisation.objects.filter(name="Missions locales").exists()
    assert "Missions locales" in plan.actions.get(title="Ouvrir un café").partners_text


def test_indicators_are_reworded_dropped_or_told_of_another_nature(client, dropped):
    changes = {
        "Nombre de cafés": ("wording", "Nombre de cafés servis"),
        "Satisfaction des habitants": ("nature", "quantitative"),
        "Divers": ("nature", ""),
    }
    say(client, dropped, "splits_edit", changes)
    plan = create(client, dropped)
    [cafe] = plan.actions.filter(title="Ouvrir un café")
    found = {one.wording: one.nature for one in cafe.indicators.all()}
    assert found == {"Nombre de cafés servis": "quantitative", "Satisfaction des habitants": "quantitative"}
    assert "Divers" in cafe.quantitative_text
    assert plan.actions.get(title="Organiser une fête").indicators.count() == 1


def test_a_cell_kept_packed_is_not_cut_and_a_factor_gets_its_kind(client, dropped):
    data = fields_of(client, dropped, "splits_edit")
    [wording] = [name for name, text in data.items() if text == "Nombre de participants"]
    [kind] = [name for name in data if name.startswith(wording[:13]) is False and name.endswith("f0-kind")]
    data[f"{wording.rpartition('-i')[0]}-is_packed"] = "on"
    data[kind] = "lever"
    client.post(reverse("intake:splits_edit", args=[dropped.pk]), data)
    plan = create(client, dropped)
    feast = plan.actions.get(title="Organiser une fête")
    assert not feast.indicators.exists() and feast.quantitative_text == "Nombre de participants"
    assert plan.actions.get(title="Ouvrir un café").factors.get().kind == "lever"


def test_what_was_said_survives_other_columns_where_it_still_applies(client, dropped):
    say(client, dropped, "organisations_edit", {"Missions locales": ("name", "Mission locale")})
    say(client, dropped, "splits_edit", {"Nombre de cafés": ("wording", "Nombre de cafés servis")})
    columns = {one["name"]: one.select_one("option[selected]")["value"] for one in matching(client, dropped)}
    [name] = [name for name, value in columns.items() if value == "notes"]
    client.post(reverse("intake:columns_edit", args=[dropped.pk]), columns | {name: "resources"})
    dropped.refresh_from_db()
    shown = preview_of(dropped)
    assert shown.read.actions[0].resources_text == "À confirmer"
    assert "Nombre de cafés servis" in [one.wording for one in shown.splits[0].indicators]
    assert "Mission locale" in [one.name for one in shown.organisations]


def matching(client, dropped):
    return soup(client.get(dropped.get_absolute_url())).select(".matching select")


def test_a_name_too_long_is_told_beside_its_field_and_nothing_is_kept(client, dropped):
    response = say(client, dropped, "organisations_edit", {"CAFY": ("name", "x" * 201)})
    page = soup(response)
    assert response.status_code == 422
    assert "200 caractères au plus" in page.select_one(".field__error").get_text()
    assert page.find("input", value="x" * 201)
    assert dropped.corrections == {}


def test_two_hundred_actions_are_confirmed_page_by_page_below_the_limit_of_fields(client, world, settings):
    rows = [
        ROWS[0],
        *(
            (f"Ouvrir le lieu numéro {n}", f"Service {n % 150}", "Un - Deux - Trois", "A - B", "")
            for n in range(200)
        ),
    ]
    dropped = f.DroppedFileFactory(territory=world.territory, rows=rows)
    address = reverse("intake:splits", args=[dropped.pk])
    page, seen, last = 1, 0, 1
    while page <= last:
        html = soup(client.get(address, {"page": page}))
        names = [one["name"] for one in html.select("main :is(input, select, textarea)[name]")]
        assert len(names) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        seen += len(html.select(".pieces"))
        last = int(html.select(".pagination__where")[-1].get_text().split()[-1])
        page += 1
    assert seen == 200
    assert "Page 1 sur 2" in soup(client.get(address)).select(".pagination__where")[0].get_text()


def test_once_the_file_is_in_a_plan_nothing_is_said_of_it_any_more(client, dropped):
    create(client, dropped)
    say(client, dropped, "organisations_edit", {"CAFY": ("name", "Autre")})
    assert dropped.corrections == {}
