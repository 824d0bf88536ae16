import datetime as dt

import pytest
from django.urls import reverse

from actions.sections import SECTIONS
from partners.models import Change
from tests import factories as f
from tests.htmx import htmx, soup, text


@pytest.fixture
def camille(client, world):
    f.CustomFieldFactory(plan=world.plan, label="Quartier")
    client.force_login(world.camille)
    return client


def opened(client, world, slug):
    """What the form of a part holds when it is opened, ready to be sent back."""
    form = soup(client.get(reverse("actions:action_edit", args=[world.action.pk, slug]))).select_one(
        f"#part__{slug}"
    )
    values = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.get("type") in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            value = chosen["value"] if chosen else ""
        else:
            value = field.text.removeprefix("\n") if field.name == "textarea" else field.get("value", "")
        values.setdefault(field["name"], []).append(value)
    return values


def save(client, world, slug, form, **extra):
    return client.post(reverse("actions:action_save", args=[world.action.pk, slug]), form, **extra)


@pytest.mark.parametrize("slug", SECTIONS)
def test_a_part_sent_back_untouched_changes_nothing(camille, world, slug):
    # An order that is not that of the names, nor of their keys.
    world.action.involvements.update(position=1)
    f.InvolvementFactory(action=world.action, organisation=world.partner, part="lead", position=0)
    assert save(camille, world, slug, opened(camille, world, slug)).status_code == 302
    assert not Change.objects.filter(event="changed").exists()
    world.action.refresh_from_db()
    assert world.action.version == 1


@pytest.mark.parametrize(
    ("slug", "field", "value"),
    [
        ("intitule", "title", "Un autre intitulé"),
        ("intitule", "number", "7"),
        ("texte", "purpose", "Rompre l’isolement."),
        ("texte", "content_label", "Contenu de l’action"),
        ("publics", "audiences", "Jeunes de 11 à 17 ans"),
        ("calendrier", "calendar_text", "2e semestre 2027"),
        ("freins", "factors_text", "Peu de salles"),
        ("priorite", "priority", "1"),
        ("priorite", "elected_lead", "Mme Durand, vice-présidente"),
        ("indicateurs", "quantitative_text", "Nombre de jeunes"),
        ("organismes", "partners_text", "Service Jeunesse - CAF"),
    ],
)
def test_each_part_is_edited_in_its_place(camille, world, slug, field, value):
    assert save(camille, world, slug, opened(camille, world, slug) | {field: value}).status_code == 302
    world.action.refresh_from_db()
    assert str(getattr(world.action, field)) == value
    change = Change.objects.get(event="changed", field=field)
    assert change.after_text == value and change.author == world.camille


def test_bullets_pasted_from_word_become_bullets(camille, world):
    pasted = "Cette action :\r\n•\tpremier point\r\no\tdétail\r\n•\tsecond point"
    save(camille, world, "texte", opened(camille, world, "texte") | {"content": pasted})
    world.action.refresh_from_db()
    assert world.action.content == "Cette action :\n• premier point\n  ○ détail\n• second point"
    page = soup(camille.get(world.action.get_absolute_url()))
    assert [li.get_text() for li in page.select("#part__texte li li")] == ["détail"]


def test_a_number_already_taken_is_refused_with_its_reason(camille, world):
    f.ActionFactory(plan=world.plan, number=4)
    response = save(camille, world, "intitule", opened(camille, world, "intitule") | {"number": "4"})
    assert response.status_code == 422
    assert "Le numéro 4 est déjà celui d’une autre action du plan." in response.text


def test_the_calendar_is_understood_or_says_that_it_is_not(camille, world):
    save(
        camille,
        world,
        "calendrier",
        opened(camille, world, "calendrier") | {"calendar_text": "avril à juin 2026"},
    )
    world.action.refresh_from_db()
    assert (world.action.starts_on, world.action.ends_on) == (dt.date(2026, 4, 1), dt.date(2026, 6, 30))
    assert (
        "du 1er avril 2026 au 30 juin 2026, au mois près."
        in camille.get(world.action.get_absolute_url()).text
    )
    save(
        camille,
        world,
        "calendrier",
        opened(camille, world, "calendrier") | {"calendar_text": "quand on pourra"},
    )
    world.action.refresh_from_db()
    assert world.action.ends_on is None
    assert "le retard n’est pas calculé" in camille.get(world.action.get_absolute_url()).text


