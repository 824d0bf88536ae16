"""Every row of a plan, whoever may read it: what a package holds is for the coordination alone.

Whoever gathers answers for the door of the plan.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Max, Q

from actions.models import Plan
from ctg.documents.models import Letterhead
from indicators.models import Category, Dimension
from partners.models import Alias, Change, Organisation

from .loaded import LOADED
from .names import named_in_history
from .parts import PARTS, Part

#: Rows by the name of their part, in the order in which they were made.
Rows = dict[str, list[Any]]

#: The keys that are named, model by model.
Named = dict[type[models.Model], set[int]]

#: A plan that changes at each of so many readings is read as it comes.
TRIES = 5


def gather(plan: Plan) -> Rows:
    """Read everything twice over if somebody wrote meanwhile: no row may name another that is not there."""
    for _ in range(TRIES):
        before = _last_change(plan)
        rows = _read(plan)
        if _last_change(plan) == before:
            break
    return rows


def _last_change(plan: Plan) -> int | None:
    last: int | None = Change.objects.filter(territory=plan.territory_id).aggregate(last=Max("pk"))["last"]
    return last


def _read(plan: Plan) -> Rows:
    own = {part.name: list(_own(part, plan)) for part in PARTS if part.way}
    named = _named(own)
    around = {part.name: list(_around(part, plan, named)) for part in PARTS if not part.way}
    rows = {part.name: (own | around)[part.name] for part in PARTS}
    _tie(rows)
    return rows


def _own(part: Part, plan: Plan) -> Iterable[Any]:
    rows = part.model._base_manager.filter(**{part.way: plan.pk}).order_by("pk")
    return rows.exclude(kind=LOADED) if part.model is Change else rows


def _named(rows: Rows) -> Named:
    """The keys that rows and their history name, model by model."""
    found: Named = defaultdict(set)
    for part in PARTS:
        for thing in rows.get(part.name, ()):
            for field in part.relations:
                if key := getattr(thing, field.attname):
                    found[field.related_model].add(key)
            if part.model is Change:
                for model, key in named_in_history(thing):
                    found[model].add(key)
        for field in part.lists:
            keys = field.remote_field.through._base_manager.filter(
                **{f"{field.m2m_field_name()}__in": [thing.pk for thing in rows.get(part.name, ())]}
            )
            found[field.related_model].update(keys.values_list(field.m2m_reverse_field_name(), flat=True))
    return found


def _around(part: Part, plan: Plan, named: Named) -> Iterable[Any]:
    """What the plan names of its territory, with what that names in turn."""
    everything = part.model._base_manager.order_by("pk")
    organisations = _with_those_they_became(named[Organisation])
    dimensions = Q(pk__in=named[Dimension]) | Q(categories__in=named[Category])
    wanted: dict[type[models.Model], Q] = {
        Organisation: Q(pk__in=organisations),
        Alias: Q(organisation__in=organisations),
        Dimension: dimensions,
        Category: Q(dimension__in=Dimension._base_manager.filter(dimensions).values("pk")),
        Letterhead: Q(territory=plan.territory_id),
    }
    return everything.filter(wanted.get(part.model, Q(pk__in=named[part.model]))).distinct()


def _with_those_they_became(keys: set[int]) -> set[int]:
    """Organisations, and those with which they were merged since."""
    known: set[int] = set()
    while keys - known:
        known |= keys
        merged = Organisation._base_manager.filter(pk__in=known, merged_into__isnull=False)
        keys = set(merged.values_list("merged_into_id", flat=True))
    return known


def _tie(rows: Rows) -> None:
    """Give each row the others that it names, so that reading them asks for no more queries."""
    things = {part.model: {thing.pk: thing for thing in rows[part.name]} for part in PARTS}
    for part in PARTS:
        for thing in rows[part.name]:
            for field in part.relations:
                if owner := things[field.related_model].get(getattr(thing, field.attname)):
                    field.set_cached_value(thing, owner)
