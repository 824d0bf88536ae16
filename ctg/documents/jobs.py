"""The documents that take more than a second, prepared outside the request."""

import datetime as dt
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone

from actions.models import Action, Plan
from ctg.documents.exports import Export, Format, export_plan
from ctg.documents.order import Layout
from ctg.documents.pdf.progress import tell_pages
from ctg.documents.selection import Selection, select
from partners import jobs
from partners.jobs import Progress, Result
from partners.models import Job, User

#: Up to so many actions, the slowest layout with follow-up takes less than a second (2 cores, 2026-11).
AT_ONCE = {Format.PDF: 40, Format.DOCX: 120, Format.XLSX: 1_000}

#: A line of the short list costs a third of an action in full.
LINES_AT_ONCE = 3

#: For the bar only: how many pages an action makes, less than one in each layout.
PAGES_PER_ACTION = 0.5

NAMES = {Format.PDF: "PDF", Format.DOCX: "Word", Format.XLSX: "Excel"}


@dataclass(frozen=True)
class AskedFile:
    """What is asked of a plan, as a job keeps it: the filters are words of an address, read anew then."""

    plan: int
    layout: Layout
    file_format: Format
    with_follow_up: bool
    as_list: bool
    filters: dict[str, str]

    @classmethod
    def of(cls, params: dict[str, Any]) -> "AskedFile":
        words = {"layout": Layout(params["layout"]), "file_format": Format(params["file_format"])}
        return cls(**params | words)

    def title(self, plan: Plan, selection: Selection | None) -> str:
        """« Plan par thématique avec le suivi, PDF – CTG 2025-2029 »"""
        heading = plan.theme_label if self.layout is Layout.THEMATIC else plan.ambition_label
        words = ["Liste courte" if self.as_list else "Plan", f"par {heading.lower()}"]
        words += ["avec le suivi"] if self.with_follow_up else []
        words += [f"({len(selection.kept)} actions)"] if selection else []
        return f"{' '.join(words)}, {NAMES[self.file_format]} – {plan.title}"[:300]

    def takes_long(self, plan: Plan, selection: Selection | None) -> bool:
        count = len(selection.kept) if selection else Action.objects.of_plan(plan).count()
        return count > AT_ONCE[self.file_format] * (LINES_AT_ONCE if self.as_list else 1)

    def write(self, plan: Plan, selection: Selection | None, *, today: dt.date) -> Export:
        return export_plan(
            plan,
            self.layout,
            with_follow_up=self.with_follow_up,
            today=today,
            file_format=self.file_format,
            selection=selection,
            as_list=self.as_list,
        )


def prepare(asked: AskedFile, plan: Plan, selection: Selection | None, user: User, *, at: dt.datetime) -> Job:
    """Have a file written outside the request; the same one that waits already is answered again."""
    title = asked.title(plan, selection)
    return jobs.start(user, "plan_file", asdict(asked), title=title, territory=plan.territory, at=at)


@jobs.register("plan_file")
def plan_file(params: dict[str, Any], user: User, progress: Progress) -> Result:
    asked = AskedFile.of(params)
    plan = Plan.objects.visible_to(user).select_related("territory").get(pk=asked.plan)
    today = timezone.localdate(progress.at)
    selection = select(plan, user, params=asked.filters, today=today)
    count = len(selection.kept) if selection else Action.objects.of_plan(plan).count()
    is_pdf = asked.file_format is Format.PDF
    pages = max(1, round(count * PAGES_PER_ACTION)) if is_pdf else 0
    progress(0, pages + 2, f"Lecture de {count} actions.")
    with tell_pages(progress, pages) if is_pdf else nullcontext():
        export = asked.write(plan, selection, today=today)
    if not is_pdf:
        progress(2, 2, "Enregistrement du fichier.")
    return Result(export.name, export.content, export.content_type)