def test_dates_given_by_hand_stand_above_the_text(camille, world):
    given = {"dates_given": "on", "starts_on": "01/03/2026", "ends_on": "2026-05-15"}
    save(camille, world, "calendrier", opened(camille, world, "calendrier") | given)
    world.action.refresh_from_db()
    assert (world.action.starts_on, world.action.ends_on) == (dt.date(2026, 3, 1), dt.date(2026, 5, 15))
    assert world.action.lateness(dt.date(2026, 5, 16)) == "En retard depuis le 16 mai 2026"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"dates_given": "on", "starts_on": "", "ends_on": ""}, "Indiquez au moins une date"),
        (
            {"dates_given": "on", "starts_on": "2026-05-01", "ends_on": "2026-04-01"},
            "La fin vient avant le début.",
        ),
        ({"dates_given": "on", "starts_on": "31/02/2026"}, "Indiquez une date"),
    ],
)
def test_wrong_dates_come_back_with_a_message(camille, world, given, message):
    response = save(camille, world, "calendrier", opened(camille, world, "calendrier") | given)
    assert response.status_code == 422 and message in response.text


def test_organisations_are_chosen_by_role(camille, world):
    form = opened(camille, world, "organismes") | {
        "partners": [world.partner.pk],
        "funders": [world.service.pk],
    }
    save(camille, world, "organismes", form)
    page = soup(camille.get(world.action.get_absolute_url())).select_one("#part__organismes")
    assert [dd.get_text() for dd in page.select("dd")] == [
        "Service Jeunesse",
        "Mission locale",
        "Service Jeunesse",
    ]
    change = Change.objects.get(event="changed", field="partners")
    assert (change.before_text, change.after_text) == ("", "Mission locale")


def test_an_orientation_of_another_ambition_is_refused(camille, world):
    other = f.OrientationFactory(plan=world.plan)
    response = save(
        camille, world, "classement", opened(camille, world, "classement") | {"orientation": other.pk}
    )
    assert response.status_code == 422 and "appartient à" in response.text


@pytest.mark.parametrize("slug", [slug for slug, section in SECTIONS.items() if section.is_in_document])
def test_editing_in_place_equals_a_reload(camille, world, slug):
    url = world.action.get_absolute_url()
    page = soup(camille.get(url))
    _, page = htmx(camille, page, f"#part__{slug} a.document__edit")
    assert page.select_one(f"form#part__{slug}")
    first = page.select_one(f"form#part__{slug} textarea, form#part__{slug} input[type=text]")
    typed = {first["name"]: "Quelque chose de neuf"} if first else {}
    _, page = htmx(camille, page, f"form#part__{slug}", typed)
    reloaded = soup(camille.get(url))
    for tree in (page, reloaded):
        tree.select_one("#messages").clear()
    assert text(page) == text(reloaded)


def test_a_conflict_takes_the_whole_page_and_keeps_both_texts(camille, world, client_of):
    mine = opened(camille, world, "texte") | {"purpose": "Ma version", "effects": "Mon effet"}
    other = client_of(world.camille)
    save(other, world, "texte", opened(other, world, "texte") | {"purpose": "Leur version"})
    headers = {"HX-Request": "true", "HX-Target": "part__texte"}
    response = save(camille, world, "texte", mine, headers=headers)
    assert response.status_code == 409 and response["HX-Retarget"] == "#main"
    assert "<html" not in response.text and "masthead" not in response.text
    form = soup(response).select_one("form[action$='/texte/']")
    assert "Ma version" in form.get_text() and "Leur version" in form.get_text()
    answer = {}
    for field in form.select("input[type=hidden]"):
        answer.setdefault(field["name"], []).append(field["value"])
    assert save(camille, world, "texte", answer | {"choice-purpose": "mine"}).status_code == 302
    world.action.refresh_from_db()
    assert (world.action.purpose, world.action.effects) == ("Ma version", "Mon effet")


def test_the_sheet_says_what_it_lacks(camille, world):
    lacks = soup(camille.get(world.action.get_absolute_url())).select_one("#completeness").get_text()
    assert "les publics" in lacks and "le calendrier" not in lacks


def test_a_shared_need_leads_to_the_other_actions(camille, world):
    other = f.ActionFactory(plan=world.plan, number=9, need=world.need)
    place = soup(camille.get(world.action.get_absolute_url())).select_one("#part__classement")
    assert place.select_one(f"a[href='{other.get_absolute_url()}']").get_text() == "l’action 9"


def test_an_unknown_part_is_not_found(camille, world):
    assert camille.get(reverse("actions:action_edit", args=[world.action.pk, "rien"])).status_code == 404


def test_a_forged_region_is_sent_to_the_whole_page(camille, world):
    for target in ("part", "part__rien"):
        headers = {"HX-Request": "true", "HX-Target": target}
        response = camille.get(world.action.get_absolute_url(), headers=headers)
        assert response["HX-Redirect"] == world.action.get_absolute_url()
