"""The signed plan and its amendments as they are about to be frozen."""

import datetime as dt
import uuid
from functools import partial
from typing import Any

from actions.models import Plan
from ctg.documents.exports import PAPER_FORMATS, Format, where
from ctg.documents.order import Layout, Order
from ctg.documents.plan_reading import PlanReading
from ctg.reviews.facts.changes import read_changes_since_version
from ctg.reviews.keeping.adoption import signature_asked
from ctg.reviews.keeping.sealing import Draft, Writer
from ctg.reviews.models import FrozenDocument, FrozenKind
from ctg.reviews.signature.annex import write_changes
from ctg.reviews.signature.papers import write_signed
from ctg.reviews.signature.reading import tell_plan
from ctg.reviews.signature.shapes import AmendedPlan, SignedPlan
from partners.models import User

FORMATS = (Format.PDF, Format.DOCX, Format.XLSX)


def draft_plan(plan: Plan, params: dict[str, Any], user: User, today: dt.date) -> Draft:
    reading = PlanReading(plan)
    signed = _told(reading, params, "Plan signé")
    return Draft(
        kind=FrozenKind.SIGNED_PLAN,
        title=f"Plan signé\u00a0: {plan.full_title}"[:300],
        content=signed,
        files=_files(reading, signed, f"plan-signe-ctg-{where(plan)}", today),
        adoption=signature_asked(params),
    )


def draft_amendment(plan: Plan, params: dict[str, Any], user: User, today: dt.date) -> Draft:
    """What an amendment makes of the plan, and what it changes of the version that was signed before it."""
    before = last_version(plan)
    if before is None:
        raise FrozenDocument.DoesNotExist
    reading = PlanReading(plan)
    signed = _told(reading, params, params["title"])
    changes = read_changes_since_version(before, today=today)
    name = f"avenant-ctg-{where(plan)}"
    annex: dict[str, Writer] = {
        f"{name}-modifications.{ending}": partial(
            write_changes, plan.full_title, plan.territory, changes, ending
        )
        for ending in PAPER_FORMATS
    }
    return Draft(
        kind=FrozenKind.AMENDMENT,
        title=params["title"],
        content=AmendedPlan(signed, changes),
        files=_files(reading, signed, name, today) | annex,
        about=before,
        adoption=signature_asked(params),
        about_words=f"Modifie le document n°\u00a0{before.number}\u00a0: {before.title}",
        token=uuid.UUID(params["token"]),
    )


def last_version(plan: Plan) -> FrozenDocument | None:
    """The signed plan, or its last amendment."""
    versions = FrozenDocument.objects.of_plan(plan).defer("facts").select_related("plan__territory")
    return versions.filter(kind__in=(FrozenKind.SIGNED_PLAN, FrozenKind.AMENDMENT)).first()


def layouts_of(reading: PlanReading) -> list[Layout]:
    """The source documents that the plan fills; a plan that has neither heading is told by ambition."""
    has_themes = any(group.heading for group in reading.themes)
    has_ambitions = any(group.ambition for group in reading.ambitions)
    return [
        *([Layout.STRATEGIC] if has_ambitions or not has_themes else []),
        *([Layout.THEMATIC] if has_themes else []),
    ]


def _told(reading: PlanReading, params: dict[str, Any], version: str) -> SignedPlan:
    signed_on = dt.date.fromisoformat(params["signed_on"])
    return tell_plan(reading, version=version, signed_on=signed_on, signatories=params["signatories"])


def _files(reading: PlanReading, signed: SignedPlan, name: str, today: dt.date) -> dict[str, Writer]:
    """Every layout in every format, all from the one reading that the facts were told from."""
    orders = [Order(reading.plan, layout, today, read=reading) for layout in layouts_of(reading)]
    return {
        f"{name}-{order.layout}.{ending}": partial(write_signed, order, signed, ending)
        for order in orders
        for ending in FORMATS
    }
