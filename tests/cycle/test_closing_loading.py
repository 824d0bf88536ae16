"""A package loaded elsewhere: the same plan to the last sign, or a French sentence and nothing at all."""

import hashlib
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from actions.models import Action, Plan
from actions.past import read_past
from ctg.cycle.closing import loading, opening
from ctg.cycle.closing.content import UNNAMED, content_of
from ctg.cycle.closing.label import LABEL
from ctg.cycle.closing.loading import load
from ctg.cycle.closing.opening import open_package
from ctg.cycle.closing.parts import PARTS, STORED
from ctg.intake.tables import Refusal
from ctg.reviews.models import FrozenFile
from ctg.web import uploads
from indicators.models import Category, CommonIndicator, Evidence, Indicator
from partners.models import Change, Organisation, User
from partners.tracking import Author
from tests import factories as f
from tests.cycle.packages import fill, read, rewrite, with_content, write
from tests.state import state_of

BY = Author("Chargement d’un paquet")


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def packed(world, tmp_path, monkeypatch):
    """The package of a plan where everything is filled."""
    return write(fill(world), tmp_path, monkeypatch)


def on_disk(tmp_path):
    return {path.name for path in (tmp_path / "files").iterdir()}


def take(path, territory="Ailleurs"):
    return load(open_package(path), territory, by=BY, at=timezone.now())


def test_loaded_elsewhere_a_plan_has_the_same_content(world, packed):
    before = content_of(world.plan)
    plan = take(packed)
    assert plan.pk != world.plan.pk and plan.territory.name == "Ailleurs"
    after = content_of(plan)
    assert json.loads(after.text) == json.loads(before.text)
    assert after.sha256 == before.sha256 == hashlib.sha256(read(packed)["contenu.json"]).hexdigest()


#: What is of one installation only, or names things by their keys.
OF_ONE_PLACE = {"slug", "is_open", "batch", STORED, "object_id", "action_id", "plan_id", "before", "after"}


def columns_of(thing):
    """What each column says, links as there or not; who had an account is not known elsewhere."""
    return {
        field.name: bool(value) if field.is_relation else signed(value)
        for field in thing._meta.concrete_fields
        if not field.primary_key and field.name not in {*OF_ONE_PLACE, "renewed_from"}
        if field.related_model is not User
        for value in [getattr(thing, field.attname)]
    }


def signed(value):
    """A signature as it leaves: an address of an account stays here."""
    return value.replace("anonyme@exemple.fr", UNNAMED) if isinstance(value, str) else value


def test_row_by_row_every_column_is_the_same(world, packed):
    plan = take(packed)
    for part in PARTS:
        if part.way:
            before, after = (
                [columns_of(one) for one in part.model.objects.filter(**{part.way: pk}).order_by("pk")]
                for pk in (world.plan.pk, plan.pk)
            )
            assert after[: len(before)] == before, part.name
            assert len(after) == len(before) + (part.name == "history"), part.name


def test_every_row_is_new_and_none_is_shared(world, packed):
    plan = take(packed)
    elsewhere = Organisation.objects.filter(territory=plan.territory)
    for action in plan.actions.all():
        assert action.plan_id == plan.pk
        assert {one.territory_id for one in action.organisations.all()} <= {plan.territory_id}
    assert {one.organisation for one in plan.campaigns.get(period="2031").solicitations.all()} == set()
    assert elsewhere.filter(name="Service Jeunesse").exists()
    # What an installation has in common is not doubled.
    assert CommonIndicator.objects.filter(wording=world.common.wording).count() == 1


def test_what_is_searched_and_shown_follows(world, packed, client_of):
    plan = take(packed)
    action = plan.actions.get(number=world.action.number)
    assert action.search_text == Action.objects.get(pk=world.action.pk).search_text
    f.MembershipFactory(user=world.nadia, territory=plan.territory)
    client = client_of(world.nadia)
    for name, pk in (
        ("actions:plan_detail", plan.pk),
        ("actions:action_detail", action.pk),
        ("actions:plan_history", plan.pk),
        ("reviews:register", plan.pk),
        ("actions:action_file", action.pk),
    ):
        assert client.get(reverse(name, args=[pk])).status_code == 200, name
    history = client.get(reverse("actions:plan_history", args=[plan.pk])).text
    assert "chargé depuis un paquet, empreinte" in history
    assert not plan.public_page.is_open and plan.public_page.introduction


