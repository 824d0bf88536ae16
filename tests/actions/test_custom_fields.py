import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions import operations
from actions.models import CustomField, FieldKind
from actions.queries import search_plan
from actions.reading import read_plan
from actions.saved_views import kept_words
from partners import tracking
from partners.models import Change
from partners.tracking import Author
from tests import factories as f
from tests.htmx import htmx, soup, text


@pytest.fixture
def camille(client, world):
    client.force_login(world.camille)
    return client


def fields_of(world, *kinds, **given):
    return [f.CustomFieldFactory(plan=world.plan, kind=kind, **given) for kind in kinds]


def fill(client, action, **values):
    return client.post(reverse("actions:action_save", args=[action.pk, "champs"]), values)


def define(client, plan, **values):
    form = {"label": "Quartier", "kind": "short_text", "kept_by": "coordination", "choices": ""} | values
    return client.post(reverse("actions:custom_field_add", args=[plan.pk]), form)


def write(action, user, **values):
    tracking.change(action, values, by=Author("Camille", user), at=timezone.now())


def test_each_kind_is_read_kept_and_told(camille, world):
    short, long, number, day, choice, yes = fields_of(world, *FieldKind, choices=["Nord", "Sud"])
    typed = {
        short.name: "  Délibération  12 ",
        long.name: "Premier point\n\nSecond point",
        number.name: "1 234,50",
        day.name: "31/12/2026",
        choice.name: "Sud",
        yes.name: "non",
    }
    assert fill(camille, world.action, seen=1, **typed).status_code == 302
    world.action.refresh_from_db()
    assert world.action.custom_values == {
        short.name: "Délibération 12",
        long.name: "Premier point\n\nSecond point",
        number.name: "1234.5",
        day.name: "2026-12-31",
        choice.name: "Sud",
        yes.name: False,
    }
    page = soup(camille.get(world.action.get_absolute_url()))
    said = [item.get_text(" ", strip=True) for item in page.select("#part__champs dd")]
    assert said == [
        *("Délibération 12", "Premier point Second point", "1\u202f234,5", "31 décembre 2026", "Sud", "non"),
    ]
    changes = {
        change.label: change.after_text for change in Change.objects.filter(field__startswith="custom_")
    }
    assert changes[number.label] == "1\u202f234,5" and changes[yes.label] == "non" and len(changes) == 6


def test_a_field_emptied_says_nothing_and_the_history_tells_it(camille, world):
    [field] = fields_of(world, "yes_no")
    write(world.action, world.camille, **{field.name: True})
    assert fill(camille, world.action, seen=2, **{field.name: ""}).status_code == 302
    world.action.refresh_from_db()
    assert world.action.custom_values == {}
    last = Change.objects.filter(field=field.name).first()
    assert (last.before_text, last.after_text) == ("oui", "")


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("number", "une douzaine"),
        ("date", "31/02/2026"),
        ("choice", "Ouest"),
        ("yes_no", "peut-être"),
        ("short_text", "x" * 301),
    ],
)
def test_a_bad_value_is_refused_with_what_was_typed(camille, world, kind, typed):
    bad, good = fields_of(world, kind, "long_text", choices=["Nord"])
    response = fill(camille, world.action, seen=1, **{bad.name: typed, good.name: "Un long texte."})
    assert response.status_code == 422 and "1 point à corriger" in text(soup(response))
    page = soup(response)
    assert page.select_one(f"textarea[name={good.name}]").text.strip() == "Un long texte."
    if kind not in ("choice", "yes_no"):
        assert page.select_one(f"input[name={bad.name}]")["value"] == typed
    world.action.refresh_from_db()
    assert world.action.custom_values == {}


def test_a_very_long_text_is_kept_whole(camille, world):
    [field] = fields_of(world, "long_text")
    long = "Étape par étape. " * 2400
    assert fill(camille, world.action, seen=1, **{field.name: long}).status_code == 302
    world.action.refresh_from_db()
    assert world.action.custom_values[field.name] == long.strip()


