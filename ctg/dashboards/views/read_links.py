"""Read links: handed out by the coordination, opened by whoever holds one."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.models import Plan
from actions.views.entries import typed
from actions.views.page import plan_page
from ctg.web.http import Request, Visit
from partners.signing import author_of

from ..board.reading import steering_days
from ..forms.read_links import ReadLinkForm
from ..models import ReadLink
from ..sharing import address_of, find_link, last_day_of, remember, revoke, usual_last_day
from .board_readers import dead_link_page, kept_apart

#: The word of the address that names the link whose address is shown.
SHOWN = "montrer"


@login_not_required  # The link is what lets in; a visit alone changes nothing.
@require_safe
def read_link_open(request: Visit, token: str) -> HttpResponse:
    """Give the browser what the link opens, and an address without the token."""
    link = find_link(token, at=timezone.now())
    if link is None:
        return dead_link_page(request)
    response = redirect("dashboards:board", link.plan_id)
    remember(response, link)
    return kept_apart(response)


@require_safe
def read_link_list(request: Request, pk: int) -> HttpResponse:
    """The links to the page of the élus, closed ones included; one of them with its address."""
    plan = plan_of(request, pk)
    now = timezone.now()
    links = ReadLink.objects.editable_by(request.user).filter(plan=plan, opens=ReadLink.Opens.BOARD)
    asked = request.GET.get(SHOWN, "")
    rows = [
        {
            "link": link,
            "last_day": last_day_of(link),
            "is_live": link.is_live(now),
            "address": f"{settings.BASE_URL}{address_of(link)}"
            if link.is_live(now) and asked == str(link.pk)
            else "",
        }
        for link in links
    ]
    return plan_page(request, plan, "dashboards/read_link_list.html", {"rows": rows}, current="board")


@require_http_methods(["GET", "HEAD", "POST"])
def read_link_add(request: Request, pk: int) -> HttpResponse:
    plan = plan_of(request, pk)
    today = timezone.localdate()
    usual = usual_last_day(plan.next_steering_on, today)  # type: ignore[attr-defined]  # Annotated.
    form = ReadLinkForm(typed(request), plan=plan, today=today, initial={"last_day": usual})
    if form.is_valid():
        link = form.make(request.user, by=author_of(request.user, plan.territory_id), at=timezone.now())
        messages.success(request, "Lien créé. Copiez son adresse, et envoyez-la à qui doit lire.")
        return redirect(f"{list_of(plan.pk)}?{SHOWN}={link.pk}#lien-{link.pk}")
    status = 422 if form.is_bound else 200
    context = {"form": form, "back": list_of(plan.pk)}
    return plan_page(request, plan, "dashboards/read_link_add.html", context, current="board", status=status)


@require_POST
def read_link_revoke(request: Request, pk: int) -> HttpResponse:
    held = ReadLink.objects.editable_by(request.user).filter(plan__in=Plan.objects.editable_by(request.user))
    link = get_object_or_404(held.filter(opens=ReadLink.Opens.BOARD).select_related("plan"), pk=pk)
    revoke(link, by=author_of(request.user, link.plan.territory_id), at=timezone.now())
    messages.success(request, f"Le lien pour «\u00a0{link.label}\u00a0» n’ouvre plus rien.")
    return redirect(list_of(link.plan_id))


def plan_of(request: Request, pk: int) -> Plan:
    held = Plan.objects.editable_by(request.user).select_related("territory")
    return get_object_or_404(held.annotate(**steering_days(timezone.localdate())), pk=pk)


def list_of(plan_id: int) -> str:
    return reverse("dashboards:read_link_list", args=[plan_id])
