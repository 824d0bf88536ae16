"""Reads across models, each one query however long the plan is."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from ctg.web.search import Index
from ctg.web.text import fold
from partners.models import User

from .gists import Carrier, Gist
from .models import Action, Blockage, CustomField, FieldKind, Involvement, Plan, ProgressNote
from .models.action import CARRYING

Carriers = Mapping[int, list[Carrier]]


def gists_of(plan: Plan, user: User) -> list[Gist]:
    """Every action of a plan in its order, as light as possible."""
    readable = Q(notes__trashed_at=None) & ProgressNote.openness(
        user, note="notes__", territory="plan__territory"
    )
    rows = (
        Action.objects.of_plan(plan)
        .annotate(
            last_news_at=Max("notes__written_at", filter=readable),
            blocked_since=earliest(Blockage.objects.of_plan(plan).standing()),
        )
        .order_by("position", "number", "pk")
        .values_list(
            "pk",
            "number",
            "status",
            "confidence",
            "priority",
            "ambition",
            "theme",
            "starts_on",
            "ends_on",
            "recurring",
            "blocked_since",
            "last_news_at",
            "custom_values",
        )
    )
    return [Gist(*row[:-2], _day(row[-2]), plan.silent_days, row[-1]) for row in rows]


def filtering_fields(plan: Plan, gists: Iterable[Gist]) -> list[CustomField]:
    """The fields by which a plan is filtered; not asked for where no action says anything in any."""
    if not any(gist.custom_values for gist in gists):
        return []
    return [field for field in CustomField.objects.of_plan(plan) if field.filters]


def _day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(moment) if moment else None


def earliest(blockages: QuerySet[Blockage]) -> Subquery:
    """Since when an action is blocked by any of `blockages`."""
    return Subquery(blockages.filter(action=OuterRef("pk")).order_by("since").values("since")[:1])


def carriers_of(plan: Plan) -> Carriers:
    """The organisations that carry each action of a plan, porteur first."""
    rows = (
        Involvement.objects.of_plan(plan)
        .filter(part__in=CARRYING)
        .order_by("-part", "position", "pk")
        .values_list("action", "organisation", "organisation__name", "part")
    )
    carried: dict[int, list[Carrier]] = defaultdict(list)
    for action, organisation, name, part in rows:
        carried[action].append(Carrier(organisation, name, part))
    return carried


def rows_of(keys: Iterable[int], user: User) -> QuerySet[Action]:
    """Actions with what a row of the plan shows, and when the last note that `user` may read was written."""
    notes = ProgressNote.objects.open_to(user).filter(action=OuterRef("pk"))
    latest = notes.order_by("-written_at").values("written_at")[:1]
    return (
        Action.objects.visible_to(user)
        .filter(pk__in=list(keys))
        .select_related("need", "objective")
        .only(
            *("number", "title", "plan", "position", "version", "ambition", "orientation", "theme"),
            *("status", "status_reason", "confidence", "progress"),
            *("calendar_text", "starts_on", "ends_on", "precision", "recurring"),
            *("need__title", "need__trashed_at", "objective__title", "objective__trashed_at"),
        )
        .annotate(
            last_note_at=Subquery(latest),
            blocked_since=earliest(Blockage.objects.visible_to(user).standing()),
        )
        .order_by("position", "number", "pk")
    )


def search_plan(plan: Plan, query: str) -> list[int]:
    """The actions of a plan that hold every word of `query`.

    In their texts, in the fields of the plan, in the names of their organisations or of their indicators.
    """
    seen = Action.objects.of_plan(plan)
    rows = list(seen.values_list("pk", "search_text", "custom_values"))
    asked = CustomField.objects.of_plan(plan) if any(values for _, _, values in rows) else ()
    fields = [field for field in asked if field.kind != FieldKind.YES_NO]
    texts: dict[int, str] = {}
    more: dict[int, list[str]] = defaultdict(list)
    for action, text, values in rows:
        texts[action] = text
        # Read here rather than kept folded: a field that goes to the trash is no longer found.
        more[action] = [field.say(values[field.name]) for field in fields if field.name in values]
    named = Involvement.objects.of_plan(plan)
    for action, name, alias in named.values_list(
        "action", "organisation__name", "organisation__aliases__name"
    ):
        more[action] += [name, alias or ""]
    worded = seen.filter(indicators__isnull=False, indicators__trashed_at=None)
    for action, wording in worded.values_list("pk", "indicators__wording"):
        more[action].append(wording)
    return Index((pk, f"{text} {fold(' '.join(more[pk]))}") for pk, text in texts.items()).find(query)
