"""Two territories that cannot reach each other, whatever is sent; and rights that end when they are taken."""

import uuid
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from actions.models import Action, ProgressNote
from partners.models import Change, Receipt, Role
from tests import factories as f
from tests.routes import FAR, furnish, neighbours
from tests.state import difference, state_of


@pytest.fixture
def foreign(world):
    return neighbours(world)


@pytest.fixture
def sibling(world):
    """Another plan of the same territory: its headings are as foreign to the first as those of elsewhere."""
    plan = f.PlanFactory(territory=world.territory, title="Ancien plan")
    ambition = f.AmbitionFactory(pk=FAR + 21, plan=plan)
    action = f.ActionFactory(pk=FAR + 22, plan=plan)
    return SimpleNamespace(
        plan=plan,
        ambition=ambition,
        action=action,
        orientation=f.OrientationFactory(pk=FAR + 24, plan=plan, ambition=ambition),
        theme=f.ThemeFactory(pk=FAR + 25, plan=plan),
        need=f.NeedFactory(pk=FAR + 26, plan=plan),
        objective=f.ObjectiveFactory(pk=FAR + 27, plan=plan),
        indicator=f.IndicatorFactory(pk=FAR + 31, plan=plan, actions=[action]),
    )


def part(slug):
    return lambda w: reverse("actions:action_save", args=[w.action.pk, slug])


def to(name, target):
    return lambda w: reverse(name, args=[getattr(w, target).pk])


PLACE = {"seen": 1}
NEW_ACTION = {"number": 50, "title": "Une action"}

#: For each field that names another thing: where it is sent, with what, and what of elsewhere it names.
SMUGGLED = {
    "the ambition of an action": (part("classement"), PLACE, "ambition", "ambition"),
    "the orientation of an action": (part("classement"), PLACE, "orientation", "orientation"),
    "the theme of an action": (part("classement"), PLACE, "theme", "theme"),
    "the need of an action": (part("classement"), PLACE, "need", "need"),
    "the objective of an action": (part("classement"), PLACE, "objective", "objective"),
    "the ambition of a new action": (to("actions:action_add", "plan"), NEW_ACTION, "ambition", "ambition"),
    "the theme of a new action": (to("actions:action_add", "plan"), NEW_ACTION, "theme", "theme"),
    "the ambition of a new orientation": (
        to("actions:orientation_add", "plan"),
        {"title": "Neuve"},
        "ambition",
        "ambition",
    ),
    "the ambition of an orientation": (
        to("actions:orientation_edit", "orientation"),
        {"title": "Animer", "seen": 1},
        "ambition",
        "ambition",
    ),
    **{
        f"the {name} of an action": (
            part("organismes"),
            {"seen": 1, "partners_text": "CCAS"},
            name,
            "organisation",
        )
        for name in ("leads", "co_leads", "partners", "funders")
    },
    "the owner of a new milestone": (
        to("actions:milestone_add", "action"),
        {"title": "Neuf"},
        "owner",
        "organisation",
    ),
    "the owner of a milestone": (
        to("actions:milestone_edit", "milestone"),
        {"title": "Bail signé", "seen": 1},
        "owner",
        "organisation",
    ),
    "the porteurs of many actions": (
        to("actions:bulk_apply", "plan"),
        lambda w: {"kind": "remplacer", "action": [f"{w.action.pk}:1"]},
        "organisations",
        "organisation",
    ),
    "the organisation to merge": (
        to("actions:organisation_merge", "service"),
        {"seen": "1-1"},
        "avec",
        "organisation",
    ),
    "the indicator to share": (to("indicators:indicator_share", "action"), {}, "indicator", "indicator"),
    "the organisation of an invitation": (
        to("partners:membership_invite", "territory"),
        {"email": "neuve@exemple.fr", "first_name": "N", "last_name": "N", "role": Role.MEMBER},
        "organisation",
        "organisation",
    ),
    "the organisation of an access": (
        lambda w: reverse("partners:membership_edit", args=[w.memberships["ines"].pk]),
        {"role": Role.MEMBER},
        "organisation",
        "organisation",
    ),
    "the theme of a classified action": (
        lambda w: reverse("actions:plan_classify", args=[w.plan.pk]) + "?lecture=themes",
        lambda w: {"action": w.action.pk, f"a{w.action.pk}-seen": 1},
        lambda w: f"a{w.action.pk}-theme",
        "theme",
    ),
    "the place of a classified action": (
        lambda w: reverse("actions:plan_classify", args=[w.plan.pk]) + "?lecture=ambitions",
        lambda w: {"action": w.action.pk, f"a{w.action.pk}-seen": 1},
        lambda w: f"a{w.action.pk}-place",
        lambda there: f"a{there.ambition.pk}",
    ),
    "the orientation of a classified action": (
        lambda w: reverse("actions:plan_classify", args=[w.plan.pk]) + "?lecture=ambitions",
        lambda w: {"action": w.action.pk, f"a{w.action.pk}-seen": 1},
        lambda w: f"a{w.action.pk}-place",
        lambda there: f"o{there.orientation.pk}",
    ),
    "a place chosen in a conflict": (
        part("classement"),
        {"seen": 1, "choice-theme": "mine"},
        "mine-theme",
        "theme",
    ),
}


