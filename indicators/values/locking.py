"""When values may no longer be written: one rule, asked by every way in."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from actions.models import Plan

from ..models import Campaign, Solicitation, Stage
from ..periods import read_period


class Locked(Exception):
    """The period is closed: nothing was written."""


@dataclass(frozen=True)
class Locks:
    """The closed periods of a plan, and the organisations for which they were opened again."""

    closed: frozenset[str]
    reopened: frozenset[tuple[str, int]]

    def is_locked(self, period: str, organisation_id: int) -> bool:
        """Whether a campaign that covers this period is closed to this organisation.

        A value that is entered once belongs to no period, and stays open.
        """
        wanted = read_period(period)
        if wanted is None:
            return False
        return any(
            (key, organisation_id) not in self.reopened and _covers(key, period) for key in self.closed
        )


def read_locks(plan: Plan, *, at: dt.datetime) -> Locks:
    """Two queries, whatever is then asked."""
    campaigns = list(Campaign.objects.current().filter(plan=plan, launched_at__isnull=False))
    closed = {campaign.pk: campaign.period for campaign in campaigns if campaign.stage(at) == Stage.CLOSED}
    again = Solicitation.objects.current().filter(campaign__in=closed, reopened_until__isnull=False)
    return Locks(
        frozenset(closed.values()),
        frozenset(_reopened(again.select_related("campaign"), at)),
    )


def _reopened(solicitations: Iterable[Solicitation], at: dt.datetime) -> Iterable[tuple[str, int]]:
    for one in solicitations:
        if one.is_open(at):
            yield one.campaign.period, one.organisation_id


def _covers(whole: str, part: str) -> bool:
    outer, inner = read_period(whole), read_period(part)
    if outer is None or inner is None:
        return False
    return outer.starts_on <= inner.starts_on and inner.ends_on <= outer.ends_on
