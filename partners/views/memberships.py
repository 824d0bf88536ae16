from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ctg.web.htmx import render_page
from ctg.web.http import Request

from .. import memberships, receipts
from ..forms.memberships import MemberInvitationForm, MembershipForm, ReminderForm
from ..models import Membership, Territory
from ..receipts import fresh_token
from ..shell import Visitor, territory_shell
from ..signing import author_of

LAST_COORDINATOR = (
    "C’est la dernière personne de la coordination : invitez-en d’abord une autre, "
    "sinon plus personne ne tiendrait ce territoire."
)
NOT_SENT = "L’accès est ouvert, mais le courriel n’est pas parti. Relancez la personne dans un moment."


@require_safe
def membership_list(request: Request, pk: int) -> HttpResponse:
    territory = get_object_or_404(Territory.objects.editable_by(request.user), pk=pk)
    held = Membership.objects.editable_by(request.user).filter(territory=territory)
    rows = [(membership, fresh_token()) for membership in held.select_related("user", "organisation")]
    context = {"territory": territory, "rows": rows}
    return people_page(request, territory, "partners/membership_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def membership_invite(request: Request, pk: int) -> HttpResponse:
    territory = get_object_or_404(Territory.objects.editable_by(request.user), pk=pk)
    form = MemberInvitationForm(request.POST or None, user=request.user, territory=territory)
    if request.method == "POST" and form.is_valid():
        has_left = memberships.invite(
            **form.cleaned_data,
            territory=territory,
            by=author_of(request.user, territory.pk),
            at=timezone.now(),
        )
        tell_about_mail(request, form.cleaned_data["email"], has_left)
        return redirect("partners:membership_list", territory.pk)
    if receipts.made_with(request.POST.get("token"), request.user):
        return redirect("partners:membership_list", territory.pk)
    context = {"form": form, "territory": territory}
    return people_page(request, territory, "partners/membership_invite.html", context)


@require_POST
def membership_remind(request: Request, pk: int) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.editable_by(request.user), pk=pk)
    form = ReminderForm(request.POST)
    if form.is_valid():
        by = author_of(request.user, membership.territory_id)
        has_left = memberships.remind(membership, token=form.cleaned_data["token"], by=by, at=timezone.now())
        tell_about_mail(request, membership.user.email, has_left)
    return redirect("partners:membership_list", membership.territory_id)


@require_http_methods(["GET", "HEAD", "POST"])
def membership_edit(request: Request, pk: int) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.editable_by(request.user), pk=pk)
    territory = membership.territory
    form = MembershipForm(request.POST or None, instance=membership, user=request.user)
    if request.method == "POST" and form.is_valid():
        by = author_of(request.user, territory.pk)
        try:
            memberships.change_role(membership, form.cleaned_data, by=by, at=timezone.now())
        except memberships.LastCoordinator:
            form.add_error("role", LAST_COORDINATOR)
        else:
            messages.success(request, f"{membership.user}\u00a0: c’est enregistré.")
            return back_to_people(request, territory)
    context = {"form": form, "membership": membership, "is_own": membership.user == request.user}
    return people_page(request, territory, "partners/membership_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def membership_revoke(request: Request, pk: int) -> HttpResponse:
    membership = get_object_or_404(
        Membership.objects.editable_by(request.user).select_related("user", "territory"), pk=pk
    )
    territory, is_own = membership.territory, membership.user == request.user
    if request.method == "POST":
        try:
            by = author_of(request.user, territory.pk)
            memberships.revoke(membership, by=by, at=timezone.now())
        except memberships.LastCoordinator:
            messages.error(request, LAST_COORDINATOR)
        else:
            messages.success(request, f"{membership.user} n’a plus cet accès.")
        return back_to_people(request, territory)
    context = {"membership": membership, "is_own": is_own}
    return people_page(request, territory, "partners/membership_revoke.html", context)


def tell_about_mail(request: Request, email: str, has_left: bool) -> None:
    if has_left:
        messages.success(request, f"Invitation envoyée à {email}.")
    else:
        messages.warning(request, NOT_SENT)


def back_to_people(request: Request, territory: Territory) -> HttpResponse:
    """Return to the list, or to the home page for somebody who has just left the coordination."""
    if Territory.objects.editable_by(request.user).filter(pk=territory.pk).exists():
        return redirect("partners:membership_list", territory.pk)
    return redirect("partners:home")


def people_page(
    request: Request, territory: Territory, template: str, context: dict[str, Any]
) -> HttpResponse:
    context["shell"] = territory_shell(Visitor(request.user), territory, "people")
    status = 422 if "form" in context and context["form"].errors else 200
    return render_page(request, template, context, status=status)
