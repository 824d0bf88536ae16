"""A file on its way to a plan: kept, then written once, as a plan of its own or into one that exists."""

import datetime as dt
import uuid

from django.db import transaction

from actions.models import Plan
from ctg.documents.plan_files import load_plan
from ctg.documents.plan_shapes import PlanFile
from ctg.intake.layout import recognise, shape_key
from ctg.intake.models import DroppedFile
from ctg.intake.previewing.outcome import AS_IT_IS, Choices, Fate, Outcome
from ctg.intake.previewing.preview import Preview, preview_of
from ctg.intake.reading.wire import write_answer
from ctg.intake.tables import SourceFile
from ctg.intake.writing.adding import Adding
from ctg.web import uploads
from ctg.web.text import fold
from partners import tracking
from partners.models import Organisation, Territory, User
from partners.tracking import Author


class NothingToCreate(Exception):
    """Every action of the file is there already, or set aside."""


def keep(
    territory: Territory,
    source: SourceFile,
    content: bytes,
    *,
    user: User,
    at: dt.datetime,
    into: Plan | None = None,
) -> DroppedFile:
    """Keep a file that was read, with the choices made for the last one of the same shape.

    Those made of its packed cells come along when it is the corrected copy of a file that is in this plan.
    """
    shape = shape_key(recognise(source))
    alike = DroppedFile.objects.filter(territory=territory, shape=shape, imported_at__isnull=False)
    before = alike.first()
    earlier = into and (alike.filter(plan=into) | alike.filter(into=into)).first()
    return DroppedFile.objects.create(
        territory=territory,
        into=into,
        name=source.name[:200] or "Tableau collé",
        stored_as=uploads.keep_content([content]),
        tables="\n".join(write_answer(source)),
        shape=shape,
        choices=before.choices if before else {},
        corrections=earlier.corrections if earlier else {},
        dropped_by=user,
        dropped_at=at,
    )


def import_plan(
    dropped: DroppedFile,
    *,
    title: str = "",
    by: Author,
    at: dt.datetime,
    choices: Choices = AS_IT_IS,
) -> Plan:
    """Write the actions that may be, all or nothing; asked again, answer the plan that holds them.

    Raise `PlanFileError` when the territory has a plan of this title already, `NothingToCreate` when no
    action may be created.
    """
    with transaction.atomic():
        now = DroppedFile.objects.select_for_update(of=("self",)).get(pk=dropped.pk)
        if now.is_imported and now.target:
            return now.target
        preview = preview_of(now)
        outcome = preview.outcome(choices)
        now.batch = uuid.uuid4()
        plan = write(preview, outcome, title=title, by=by, at=at, batch=now.batch)
        now.plan = None if now.into else plan
        now.imported_at, now.undone_at, now.outcome = at, None, summary(preview, outcome)
        now.save(update_fields=["plan", "imported_at", "undone_at", "batch", "outcome"])
    return plan


def write(
    preview: Preview, outcome: Outcome, *, title: str, by: Author, at: dt.datetime, batch: uuid.UUID
) -> Plan:
    """Write what a preview shows, in one transaction."""
    if not outcome.created:
        raise NothingToCreate
    plan_file = preview.plan_file(title, outcome.created)
    with transaction.atomic():
        _learn(plan_file, preview.territory, by=by, at=at, batch=batch)
        if preview.into is None:
            return load_plan(plan_file, by=by, at=at, batch=batch)
        adding = Adding(plan_file, by, at, batch)
        adding.into = preview.into
        return adding.run()


def summary(preview: Preview, outcome: Outcome) -> dict[str, object]:
    """What a file became, for the page that tells it afterwards."""
    titles = [action.title for action in preview.read.actions]
    aside = [title for title, fate in zip(titles, outcome.fates, strict=True) if fate is Fate.ASIDE]
    counts = {"created": len(outcome.created), "there": outcome.there, "aside": outcome.aside}
    return counts | {"titles": aside, "untitled": outcome.untitled}


def _learn(
    plan_file: PlanFile, territory: Territory, *, by: Author, at: dt.datetime, batch: uuid.UUID
) -> None:
    """Give organisations that are known the other names under which the file has them."""
    learnt = {fold(entry.name): entry.aliases for entry in plan_file.organisations if entry.aliases}
    for one in Organisation.objects.current().filter(territory=territory.pk) if learnt else ():
        held = one.other_names
        new = [name for name in learnt.get(fold(one.name), ()) if fold(name) not in set(map(fold, held))]
        if new:
            tracking.change(one, {"aliases": [*held, *new]}, by=by, at=at, batch=batch)