def test_the_past_reads_the_same(world, packed, today):
    plan = take(packed)
    for before, after in zip(
        read_past(world.plan, today).actions.values(), read_past(plan, today).actions.values(), strict=True
    ):
        assert (before.title, before.status, before.theme_title) == (
            after.title,
            after.status,
            after.theme_title,
        )
    lead = Change.objects.filter(plan_id=plan.pk, field="leads").latest("pk")
    assert {Organisation.objects.get(pk=pk).territory for pk in lead.before} == {plan.territory}
    [[category, *rest]] = Change.objects.get(plan_id=plan.pk, field="portions").after
    assert Category.objects.get(pk=category).dimension.territory == plan.territory
    assert rest == [None, "8", None]


def test_frozen_files_are_the_same_bytes_under_the_same_digest(world, packed):
    plan = take(packed)
    files = FrozenFile.objects.filter(document__plan=plan).order_by("pk")
    originals = FrozenFile.objects.filter(document__plan=world.plan).order_by("pk")
    for file, original in zip(files, originals, strict=True):
        with uploads.open_stored(file.stored_as) as kept, uploads.open_stored(original.stored_as) as first:
            assert file.stored_as != original.stored_as and kept.read() == first.read()
        assert file.sha256 == original.sha256
    assert files.count() == 2


def test_organisations_are_found_again_by_name_or_alias_and_left_as_they_are(world, packed):
    here = f.TerritoryFactory(name="Vallée voisine")
    known = f.OrganisationFactory(territory=here, name="SERVICE  jeunesse", contact_name="Déjà là")
    other = f.OrganisationFactory(territory=here, name="Insertion des jeunes")
    other.aliases.create(name="Mission locale")
    # Two organisations of the package never become one.
    known.aliases.create(name="Ancien porteur")
    plan = take(packed, here)
    known.refresh_from_db()
    assert (known.name, known.contact_name, known.aliases.count()) == ("SERVICE  jeunesse", "Déjà là", 1)
    assert list(plan.actions.get(number=1).organisations.all()) == [known]
    names = set(Organisation.objects.filter(territory=here).values_list("name", flat=True))
    assert names == {"SERVICE  jeunesse", "Insertion des jeunes", "Ancien service", "Ancien porteur"}


def test_the_letterhead_that_stands_there_stays_and_the_other_leaves_no_file(world, packed, tmp_path):
    here = f.TerritoryFactory(name="Vallée voisine")
    letterhead = f.LetterheadFactory(territory=here, logo_name="À nous.png")
    before = on_disk(tmp_path)
    plan = take(packed, here)
    letterhead.refresh_from_db()
    assert letterhead.logo["name"] == "À nous.png"
    attached = set(plan.attachments.exclude(stored_as="").values_list("stored_as", flat=True))
    proofs = set(
        Evidence.objects.filter(measurement__indicator__plan=plan).values_list("stored_as", flat=True)
    )
    frozen = set(FrozenFile.objects.filter(document__plan=plan).values_list("stored_as", flat=True))
    assert on_disk(tmp_path) - before == (attached | proofs | frozen - {""}) & on_disk(tmp_path)


def test_the_same_package_is_refused_twice_until_its_plan_is_thrown_away(world, packed):
    plan = take(packed)
    with pytest.raises(Refusal, match="déjà là"):
        take(packed, plan.territory)
    # Where it comes from, the plan itself is there.
    with pytest.raises(Refusal, match="déjà là"):
        take(packed, world.territory)
    Action.objects.filter(plan=plan).update(title="Écrit depuis")
    with pytest.raises(Refusal, match="déjà là"):
        take(packed, plan.territory)
    Plan.objects.filter(pk=plan.pk).update(trashed_at=timezone.now())
    assert take(packed, plan.territory).pk != plan.pk
    with pytest.raises(Refusal, match="s’appelle déjà"):
        take(packed)