def test_two_people_who_fill_two_fields_merge(camille, world):
    one, two = fields_of(world, "short_text", "short_text")
    write(world.action, world.camille, **{one.name: "De Paul"})
    assert fill(camille, world.action, **{one.name: "", two.name: "De Camille", "seen": 1}).status_code == 302
    world.action.refresh_from_db()
    assert world.action.custom_values == {one.name: "De Paul", two.name: "De Camille"}


def test_the_same_field_is_a_conflict_that_leaves_the_others_to_whoever_wrote_them(camille, world):
    one, two = fields_of(world, "short_text", "short_text")
    write(world.action, world.camille, **{one.name: "Avant", two.name: "Avant"})
    write(world.action, world.camille, **{one.name: "De Paul", two.name: "De Paul"})
    response = fill(camille, world.action, **{one.name: "De Camille", two.name: "Avant", "seen": 2})
    assert response.status_code == 409 and one.label in response.text
    form = soup(response).select_one("form[action$='/champs/']")
    assert "De Paul" in form.get_text() and "De Camille" in form.get_text()
    answer = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    assert fill(camille, world.action, **answer, **{f"choice-{one.name}": "mine"}).status_code == 302
    world.action.refresh_from_db()
    assert world.action.custom_values == {one.name: "De Camille", two.name: "De Paul"}


def test_who_carries_the_action_fills_what_is_open_to_her(client_of, world):
    kept, open_to_all = (
        f.CustomFieldFactory(plan=world.plan),
        f.CustomFieldFactory(plan=world.plan, kept_by="follow_up"),
    )
    paul, ines = client_of(world.paul), client_of(world.ines)
    url = reverse("actions:action_edit", args=[world.action.pk, "champs"])
    form = soup(paul.get(url))
    assert form.select_one(f"[name={open_to_all.name}]") and not form.select_one(f"[name={kept.name}]")
    assert ines.get(url).status_code == 404
    sent = {kept.name: "Forcé", open_to_all.name: "Permis", "seen": 1}
    assert fill(paul, world.action, **sent).status_code == 302
    world.action.refresh_from_db()
    assert world.action.custom_values == {open_to_all.name: "Permis"}
    assert soup(paul.get(world.action.get_absolute_url())).select_one("#part__champs a")
    assert not soup(ines.get(world.action.get_absolute_url())).select_one("#part__champs a")
    CustomField.objects.update(kept_by="coordination")
    assert paul.get(url).status_code == 404 and fill(paul, world.action, **sent).status_code == 404
    texts = reverse("actions:action_edit", args=[world.action.pk, "texte"])
    assert paul.get(texts).status_code == 404


def test_a_plan_without_fields_has_no_such_part(camille, world):
    assert "Champs du plan" not in soup(camille.get(world.action.get_absolute_url())).main.get_text()
    assert camille.get(reverse("actions:action_edit", args=[world.action.pk, "champs"])).status_code == 404


def test_a_field_in_the_trash_leaves_and_comes_back_with_its_values(camille, world):
    [field] = fields_of(world, "short_text", label="Quartier")
    write(world.action, world.camille, **{field.name: "Les Glycines"})
    page = camille.get(reverse("actions:custom_field_trash", args=[field.pk]))
    assert "Ce que 1 action y dit ne se lira plus" in text(soup(page))
    camille.post(reverse("actions:custom_field_trash", args=[field.pk]), {"seen": 1})
    assert "Glycines" not in soup(camille.get(world.action.get_absolute_url())).article.get_text()
    assert search_plan(world.plan, "glycines") == []
    # The history still speaks of it, and a new field never takes its values.
    assert "Glycines" in camille.get(reverse("actions:action_history", args=[world.action.pk])).text
    define(camille, world.plan)
    assert world.plan.custom_fields.current().get().key == field.key + 1
    camille.post(reverse("actions:trash_restore", args=["customfield", field.pk]))
    assert "Glycines" in soup(camille.get(world.action.get_absolute_url())).article.get_text()


