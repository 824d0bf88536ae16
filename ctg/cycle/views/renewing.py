"""Preparing the next convention: beginning, deciding of each action, creating the plan, reading it back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from actions.filters import PAGE, READING
from actions.models import Plan
from actions.reading import STRATEGIC, THEMATIC
from actions.views.entries import typed
from actions.views.forms import FormPage, form_page
from actions.views.page import plan_page
from actions.views.plan_forms import page_or_post, plan_to_edit
from ctg.cycle import jobs
from ctg.cycle.forms.renewing import ChoiceForm, RenewalForm, Saved, save_choices
from ctg.cycle.models import Renewal, RenewalChoice
from ctg.cycle.renewing.choosing import AlreadyRenewed, keep_rest
from ctg.cycle.renewing.creating import Undecided, create_next_plan
from ctg.cycle.renewing.proposing import propose
from ctg.cycle.renewing.reading import count_choices, headings_of, read_cases, read_choices, wanted
from ctg.cycle.renewing.record import read_record
from ctg.web.http import Request
from ctg.web.templatetags.ui import plural
from partners.shell import Link
from partners.signing import author_of

ROOM = "renewal"
PAGE_SIZE = 50
#: What of the actions the page shows, as its address says it.
SHOWN = "voir"


@page_or_post
def renewal_open(request: Request, pk: int) -> HttpResponse:
    """Begin to prepare what follows a plan, or go on where it was left."""
    plan = plan_to_edit(request, pk)
    if begun := Renewal.objects.editable_by(request.user).filter(plan=plan).first():
        return redirect(begun)
    form = RenewalForm(typed(request), instance=propose(plan, today=timezone.localdate()))
    page = FormPage(
        title="Préparer la prochaine CTG",
        lead="Ce plan reste tel qu’il est. Vous dites, action par action et à plusieurs, ce qui est "
        "reconduit, adapté ou arrêté\u00a0; le plan suivant se crée quand tout est dit.",
        links=[Link(plan.title, plan.get_absolute_url())],
        button="Commencer",
        done=lambda renewal: "C’est ouvert. Donnez votre avis en une ou plusieurs fois.",
        then=lambda renewal: renewal.get_absolute_url(),
        room=ROOM,
    )
    return form_page(request, form, page, territory=plan.territory, plan=plan)


@page_or_post
def renewal_edit(request: Request, pk: int) -> HttpResponse:
    renewal = renewal_to_edit(request, pk)
    if renewal.is_done:
        return redirect(renewal)
    page = FormPage(
        title="Titre et années de la prochaine CTG",
        links=[*links_to(renewal), Link("Prochaine CTG", renewal.get_absolute_url())],
        done=lambda renewal: "C’est enregistré.",
        room=ROOM,
    )
    form = RenewalForm(typed(request), instance=renewal)
    return form_page(request, form, page, territory=renewal.plan.territory, plan=renewal.plan)


@page_or_post
def renewal_detail(request: Request, pk: int) -> HttpResponse:
    """The actions to decide of; once the plan is created, what was decided."""
    renewal = renewal_to_edit(request, pk)
    if renewal.is_done:
        return record_page(request, renewal)
    way = asked_way(request, renewal)
    choices = read_choices(renewal, way)
    if request.method != "POST":
        return choices_page(request, renewal, choices, way, Saved())
    sent = set(request.POST.getlist("action"))
    rows = [ChoiceForm(request.POST, choice=one) for one in choices if str(one.action_id) in sent]
    try:
        saved = save_choices(
            renewal, rows, by=author_of(request.user, renewal.plan.territory_id), at=timezone.now()
        )
    except AlreadyRenewed:
        messages.warning(request, "Le plan suivant vient d’être créé\u00a0: ces avis ne comptent plus.")
        return redirect(renewal)
    if saved.count:
        messages.success(request, f"{saved.count} avis enregistré{plural(saved.count)}.")
    if saved.again:
        return choices_page(request, renewal, read_choices(renewal, way), way, saved)
    below = next((row.prefix for row in rows if row.prefix == request.POST.get("suite")), "")
    return redirect(f"{request.path}?{request.GET.urlencode()}#{below}")


@require_POST
def renewal_keep(request: Request, pk: int) -> HttpResponse:
    """Keep all of which nothing was said: the others are said one by one."""
    renewal = renewal_to_edit(request, pk)
    by = author_of(request.user, renewal.plan.territory_id)
    try:
        count = keep_rest(renewal, by=by, at=timezone.now())
    except AlreadyRenewed:
        count = 0
    messages.success(request, f"{count} action{plural(count)} à reconduire de plus.")
    return redirect(renewal)


@page_or_post
def renewal_create(request: Request, pk: int) -> HttpResponse:
    """Say what will be created, then create it, once however often; a large plan is created outside."""
    renewal = renewal_to_edit(request, pk)
    if request.method == "POST":
        by, now = author_of(request.user, renewal.plan.territory_id), timezone.now()
        try:
            if jobs.takes_long(renewal):
                return redirect(jobs.prepare_next_plan(renewal, request.user, at=now))
            plan = create_next_plan(renewal, by=by, at=now)
        except Undecided:
            return create_page(request, renewal, status=422)
        messages.success(request, f"Plan créé\u00a0: {plan.full_title}. Donnez un calendrier à ses actions.")
        return redirect("dashboards:todo", plan.pk)
    return redirect(renewal) if renewal.is_done else create_page(request, renewal)


def choices_page(
    request: Request, renewal: Renewal, choices: list[RenewalChoice], way: str, saved: Saved
) -> HttpResponse:
    """The rows that could not be saved come back alone, as they were sent."""
    shown = request.GET.get(SHOWN, "")
    again = {row.choice.action_id: row for row in saved.again}
    kept = [one for one in choices if one.action_id in again] or wanted(choices, shown)
    page = Paginator(kept, PAGE_SIZE).get_page(request.GET.get(PAGE))
    cases = read_cases(renewal, list(page), request.user, way=way, today=timezone.localdate())
    context = {
        "counts": count_choices(choices),
        "shown": shown,
        "rows": [(case, again.get(case.action.pk) or ChoiceForm(choice=case.choice)) for case in cases],
        "again": again,
        "page": page,
        "way": way,
        "ways": ways(renewal.plan, way),
        "query": f"{READING}={way}&{SHOWN}={shown}",
    }
    status = 422 if saved.invalid else 409 if saved.disputed else 200
    return renewal_page(request, renewal, "cycle/renewal_detail.html", context, status=status)


def create_page(request: Request, renewal: Renewal, *, status: int = 200) -> HttpResponse:
    counts = count_choices(read_choices(renewal, STRATEGIC))
    return renewal_page(request, renewal, "cycle/renewal_create.html", {"counts": counts}, status=status)


def record_page(request: Request, renewal: Renewal) -> HttpResponse:
    context = {"outcomes": read_record(renewal), "created": renewal.created}
    return renewal_page(request, renewal, "cycle/renewal_record.html", context)


def renewal_page(
    request: Request, renewal: Renewal, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context = {"renewal": renewal, "links": links_to(renewal)} | context
    return plan_page(request, renewal.plan, template, context, current=ROOM, status=status)


def renewal_to_edit(request: Request, pk: int) -> Renewal:
    editable = Renewal.objects.editable_by(request.user).select_related("plan__territory", "created")
    return get_object_or_404(editable, pk=pk)


def asked_way(request: Request, renewal: Renewal) -> str:
    """The reading that the address asks for; else the first that the plan has."""
    asked = request.GET.get(READING)
    if asked in (STRATEGIC, THEMATIC):
        return asked
    return STRATEGIC if renewal.plan.ambitions.current().exists() else THEMATIC


def ways(plan: Plan, way: str) -> list[tuple[str, str, bool]]:
    """The readings that the plan has: label, word of the address, whether it is the current one."""
    labels = {STRATEGIC: plan.ambition_label, THEMATIC: plan.theme_label}
    return [(label, one, one == way) for one, label in labels.items() if headings_of(plan, one)]


def links_to(renewal: Renewal) -> list[Link]:
    return [Link(renewal.plan.title, reverse("actions:plan_return", args=[renewal.plan_id]))]
