"""Who is told what: her accesses as they are now, and since when things are news for her."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils import timezone

from actions.elected import names
from actions.models import Action, Involvement, Plan
from actions.models.action import CARRYING
from partners.models import Change, MailChoice, Membership, Role, User
from partners.models.change import Event

#: What is older is no news, however long nobody was told.
OLDEST = dt.timedelta(days=14)

#: What is younger waits for the next run: the gesture it belongs to may not be saved whole yet.
SETTLES = dt.timedelta(minutes=2)


@dataclass(frozen=True)
class Reader:
    """A person, and the time of which she has not been told: after `since`, up to `until`."""

    user: User
    choice: MailChoice | None
    memberships: list[Membership]
    granted: Mapping[int, dt.datetime]
    since: dt.datetime
    until: dt.datetime

    @property
    def wants_news(self) -> bool:
        return self.choice is None or self.choice.wants_news

    @property
    def wants_digest(self) -> bool:
        return self.choice is None or self.choice.wants_digest

    @property
    def told_until(self) -> dt.datetime | None:
        return self.choice.told_until if self.choice else None

    @property
    def organisations(self) -> set[int]:
        """Those of which she is a member."""
        return {
            held.organisation_id
            for held in self.memberships
            if held.role == Role.MEMBER and held.organisation_id is not None
        }

    @cached_property
    def plans(self) -> dict[int, Plan]:
        found = Plan.objects.visible_to(self.user).select_related("territory")
        return {plan.pk: plan for plan in found}

    @property
    def today(self) -> dt.date:
        return timezone.localdate(self.until)

    @property
    def coordinated(self) -> set[int]:
        return self._plans_as(Role.COORDINATOR)

    @cached_property
    def followed(self) -> dict[int, Action]:
        """The actions that her organisations carry, and those of which she is the élue référente."""
        carried = Involvement.objects.filter(part__in=CARRYING, organisation__in=self.organisations)
        actions = Action.objects.visible_to(self.user).only("number", "title", "plan_id", "elected_lead")
        found = list(actions.filter(pk__in=carried.values("action"))) if self.organisations else []
        if official := self._plans_as(Role.OFFICIAL):
            led = actions.filter(plan__in=official).exclude(elected_lead="")
            found += [action for action in led if names(action.elected_lead, self.user.get_full_name())]
        return {action.pk: action for action in found}

    def from_day(self, at: dt.datetime) -> "Reader":
        """The same person, told again what happened after `at`."""
        return replace(self, since=min(self.since, at))

    def is_new(self, plan_id: int | None, at: dt.datetime | None) -> bool:
        """Whether she has not been told; a territory has no news from before it was opened to her."""
        if at is None or plan_id not in self.plans:
            return False
        opened_at = self.opened_at(self.plans[plan_id].territory_id)
        return max(self.since, opened_at) < at <= self.until

    def opened_at(self, territory_id: int) -> dt.datetime:
        return min(
            self.granted.get(held.pk, self.user.joined_at)
            for held in self.memberships
            if held.territory_id == territory_id
        )

    def signature_in(self, territory_id: int) -> list[Membership]:
        return [held for held in self.memberships if held.territory_id == territory_id]

    def _plans_as(self, role: Role) -> set[int]:
        held = {one.territory_id for one in self.memberships if one.role == role}
        return {plan.pk for plan in self.plans.values() if plan.territory_id in held}


def read_readers(*, at: dt.datetime) -> Iterable[Reader]:
    """Everybody who has an open account, an access, and did not stop all mails."""
    users = (
        User.objects.filter(is_active=True, memberships__isnull=False)
        .exclude(mail_choice__wants_news=False, mail_choice__wants_digest=False)
        .distinct()
        .select_related("mail_choice")
        .prefetch_related("memberships__organisation", "memberships__territory")
        .order_by("pk")
    )
    given = Change.objects.filter(kind="membership", event=Event.CREATED)
    granted = dict(given.order_by("at", "pk").values_list("object_id", "at"))
    for user in users:
        choice = getattr(user, "mail_choice", None)
        told = choice.told_until if choice else None
        yield Reader(
            user=user,
            choice=choice,
            memberships=list(user.memberships.all()),
            granted=granted,
            since=max(told or user.joined_at, at - OLDEST),
            until=at - SETTLES,
        )