def test_a_plan_has_eight_fields_at_most_even_out_of_the_trash(camille, world):
    trashed = f.CustomFieldFactory(plan=world.plan, trashed_at=timezone.now(), label="Jeté")
    fields_of(world, *["short_text"] * 7)
    assert define(camille, world.plan, label="Le huitième").status_code == 302
    response = define(camille, world.plan, label="Le neuvième")
    assert response.status_code == 422 and "déjà 8 champs" in response.text
    assert 'value="Le neuvième"' in response.text
    camille.post(reverse("actions:trash_restore", args=["customfield", trashed.pk]))
    assert world.plan.custom_fields.current().count() == 8
    assert "déjà 8 champs" in camille.get(reverse("actions:trash_list", args=[world.plan.pk])).text
    assert (
        "Ajouter un champ" not in camille.get(reverse("actions:custom_field_list", args=[world.plan.pk])).text
    )


def test_moving_a_field_equals_a_reload(camille, world):
    first, _ = fields_of(world, "short_text", "number")
    url = reverse("actions:custom_field_list", args=[world.plan.pk])
    _, swapped = htmx(camille, soup(camille.get(url)), f"#custom_field_move-{first.pk}-bas")
    assert text(swapped.main) == text(soup(camille.get(url)).main)


def test_a_form_sent_twice_adds_one_field(camille, world):
    token = "6b1f0c0e-6a1d-4c89-9f5e-0f6a4b7a9c11"
    for _ in range(2):
        assert define(camille, world.plan, token=token).status_code == 302
    assert world.plan.custom_fields.count() == 1
    response = define(camille, world.plan, label="QUARTIER")
    assert response.status_code == 422 and "s’appelle déjà ainsi" in response.text


@pytest.mark.parametrize(
    ("before", "after", "value", "refusal"),
    [
        ("short_text", "long_text", "Nord", None),
        ("short_text", "choice", "Nord", None),
        ("choice", "short_text", "Nord", None),
        ("short_text", "choice", "Ouest", "« Ouest »"),
        ("long_text", "short_text", "deux\nlignes", "trop long pour un texte court"),
        ("number", "short_text", "12", "1 action a déjà une valeur"),
        ("yes_no", "choice", True, "1 action a déjà une valeur"),
        ("number", "date", None, None),
    ],
)
def test_a_kind_changes_when_nothing_is_lost(camille, world, before, after, value, refusal):
    [field] = fields_of(world, before, choices=["Nord", "Sud"])
    if value is not None:
        write(world.action, world.camille, **{field.name: value})
    sent = {"label": field.label, "kind": after, "kept_by": "coordination", "choices": "Nord\nSud", "seen": 1}
    response = camille.post(reverse("actions:custom_field_edit", args=[field.pk]), sent)
    field.refresh_from_db()
    world.action.refresh_from_db()
    assert world.action.custom_values == ({} if value is None else {field.name: value})
    if refusal:
        assert response.status_code == 422 and refusal in response.text and field.kind == before
    else:
        assert response.status_code == 302 and field.kind == after


def test_a_choice_that_is_chosen_cannot_be_withdrawn(camille, world):
    [field] = fields_of(world, "choice", choices=["Nord", "Sud"])
    hidden = f.ActionFactory(plan=world.plan, number=9, trashed_at=timezone.now())
    write(hidden, world.camille, **{field.name: "Sud"})
    sent = {"label": field.label, "kind": "choice", "kept_by": "coordination", "seen": 1}
    url = reverse("actions:custom_field_edit", args=[field.pk])
    assert "« Sud »" in camille.post(url, sent | {"choices": "Nord"}).text
    assert camille.post(url, sent | {"choices": "Est\nSud"}).status_code == 302
    assert camille.post(url, sent | {"choices": ""}).status_code == 422