def altered_packages(path):
    """What may be done to a package by hand, and what is said of it."""
    files = read(path)
    one_byte = files["contenu.json"].replace(b"Visite faite", b"Visite faitf")
    yield rewrite(path, files | {"contenu.json": one_byte}), "n’est plus le même"
    attachment = next(name for name in files if name.startswith("pieces-jointes/"))
    yield rewrite(path, files | {attachment: b"%PDF-1.7 faux"}), "n’est plus le même"
    yield rewrite(path, {name: held for name, held in files.items() if name != attachment}), "il y manque"
    yield rewrite(path, files | {"en-plus.txt": b"x"}), "n’en fait pas partie"
    yield rewrite(path, files | {"../../etc/cron.d/x": b"x"}), "mène ailleurs"
    yield rewrite(path, files | {LABEL: files[LABEL].replace(b"Rivemont", b"Hautepierre")}), "pas un paquet"
    newer = files[LABEL].replace(b'"version": 1', b'"version": 2')
    yield rewrite(path, files | {LABEL: newer}), "plus récente"
    yield rewrite(path, files | {"bombe.txt": bytes(64 * 1024**2)}), "trop gros"
    yield with_content(path, lambda parts: parts.update(inconnues=[{}])), "plus récente"
    yield with_content(path, lambda parts: parts["actions"][0].update(inconnu=1)), "plus récente"
    for change in (
        lambda parts: parts["milestones"][0].update(action=999),
        lambda parts: parts["milestones"][0].update(action="1"),
        lambda parts: parts["milestones"][0].pop("action"),
        lambda parts: parts["actions"][0].update(status="inventé"),
        lambda parts: parts["actions"][0].update(number="un"),
        lambda parts: parts["actions"][0].update(number=10**30),
        lambda parts: parts["actions"][0].update(title="nul\x00"),
        lambda parts: parts["actions"].append(parts["actions"][0]),
        lambda parts: parts["attachments"][0].update(url="javascript:alert(1)"),
        lambda parts: parts["attachments"][1]["file"].update(path="contenu.json"),
        lambda parts: parts["attachments"][1].update(media_type="text/html"),
        lambda parts: parts["plans"].clear(),
        lambda parts: parts["history"][0].update(after={"a": "\ud800"}),
        lambda parts: parts.update(actions={"0": {}}),
    ):
        yield with_content(path, change), "n’est pas celui d’un plan"
    path.with_name("altere.zip").write_bytes(path.read_bytes()[:-100])
    yield path.with_name("altere.zip"), "pas un paquet"
    path.with_name("altere.zip").write_bytes(b"%PDF-1.7")
    yield path.with_name("altere.zip"), "pas un paquet"


def test_an_altered_package_is_refused_and_nothing_is_written(packed, tmp_path):
    before, files = state_of(), on_disk(tmp_path)
    for rank, (altered, said) in enumerate(altered_packages(packed)):
        with pytest.raises(Refusal, match=said):
            take(altered)
        assert on_disk(tmp_path) == files, rank
    assert state_of() == before


def test_a_failure_at_the_very_end_leaves_neither_rows_nor_files(packed, tmp_path, monkeypatch):
    before, files = state_of(), on_disk(tmp_path)

    def fail(*args, **options):
        raise OSError("disque plein")

    monkeypatch.setattr(loading, "tell_loaded", fail)
    with pytest.raises(OSError, match="disque plein"):
        take(packed)
    assert state_of() == before and on_disk(tmp_path) == files


def test_limits_are_checked_before_anything_is_unpacked(packed, monkeypatch):
    size = packed.stat().st_size
    monkeypatch.setattr(opening, "MOST_PACKED", size)
    open_package(packed)
    monkeypatch.setattr(opening, "MOST_PACKED", size - 1)
    with pytest.raises(Refusal, match="pèse plus de"):
        open_package(packed)
    monkeypatch.setattr(opening, "MOST_PACKED", size)
    monkeypatch.setattr(opening, "MOST_ENTRIES", len(read(packed)) - 1)
    with pytest.raises(Refusal, match="trop gros"):
        open_package(packed)


def test_the_command_says_what_it_would_do_then_does_it(world, packed, capsys):
    before = state_of()
    call_command("load_package", packed, new_territory="Ailleurs")
    said = capsys.readouterr().out
    assert state_of() == before and "Rien n’a été écrit" in said
    assert f"Attention : Campagne {timezone.localdate().year} en cours." in said
    assert content_of(world.plan).sha256 in said and "Organismes à créer : Service Jeunesse" in said
    call_command("load_package", packed, new_territory="Ailleurs", apply=True)
    assert "Plan chargé : Plan d’actions CTG" in capsys.readouterr().out
    assert Indicator.objects.filter(plan__territory__name="Ailleurs").count() == 1
    for wrong in ({"territory": "Nulle part"}, {"territory": "Ailleurs"}, {"new_territory": "Ailleurs"}):
        with pytest.raises(CommandError):
            call_command("load_package", packed, **wrong)
    with pytest.raises(CommandError, match="absent.zip"):
        call_command("load_package", Path("absent.zip"), new_territory="Encore")
