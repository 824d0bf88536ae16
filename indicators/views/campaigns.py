"""The campaigns of a plan, and the life of each: prepared, launched, closed, opened again."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.models import Plan
from actions.views.entries import trash_at_once, typed
from actions.views.page import plan_page
from ctg.web.http import Request
from partners import receipts
from partners.editing import conflict_page
from partners.signing import author_of
from partners.tracking import Conflict

from ..campaigns import lifecycle, mails
from ..campaigns.board import Board, Mark
from ..campaigns.board_filter import read_filter
from ..campaigns.board_reading import read_board
from ..campaigns.owed import count_received, without_contributor
from ..forms.campaigns import CampaignForm, NewCampaignForm
from ..forms.solicitations import ReopeningForm
from ..models import Campaign, Solicitation, Stage
from ..values.wording import say_date

PAGE_SIZE = 50
#: An indicator may be asked of all organisations: its row is longer.
INDICATORS_A_PAGE = 20

NOT_READY = "Rien n’est parti\u00a0: personne n’est sollicité, ou le dernier jour est passé."
TAKEN = "Quelqu’un vient de préparer une campagne pour cette période\u00a0: choisissez-en une autre."


@require_safe
def campaign_list(request: Request, pk: int) -> HttpResponse:
    plan = plan_of(request, pk)
    now = timezone.now()
    held = list(Campaign.objects.editable_by(request.user).filter(plan=plan))
    progress = count_received(held)
    rows = [(campaign, campaign.stage(now), *progress[campaign.pk]) for campaign in held]
    return campaign_page(request, plan, "indicators/campaign_list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_add(request: Request, pk: int) -> HttpResponse:
    plan = plan_of(request, pk)
    new = Campaign(plan=plan)
    form = NewCampaignForm(typed(request), instance=new, user=request.user, today=timezone.localdate())
    if form.is_bound and form.is_valid():
        try:
            return redirect(form.commit(request))
        except lifecycle.PeriodTaken:
            form.add_error("period", TAKEN)
    if made := receipts.made_with(request.POST.get("token"), request.user):
        return redirect("indicators:campaign_detail", made)
    context = {"form": form, "placeholders": mails.PLACEHOLDERS}
    return campaign_page(request, plan, "indicators/campaign_add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_edit(request: Request, pk: int) -> HttpResponse:
    campaign = campaign_of(request, pk)
    form = CampaignForm(typed(request), instance=campaign)
    if form.is_bound and form.is_valid():
        try:
            form.commit(request)
        except Conflict as conflict:
            return conflict_page(request, form, conflict, back=campaign.get_absolute_url())
        messages.success(request, "Campagne enregistrée.")
        return redirect(campaign)
    context = {"campaign": campaign, "form": form, "placeholders": mails.PLACEHOLDERS}
    return campaign_page(request, campaign.plan, "indicators/campaign_edit.html", context)


@require_safe
def campaign_detail(request: Request, pk: int) -> HttpResponse:
    """The board; before the launch, the page where one checks who will be asked for what."""
    campaign = campaign_of(request, pk)
    now = timezone.now()
    board, stage = read_board(campaign), campaign.stage(now)
    if stage == Stage.PREPARED:
        return check_page(request, campaign, board, is_late=now >= campaign.closes_at)
    reading = read_filter(board, request.GET, path=request.path)
    size = INDICATORS_A_PAGE if reading.is_by_indicator else PAGE_SIZE
    context: dict[str, Any] = {"campaign": campaign, "stage": stage, "board": board, "marks": list(Mark)}
    context |= {
        "reading": reading,
        "page": Paginator(reading.rows, size).get_page(request.GET.get("page")),
    }
    return campaign_page(request, campaign.plan, "indicators/campaign_detail.html", context, ["board"])


@require_safe
def campaign_preview(request: Request, pk: int) -> HttpResponse:
    """Each mail as it will leave."""
    campaign = campaign_of(request, pk)
    rows = [row for row in read_board(campaign).rows if row.cells]
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    letters = [(row, list(mails.preview(row.cells[0].solicitation, count=len(row.cells)))) for row in page]
    context = {
        "campaign": campaign,
        "letters": letters,
        "page": page,
        "sender": mails.reply_address(campaign),
    }
    return campaign_page(request, campaign.plan, "indicators/campaign_preview.html", context)


@require_POST
def campaign_launch(request: Request, pk: int) -> HttpResponse:
    campaign = campaign_of(request, pk)
    now = timezone.now()
    try:
        is_new = lifecycle.launch(campaign, by=author_of(request.user, campaign.plan.territory_id), at=now)
    except lifecycle.NotReady:
        messages.error(request, NOT_READY)
        return redirect(campaign)
    if is_new and now < campaign.opens_at:
        day = say_date(campaign.opens_on)
        messages.success(request, f"C’est lancé\u00a0: les courriels partent le {day} à 8\u00a0h.")
    elif is_new:
        messages.success(request, "C’est lancé\u00a0: les courriels partent.")
    return redirect(campaign)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_close(request: Request, pk: int) -> HttpResponse:
    campaign = campaign_of(request, pk)
    if request.method == "POST":
        by = author_of(request.user, campaign.plan.territory_id)
        lifecycle.close(campaign, by=by, at=timezone.now())
        messages.success(request, "Campagne close\u00a0: plus rien n’est reçu, les relances s’arrêtent.")
        return redirect(campaign)
    context = {"campaign": campaign, "board": read_board(campaign)}
    return campaign_page(request, campaign.plan, "indicators/campaign_close.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_reopen(request: Request, pk: int) -> HttpResponse:
    """Let some organisations answer until another day."""
    campaign = campaign_of(request, pk)
    chosen = Solicitation.objects.editable_by(request.user).filter(campaign=campaign)
    asked = request.GET.get("organisme", "")
    initial = {"solicitations": chosen.filter(pk=asked) if asked.isdecimal() and len(asked) < 10 else []}
    form = ReopeningForm(
        typed(request), campaign=campaign, user=request.user, today=timezone.localdate(), initial=initial
    )
    if form.is_bound and form.is_valid():
        by, now = author_of(request.user, campaign.plan.territory_id), timezone.now()
        until = form.cleaned_data["until"]
        lifecycle.reopen(form.cleaned_data["solicitations"], until=until, by=by, at=now)
        messages.success(request, f"La saisie est rouverte jusqu’au {say_date(until)} inclus.")
        return redirect(campaign)
    context = {"campaign": campaign, "form": form}
    return campaign_page(request, campaign.plan, "indicators/campaign_reopen.html", context)


@require_POST
def campaign_trash(request: Request, pk: int) -> HttpResponse:
    """A campaign that was prepared and not launched."""
    campaign = get_object_or_404(
        Campaign.objects.editable_by(request.user).select_related("plan__territory"),
        pk=pk,
        launched_at=None,
    )
    back = reverse("indicators:campaign_list", args=[campaign.plan_id])
    return trash_at_once(request, campaign.plan, campaign, back=back)


def check_page(request: Request, campaign: Campaign, board: Board, *, is_late: bool) -> HttpResponse:
    context = {
        "campaign": campaign,
        "board": board,
        "without_contact": [row for row in board.rows if row.lacks_contact],
        "without_contributor": without_contributor(campaign.plan, campaign.period),
        "is_late": is_late,
    }
    return campaign_page(request, campaign.plan, "indicators/campaign_check.html", context)


def plan_of(request: Request, pk: int) -> Plan:
    return get_object_or_404(Plan.objects.editable_by(request.user).select_related("territory"), pk=pk)


def campaign_of(request: Request, pk: int) -> Campaign:
    held = Campaign.objects.editable_by(request.user).select_related("plan__territory")
    return get_object_or_404(held, pk=pk)


def campaign_page(
    request: Request, plan: Plan, template: str, context: dict[str, Any], fragments: Sequence[str] = ()
) -> HttpResponse:
    status = 422 if "form" in context and context["form"].errors else 200
    return plan_page(
        request, plan, template, context, current="campaigns", fragments=fragments, status=status
    )
