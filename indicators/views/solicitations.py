"""One organisation in a campaign: what it is asked, who answers, by which link."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.views.entries import typed, version_seen
from ctg.web.htmx import target_number
from ctg.web.http import Request
from partners.editing import conflict_page
from partners.signing import author_of
from partners.tracking import Conflict

from ..campaigns import solicitations
from ..campaigns.board import Mark
from ..campaigns.board_reading import read_board
from ..campaigns.reminders import remind
from ..forms.solicitations import NewSolicitationForm, SolicitationForm
from ..models import EntryLink, Solicitation
from .campaigns import campaign_of, campaign_page


@require_safe
def solicitation_detail(request: Request, pk: int) -> HttpResponse:
    """The values of one organisation, to read again; its contact, its links and its delays."""
    solicitation = solicitation_of(request, pk)
    now = timezone.now()
    [row] = read_board(solicitation.campaign, only=solicitation).rows
    asked_for = target_number(request, "question")
    links = EntryLink.objects.visible_to(request.user).filter(solicitation=solicitation)
    context = {
        "solicitation": solicitation,
        "campaign": solicitation.campaign,
        "stage": solicitation.campaign.stage(now),
        "row": row,
        "cells": [cell for cell in row.cells if asked_for in (None, cell.question.pk)],
        "links": links,
        "is_open": solicitation.is_open(now),
        "marks": list(Mark),
    }
    plan = solicitation.campaign.plan
    return campaign_page(request, plan, "indicators/solicitation_detail.html", context, ["question"])


@require_http_methods(["GET", "HEAD", "POST"])
def solicitation_add(request: Request, pk: int) -> HttpResponse:
    campaign = campaign_of(request, pk)
    form = NewSolicitationForm(typed(request), campaign=campaign, user=request.user)
    if form.is_bound and form.is_valid():
        by = author_of(request.user, campaign.plan.territory_id)
        organisation = form.cleaned_data["organisation"]
        added = solicitations.add_organisation(campaign, organisation, by=by, at=timezone.now())
        messages.success(request, f"{organisation}\u00a0: voyez ce qui lui est demandé.")
        return redirect("indicators:solicitation_edit", added.pk)
    context = {"campaign": campaign, "form": form}
    return campaign_page(request, campaign.plan, "indicators/solicitation_add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def solicitation_edit(request: Request, pk: int) -> HttpResponse:
    solicitation = solicitation_of(request, pk)
    campaign = solicitation.campaign
    form = SolicitationForm(typed(request), instance=solicitation, user=request.user)
    back = way_back_to(solicitation)
    if form.is_bound and form.is_valid():
        try:
            form.commit(request)
        except Conflict as conflict:
            return conflict_page(request, form, conflict, back=back)
        messages.success(request, f"{solicitation.organisation}\u00a0: c’est enregistré.")
        return redirect(back)
    context = {"solicitation": solicitation, "campaign": campaign, "form": form, "back": back}
    return campaign_page(request, campaign.plan, "indicators/solicitation_edit.html", context)


@require_POST
def solicitation_trash(request: Request, pk: int) -> HttpResponse:
    solicitation = solicitation_of(request, pk)
    if version_seen(request) == solicitation.version:
        by = author_of(request.user, solicitation.campaign.plan.territory_id)
        solicitations.withdraw(solicitation, by=by, at=timezone.now())
        messages.success(request, f"{solicitation.organisation} n’est plus sollicité.")
        return redirect(solicitation.campaign)
    messages.warning(request, "Rien n’est changé\u00a0: quelqu’un vient d’y toucher. Relisez.")
    return redirect("indicators:solicitation_edit", pk)


@require_POST
def solicitation_remind(request: Request, pk: int) -> HttpResponse:
    solicitation = solicitation_of(request, pk)
    by = author_of(request.user, solicitation.campaign.plan.territory_id)
    if remind(solicitation, by=by, at=timezone.now()):
        messages.success(request, f"Relance envoyée à {solicitation.contact_email}.")
    else:
        why = "un courriel lui est déjà parti aujourd’hui, ou il n’y a rien à relancer"
        messages.warning(request, f"Pas de relance à {solicitation.organisation}\u00a0: {why}.")
    return redirect(way_back_to(solicitation))


@require_POST
def link_renew(request: Request, pk: int) -> HttpResponse:
    link = link_of(request, pk)
    by = author_of(request.user, link.solicitation.campaign.plan.territory_id)
    solicitations.renew_link(link, by=by, at=timezone.now())
    messages.success(request, f"Un nouveau lien part à {link.email}\u00a0; l’ancien ne fonctionne plus.")
    return redirect(way_back_to(link.solicitation))


@require_POST
def link_revoke(request: Request, pk: int) -> HttpResponse:
    link = link_of(request, pk)
    by = author_of(request.user, link.solicitation.campaign.plan.territory_id)
    solicitations.revoke_link(link, by=by, at=timezone.now())
    messages.success(request, f"Le lien de {link.email} ne fonctionne plus.")
    return redirect(way_back_to(link.solicitation))


def solicitation_of(request: Request, pk: int) -> Solicitation:
    held = Solicitation.objects.editable_by(request.user)
    related = held.select_related("campaign__plan__territory", "organisation")
    return get_object_or_404(related, pk=pk)


def link_of(request: Request, pk: int) -> EntryLink:
    held = EntryLink.objects.editable_by(request.user)
    related = held.select_related("solicitation__campaign__plan__territory", "solicitation__organisation")
    return get_object_or_404(related, pk=pk)


def way_back_to(solicitation: Solicitation) -> str:
    """The page of the organisation; before the launch, that of the campaign, where all is checked."""
    if solicitation.campaign.launched_at is None:
        return solicitation.campaign.get_absolute_url()
    return reverse("indicators:solicitation_detail", args=[solicitation.pk])
