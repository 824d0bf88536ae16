"""What is long in the life of a convention: the next plan when it is large, the closing package."""

import datetime as dt
from typing import Any

from django.urls import reverse

from actions.models import Plan
from actions.reading import STRATEGIC
from ctg.cycle.closing.package import write_package
from ctg.cycle.models import Renewal
from ctg.cycle.renewing.creating import Undecided, create_next_plan
from ctg.cycle.renewing.reading import count_choices, read_choices
from ctg.cycle.renewing.record import tell_record
from ctg.web.templatetags.ui import plural
from ctg.web.uploads import ZIP
from partners import jobs
from partners.jobs import Progress, Refused, Result
from partners.models import Job, User
from partners.shell import Link
from partners.signing import author_of

#: Up to so many actions, the next plan is written in about a second (2 cores, 2026-11).
AT_ONCE = 40


def prepare_package(plan: Plan, user: User, *, at: dt.datetime) -> Job:
    """Have the package of a plan written; the same one that waits already is answered again."""
    title = f"Paquet de la convention – {plan.title}"[:300]
    return jobs.start(user, "package", {"plan": plan.pk}, title=title, territory=plan.territory, at=at)


@jobs.register("package")
def write(params: dict[str, Any], user: User, progress: Progress) -> Result:
    plan = Plan.objects.editable_by(user).select_related("territory").get(pk=params["plan"])
    package = write_package(plan, at=progress.at, tell=progress)
    return Result(package.name, package.file, ZIP)


def takes_long(renewal: Renewal) -> bool:
    """Whether all is said and much is to be written: what cannot be created yet is told at once."""
    counts = count_choices(read_choices(renewal, STRATEGIC))
    return not renewal.is_done and not counts.undecided and counts.taken > AT_ONCE


def prepare_next_plan(renewal: Renewal, user: User, *, at: dt.datetime) -> Job:
    """Have the next plan created; asked for twice at once, it is the same job."""
    title = f"Création du plan «\u00a0{renewal}\u00a0»"[:300]
    asked = {"renewal": renewal.pk}
    return jobs.start(user, "next_plan", asked, title=title, territory=renewal.plan.territory, at=at)


def next_plan_of(params: dict[str, Any]) -> Link:
    renewal = Renewal.objects.filter(pk=params["renewal"]).select_related("created").first()
    if renewal and renewal.created and renewal.is_done:
        address = reverse("dashboards:todo", args=[renewal.created.pk])
        return Link(f"Ouvrir le plan «\u00a0{renewal.created}\u00a0»", address)
    return Link("Revenir aux avis", reverse("cycle:renewal_detail", args=[params["renewal"]]))


@jobs.register("next_plan", place=next_plan_of)
def create(params: dict[str, Any], user: User, progress: Progress) -> Result:
    """Its file is what became of each action; its page leads to the plan."""
    editable = Renewal.objects.editable_by(user).select_related("plan__territory", "created")
    renewal = editable.get(pk=params["renewal"])
    count = renewal.choices.current().count()
    progress(0, 2, f"Reprise de {count} action{plural(count)}.")
    try:
        by = author_of(user, renewal.plan.territory_id)
        renewal.created = create_next_plan(renewal, by=by, at=progress.at)
    except Undecided as error:
        raise Refused("Des actions attendent encore un avis.") from error
    progress(2, 2, "Enregistrement du compte rendu.")
    text = tell_record(renewal)
    return Result("ce-qu-est-devenu-le-plan.txt", text.encode(), "text/plain; charset=utf-8")