def resolved(value, world):
    return value(world) if callable(value) else value


def smuggle(client, world, there, what):
    where, data, field, target = SMUGGLED[what]
    value = target(there) if callable(target) else getattr(there, target).pk
    return client.post(where(world), resolved(data, world) | {resolved(field, world): value})


@pytest.mark.parametrize("what", SMUGGLED)
def test_a_thing_of_elsewhere_is_no_choice(world, foreign, client_of, what):
    client, before = client_of(world.camille), state_of()
    response = smuggle(client, world, foreign, what)
    assert response.status_code in (404, 422), response.status_code
    assert "Canari" not in response.text
    assert not difference(before, state_of())


#: An organisation belongs to the territory, not to a plan.
OF_A_PLAN = [what for what, smuggled in SMUGGLED.items() if smuggled[3] != "organisation"]


@pytest.mark.parametrize("what", OF_A_PLAN)
def test_nor_is_a_thing_of_another_plan(world, sibling, client_of, what):
    client, before = client_of(world.camille), state_of()
    assert smuggle(client, world, sibling, what).status_code in (404, 422)
    assert not difference(before, state_of())


@pytest.mark.parametrize(
    ("what", "address", "data"),
    [
        ("bulk", "actions:bulk_apply", {"kind": "statut", "status": "ongoing"}),
        ("bulk preview", "actions:bulk_preview", {"kind": "statut", "status": "ongoing"}),
        ("classify", "actions:plan_classify", {}),
    ],
)
def test_a_list_that_mixes_two_territories_changes_nothing_there(
    world, foreign, sibling, client_of, what, address, data
):
    client, before = client_of(world.camille), state_of()
    sent = [foreign.action.pk, sibling.action.pk, world.foreign_action.pk]
    extra = {}
    for pk in sent:
        extra |= {f"a{pk}-seen": 1, f"a{pk}-place": f"a{world.ambition.pk}", f"a{pk}-theme": world.theme.pk}
    keys = [f"{pk}:1" for pk in sent] if "bulk" in what else sent
    response = client.post(
        reverse(address, args=[world.plan.pk]), data | extra | {"action": keys}, follow=True
    )
    assert "Canari" not in response.text
    assert set(difference(before, state_of())) <= {"partners_receipt"}


def test_of_a_mixed_list_only_what_is_ours_changes(world, foreign, client_of):
    sent = {
        "kind": "statut",
        "status": "ongoing",
        "action": [f"{world.action.pk}:1", f"{foreign.action.pk}:1"],
    }
    client_of(world.camille).post(reverse("actions:bulk_apply", args=[world.plan.pk]), sent)
    assert Action.objects.get(pk=world.action.pk).status == "ongoing"
    assert Action.objects.get(pk=foreign.action.pk).status == "planned"


@pytest.mark.parametrize(
    "kind",
    [
        *("action", "ambition", "orientation", "theme", "need", "objective"),
        *("milestone", "factor", "progressnote", "indicator", "organisation", "plan"),
    ],
)
def test_the_trash_of_elsewhere_stays_shut(world, foreign, client_of, kind):
    thing = foreign.note if kind == "progressnote" else getattr(foreign, kind)
    thing.trashed_at = timezone.now()
    thing.save()
    before = state_of()
    for person in (world.camille, world.paul, world.karim, world.alex):
        response = client_of(person).post(reverse("actions:trash_restore", args=[kind, thing.pk]))
        assert response.status_code == 404
    assert not set(difference(before, state_of())) - {"partners_session"}
    assert (
        client_of(world.nadia).post(reverse("actions:trash_restore", args=[kind, thing.pk])).status_code
        == 302
    )


def test_the_undoing_of_somebody_else_is_not_ours(world, client_of):
    furnish(world)
    before = state_of(only={"actions_action", "partners_change"})
    for person in (world.nadia, world.paul, world.ines):
        client = client_of(person)
        for call in (client.get, client.post):
            assert call(reverse("actions:bulk_undo", args=[world.batch])).status_code == 404
    assert not difference(before, state_of(only=before))


