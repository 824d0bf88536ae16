from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ctg.web.http import Request
from partners.models import Change
from partners.shell import Link, Visitor

from ..forms.decisions import DecisionForm, DoneForm, SettleForm
from ..governance.facets import OVERDUE, TO_APPLY, TO_TAKE, filter_decisions
from ..governance.reading import decisions_of, lines_of
from ..governance.wording import decisions_sentence
from ..models import Action, Decision, Meeting, Plan
from .bodies import ROOM
from .forms import FormPage, form_page, trash_page
from .meetings import links_to_meeting
from .page import plan_page
from .plan_forms import KEPT, page_or_post, plan_to_edit

PAGE_SIZE = 50


@require_safe
def decision_list(request: Request, pk: int) -> HttpResponse:
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)
    visitor = Visitor(request.user)
    today = timezone.localdate()
    found = filter_decisions(list(decisions_of(plan, request.user)), request.GET.get("etat", ""), today)
    page = Paginator(found.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "found": found,
        "waiting": decisions_sentence(*(found.count(state) for state in (TO_TAKE, TO_APPLY, OVERDUE))),
        "page": page,
        "lines": lines_of(page, today),
        "can_edit": visitor.coordinates(plan.territory_id),
    }
    return plan_page(request, plan, "actions/decision_list.html", context, current=ROOM, visitor=visitor)


@require_safe
def decision_detail(request: Request, pk: int) -> HttpResponse:
    readable = Decision.objects.visible_to(request.user).select_related("plan__territory")
    plan = get_object_or_404(readable, pk=pk).plan
    decision = decisions_of(plan, request.user).get(pk=pk)
    visitor = Visitor(request.user)
    changes = Change.objects.visible_to(request.user).filter(kind="decision", object_id=pk)
    [line] = lines_of([decision], timezone.localdate())
    context = {
        "decision": decision,
        "days_late": line.days_late,
        "blockages": decision.blockages.visible_to(request.user).select_related("action"),
        "changes": changes,
        "can_edit": visitor.coordinates(plan.territory_id),
    }
    return plan_page(request, plan, "actions/decision_detail.html", context, current=ROOM, visitor=visitor)


@page_or_post
def decision_add(request: Request, pk: int) -> HttpResponse:
    """A decision to ask for; asked from a meeting, it goes on to what that meeting ruled."""
    plan = plan_to_edit(request, pk)
    meeting = meeting_named(request, plan)
    initial = {"asked_on": timezone.localdate(), "actions": actions_named(request, plan)}
    if meeting:
        initial |= {"asked_on": min(meeting.held_on, timezone.localdate()), "asked_of": meeting.body_id}
    form = DecisionForm(
        request.POST or None,
        instance=Decision(plan=plan),
        initial=initial,
        user=request.user,
        today=timezone.localdate(),
    )
    page = FormPage(
        title="Décision à demander",
        links=links_to_decisions(plan),
        button="Continuer" if meeting else "Ajouter la décision",
        done=lambda decision: f"Décision ajoutée\u00a0: {decision}.",
        then=lambda decision: settling(decision, meeting) if meeting else decision.get_absolute_url(),
        room=ROOM,
    )
    return form_page(request, form, page, territory=plan.territory, plan=plan)


@page_or_post
def decision_edit(request: Request, pk: int) -> HttpResponse:
    decision = decision_to_edit(request, pk)
    plan = decision.plan
    form = DecisionForm(
        request.POST or None, instance=decision, user=request.user, today=timezone.localdate()
    )
    page = FormPage(
        title="Modifier la décision",
        links=links_to_decisions(plan, decision),
        done=lambda decision: "Décision enregistrée.",
        room=ROOM,
    )
    return form_page(request, form, page, territory=plan.territory, plan=plan)


@page_or_post
def decision_settle(request: Request, pk: int) -> HttpResponse:
    decision = decision_to_edit(request, pk)
    plan, today = decision.plan, timezone.localdate()
    meeting = meeting_named(request, plan)
    initial = {"outcome": "taken", "decided_on": today} if decision.is_pending else {}
    if decision.is_pending and meeting:
        initial |= {"meeting": meeting.pk, "decided_on": min(meeting.held_on, today)}
    form = SettleForm(
        request.POST or None, instance=decision, initial=initial, user=request.user, today=today
    )
    page = FormPage(
        title=f"Ce qui est décidé\u00a0: {decision}",
        links=links_to_meeting(meeting) if meeting else links_to_decisions(plan, decision),
        done=lambda decision: f"Enregistré\u00a0: décision {decision.get_outcome_display()}.",
        room=ROOM,
    )
    return form_page(request, form, page, territory=plan.territory, plan=plan)


@page_or_post
def decision_done(request: Request, pk: int) -> HttpResponse:
    decision = decision_to_edit(request, pk)
    plan, today = decision.plan, timezone.localdate()
    initial = {} if decision.done_on else {"done_on": today}
    form = DoneForm(request.POST or None, instance=decision, initial=initial, user=request.user, today=today)
    page = FormPage(
        title=f"Appliquée\u00a0? {decision}",
        links=links_to_decisions(plan, decision),
        done=lambda decision: "Décision appliquée." if decision.done_on else "Décision encore à appliquer.",
        room=ROOM,
    )
    return form_page(request, form, page, territory=plan.territory, plan=plan)


@page_or_post
def decision_trash(request: Request, pk: int) -> HttpResponse:
    decision = decision_to_edit(request, pk)
    words = ["Elle quitte les actions qu’elle concerne et les ordres du jour, et y revient avec elle."]
    if decision.meeting:
        words.append(f"Le relevé de décisions de «\u00a0{decision.meeting}\u00a0» ne la dira plus.")
    return trash_page(
        request,
        decision,
        decision.plan,
        links=links_to_decisions(decision.plan, decision),
        consequences=[*words, KEPT],
        then=reverse("actions:decision_list", args=[decision.plan_id]),
        room=ROOM,
    )


def decision_to_edit(request: Request, pk: int) -> Decision:
    editable = Decision.objects.editable_by(request.user)
    return get_object_or_404(
        editable.select_related("plan__territory", "asked_of", "meeting__body", "owner"), pk=pk
    )


def meeting_named(request: Request, plan: Plan) -> Meeting | None:
    """The meeting from whose page one comes, if the address says so."""
    key = request.GET.get("reunion", "")
    if not key.isdecimal() or len(key) > 17:
        return None
    meetings = Meeting.objects.visible_to(request.user).filter(body__plan=plan, pk=key)
    return meetings.select_related("body").first()


def actions_named(request: Request, plan: Plan) -> list[Action]:
    """The action from whose sheet one comes, if the address says so."""
    key = request.GET.get("action", "")
    if not key.isdecimal() or len(key) > 17:
        return []
    return list(Action.objects.visible_to(request.user).filter(plan=plan, pk=key))


def settling(decision: Decision, meeting: Meeting) -> str:
    return f"{reverse('actions:decision_settle', args=[decision.pk])}?reunion={meeting.pk}"


def links_to_decisions(plan: Plan, decision: Decision | None = None) -> list[Link]:
    links = [
        Link(plan.title, plan.get_absolute_url()),
        Link("Instances", reverse("actions:body_list", args=[plan.pk])),
        Link("Décisions", reverse("actions:decision_list", args=[plan.pk])),
    ]
    return [*links, Link(str(decision), decision.get_absolute_url())] if decision else links
