"""What the pages of the organisations and of the people read, in a constant number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from typing import Any, NamedTuple

from django.db.models import Count, Q

from ctg.web.search import Index, is_mistyped
from ctg.web.text import fold

from .models import Change, Organisation, OrganisationKind, Territory, User
from .shell import Visitor

#: The parts of an action's porteurs. This app stands below the actions, and knows them by their values only.
CARRYING = ("lead", "co_lead")

#: Words that tell no organisation from another.
COMMON_WORDS = {
    *(
        "a",
        "au",
        "aux",
        "d",
        "de",
        "des",
        "du",
        "en",
        "et",
        "france",
        "l",
        "la",
        "le",
        "les",
        "ou",
        "par",
        "pour",
        "sur",
    ),
    *("service", "services", "pole", "direction"),
}

MOST_SUSPECTS = 5


@dataclass(frozen=True)
class OrganisationRow:
    organisation: Organisation
    aliases: list[str]
    carried: int
    joined: int
    people: int

    @property
    def searched(self) -> str:
        return fold(" ".join([self.organisation.name, *self.aliases]))


class KindGroup(NamedTuple):
    label: str
    rows: list[OrganisationRow]


class Suspects(NamedTuple):
    """Two organisations that may be one."""

    one: Organisation
    other: Organisation


def organisation_rows(user: User, territory: Territory) -> list[OrganisationRow]:
    organisations = Organisation.objects.visible_to(user).filter(territory=territory)
    current = Q(involvements__action__trashed_at=None, involvements__action__plan__trashed_at=None)
    carrying = Q(involvements__part__in=CARRYING)
    action = "involvements__action"
    counted: Iterable[Any] = organisations.prefetch_related("aliases").annotate(
        carried=Count(action, filter=current & carrying, distinct=True),
        joined=Count(action, filter=current & ~carrying, distinct=True),
        people=Count("memberships", distinct=True),
    )
    return [
        OrganisationRow(one, [alias.name for alias in one.aliases.all()], one.carried, one.joined, one.people)
        for one in counted
    ]


def found(rows: Sequence[OrganisationRow], query: str) -> list[OrganisationRow]:
    """The rows that a search keeps, best first; all of them when nothing is asked."""
    by_pk = {row.organisation.pk: row for row in rows}
    return [by_pk[pk] for pk in Index((pk, row.searched) for pk, row in by_pk.items()).find(query)]


def by_kind(rows: Iterable[OrganisationRow]) -> list[KindGroup]:
    """The rows in the order of the kinds, and under each in that of the names."""
    rank = {kind: place for place, kind in enumerate(OrganisationKind.values)}
    ordered = sorted(rows, key=lambda row: (rank[row.organisation.kind], fold(row.organisation.name)))
    groups = groupby(ordered, key=lambda row: row.organisation.get_kind_display())
    return [KindGroup(label, list(group)) for label, group in groups]


def suspects(rows: Iterable[OrganisationRow]) -> list[Suspects]:
    """Pairs whose names say the same in other words: « Sports » and « Service Jeunesse et Sport »."""
    named = [
        (row.organisation, [_telling_words(name) for name in (row.organisation.name, *row.aliases)])
        for row in rows
    ]
    pairs = (
        Suspects(one, other)
        for (one, names), (other, other_names) in combinations(named, 2)
        if _may_be_one(one, other)
        if any(_alike(name, other_name) for name in names for other_name in other_names)
    )
    return [pair for pair, _ in zip(pairs, range(MOST_SUSPECTS), strict=False)]


def _may_be_one(one: Organisation, other: Organisation) -> bool:
    kinds = {one.kind, other.kind}
    return OrganisationKind.GENERIC not in kinds and (len(kinds) == 1 or OrganisationKind.OTHER in kinds)


def _telling_words(name: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in fold(name).split() if word not in COMMON_WORDS)


def _alike(words: frozenset[str], others: frozenset[str]) -> bool:
    if not words or not others:
        return False
    written, other = " ".join(sorted(words)), " ".join(sorted(others))
    return words <= others or others <= words or (len(written) > 6 and is_mistyped(written, other))


class RoleGroup(NamedTuple):
    """What an organisation is to some actions: « porteur », and the actions."""

    label: str
    actions: list[Any]


def involvements_by_role(user: User, organisation: Organisation) -> list[RoleGroup]:
    involved = organisation.involvements.visible_to(user).select_related("action")
    ordered = involved.order_by("action__plan", "action__position", "action__number")
    parts = dict(organisation.involvements.model._meta.get_field("part").flatchoices)
    groups = [
        RoleGroup(label, [it.action for it in ordered if it.part == part]) for part, label in parts.items()
    ]
    return [group for group in groups if group.actions]


@dataclass(frozen=True)
class PlanCard:
    """A plan as the home page shows it, and where its reader arrives in it."""

    plan: Any
    actions: int
    url: str


@dataclass(frozen=True)
class TerritoryCard:
    territory: Territory
    plans: list[PlanCard]
    can_edit: bool


def territory_cards(visitor: Visitor) -> list[TerritoryCard]:
    user = visitor.user
    territories = Territory.objects.visible_to(user)
    coordinated = set(Territory.objects.editable_by(user).values_list("pk", flat=True))
    by_plan = territories.order_by().values_list("plans")
    counts = dict(
        by_plan.annotate(actions=Count("plans__actions", filter=Q(plans__actions__trashed_at=None)))
    )
    return [
        TerritoryCard(
            territory,
            [
                PlanCard(plan, counts[plan.pk], visitor.landing(plan))
                for plan in territory.plans.all()
                if plan.trashed_at is None
            ],
            territory.pk in coordinated,
        )
        for territory in territories.prefetch_related("plans")
    ]


def history_of_organisation(user: User, organisation: Organisation) -> list[Change]:
    return list(Change.objects.visible_to(user).filter(kind="organisation", object_id=organisation.pk)[:100])
