"""Actions that are late, blocked or silent: one line each, whatever else is wrong with them."""

from collections.abc import Iterator

from django.urls import reverse

from actions import facets
from actions.calendar import Precision, late_since, since_words
from actions.gists import Gist
from actions.models import Status
from ctg.web.templatetags.ui import day, plural

from .desk import Desk
from .lines import Batch, Button, Line


def late(desk: Desk) -> Batch:
    lines = [
        line_about(desk, gist, "Retard", _lateness(desk, gist), [*_verbs(desk, gist)])
        for gist in desk.watched
        if gist.is_late(desk.today)
    ]
    return Batch(lines, desk.list_of(facets.LATE))


def silent(desk: Desk) -> Batch:
    """Those under way of which nothing is known; who is late is told of that first."""
    lines = [
        line_about(desk, gist, "Silence", _silence(desk, gist), [_update(desk, gist)])
        for gist in desk.watched
        if gist.pk in desk.kept and gist.is_silent(desk.today)
        if not gist.is_late(desk.today) and not gist.is_blocked
    ]
    return Batch(lines, desk.list_of(facets.SILENT))


def line_about(desk: Desk, gist: Gist, sort: str, why: str, buttons: list[Button]) -> Line:
    """A line about an action; who may only read it is led to its sheet."""
    case = desk.cases[gist.pk]
    url = reverse("actions:action_detail", args=[gist.pk])
    if gist.pk not in desk.kept:
        buttons = [Button("Lire la fiche", url, case.title)]
    return Line(sort, case.title, url, f"Action\u00a0{case.number}, {why}", buttons)


def _lateness(desk: Desk, gist: Gist) -> str:
    assert gist.ends_on
    since = since_words(late_since(gist.ends_on), Precision(desk.cases[gist.pk].precision))
    said = [f"en retard {since}"]
    if gist.blocked_since:
        said.append(f"bloquée depuis le {day(gist.blocked_since)}")
    if desk.cases[gist.pk].is_asked:
        said.append("une décision est demandée")
    if gist.status == Status.POSTPONED:
        said.append("reportée sans nouveau calendrier")
    return f"{', '.join(said)}."


def _verbs(desk: Desk, gist: Gist) -> Iterator[Button]:
    case = desk.cases[gist.pk]
    if gist.status != Status.POSTPONED:
        yield Button("Reporter", desk.to_update(gist.pk, statut=Status.POSTPONED), case.title)
    elif desk.coordinates:
        url = reverse("actions:action_edit", args=[gist.pk, "calendrier"])
        yield Button("Changer le calendrier", url, case.title)
    else:
        yield _update(desk, gist)
    if desk.coordinates and not case.is_asked:
        url = f"{reverse('actions:decision_add', args=[desk.plan.pk])}?action={gist.pk}"
        yield Button("Porter au COPIL", url, case.title)


def _silence(desk: Desk, gist: Gist) -> str:
    if gist.last_news_on is None:
        return "en cours, sans aucune note."
    days = (desk.today - gist.last_news_on).days
    return f"sans nouvelles depuis {days} jour{plural(days)}. Dernière note le {day(gist.last_news_on)}."


def _update(desk: Desk, gist: Gist) -> Button:
    return Button("Mettre à jour", desk.to_update(gist.pk), desk.cases[gist.pk].title)
