"""What is frozen: under the next number, whole or not at all, once, and for ever."""

import ast
import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest
from django.conf import settings as project
from django.db import IntegrityError
from django.utils import timezone

from ctg.reviews.keeping.adoption import Adoption
from ctg.reviews.keeping.freezing import TRIES, freeze
from ctg.reviews.models import FrozenDocument, FrozenFile, FrozenKind
from ctg.web import uploads
from partners.models import Change
from partners.receipts import ForeignToken
from tests import factories as f
from tests.crowd import at_once
from tests.reviews.small import FACTS, draft_of, erratum_of, said, stored

AT = dt.datetime(2026, 12, 15, 22, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


def content_of(file):
    with uploads.open_stored(file.stored_as) as stored_file:
        return stored_file.read()


def test_a_document_tells_what_it_is_beside_what_it_says(world):
    meeting = f.MeetingFactory(body=f.BodyFactory(plan=world.plan, name="COPIL"))
    adoption = Adoption("COPIL du 11 décembre 2026", dt.date(2026, 12, 11), meeting)
    document = freeze(world.plan, draft_of(adoption=adoption), by=world.camille, at=AT)
    facts = json.loads(document.facts)
    assert facts.pop("document") == {
        "number": 1,
        "kind": "plan signé",
        "title": "Plan signé",
        "territory": "Pays de Rivemont",
        "plan": world.plan.full_title,
        "frozen_on": "2026-12-15",
        "adopted": "COPIL du 11 décembre 2026",
        "adopted_on": "2026-12-11",
        "about": "",
    }
    assert facts == FACTS
    assert document.sha256 == hashlib.sha256(document.facts.encode()).hexdigest()
    assert (document.meeting, document.adopted_on) == (meeting, dt.date(2026, 12, 11))
    assert (document.frozen_by, document.frozen_label) == (
        world.camille,
        f"{world.camille}, coordination",
    )


def test_every_file_is_kept_and_printed_the_digest_of_the_facts(world):
    document = freeze(world.plan, draft_of(), by=world.camille, at=AT)
    pdf, word = document.files.all()
    assert content_of(pdf) == content_of(word)[::-1] == f"%PDF 1 {document.sha256}  ".encode()
    assert (pdf.name, pdf.media_type, pdf.size) == ("plan.pdf", "application/pdf", len(content_of(pdf)))
    assert word.media_type == uploads.DOCX
    for file in (pdf, word):
        assert file.sha256 == hashlib.sha256(content_of(file)).hexdigest()
    assert stored() == {pdf.stored_as, word.stored_as}


def test_numbers_run_over_all_kinds_of_one_plan(world):
    first = freeze(world.plan, draft_of(), by=world.camille, at=AT)
    second = freeze(world.plan, erratum_of(first), by=world.camille, at=AT)
    third = freeze(world.plan, erratum_of(first), by=world.camille, at=AT)
    elsewhere = freeze(world.foreign_plan, draft_of(), by=world.nadia, at=AT)
    assert [one.number for one in (first, second, third, elsewhere)] == [1, 2, 3, 1]
    assert list(first.followers.order_by("number")) == [second, third]


def test_the_history_of_the_plan_tells_it(world, client_of):
    document = freeze(world.plan, draft_of(), by=world.camille, at=AT)
    line = Change.objects.get(kind="frozendocument")
    assert (line.plan_id, line.object_id, line.author) == (world.plan.pk, document.pk, world.camille)
    page = client_of(world.elise).get(f"/plans/{world.plan.pk}/historique/").text
    assert "Document figé\u00a0: Plan signé" in page and "Figé sous le n°\u00a01" in page


def test_asked_again_what_is_frozen_is_answered_as_it_is(world):
    review, evaluation = f.ReviewFactory(plan=world.plan), f.EvaluationFactory(plan=world.plan)
    signed = freeze(world.plan, draft_of(), by=world.camille, at=AT)
    erratum = erratum_of(signed)
    drafts = (
        draft_of(kind=FrozenKind.REVIEW, review=review),
        draft_of(kind=FrozenKind.EVALUATION, evaluation=evaluation),
        erratum,
        draft_of(title="Plan signé autrement"),
    )
    made = [freeze(world.plan, draft, by=world.camille, at=AT) for draft in drafts]
    kept = stored()
    again = [freeze(world.plan, draft, by=world.camille, at=timezone.now()) for draft in drafts]
    assert again == made and made[3] == signed and stored() == kept
    assert FrozenDocument.objects.count() == 4


def test_the_token_of_another_person_freezes_nothing(world):
    signed = freeze(world.plan, draft_of(), by=world.camille, at=AT)
    erratum = erratum_of(signed)
    freeze(world.plan, erratum, by=world.camille, at=AT)
    with pytest.raises(ForeignToken):
        freeze(world.plan, erratum, by=world.karim, at=AT)
    assert FrozenDocument.objects.count() == 2


def test_a_number_taken_meanwhile_is_left_to_whoever_took_it(world):
    signed = freeze(world.plan, draft_of(), by=world.camille, at=AT)
    taken = []

    def slow(seal):
        if not taken:  # Somebody else is faster.
            taken.append(freeze(world.plan, erratum_of(signed), by=world.camille, at=AT))
        return said(seal)

    draft = erratum_of(signed, files={"plan.pdf": slow})
    document = freeze(world.plan, draft, by=world.camille, at=AT)
    assert (taken[0].number, document.number) == (2, 3)
    assert f'"number":{document.number},' in document.facts
    assert content_of(document.files.get()).startswith(b"%PDF 3 ")
    assert stored() == set(FrozenFile.objects.values_list("stored_as", flat=True))


def test_what_the_database_refuses_for_good_is_said_and_leaves_no_file(world):
    tries = []

    def counted(seal):
        tries.append(seal.number)
        return said(seal)

    wrong = draft_of(kind=FrozenKind.AMENDMENT, files={"plan.pdf": counted})  # It amends nothing.
    with pytest.raises(IntegrityError):
        freeze(world.plan, wrong, by=world.camille, at=AT)
    assert len(tries) == TRIES and not stored()


def test_a_file_that_cannot_be_written_leaves_nothing(world):
    def broken(seal):
        raise MemoryError

    draft = draft_of(files={"plan.pdf": said, "plan.docx": broken})
    with pytest.raises(MemoryError):
        freeze(world.plan, draft, by=world.camille, at=AT)
    assert not stored() and not FrozenDocument.objects.exists() and not Change.objects.exists()


def test_the_progress_tells_each_file(world):
    heard = []
    freeze(world.plan, draft_of(), by=world.camille, at=AT, progress=lambda *said: heard.append(said))
    assert heard == [(0, 2, "Écriture de plan.pdf."), (1, 2, "Écriture de plan.docx.")]


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_get_two_numbers(world):
    signed = freeze(world.plan, draft_of(), by=world.camille, at=AT)
    people = (world.camille, world.karim, world.elise)
    drafts = [erratum_of(signed, content={"who": str(who)}) for who in people]
    made = at_once(
        [
            lambda draft=draft, who=who: freeze(world.plan, draft, by=who, at=AT)
            for draft, who in zip(drafts, people, strict=True)
        ]
    )
    assert sorted(one.number for one in made) == [2, 3, 4]
    for one in FrozenDocument.objects.exclude(pk=signed.pk):
        facts = json.loads(one.facts)
        assert facts["document"]["number"] == one.number
        assert facts["who"] == str(one.frozen_by)
        assert content_of(one.files.first()).startswith(f"%PDF {one.number} {one.sha256}".encode())
    assert stored() == set(FrozenFile.objects.values_list("stored_as", flat=True))


@pytest.mark.django_db(transaction=True)
def test_the_same_at_once_is_one_document(world):
    review = f.ReviewFactory(plan=world.plan)

    def frozen_by(who):
        return freeze(world.plan, draft_of(kind=FrozenKind.REVIEW, review=review), by=who, at=AT)

    made = at_once([lambda who=who: frozen_by(who) for who in (world.camille, world.karim)])
    assert made[0] == made[1] == FrozenDocument.objects.get()
    assert len(stored()) == 2


def test_no_code_changes_or_deletes_what_is_frozen():
    """Rows are created in `freezing` alone, and no row is written after that."""
    names = ("FrozenDocument", "FrozenFile", "frozen", "followers")
    writers = {"create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "update"}
    writers |= {"delete", "save", "_raw_delete"}
    found = set()
    for app in ("ctg", "partners", "actions", "indicators"):
        for path in (Path(project.BASE_DIR) / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                    continue
                owner = ast.unparse(node.func.value)
                if any(name in owner for name in names) and node.func.attr in writers:
                    found.add((str(path.relative_to(project.BASE_DIR)), f"{owner}.{node.func.attr}"))
    assert found == {
        ("ctg/reviews/keeping/freezing.py", "FrozenDocument.objects.create"),
        ("ctg/reviews/keeping/freezing.py", "FrozenFile.objects.bulk_create"),
    }


def test_the_administration_of_the_framework_is_not_there():
    from django.apps import apps

    assert not apps.is_installed("django.contrib.admin")
