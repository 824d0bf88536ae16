"""What the entry grid of a plan holds: who must enter what for a period, and what stands there."""

import copy
import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects
from django.urls import reverse

from actions.models import Plan
from partners.models import Change, Organisation, User
from partners.models.change import Event

from ..figures.series import values_before
from ..models import Channel, Frequency, Gathering, Indicator, Kind, Measurement, Portion, Target
from ..periods import ReportingPeriod, keys_within, period_label, period_of, periods_within, read_period
from ..values.entry import is_settled
from ..values.locking import Locks, read_locks


class Slot(NamedTuple):
    """One value to enter, by its three keys."""

    indicator_id: int
    organisation_id: int
    period: str

    @property
    def key(self) -> str:
        """« 12-5-2026-T1 », as the fields of the form carry it."""
        return f"{self.indicator_id}-{self.organisation_id}-{self.period}"


@dataclass(frozen=True)
class Grid:
    """The values that a person may enter for a period; `mine` are her organisations, None for all of them."""

    plan: Plan
    user: User
    whole: ReportingPeriod
    mine: Collection[int] | None
    slots: Sequence[Slot]
    #: The organisations of the slots, by key, in the order of their names.
    organisations: Mapping[int, str]
    #: How often the indicators of the plan are entered: what periods are worth offering.
    rhythms: Collection[str]

    @property
    def channel(self) -> Channel:
        return Channel.COORDINATION if self.mine is None else Channel.ACCOUNT

    @property
    def of_period(self) -> str:
        """« de 2026 », « du 1er trimestre 2026 », « d’avril 2026 »."""
        label = self.whole.label
        if self.whole.frequency in (Frequency.SEMESTER, Frequency.QUARTER):
            return f"du {label}"
        return f"d’{label}" if label.startswith(("a", "o")) else f"de {label}"

    def values(self) -> QuerySet[Measurement]:
        """What stands in the slots, through the door of whoever enters."""
        door = Measurement.objects
        return door.editable_by(self.user) if self.mine is None else door.answerable_by(self.user)


@dataclass(frozen=True)
class Line:
    """A slot with all that its row shows."""

    slot: Slot
    indicator: Indicator
    organisation: Organisation
    measurement: Measurement | None
    #: The value of the same period a year before, when it was sent.
    before: Measurement | None
    #: The value of the period just before in the same year, below which a running total does not fall.
    previous: Measurement | None
    target: Target | None
    #: Why nothing can be written here; empty when it can.
    closed: str
    #: The page where the value is written instead, if it is elsewhere.
    elsewhere: str

    @property
    def version(self) -> int:
        return self.measurement.version if self.measurement else 0

    @property
    def period(self) -> str:
        return period_label(self.slot.period)

    @property
    def year(self) -> int | None:
        period = read_period(self.slot.period)
        return period.year if period else None

    @property
    def is_number(self) -> bool:
        return self.indicator.kind != Kind.DELIVERABLE

    @property
    def has_base(self) -> bool:
        """Whether it is entered as two numbers."""
        kind, rule = self.indicator.kind, self.indicator.gathering_rule
        return kind in (Kind.SHARE, Kind.SCALE) or (kind == Kind.DURATION and rule == Gathering.WEIGHTED)


def read_grid(plan: Plan, user: User, *, whole: ReportingPeriod, mine: Collection[int] | None) -> Grid:
    asked = {"plan": plan, "contributors__isnull": False, "contributors__trashed_at": None}
    if mine is not None:
        asked["contributors__in"] = mine
    rows = Indicator.objects.visible_to(user).filter(**asked)
    ordered = rows.order_by("position", "pk", "contributors__name", "contributors")
    found = list(ordered.values_list("pk", "frequency", "contributors", "contributors__name"))
    keys = {rhythm: keys_within(Frequency(rhythm or Frequency.YEAR), whole) for _, rhythm, _, _ in found}
    return Grid(
        plan,
        user,
        whole,
        mine,
        slots=[Slot(pk, who, key) for pk, rhythm, who, _ in found for key in keys[rhythm]],
        organisations=dict(sorted(((who, name) for _, _, who, name in found), key=lambda one: one[1])),
        rhythms={rhythm or Frequency.YEAR for rhythm in keys},
    )


