"""What others changed in the plans of a person in a week, in figures: one query for all her plans."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse

from ctg.web.templatetags.ui import plural
from partners.models import Change
from partners.models.change import Event

from .blocks import Block
from .readers import Reader
from .wording import whole

WEEK = "Dans le plan, depuis une semaine"

#: What is counted, and how it is said.
_COUNTED: dict[str, Q] = {
    "changement{s} de statut": Q(kind="action", field="status"),
    "changement{s} de météo": Q(kind="action", field="confidence"),
    "blocage{s} signalé{s}": Q(kind="blockage", event=Event.CREATED),
    "blocage{s} levé{s}": Q(kind="blockage", field="lifted_on"),
    "décision{s} rendue{s}": Q(kind="decision", field="outcome"),
    "note{s} écrite{s}": Q(kind="progressnote", event=Event.CREATED),
}


def week_of(reader: Reader) -> Iterator[Block]:
    counts = [Count("object_id", filter=rule, distinct=True) for rule in _COUNTED.values()]
    rows = (
        Change.objects.visible_to(reader.user)
        .filter(plan_id__in=reader.plans, at__gt=reader.since, at__lte=reader.until)
        .exclude(author=reader.user)
        .order_by()
        .values_list("plan_id")
        .annotate(**{f"count_{rank}": count for rank, count in enumerate(counts)})
    )
    for plan_id, *row in rows:
        said = [
            f"{count}\u00a0{noun.format(s=plural(count))}"
            for noun, count in zip(_COUNTED, row, strict=True)
            if count
        ]
        if said:
            plan = reader.plans[plan_id]
            where = f"{plan.territory.label}\u00a0: " if len(reader.plans) > 1 else ""
            url = whole(reverse("actions:plan_history", args=[plan.pk]))
            yield Block([f"- {where}{', '.join(said)}", f"  {url}"], WEEK)
