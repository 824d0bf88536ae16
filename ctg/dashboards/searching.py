"""One box that finds everything of a plan: its actions, indicators, organisations, meetings, documents."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst

from actions.models import Action, AgendaItem, Attachment, Decision, Discussion, Meeting, Plan
from actions.queries import search_plan
from ctg.web.search import Index
from ctg.web.text import fold
from partners.models import Organisation, User

#: How many of each sort the page shows.
SHOWN = 8


class Found(NamedTuple):
    """One thing: what it is called, a word on it, where it is."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Finding:
    """What was found of one sort, best first; `all_url` lists the rest where there is such a page."""

    label: str
    things: list[Found]
    count: int
    all_url: str = ""

    @property
    def title(self) -> str:
        return f"{self.label} ({self.count})"

    @property
    def more(self) -> int:
        return self.count - len(self.things)


def search_everything(plan: Plan, user: User, query: str) -> list[Finding]:
    """What holds every word of `query`, sort by sort; sorts in which nothing was found are left out."""
    findings = [
        _actions(plan, query),
        _find("Indicateurs", query, _indicators(plan)),
        _find("Organismes", query, _organisations(plan, user)),
        _find("Réunions", query, _meetings(plan)),
        _find("Décisions", query, _decisions(plan)),
        _find("Échanges", query, _discussions(plan)),
        _find("Documents", query, _documents(plan, user)),
    ]
    return [finding for finding in findings if finding.count]


def _find(label: str, query: str, rows: Iterable[tuple[str, Found]]) -> Finding:
    """Search one sort, told as the texts to look into and what to show of each."""
    texts, things = [], []
    for rank, (text, thing) in enumerate(rows):
        texts.append((rank, fold(text)))
        things.append(thing)
    found = Index(texts).find(query)
    return Finding(label, [things[rank] for rank in found[:SHOWN]], len(found))


def _actions(plan: Plan, query: str) -> Finding:
    found = search_plan(plan, query)
    kept = found[:SHOWN]
    rows = Action.objects.of_plan(plan).filter(pk__in=kept).only("number", "title", "status")
    actions = {action.pk: action for action in rows}
    things = [
        Found(f"{one.number}. {one.title}", capfirst(one.get_status_display()), one.get_absolute_url())
        for one in (actions[pk] for pk in kept)
    ]
    return Finding("Actions", things, len(found), plan.get_absolute_url())


def _indicators(plan: Plan) -> Iterable[tuple[str, Found]]:
    for one in plan.indicators.current().only("wording", "unit", "plan"):
        yield f"{one.wording} {one.unit}", Found(one.wording, one.unit, one.get_absolute_url())


def _organisations(plan: Plan, user: User) -> Iterable[tuple[str, Found]]:
    here = Organisation.objects.visible_to(user).filter(territory=plan.territory_id)
    for one in here.prefetch_related("aliases"):
        names = [one.name, *(alias.name for alias in one.aliases.all())]
        yield " ".join(names), Found(one.name, capfirst(one.get_kind_display()), one.get_absolute_url())


def _meetings(plan: Plan) -> Iterable[tuple[str, Found]]:
    items = AgendaItem.objects.of_plan(plan).values_list("meeting", "title", "summary")
    said: dict[int, list[str]] = {}
    for meeting, title, summary in items:
        said.setdefault(meeting, []).extend([title, summary])
    for one in Meeting.objects.of_plan(plan).select_related("body"):
        texts = [_named(one), one.place_text, one.introduction, one.minutes, *said.get(one.pk, ())]
        yield " ".join(texts), Found(_named(one), one.place_text, one.get_absolute_url())


def _decisions(plan: Plan) -> Iterable[tuple[str, Found]]:
    for one in Decision.objects.of_plan(plan):
        found = Found(one.subject, capfirst(one.get_outcome_display()), one.get_absolute_url())
        yield f"{one.subject} {one.context} {one.ruling}", found


def _discussions(plan: Plan) -> Iterable[tuple[str, Found]]:
    for one in Discussion.objects.of_plan(plan).select_related("action"):
        yield f"{one.subject} {one.conclusion}", _on_action(one.subject, one.action)


def _documents(plan: Plan, user: User) -> Iterable[tuple[str, Found]]:
    readable = Attachment.objects.visible_to(user).filter(plan=plan)
    for one in readable.select_related("action", "meeting__body"):
        text = f"{one.title} {one.get_kind_display()} {one.file_name}"
        if one.action:
            yield text, _on_action(one.title, one.action)
        elif one.meeting:
            yield text, Found(one.title, _named(one.meeting), one.meeting.get_absolute_url())


def _on_action(title: str, action: Action) -> Found:
    return Found(title, f"Action {action.number}", reverse("actions:action_file", args=[action.pk]))


def _named(meeting: Meeting) -> str:
    return f"{meeting.body.name} du {date_format(meeting.held_on, 'j F Y')}"
