import pytest
from django.urls import reverse
from django.utils import timezone

from actions.models import Involvement, Part
from partners import tracking
from partners.models import Change, Membership, Organisation
from tests import factories as f
from tests.htmx import soup


@pytest.fixture
def camille(client_of, world):
    return client_of(world.camille)


@pytest.fixture
def twin(world):
    """« Sports », which is the service under another name, and shares an action with it."""
    twin = f.OrganisationFactory(territory=world.territory, name="Sports", contact_name="Accueil des sports")
    twin.aliases.create(name="Service des sports")
    world.other = f.ActionFactory(plan=world.plan, title="Prêter les salles")
    f.InvolvementFactory(action=world.action, organisation=twin)
    f.InvolvementFactory(action=world.other, organisation=twin, part=Part.CO_LEAD)
    f.InvolvementFactory(action=world.other, organisation=world.partner, part=Part.CO_LEAD)
    world.milestone.owner = twin
    world.milestone.save()
    return twin


def address(organisation):
    return reverse("actions:organisation_merge", args=[organisation.pk])


def agree(client, kept, absorbed):
    """Read the preview, and send its form as it stands."""
    page = soup(client.get(address(kept), {"avec": absorbed.pk}))
    return {field["name"]: field["value"] for field in page.select("main form input[value]")}


def merge(client, kept, absorbed):
    return client.post(address(kept), agree(client, kept, absorbed), follow=True)


def test_the_preview_says_what_moves_and_does_nothing(world, camille, twin):
    text = soup(camille.get(address(world.service), {"avec": twin.pk})).main.text.replace("\xa0", " ")
    for words in (
        "Ouvrir un café",
        "les deux y sont déjà",
        "Prêter les salles",
        "Bail signé",
        "Service des sports",
    ):
        assert words in text
    twin.refresh_from_db()
    assert twin.merged_into is None
    assert twin.involvements.count() == 2


def test_everything_moves_and_nothing_is_lost(world, camille, twin):
    f.MembershipFactory(territory=world.territory, user=world.ines, role="member", organisation=twin)
    merge(camille, world.service, twin)
    world.service.refresh_from_db()
    twin.refresh_from_db()
    world.milestone.refresh_from_db()
    assert not Involvement.objects.filter(organisation=twin).exists()
    assert set(world.service.involvements.values_list("action", "part")) == {
        (world.action.pk, Part.LEAD),
        (world.other.pk, Part.CO_LEAD),
    }
    assert world.milestone.owner == world.service
    assert sorted(world.service.other_names) == ["Service des sports", "Sports"]
    assert world.service.contact_name == "Accueil des sports"
    assert Membership.objects.filter(user=world.ines, organisation=world.service).exists()
    assert twin.merged_into == world.service
    assert twin not in Organisation.objects.visible_to(world.camille)
    assert twin not in Organisation.objects.restorable_by(world.camille)


def test_the_order_of_an_actions_organisations_stays(world, camille, twin):
    merge(camille, world.service, twin)
    assert world.other.read_tracked("co_leads") == [world.service.pk, world.partner.pk]


def test_actions_in_the_trash_follow_too(world, camille, twin):
    tracking.trash(world.other, by=tracking.Author("Camille"), at=timezone.now())
    merge(camille, world.service, twin)
    assert world.service.pk in world.other.read_tracked("co_leads")


def test_somebody_who_is_of_both_keeps_one_access(world, camille, twin):
    f.MembershipFactory(territory=world.territory, user=world.paul, role="member", organisation=twin)
    merge(camille, world.service, twin)
    assert Membership.objects.filter(user=world.paul).count() == 1


def test_each_thing_touched_tells_it(world, camille, twin):
    merge(camille, world.service, twin)
    told = Change.objects.filter(author=world.camille)
    merged = told.filter(event="merged").values_list("object_id", "after_text")
    assert dict(merged) == {
        world.service.pk: "a absorbé «\xa0Sports\xa0»",
        twin.pk: "dans «\xa0Service Jeunesse\xa0»",
    }
    moved = told.get(kind="action", object_id=world.other.pk)
    assert (moved.label, moved.before_text, moved.after_text) == (
        "co-porteurs",
        "Sports, Mission locale",
        "Service Jeunesse, Mission locale",
    )
    assert told.filter(kind="milestone", object_id=world.milestone.pk, field="owner").exists()
    assert "a absorbé" in camille.get(world.service.get_absolute_url()).text


@pytest.mark.parametrize("changed", ["kept", "absorbed"])
def test_a_preview_that_is_no_longer_true_comes_back(world, camille, twin, changed):
    form = agree(camille, world.service, twin)
    one = {"kept": world.service, "absorbed": twin}[changed]
    tracking.change(one, {"contact_name": "Nouveau"}, by=tracking.Author("Zoé"), at=timezone.now())
    response = camille.post(address(world.service), form)
    assert response.status_code == 409
    assert "vient de changer" in response.text
    twin.refresh_from_db()
    assert twin.merged_into is None
    assert twin.involvements.count() == 2
    assert camille.post(address(world.service), agree(camille, world.service, twin)).status_code == 302


def test_a_long_key_is_written_without_spaces(world, camille):
    far = f.OrganisationFactory(territory=world.territory, pk=12345, name="Service de la jeunesse")
    link = soup(camille.get(reverse("partners:organisation_list", args=[world.territory.pk]))).select_one(
        ".notice a"
    )
    assert link["href"].endswith("?avec=12345")
    assert agree(camille, world.service, far)["avec"] == "12345"


def test_without_a_preview_nothing_merges(world, camille, twin):
    assert camille.post(address(world.service), {"avec": twin.pk}).status_code == 409
    twin.refresh_from_db()
    assert twin.merged_into is None


def test_an_organisation_cannot_merge_into_itself_nor_into_another_territory(world, camille):
    foreign = f.OrganisationFactory(territory=world.elsewhere, name="Canari")
    for absorbed in (world.service, foreign):
        response = camille.post(address(world.service), {"avec": absorbed.pk, "seen": "1-1"})
        assert response.status_code == 422
        assert "Canari" not in response.text
    foreign.refresh_from_db()
    assert foreign.merged_into is None


@pytest.mark.parametrize("person", ["paul", "elise", "karim", "nadia", "alex"])
def test_only_the_coordination_merges(world, client_of, twin, person):
    client = client_of(getattr(world, person))
    assert client.get(address(world.service)).status_code == 404
    assert client.post(address(world.service), {"avec": twin.pk, "seen": "1-1"}).status_code == 404


def test_every_relation_to_an_organisation_is_one_that_a_merge_knows():
    """A new one must be handed over as well, or it would be left behind."""
    known = {"involvement", "milestone", "membership", "alias", "organisation", "seat", "decision"}
    assert {
        relation.related_model._meta.model_name for relation in Organisation._meta.related_objects
    } <= known | {"action", "budgetline", "indicator", "measurement", "solicitation"}
