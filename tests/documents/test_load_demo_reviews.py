"""The reviews of the demonstration: the plan as it was signed, and this year’s review being written."""

import json

import pytest

from actions.models import Plan
from ctg.reviews.facts.gathering import gather
from ctg.reviews.models import FrozenDocument, FrozenKind, Review


@pytest.fixture(scope="module")
def today(demo_day):
    return demo_day


@pytest.fixture(params=["Plan d’actions CTG", "Plan d’actions CTG 2025-2028"])
def plan(request, today, db):
    return Plan.objects.get(title=request.param)


def test_the_plan_was_signed_before_anything_happened_to_it(plan, today):
    [document] = FrozenDocument.objects.of_plan(plan)
    assert (document.kind, document.number) == (FrozenKind.SIGNED_PLAN, 1)
    assert document.frozen_at.date() < today
    facts = json.loads(document.facts)
    assert len(facts["actions"]) == plan.actions.count()
    assert facts["signatories"]
    assert {file.name.rpartition(".")[2] for file in document.files.all()} >= {"pdf", "docx", "xlsx"}


def test_this_year_is_being_reviewed_and_much_is_left_to_write(plan, today):
    review = Review.objects.of_plan(plan).get()
    facts = gather(review, today=today)
    assert review.year == today.year
    assert review.opening and not review.governance
    assert facts.highlights
    assert facts.since_signature.changes