def test_a_fragment_asked_of_our_page_shows_nothing_of_elsewhere(world, foreign, sibling, client_of):
    """htmx says which row it wants by the number of an action; the page is ours, the number need not be."""
    client = client_of(world.camille)
    for action in (foreign.action, world.foreign_action, sibling.action):
        for page in (world.plan, world.action):
            headers = {"HX-Request": "true", "HX-Target": f"action-{action.pk}"}
            response = client.get(page.get_absolute_url(), headers=headers)
            assert "Canari" not in response.text and action.title not in response.text
            assert f"/actions/{action.pk}/" not in response.text


def test_an_indicator_of_elsewhere_moves_nowhere(world, foreign, client_of):
    client, before = client_of(world.camille), state_of()
    for name in ("indicator_detach", "indicator_move"):
        for action, indicator in [(world.action, foreign.indicator), (foreign.action, world.indicator)]:
            path = reverse(f"indicators:{name}", args=[action.pk, indicator.pk])
            assert client.post(path, {"step": "up"}).status_code == 404
    assert not difference(before, state_of())


CREATED = {
    # The title that each form gives to what it makes, and where the form is sent.
    "theme": ("actions:theme_add", "plan", {"title": "Neuve"}),
    "need": ("actions:need_add", "plan", {"title": "Neuf"}),
    "objective": ("actions:objective_add", "plan", {"title": "Neuf"}),
    "ambition": ("actions:ambition_add", "plan", {"title": "Neuve", "number": 40}),
    "action": ("actions:action_add", "plan", {"title": "Neuve", "number": 40}),
    "organisation": ("partners:organisation_add", "territory", {"name": "Neuf", "kind": "autre"}),
    "plan": (
        "actions:plan_add",
        "territory",
        {"title": "Neuf"}
        | dict.fromkeys(
            [
                f"{level}_label"
                for level in ("ambition", "orientation", "theme", "need", "objective", "priority")
            ],
            "Mot",
        )
        | {"silent_days": 90},
    ),
}


@pytest.mark.parametrize("kind", CREATED)
def test_the_token_of_one_form_opens_nothing_of_another(world, foreign, client_of, kind):
    """A form sent twice answers with what it made, and no other kind of form looks under that key."""
    client, token = client_of(world.camille), uuid.uuid4()
    thing = getattr(foreign, kind)
    first = client.post(
        reverse("actions:milestone_add", args=[world.action.pk]), {"title": "Un jalon", "token": token}
    )
    assert first.status_code == 302
    # As if the first thing that was made had the key of a thing of elsewhere.
    Receipt.objects.update(object_id=thing.pk)
    name, target, data = CREATED[kind]
    response = client.post(
        reverse(name, args=[getattr(world, target).pk]), data | {"token": token}, follow=True
    )
    assert "Canari" not in response.text and "de la vallée" not in response.text
    assert response.status_code == 400


PAGES = {
    "partners:organisation_list": "territory",
    "actions:plan_detail": "plan",
    "actions:action_detail": "action",
    "actions:plan_history": "plan",
    "actions:action_history": "action",
    "actions:note_list": "action",
    "indicators:indicator_list": "plan",
    "documents:plan_workbook": "plan",
}


def open_all(client, world):
    addresses = {
        name: reverse(name, args=[getattr(world, target).pk, *(["thematique"] if "workbook" in name else [])])
        for name, target in PAGES.items()
    }
    return {name: client.get(path).status_code for name, path in addresses.items()}


def test_an_access_that_is_taken_away_ends_with_the_next_request(world, client_of):
    client = client_of(world.paul)
    assert set(open_all(client, world).values()) == {200}
    save = reverse("actions:follow_up_save", args=[world.action.pk])
    revoked = client_of(world.camille).post(
        reverse("partners:membership_revoke", args=[world.memberships["paul"].pk])
    )
    assert revoked.status_code == 302
    assert open_all(client, world) == dict.fromkeys(PAGES, 404)
    assert client.post(save, {"status": "done", "seen": 1}).status_code == 404
    assert Action.objects.get(pk=world.action.pk).status == "planned"


def test_a_role_that_is_lowered_closes_what_it_opened(world, client_of):
    client = client_of(world.paul)
    path = reverse("actions:follow_up_edit", args=[world.action.pk])
    assert client.get(path).status_code == 200
    membership = world.memberships["paul"]
    membership.role, membership.organisation = Role.OFFICIAL, None
    membership.save()
    assert client.get(path).status_code == 404
    assert client.get(world.plan.get_absolute_url()).status_code == 200


def test_an_organisation_that_carries_no_more_closes_the_action_to_its_members(world, client_of):
    client = client_of(world.paul)
    world.action.involvements.update(part="partner")
    assert client.get(reverse("actions:follow_up_edit", args=[world.action.pk])).status_code == 404