def read_lines(grid: Grid, slots: Iterable[Slot], *, at: dt.datetime) -> tuple[list[Line], Locks]:
    """The rows of some slots, in a number of queries that does not grow with them."""
    slots = list(slots)
    wanted = {
        "indicator__in": {slot.indicator_id for slot in slots},
        "organisation__in": {slot.organisation_id for slot in slots},
    }
    seen = Indicator.objects.visible_to(grid.user).filter(pk__in=wanted["indicator__in"])
    indicators = {one.pk: one for one in seen.with_served()}
    prefetch_related_objects(list(indicators.values()), "targets")
    for one in indicators.values():
        one.plan = grid.plan
    organisations = Organisation.objects.visible_to(grid.user).in_bulk(wanted["organisation__in"])
    broken_down = Exists(Portion.objects.filter(measurement=OuterRef("pk")))
    values = grid.values().annotate(is_broken_down=broken_down)
    standing = _by_slot(values.filter(**wanted, period__in={slot.period for slot in slots}))
    earlier = {slot.period: _earlier(slot.period) for slot in slots}
    past = {key for keys in earlier.values() for key in keys}
    before = values_before(grid.plan, indicators.values())
    sent = {Slot(one.pk, value.organisation_id, value.period): value for one, value in before}
    sent |= _by_slot(Measurement.objects.of_plan(grid.plan).filter(**wanted, period__in=past))
    locks = read_locks(grid.plan, at=at)
    lines = []
    for slot in slots:
        indicator, measurement = indicators[slot.indicator_id], standing.get(slot)
        year_before, just_before = (slot._replace(period=key) for key in earlier[slot.period])
        line = Line(
            slot,
            indicator,
            organisations[slot.organisation_id],
            measurement,
            sent.get(year_before),
            sent.get(just_before),
            target_of(indicator, grid.whole.year),
            closed=_closed(slot, measurement, locks, grid.channel),
            elsewhere=_elsewhere(indicator, measurement),
        )
        lines.append(line)
    return lines, locks


def target_of(indicator: Indicator, year: int) -> Target | None:
    """The target of that year, or else that of the whole plan."""
    by_year = {target.year: target for target in indicator.targets.all()}
    return by_year.get(year) or by_year.get(None)


def as_they_were(versions: Mapping[Measurement, int]) -> dict[int, Measurement]:
    """Copies of values as they stood at the version that a person had before her eyes, by key."""
    copies = {value.pk: copy.copy(value) for value in versions}
    seen = {value.pk: version for value, version in versions.items()}
    kind = Measurement._meta.model_name
    later = Change.objects.filter(kind=kind, object_id__in=list(copies), event=Event.CHANGED)
    for change in later.filter(field__in=SHOWN_FIELDS).order_by("-version", "-pk"):
        if change.version > seen[change.object_id]:
            copies[change.object_id].write_tracked(change.field, change.before)
    return copies


#: The fields of a value that a row of the grid shows.
SHOWN_FIELDS = ("amount", "base", "done_on", "absence", "comment")


def _by_slot(values: Iterable[Measurement]) -> dict[Slot, Measurement]:
    return {Slot(one.indicator_id, one.organisation_id, one.period): one for one in values}


def _earlier(key: str) -> tuple[str, str]:
    """The keys of the same period a year before, and of the one just before in the same year."""
    period = read_period(key)
    if period is None:
        return "", ""
    of_year = periods_within(period.frequency, period_of(Frequency.YEAR, period.year))
    rank = of_year.index(period)
    return period.a_year_before.key, of_year[rank - 1].key if rank else ""


def _closed(slot: Slot, measurement: Measurement | None, locks: Locks, channel: Channel) -> str:
    if locks.is_locked(slot.period, slot.organisation_id):
        return "période close"
    return "validée par la coordination" if is_settled(measurement, channel) else ""


def _elsewhere(indicator: Indicator, measurement: Measurement | None) -> str:
    """The page of what one cell cannot hold: a sentence, or a value broken down."""
    if indicator.kind != Kind.FINDING and not getattr(measurement, "is_broken_down", False):
        return ""
    if measurement:
        return measurement.get_absolute_url()
    return reverse("indicators:indicator_detail", args=[indicator.pk])
