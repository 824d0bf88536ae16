"""What administrators do: open a territory, name it, invite its first coordination. They read no plan."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ctg.web.htmx import render_page
from ctg.web.http import Request

from .. import memberships, receipts
from ..forms.memberships import InvitationForm
from ..forms.territories import TerritoryForm
from ..models import Role, Territory
from ..shell import Visitor, shell_for
from ..signing import author_of
from .memberships import tell_about_mail


@require_safe
def territory_list(request: Request) -> HttpResponse:
    check_administrator(request)
    coordination = Count("memberships", filter=Q(memberships__role=Role.COORDINATOR))
    territories = Territory.objects.administrable_by(request.user).annotate(coordinators=coordination)
    return administration_page(request, "partners/territory_list.html", {"territories": territories})


@require_http_methods(["GET", "HEAD", "POST"])
def territory_add(request: Request) -> HttpResponse:
    check_administrator(request)
    form = TerritoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        territory, _ = receipts.once(
            form.cleaned_data["token"],
            request.user,
            make=form.save,
            found=lambda pk: Territory.objects.administrable_by(request.user).get(pk=pk),
        )
        messages.success(request, f"Territoire créé\u00a0: {territory}. Invitez maintenant sa coordination.")
        return redirect("partners:territory_invite", territory.pk)
    if made := receipts.made_with(request.POST.get("token"), request.user):
        return redirect("partners:territory_invite", made)
    return administration_page(request, "partners/territory_form.html", {"form": form, "territory": None})


@require_http_methods(["GET", "HEAD", "POST"])
def territory_edit(request: Request, pk: int) -> HttpResponse:
    territory = get_object_or_404(Territory.objects.administrable_by(request.user), pk=pk)
    name = territory.name
    form = TerritoryForm(request.POST or None, instance=territory)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"{territory}\u00a0: c’est enregistré.")
        return redirect("partners:territory_list")
    return administration_page(request, "partners/territory_form.html", {"form": form, "territory": name})


@require_http_methods(["GET", "HEAD", "POST"])
def territory_invite(request: Request, pk: int) -> HttpResponse:
    territory = get_object_or_404(Territory.objects.administrable_by(request.user), pk=pk)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        has_left = memberships.invite(
            **form.cleaned_data,
            territory=territory,
            role=Role.COORDINATOR,
            organisation=None,
            by=author_of(request.user, territory.pk),
            at=timezone.now(),
        )
        tell_about_mail(request, form.cleaned_data["email"], has_left)
        is_hers = form.cleaned_data["email"] == request.user.email.lower()
        return redirect("partners:home" if is_hers else "partners:territory_list")
    return administration_page(
        request, "partners/territory_invite.html", {"form": form, "territory": territory}
    )


def check_administrator(request: Request) -> None:
    if not request.user.is_administrator:
        raise Http404


def administration_page(request: Request, template: str, context: dict[str, Any]) -> HttpResponse:
    context["shell"] = shell_for(Visitor(request.user), current="territories")
    status = 422 if "form" in context and context["form"].errors else 200
    return render_page(request, template, context, status=status)
