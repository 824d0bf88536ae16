"""Freezing as a job: what is asked is kept as keys and words, and becomes a draft when the job runs."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from actions.models import Plan
from ctg.reviews.keeping.freezing import TRIES, Outdated, freeze
from ctg.reviews.keeping.sealing import Draft
from ctg.reviews.models import FrozenFile
from ctg.web import uploads
from partners import jobs
from partners.jobs import Progress, Result
from partners.models import Job, User
from partners.shell import Link

#: Makes a draft of what was asked, through the doors of whoever asked for it, on the day of the job.
Drafting = Callable[[Plan, dict[str, Any], User, dt.date], Draft]

#: Named by where they are: they bring in what writes slides, which the pages need not load.
DRAFTINGS = {
    "review": "ctg.reviews.keeping.review_draft.draft_review",
    "evaluation": "ctg.reviews.evaluation.drafts.draft_evaluation",
    "plan": "ctg.reviews.signature.drafts.draft_plan",
    "amendment": "ctg.reviews.signature.drafts.draft_amendment",
}


def ask(plan: Plan, what: str, params: dict[str, Any], *, title: str, by: User, at: dt.datetime) -> Job:
    """Have something of a plan frozen; asked for twice at once, it is the same job."""
    asked = {"plan": plan.pk, "what": what} | params
    return jobs.start(by, "freeze", asked, title=title, territory=plan.territory, at=at)


def place_of(params: dict[str, Any]) -> Link:
    return Link("Voir les documents figés du plan", reverse("reviews:register", args=[params["plan"]]))


@jobs.register("freeze", place=place_of)
def freeze_asked(params: dict[str, Any], user: User, progress: Progress) -> Result:
    plan = Plan.objects.editable_by(user).select_related("territory").get(pk=params["plan"])
    progress(0, 1, "Lecture du plan.")
    drafting: Drafting = import_string(DRAFTINGS[params["what"]])
    for attempt in range(1, TRIES + 1):
        draft = drafting(plan, params, user, timezone.localdate(progress.at))
        try:
            document = freeze(plan, draft, by=user, at=progress.at, progress=progress)
        except Outdated:
            if attempt == TRIES:
                raise
        else:
            return _as_result(document.files.all()[0])
    raise AssertionError


def _as_result(file: FrozenFile) -> Result:
    with uploads.open_stored(file.stored_as) as stored:
        return Result(file.name, stored.read(), file.media_type)