def test_filters_of_fields_add_up_to_the_others(camille, world):
    choice, yes = fields_of(world, "choice", "yes_no", choices=["Nord", "Sud"])
    other = f.ActionFactory(plan=world.plan, number=2, status="ongoing")
    silent = f.ActionFactory(plan=world.plan, number=3, status="ongoing")
    write(world.action, world.camille, **{choice.name: "Nord", yes.name: True})
    write(other, world.camille, **{choice.name: "Nord", yes.name: False})

    def kept(**params):
        params = {name.replace("_", "-"): value for name, value in params.items()}
        reading = read_plan(world.plan, world.camille, params=params, mine=set(), today=timezone.localdate())
        for facet in reading.filter.facets.values():
            for option in facet.options.values():
                chosen = {
                    name: held.chosen for name, held in reading.filter.facets.items() if held.chosen
                } | {facet.name: option.value}
                assert option.count == len(
                    read_plan(
                        world.plan,
                        world.camille,
                        params=chosen,
                        mine=set(),
                        today=timezone.localdate(),
                    ).filter.kept
                )
        return reading.filter.kept, reading.filter.sentence

    assert kept(champ_1="Nord")[0] == {world.action.pk, other.pk}
    assert kept(champ_1="Nord", champ_2="non", statut="ongoing") == (
        {other.pk},
        f"En cours, {choice.label}\u00a0: Nord, {yes.label}\u00a0: Non",
    )
    assert kept(champ_2="non-renseigne")[0] == {silent.pk}
    assert kept(champ_1="Ouest")[0] == {world.action.pk, other.pk, silent.pk}
    page = soup(camille.get(f"{world.plan.get_absolute_url()}?champ-1=Nord&statut=ongoing"))
    assert "1 action sur 3" in text(page) and page.select_one("select[name=champ-1] option[selected]")
    assert "champ-" not in page.select_one("a[href='?']")["href"]
    assert kept_words("champ-1=Nord&champ-x=1&statut=ongoing") == "statut=ongoing&champ-1=Nord"


def test_search_finds_what_a_field_says(world):
    field, yes = fields_of(world, "long_text", "yes_no")
    write(world.action, world.camille, **{field.name: "Près de l’écluse", yes.name: True})
    assert search_plan(world.plan, "ecluse") == [world.action.pk]
    assert search_plan(world.plan, "oui") == []


def test_pages_cost_the_same_however_many_fields_and_actions(camille, world):
    plan, sheet = world.plan.get_absolute_url(), world.action.get_absolute_url()

    def costs():
        found = []
        for url in (plan, sheet, f"{plan}?q=ouvrir"):
            camille.get(url)  # The filters are remembered once.
            with CaptureQueriesContext(connection) as queries:
                assert camille.get(url).status_code == 200
            found.append(len(queries))
        return found

    none = costs()
    [first] = fields_of(world, "choice", choices=["Nord", "Sud"])
    write(world.action, world.camille, **{first.name: "Nord"})
    before = costs()
    # The sheet always asks for the fields, a list only where an action says something in one.
    assert [one - other for one, other in zip(before, none, strict=True)] == [1, 0, 2]
    fields = fields_of(world, *FieldKind, "yes_no", choices=["Nord", "Sud"])
    values = {field.name: "Nord" for field in fields if field.kind == "choice"}
    for number in range(2, 12):
        f.ActionFactory(plan=world.plan, number=number, custom_values=values)
    assert costs() == before


def test_the_order_of_the_fields_is_that_of_the_sheet(camille, world):
    first, second = fields_of(world, "short_text", "short_text")
    camille.post(reverse("actions:custom_field_move", args=[second.pk]), {"sens": "haut"})
    page = soup(camille.get(world.action.get_absolute_url()))
    labels = [label.get_text() for label in page.select("#part__champs dt")]
    assert labels == [second.label, first.label]


def test_restoring_a_field_in_a_full_plan_is_refused_by_the_rule_itself(world):
    trashed = f.CustomFieldFactory(plan=world.plan, trashed_at=timezone.now())
    fields_of(world, *["short_text"] * 8)
    with pytest.raises(ValidationError):
        operations.restore(trashed, by=Author("Camille", world.camille), at=timezone.now())
