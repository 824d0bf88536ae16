"""Who may add what proves a value, or take it away: whoever may write the value itself."""

import datetime as dt
from dataclasses import dataclass

from ctg.web.http import Visit
from partners.models import User
from partners.signing import author_of
from partners.tracking import Author

from ..campaigns.links import sign_link
from ..models import Channel, Evidence, Measurement, Solicitation
from ..values.entry import is_settled
from ..values.locking import read_locks
from .answering import links_of


@dataclass(frozen=True)
class Keeper:
    """Somebody who stands behind a value, now; `solicitation` is what her link opens, if she came by one."""

    value: Measurement
    by: Author
    channel: Channel
    at: dt.datetime
    solicitation: Solicitation | None = None

    @property
    def may_write(self) -> bool:
        """Whether the value is neither closed nor settled."""
        locks = read_locks(self.value.indicator.plan, at=self.at)
        is_locked = locks.is_locked(self.value.period, self.value.organisation_id)
        return not is_locked and not is_settled(self.value, self.channel)


def keeper_of_value(visit: Visit, pk: int, *, at: dt.datetime) -> Keeper | None:
    """Whoever keeps value `pk`: by the link that asks for it, by her organisation, or for everybody."""
    values = Measurement.objects.current().filter(
        pk=pk, indicator__trashed_at=None, indicator__plan__trashed_at=None
    )
    value = values.select_related("indicator__plan__territory", "organisation").first()
    if value is None:
        return None
    return _by_link(visit, value, at) or _by_account(visit, value, at)


def keeper_of_evidence(visit: Visit, pk: int, *, at: dt.datetime) -> tuple[Evidence, Keeper] | None:
    evidence = Evidence.objects.filter(pk=pk, removed_at=None).first()
    keeper = keeper_of_value(visit, evidence.measurement_id, at=at) if evidence else None
    return (evidence, keeper) if evidence and keeper else None


def _by_link(visit: Visit, value: Measurement, at: dt.datetime) -> Keeper | None:
    for link in links_of(visit):
        asking = link.solicitation
        asked = asking.questions.current().filter(indicator=value.indicator, period=value.period)
        if asking.organisation_id == value.organisation_id and asking.is_open(at) and asked.exists():
            return Keeper(value, sign_link(link), Channel.LINK, at, asking)
    return None


def _by_account(visit: Visit, value: Measurement, at: dt.datetime) -> Keeper | None:
    if not isinstance(visit.user, User):
        return None
    doors = (
        (Channel.ACCOUNT, Measurement.objects.answerable_by(visit.user)),
        (Channel.COORDINATION, Measurement.objects.editable_by(visit.user)),
    )
    for channel, values in doors:
        if values.filter(pk=value.pk).exists():
            by = author_of(visit.user, value.indicator.plan.territory_id)
            return Keeper(value, by, channel, at)
    return None
