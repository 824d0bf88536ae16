"""What frames every page: who is here, in which territory and plan, and where she can go."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from .models import Membership, Role, Territory, User
from .signing import sign
from .tracking import Author


class FramedPlan(Protocol):
    """As much of a plan as the frame of a page shows."""

    pk: Any
    title: str
    territory_id: int

    @property
    def years(self) -> str: ...


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Room:
    """A page to which the navigation leads, of the plan or of the territory."""

    name: str
    label: str
    view: str
    is_of_plan: bool = False
    is_of_person: bool = False
    #: Of those that one opens now and then: the navigation keeps them under « Plus ».
    is_aside: bool = False
    readers: frozenset[str] = frozenset(Role)

    def url(self, territory: Territory, plan: FramedPlan | None) -> str:
        if self.is_of_person:
            return reverse(self.view)
        return reverse(self.view, args=[plan.pk if plan and self.is_of_plan else territory.pk])

    def opens(self, visitor: "Visitor", territory_id: int, has_plan: bool) -> bool:
        return (has_plan or not self.is_of_plan) and bool(self.readers & visitor.roles_in(territory_id))


COORDINATION = frozenset({Role.COORDINATOR})
MEMBERS = frozenset({Role.MEMBER})
KEEPERS = COORDINATION | MEMBERS

#: The rooms of a plan and of its territory, as the navigation lists them.
ROOMS = (
    Room("todo", "À faire", "dashboards:todo", is_of_plan=True),
    Room("plan", "Plan", "actions:plan_return", is_of_plan=True),
    Room("timeline", "Frise", "actions:timeline", is_of_plan=True),
    Room("indicators", "Indicateurs", "indicators:indicator_list", is_of_plan=True),
    Room("campaigns", "Campagnes", "indicators:campaign_list", is_of_plan=True, readers=COORDINATION),
    Room("answers", "À saisir", "indicators:answer_list", is_of_person=True, readers=MEMBERS),
    Room("governance", "Instances", "actions:body_list", is_of_plan=True),
    Room("board", "Page élus", "dashboards:board", is_of_plan=True),
    Room("reviews", "Bilans", "reviews:register", is_of_plan=True, is_aside=True),
    Room(
        "renewal",
        "Prochaine CTG",
        "cycle:renewal_open",
        is_of_plan=True,
        is_aside=True,
        readers=COORDINATION,
    ),
    Room("organisations", "Organismes", "partners:organisation_list", is_aside=True),
    Room("people", "Personnes", "partners:membership_list", is_aside=True, readers=COORDINATION),
    Room("letterhead", "Papier à en-tête", "documents:letterhead", is_aside=True, readers=COORDINATION),
    Room("comparison", "Comparer deux dates", "dashboards:comparison", is_of_plan=True, is_aside=True),
    Room("calendars", "Calendriers à suivre", "dashboards:feed_list", is_of_plan=True, is_aside=True),
    Room("views", "Vues enregistrées", "actions:saved_view_list", is_of_plan=True, is_aside=True),
    Room(
        "public",
        "Page publique",
        "dashboards:public_page_detail",
        is_of_plan=True,
        is_aside=True,
        readers=COORDINATION,
    ),
    Room(
        "opendata",
        "Données ouvertes",
        "opendata:data_detail",
        is_of_plan=True,
        is_aside=True,
        readers=COORDINATION,
    ),
    Room("history", "Historique", "actions:plan_history", is_of_plan=True, is_aside=True),
    Room("trash", "Corbeille", "actions:trash_list", is_of_plan=True, is_aside=True, readers=KEEPERS),
)

#: The room in which each role lands; who has several lands where she has most to do.
LANDINGS = {
    Role.COORDINATOR: "dashboards:todo",
    Role.MEMBER: "dashboards:todo",
    Role.OFFICIAL: "dashboards:board",
    Role.CAF: "dashboards:board",
}


@dataclass(frozen=True)
class Shell:
    user_label: str = ""
    where: str = ""
    #: Whom to ask, for a visitor without an account.
    contact: str = ""
    #: What this copy of a page is, printed with it: « Document de travail… ».
    mark: str = ""
    links: Sequence[Link] = ()
    #: The links under « Plus ».
    more: Sequence[Link] = ()
    #: Where the box that finds everything of the plan sends what is typed.
    search_url: str = ""
    demo: bool = field(default_factory=lambda: settings.DEMO)

    @property
    def is_aside(self) -> bool:
        """Whether one is in a room that « Plus » hides."""
        return any(link.is_current for link in self.more)


class Visitor:
    """The memberships of whoever is here, read once a request."""

    def __init__(self, user: User) -> None:
        self.user = user
        held = Membership.objects.held_by(user).select_related("territory", "organisation")
        self.memberships = list(held)

    def roles_in(self, territory_id: int) -> set[str]:
        return {held.role for held in self.memberships if held.territory_id == territory_id}

    def coordinates(self, territory_id: int) -> bool:
        return Role.COORDINATOR in self.roles_in(territory_id)

    def landing(self, plan: FramedPlan) -> str:
        """Where the visitor arrives in a plan that she reads."""
        roles = self.roles_in(plan.territory_id)
        view = next(view for role, view in LANDINGS.items() if role in roles)
        return reverse(view, args=[plan.pk])

    def signature(self, territory_id: int) -> Author:
        return sign(self.user, [held for held in self.memberships if held.territory_id == territory_id])


def shell_for(
    visitor: Visitor, *, territory: Territory | None = None, plan: FramedPlan | None = None, current: str = ""
) -> Shell:
    """The frame of a page of `plan`, of `territory`, or of none; `current` names the room one is in."""
    if territory is None:
        return Shell(user_label=str(visitor.user), links=_doors(visitor, current))
    where = f"{territory.label} · CTG {plan.years}".rstrip() if plan else territory.label
    rooms: dict[bool, list[Link]] = {False: [], True: []}
    for room in ROOMS:
        if room.opens(visitor, territory.pk, plan is not None):
            link = Link(room.label, room.url(territory, plan), room.name == current)
            rooms[room.is_aside].append(link)
    return Shell(
        user_label=visitor.signature(territory.pk).label,
        where=where,
        links=[*rooms[False], *_doors(visitor, current)],
        more=rooms[True],
        search_url=reverse("dashboards:search", args=[plan.pk]) if plan else "",
    )


def territory_shell(visitor: Visitor, territory: Territory, current: str) -> Shell:
    """The frame of a page of a territory, from which its latest plan stays one click away."""
    plan = territory.plans.visible_to(visitor.user).first()
    return shell_for(visitor, territory=territory, plan=plan, current=current)


def personal_shell(visitor: Visitor, current: str) -> Shell:
    """The frame of a page about oneself: that of one's territory, when there is but one."""
    territories = {held.territory for held in visitor.memberships}
    if len(territories) == 1:
        return territory_shell(visitor, territories.pop(), current)
    return shell_for(visitor, current=current)


def _doors(visitor: Visitor, current: str) -> list[Link]:
    doors = []
    if len({held.territory_id for held in visitor.memberships}) != 1:
        doors.append(Link("Mes plans", reverse("partners:home"), current == "home"))
    if visitor.user.is_administrator:
        doors.append(Link("Territoires", reverse("partners:territory_list"), current == "territories"))
        doors.append(Link("Catalogue commun", reverse("indicators:common_list"), current == "common"))
    return doors


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: the bare frame, for pages outside any territory; the others give theirs."""
    return {
        "shell": Shell(
            user_label=str(request.user)
            if getattr(request, "user", None) and request.user.is_authenticated
            else ""
        )
    }
