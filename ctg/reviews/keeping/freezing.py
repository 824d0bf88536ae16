"""Freezing a document: its facts first, its files from them, then all of it kept at once and for ever.

A `Draft` is what is about to be frozen; `freeze` gives it the next number of its plan. Whatever stops it
before its end leaves nothing in the register, and asked again for what is frozen already it answers that.
"""

import datetime as dt
from typing import Any

from django.db import IntegrityError

from actions.models import Plan
from ctg.reviews.facts.canonical import digest_of
from ctg.reviews.keeping.sealing import Draft, Sealed, seal
from ctg.reviews.models import FrozenDocument, FrozenFile, FrozenKind
from partners.jobs import Progress
from partners.models import Change, User
from partners.models.change import Event
from partners.receipts import made_with, once
from partners.signing import author_of

#: Two jobs run at once, no more: whoever loses a number so often has another trouble.
TRIES = 5


class Outdated(Exception):
    """Nothing was frozen: somebody wrote in the document while its files were being made."""


def freeze(
    plan: Plan, draft: Draft, *, by: User, at: dt.datetime, progress: Progress | None = None
) -> FrozenDocument:
    """Freeze a draft under the next number of its plan; what is frozen already is answered as it is."""
    for attempt in range(1, TRIES + 1):
        if document := _frozen_already(plan, draft, by):
            return document
        sealed = seal(plan, draft, at=at, progress=progress)
        try:
            return _keep(plan, draft, sealed, by, at)
        except Outdated:
            sealed.drop()
            raise
        except IntegrityError:  # Somebody took the number, or froze the same, while the files were written.
            sealed.drop()
            if attempt == TRIES:
                raise
        # After any other failure nobody knows whether the row was committed: its files stay.
    raise AssertionError


def _frozen_already(plan: Plan, draft: Draft, by: User) -> FrozenDocument | None:
    documents = FrozenDocument.objects.of_plan(plan)
    if draft.review:
        return documents.filter(review=draft.review).first()
    if draft.evaluation:
        return documents.filter(evaluation=draft.evaluation).first()
    if draft.kind == FrozenKind.SIGNED_PLAN:
        return documents.filter(kind=FrozenKind.SIGNED_PLAN).first()
    made = made_with(str(draft.token), by)
    return documents.filter(pk=made).first() if made else None


def _keep(plan: Plan, draft: Draft, sealed: Sealed, by: User, at: dt.datetime) -> FrozenDocument:
    """Write the document, its files and the line of the history, all or none."""

    def make() -> FrozenDocument:
        if not draft.is_current():
            raise Outdated
        document = FrozenDocument.objects.create(**_row(plan, draft, sealed, by, at))
        for file in sealed.files:
            file.document = document
        FrozenFile.objects.bulk_create(sealed.files)
        _tell(document, by, at)
        return document

    document, is_new = once(
        draft.token, by, make=make, found=lambda pk: FrozenDocument.objects.of_plan(plan).get(pk=pk)
    )
    if not is_new:
        sealed.drop()
    return document


def _row(plan: Plan, draft: Draft, sealed: Sealed, by: User, at: dt.datetime) -> dict[str, Any]:
    return {
        "plan": plan,
        "kind": draft.kind,
        "number": sealed.number,
        "title": draft.title,
        "review": draft.review,
        "evaluation": draft.evaluation,
        "about": draft.about,
        "meeting": draft.adoption.meeting,
        "adopted_on": draft.adoption.on,
        "facts": sealed.facts,
        "sha256": digest_of(sealed.facts),
        "frozen_at": at,
        "frozen_by": by,
        "frozen_label": author_of(by, plan.territory_id).label,
    }


def _tell(document: FrozenDocument, by: User, at: dt.datetime) -> None:
    """A line of the history of the plan: « Document figé : Bilan 2026 », « Figé sous le n° 3 »."""
    Change.objects.create(
        territory_id=document.plan.territory_id,
        plan_id=document.plan_id,
        kind="frozendocument",
        object_id=document.pk,
        name=document.title,
        event=Event.CREATED,
        label=f"figé sous le n°\u00a0{document.number}",
        version=1,
        author=by,
        author_label=document.frozen_label,
        at=at,
    )
