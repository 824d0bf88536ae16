"""The « séance »: a meeting on the wall, one point per screen, and what is recorded there."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ctg.web.htmx import render_page
from ctg.web.http import Request
from partners.editing import conflict_page
from partners.shell import Visitor
from partners.tracking import Conflict

from ..forms.follow_up import NOTE_LABELS
from ..forms.session import ConfidenceForm, RulingForm, SummaryForm
from ..governance.session import PROPOSED, Screen, Session, proposed, read_screen, read_session
from ..models import AgendaItem, Decision


@require_safe
def session_open(request: Request, pk: int) -> HttpResponse:
    """The first screen: what the meeting will look at."""
    session = session_of(request, pk)
    found = [] if session.items else proposed(session.plan, session.today)
    context = {"proposed": found[:PROPOSED], "more": max(0, len(found) - PROPOSED)}
    return session_page(request, session, 0, "actions/session_open.html", context)


@require_safe
def session_screen(request: Request, pk: int, rank: int) -> HttpResponse:
    """A point by its rank, then the screen that closes the session."""
    session = session_of(request, pk)
    if not 0 < rank <= session.last:
        # The agenda grew shorter since the address was drawn.
        return redirect(session.url_of(session.last if rank else 0))
    if rank == session.last:
        return session_page(request, session, rank, "actions/session_close.html", {})
    return point_page(request, read_screen(session, rank), rank)


@require_POST
def session_confidence(request: Request, pk: int) -> HttpResponse:
    """Record the météo of the action that a point is about."""
    screen = screen_of(request, pk)
    if screen.action is None:
        raise Http404
    form = ConfidenceForm(request.POST, instance=screen.action)
    said = f"Météo de l’action {screen.action.number} enregistrée."
    return receive(request, screen, form, name="confidence_form", said=said)


@require_POST
def session_summary(request: Request, pk: int) -> HttpResponse:
    screen = screen_of(request, pk)
    form = SummaryForm(request.POST, instance=screen.item)
    return receive(request, screen, form, name="summary_form", said="Ce qui s’est dit est enregistré.")


@require_POST
def session_settle(request: Request, pk: int) -> HttpResponse:
    """Record what is decided: on the decision that the form names, on a new one when it names none."""
    screen = screen_of(request, pk)
    named = request.POST.get("decision")
    known = {str(decision.pk): decision for decision in screen.decisions}
    if named and named not in known:
        raise Http404
    decision = known[named] if named else Decision(plan=screen.session.plan)
    form = ruling_form(request, screen, decision, request.POST)
    return receive(request, screen, form, name="ruling_form", said="Décision enregistrée.")


def session_of(request: Request, pk: int) -> Session:
    return read_session(pk, Visitor(request.user), today=timezone.localdate())


def screen_of(request: Request, pk: int) -> Screen:
    """The screen of a point on which the person may write."""
    item = get_object_or_404(AgendaItem.objects.editable_by(request.user), pk=pk)
    session = session_of(request, item.meeting_id)
    return read_screen(session, session.rank_of(item))


def receive(request: Request, screen: Screen, form: Any, *, name: str, said: str) -> HttpResponse:
    """Save what was typed and come back to the same screen; whatever is wrong, it stays there."""
    rank = screen.session.rank_of(screen.item)
    back = screen.session.url_of(rank)
    if form.is_valid():
        try:
            form.commit(request)
        except Conflict as conflict:
            return conflict_page(request, form, conflict, back=back)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, said)
            return redirect(back)
    return point_page(request, screen, rank, status=422, **{name: form})


def point_page(
    request: Request, screen: Screen, rank: int, *, status: int = 200, **sent: Any
) -> HttpResponse:
    """The screen of a point; `sent` is a form that comes back with its errors."""
    context = {"screen": screen, "recording": {}}
    if screen.session.can_edit or sent:
        context["recording"] = forms_of(request, screen, **sent)
    return session_page(request, screen.session, rank, "actions/session_screen.html", context, status=status)


def forms_of(
    request: Request,
    screen: Screen,
    *,
    confidence_form: ConfidenceForm | None = None,
    summary_form: SummaryForm | None = None,
    ruling_form: RulingForm | None = None,
) -> dict[str, Any]:
    if screen.action and not confidence_form:
        confidence_form = ConfidenceForm(instance=screen.action)
    return {
        "confidence": confidence_form,
        "summary": summary_form or SummaryForm(instance=screen.item),
        "rulings": ruling_forms(request, screen, ruling_form),
        "note_labels": json.dumps(NOTE_LABELS),
    }


def ruling_forms(request: Request, screen: Screen, sent: RulingForm | None) -> list[RulingForm]:
    """One form for each decision of the screen and one for a new one; they offer the same owners."""
    decisions = [*screen.decisions, Decision(plan=screen.session.plan)]
    forms = [
        sent if sent and sent.decision.pk == decision.pk else ruling_form(request, screen, decision)
        for decision in decisions
    ]
    owners = list(forms[0].fields["owner"].choices)  # type: ignore[attr-defined]
    for form in forms:
        form.fields["owner"].choices = owners  # type: ignore[attr-defined]
    return forms


def ruling_form(
    request: Request, screen: Screen, decision: Decision, data: QueryDict | None = None
) -> RulingForm:
    return RulingForm(
        data,
        instance=decision,
        meeting=screen.session.meeting,
        item=screen.item,
        actions=screen.actions,
        user=request.user,
        today=screen.session.today,
    )


def session_page(
    request: Request,
    session: Session,
    rank: int,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"session": session, "rank": rank, "moves": session.moves_from(rank)} | context
    return render_page(request, template, context, fragments=["session"], status=status)
