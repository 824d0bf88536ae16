"""Loading a package: what it would become, then all of it in one transaction, or nothing."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import DataError, IntegrityError, transaction

from actions.models import Plan
from ctg.intake.tables import Refusal
from ctg.web import uploads
from indicators.models import Stage
from partners.models import Territory
from partners.tracking import Author

from .content import content_of
from .kept_files import drop_unused, dropped_unless_written, keep_files
from .known import Known
from .loaded import plan_loaded_from, tell_loaded
from .opening import Opened
from .parts import STORED
from .restoring import Restoring
from .rows import WRONG, Read, files_of, read_parts

Rows = dict[str, list[Read]]


@dataclass(frozen=True)
class Forecast:
    """What loading a package would do: how many rows of each part, and which organisations are known here.

    `running` are the campaigns that go on, of which reminders would leave from here too.
    """

    counts: dict[str, int]
    found: list[str]
    created: list[str]
    running: list[str]


def forecast(opened: Opened, territory: Territory | str, *, at: dt.datetime) -> Forecast:
    """Check all that can be without writing; a name stands for a territory that would be created."""
    rows = _rows_of(opened)
    if isinstance(territory, Territory):
        _refuse_twice(opened, rows, territory)
        known = Known(territory)
    else:
        _refuse_name(territory)
        known = Known(None)
    found: list[str] = []
    created: list[str] = []
    for read in rows["organisations"]:
        (found if known.find(read, None, []) else created).append(read.thing.name)
    campaigns = [read.thing for read in rows["campaigns"] if read.thing.trashed_at is None]
    running = [str(one) for one in campaigns if one.stage(at) in (Stage.OPEN, Stage.SCHEDULED)]
    return Forecast({name: len(reads) for name, reads in rows.items()}, found, created, running)


def load(opened: Opened, territory: Territory | str, *, by: Author, at: dt.datetime) -> Plan:
    """Make the plan of a package, in a territory or in a new one of that name; refused, nothing is made."""
    rows = _rows_of(opened)
    kept = keep_files(opened, rows)
    try:
        with transaction.atomic(), dropped_unless_written(kept):
            plan = _write(opened, rows, _held(territory), by, at)
    except (IntegrityError, DataError, OverflowError, TypeError, ValueError, LookupError) as fault:
        raise Refusal(f"{WRONG}.") from fault
    drop_unused(kept)
    return plan


def _rows_of(opened: Opened) -> Rows:
    rows = read_parts(opened.parts)
    if len(rows["plans"]) != 1 or any(_has_wrong_file(opened, rows)):
        raise Refusal(f"{WRONG}.")
    return rows


def _held(territory: Territory | str) -> Territory:
    """The territory, held until the end of the transaction: the same package may be coming in twice."""
    if isinstance(territory, Territory):
        return Territory.objects.select_for_update().get(pk=territory.pk)
    _refuse_name(territory)
    return Territory.objects.create(name=territory)


def _refuse_name(name: str) -> None:
    if Territory.objects.filter(name=name).exists():
        raise Refusal(f"Un territoire s’appelle déjà «\u00a0{name}\u00a0».")


def _write(opened: Opened, rows: Rows, territory: Territory, by: Author, at: dt.datetime) -> Plan:
    _refuse_twice(opened, rows, territory)
    restoring = Restoring(rows, territory)
    plan = restoring.restore()
    if not restoring.has_found and content_of(plan).sha256 != opened.label.sha256:
        raise Refusal("Ce paquet ne se recharge pas à l’identique\u00a0: rien n’a été gardé.")
    tell_loaded(plan, opened.label.sha256, by=by, at=at)
    return plan


def _refuse_twice(opened: Opened, rows: Rows, territory: Territory) -> None:
    """The same package, or the very plan of which it was made."""
    title = rows["plans"][0].thing.title
    same = plan_loaded_from(territory, opened.label.sha256) or next(
        (
            plan
            for plan in Plan.objects.current().filter(territory=territory, title=title)
            if content_of(plan).sha256 == opened.label.sha256
        ),
        None,
    )
    if same:
        raise Refusal(
            f"Ce plan est déjà là\u00a0: «\u00a0{same}\u00a0», de {territory}. Rien n’est chargé deux fois."
        )


def _has_wrong_file(opened: Opened, rows: Rows) -> Iterator[bool]:
    """For each file, whether it is another than the label says, or named twice, or of a type never taken."""
    expected = {entry.path: entry.sha256 for entry in opened.label.entries}
    seen = set()
    for read, name, file in files_of(rows):
        held = getattr(read.thing, name) if name != STORED else {"media_type": read.thing.media_type}
        yield file["path"] in seen
        yield held["media_type"] not in uploads.EXTENSIONS
        yield bool(file["sha256"]) and expected.get(file["path"]) != file["sha256"]
        seen.add(file["path"])
