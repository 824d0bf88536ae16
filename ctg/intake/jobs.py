"""Files that take more than a second to write, taken in outside the request."""

import datetime as dt
from typing import Any

from django.urls import reverse

from ctg.documents.plan_files import PlanFileError
from ctg.intake.previewing.outcome import Choices
from ctg.intake.previewing.preview import preview_of
from ctg.intake.previewing.report import report_of, write_report
from ctg.intake.writing.importing import NothingToCreate, import_plan
from ctg.web.templatetags.ui import plural
from partners import jobs
from partners.jobs import Progress, Refused, Result
from partners.models import Job, User
from partners.shell import Link
from partners.signing import author_of
from partners.tracking import Author

from .models import DroppedFile
from .tables import Refusal

#: Up to so many actions, a plan is written in less than a second (2 cores, 2026-11: 15 ms an action).
AT_ONCE = 40
NOTHING = "Aucune action de ce fichier n’est à créer."


def ask(dropped: DroppedFile, *, title: str, choices: Choices, by: User, at: dt.datetime) -> Job:
    """Have a file taken in; asked for twice at once, it is the same job."""
    params = {"dropped": dropped.pk, "title": title, "choices": choices._asdict()}
    name = f"Reprise de {dropped.name}"[:300]
    return jobs.start(by, "import_plan", params, title=name, territory=dropped.territory, at=at)


def author_for(dropped: DroppedFile, user: User) -> Author:
    """« Claire Morvan, coordination, repris de plan.xlsx »"""
    who = author_of(user, dropped.territory_id)
    return Author(f"{who.label}, repris de {dropped.name}"[:300], user)


def place_of(params: dict[str, Any]) -> Link:
    imported = DroppedFile.objects.filter(pk=params["dropped"], imported_at__isnull=False)
    dropped = imported.select_related("plan", "into").first()
    if dropped and dropped.target:
        return Link(f"Ouvrir le plan «\u00a0{dropped.target}\u00a0»", dropped.target.get_absolute_url())
    return Link("Revenir au fichier", reverse("intake:preview", args=[params["dropped"]]))


@jobs.register("import_plan", place=place_of)
def import_asked(params: dict[str, Any], user: User, progress: Progress) -> Result:
    editable = DroppedFile.objects.editable_by(user).select_related("territory", "plan", "into")
    dropped = editable.get(pk=params["dropped"])
    progress(0, 3, "Lecture du fichier.")
    preview = preview_of(dropped)
    choices = Choices(**params["choices"])
    report = write_report(report_of(preview, choices))
    count = len(preview.outcome(choices).created)
    progress(1, 3, f"Écriture de {count} action{plural(count)}.")
    try:
        import_plan(
            dropped,
            title=params["title"],
            by=author_for(dropped, user),
            at=progress.at,
            choices=choices,
        )
    except (PlanFileError, Refusal) as error:
        raise Refused(str(error)) from error
    except NothingToCreate as error:
        raise Refused(NOTHING) from error
    progress(3, 3, "Enregistrement du compte rendu.")
    return Result("compte-rendu.txt", report.encode(), "text/plain; charset=utf-8")
