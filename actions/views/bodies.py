"""The bodies of a plan and their members."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ctg.web.http import Request
from partners import receipts
from partners.shell import Link, Visitor

from ..forms.governance import BodyForm, SeatForm
from ..governance.reading import bodies_of, decisions_of, lines_of, next_meeting, open_decisions
from ..governance.wording import coming_sentence, decisions_sentence
from ..models import Body, Plan, Seat
from .forms import FormPage, form_page, trash_page
from .page import plan_page
from .plan_forms import KEPT, page_or_post, plan_to_edit

ROOM = "governance"


@require_safe
def body_list(request: Request, pk: int) -> HttpResponse:
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)
    visitor = Visitor(request.user)
    today = timezone.localdate()
    decisions = open_decisions(plan, request.user, today)
    context = {
        "coming": coming_sentence(next_meeting(plan, request.user, today), today),
        "waiting": decisions_sentence(len(decisions.pending), len(decisions.taken), decisions.overdue),
        "lines": bodies_of(plan, request.user, today),
        "decisions": decisions,
        "can_edit": visitor.coordinates(plan.territory_id),
        "token": receipts.fresh_token(),
    }
    return plan_page(request, plan, "actions/body_list.html", context, current=ROOM, visitor=visitor)


@require_safe
def body_detail(request: Request, pk: int) -> HttpResponse:
    bodies = Body.objects.visible_to(request.user).select_related("plan__territory")
    body = get_object_or_404(bodies, pk=pk)
    visitor = Visitor(request.user)
    today = timezone.localdate()
    meetings = body.meetings.current()
    context = {
        "body": body,
        "seats": body.seats.current().select_related("organisation"),
        "coming": list(meetings.coming(today)),
        "past": list(meetings.past(today)),
        "decisions": lines_of(decisions_of(body.plan, request.user).filter(asked_of=body).pending(), today),
        "can_edit": visitor.coordinates(body.plan.territory_id),
    }
    return plan_page(request, body.plan, "actions/body_detail.html", context, current=ROOM, visitor=visitor)


@page_or_post
def body_add(request: Request, pk: int) -> HttpResponse:
    plan = plan_to_edit(request, pk)
    page = FormPage(
        title="Ajouter une instance",
        lead="Un comité de pilotage, un comité technique, un groupe de travail.",
        links=links_to(plan),
        button="Ajouter l’instance",
        done=lambda body: f"Instance créée\u00a0: {body}. Ajoutez ses membres, puis sa première réunion.",
        then=lambda body: body.get_absolute_url(),
        room=ROOM,
    )
    form = BodyForm(request.POST or None, instance=Body(plan=plan))
    return form_page(request, form, page, territory=plan.territory, plan=plan)


@page_or_post
def body_edit(request: Request, pk: int) -> HttpResponse:
    body = body_to_edit(request, pk)
    page = FormPage(
        title=f"Modifier\u00a0: {body}",
        links=links_to(body.plan, body),
        done=lambda body: f"Enregistré\u00a0: {body}.",
        room=ROOM,
    )
    form = BodyForm(request.POST or None, instance=body)
    return form_page(request, form, page, territory=body.plan.territory, plan=body.plan)


@page_or_post
def body_trash(request: Request, pk: int) -> HttpResponse:
    body = body_to_edit(request, pk)
    return trash_page(
        request,
        body,
        body.plan,
        links=links_to(body.plan, body),
        consequences=[
            "Ses membres et ses réunions ne se liront plus, et reviennent avec elle.",
            "Les décisions qu’elle a prises, ou qui lui sont demandées, restent dans le plan.",
            KEPT,
        ],
        then=reverse("actions:body_list", args=[body.plan_id]),
        room=ROOM,
    )


@page_or_post
def seat_add(request: Request, pk: int) -> HttpResponse:
    body = body_to_edit(request, pk)
    return seat_page(request, Seat(body=body), title="Ajouter un membre", button="Ajouter")


@page_or_post
def seat_edit(request: Request, pk: int) -> HttpResponse:
    seat = seat_to_edit(request, pk)
    return seat_page(request, seat, title=f"Modifier\u00a0: {seat}", button="Enregistrer")


@page_or_post
def seat_trash(request: Request, pk: int) -> HttpResponse:
    seat = seat_to_edit(request, pk)
    return trash_page(
        request,
        seat,
        seat.body.plan,
        links=links_to(seat.body.plan, seat.body),
        consequences=["Ses présences aux réunions passées restent dans leurs comptes rendus.", KEPT],
        then=seat.body.get_absolute_url(),
        room=ROOM,
    )


def seat_page(request: Request, seat: Seat, *, title: str, button: str) -> HttpResponse:
    plan = seat.body.plan
    form = SeatForm(request.POST or None, instance=seat, user=request.user)
    page = FormPage(
        title=title,
        links=links_to(plan, seat.body),
        button=button,
        done=lambda seat: f"Membre enregistré\u00a0: {seat}.",
        room=ROOM,
    )
    return form_page(request, form, page, territory=plan.territory, plan=plan)


def body_to_edit(request: Request, pk: int) -> Body:
    return get_object_or_404(Body.objects.editable_by(request.user).select_related("plan__territory"), pk=pk)


def seat_to_edit(request: Request, pk: int) -> Seat:
    seats = Seat.objects.editable_by(request.user).select_related("body__plan__territory")
    return get_object_or_404(seats, pk=pk)


def links_to(plan: Plan, body: Body | None = None) -> list[Link]:
    """The pages above one of the governance."""
    links = [
        Link(plan.title, plan.get_absolute_url()),
        Link("Instances", reverse("actions:body_list", args=[plan.pk])),
    ]
    return [*links, Link(str(body), body.get_absolute_url())] if body else links