def test_an_account_that_is_closed_is_signed_out_at_once(world, client_of):
    client = client_of(world.paul)
    assert client.get(world.plan.get_absolute_url()).status_code == 200
    world.paul.is_active = False
    world.paul.save()
    response = client.get(world.plan.get_absolute_url())
    assert response.status_code == 302 and response["Location"].startswith("/compte/connexion/")


# Notes kept among coordinators.

SECRET = "Le secret de la coordination"


@pytest.fixture
def secret(world, client_of):
    """A note that Camille keeps among coordinators, written as she writes it: with a trace in the history."""
    client = client_of(world.camille)
    data = {"text": SECRET, "audience": "coordinators"}
    assert client.post(reverse("actions:note_add", args=[world.action.pk]), data).status_code == 302
    return ProgressNote.objects.get(text=SECRET)


def everything_read_by(client, world):
    """All the pages and files on which a note may come out, and what a search finds."""
    texts = []
    searched = f"?q={SECRET.split()[1]}"
    for name, target in PAGES.items():
        if "workbook" in name:
            continue
        path = reverse(name, args=[getattr(world, target).pk])
        texts += [client.get(path).text, client.get(path + searched).text.replace(searched[3:], "")]
    texts.append(client.get(reverse("actions:trash_list", args=[world.plan.pk])).text)
    for layout in ("strategique", "thematique"):
        path = reverse("documents:plan_workbook", args=[world.plan.pk, layout])
        book = load_workbook(BytesIO(client.get(path, {"suivi": "1"}).content))
        texts += [str(cell) for sheet in book for row in sheet.values for cell in row if cell]
    return "\n".join(texts)


@pytest.mark.parametrize("reader", ["paul", "ines", "elise", "karim"])
def test_a_private_note_is_read_by_the_coordination_alone(world, client_of, secret, reader):
    assert SECRET not in everything_read_by(client_of(getattr(world, reader)), world)


def test_the_coordination_reads_it_on_the_sheet_and_never_in_a_file(world, client_of, secret):
    client = client_of(world.camille)
    assert SECRET in client.get(world.action.get_absolute_url()).text
    path = reverse("documents:plan_workbook", args=[world.plan.pk, "thematique"])
    book = load_workbook(BytesIO(client.get(path, {"suivi": "1"}).content))
    assert SECRET not in str([row for sheet in book for row in sheet.values])


def test_its_author_reads_it_too(world, client_of, secret):
    secret.author = world.paul
    secret.save()
    assert SECRET in client_of(world.paul).get(world.action.get_absolute_url()).text
    assert SECRET not in everything_read_by(client_of(world.ines), world)


@pytest.mark.parametrize("reader", ["paul", "ines", "elise", "karim"])
@pytest.mark.parametrize("then", ["changed", "opened to all with other words", "trashed"])
def test_what_a_private_note_said_stays_private_afterwards(world, client_of, secret, reader, then):
    client = client_of(world.camille)
    path = reverse("actions:note_edit", args=[secret.pk])
    data = {"text": "Autre chose", "audience": "coordinators", "seen": secret.version}
    if then == "trashed":
        client.post(reverse("actions:note_trash", args=[secret.pk]), {"seen": secret.version})
        assert not ProgressNote.objects.current().filter(pk=secret.pk)
    elif then == "changed":
        assert client.post(path, data).status_code == 302
    else:
        assert client.post(path, data | {"audience": "everyone"}).status_code == 302
    assert SECRET not in everything_read_by(client_of(getattr(world, reader)), world)


@pytest.mark.parametrize("reader", ["paul", "ines", "elise", "karim"])
def test_what_is_withdrawn_from_the_public_leaves_the_history_too(world, client_of, reader):
    client = client_of(world.camille)
    data = {"text": SECRET, "audience": "everyone"}
    client.post(reverse("actions:note_add", args=[world.action.pk]), data)
    note = ProgressNote.objects.get(text=SECRET)
    path = reverse("actions:note_edit", args=[note.pk])
    client.post(path, {"text": "Une note", "audience": "everyone", "seen": note.version})
    client.post(path, {"text": "Une note", "audience": "coordinators", "seen": note.version + 1})
    assert SECRET not in everything_read_by(client_of(getattr(world, reader)), world)


def test_every_change_is_kept_in_the_territory_where_it_was_made(world, client_of):
    client_of(world.camille).post(
        reverse("actions:follow_up_save", args=[world.action.pk]), {"status": "ongoing", "seen": 1}
    )
    assert set(Change.objects.values_list("territory", flat=True)) == {world.territory.pk}
