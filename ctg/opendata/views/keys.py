"""Keys to the open data: handed out by the coordination, shown again, revoked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.models import Plan
from actions.views.entries import typed
from actions.views.page import plan_page
from ctg.dashboards.models import ReadLink
from ctg.dashboards.models.read_link import ReadLinkQuerySet
from ctg.dashboards.sharing import last_day_of, revoke
from ctg.web.http import Request
from partners.signing import author_of
from partners.tokens import token_of

from ..forms import KeyForm

#: The word of the address that names the key that is shown.
SHOWN = "montrer"


@require_safe
def data_key_list(request: Request, pk: int) -> HttpResponse:
    """The keys to the data of a plan, closed ones included; one of them in full."""
    plan = plan_to_coordinate(request, pk)
    now = timezone.now()
    asked = request.GET.get(SHOWN, "")
    rows = [
        {
            "key": key,
            "last_day": last_day_of(key),
            "is_live": key.is_live(now),
            "token": token_of(key.seed) if key.is_live(now) and asked == str(key.pk) else "",
        }
        for key in keys_of(request).filter(plan=plan)
    ]
    return plan_page(request, plan, "opendata/data_key_list.html", {"rows": rows}, current="opendata")


@require_http_methods(["GET", "HEAD", "POST"])
def data_key_add(request: Request, pk: int) -> HttpResponse:
    plan = plan_to_coordinate(request, pk)
    form = KeyForm(typed(request), plan=plan, today=timezone.localdate())
    if form.is_valid():
        key = form.make(request.user, by=author_of(request.user, plan.territory_id), at=timezone.now())
        messages.success(request, "Clé créée. Copiez-la dans le programme qui doit lire.")
        return redirect(f"{list_of(plan.pk)}?{SHOWN}={key.pk}#cle-{key.pk}")
    status = 422 if form.is_bound else 200
    return plan_page(
        request, plan, "opendata/data_key_add.html", {"form": form}, current="opendata", status=status
    )


@require_POST
def data_key_revoke(request: Request, pk: int) -> HttpResponse:
    held = keys_of(request).filter(plan__in=Plan.objects.editable_by(request.user))
    key = get_object_or_404(held.select_related("plan"), pk=pk)
    revoke(key, by=author_of(request.user, key.plan.territory_id), at=timezone.now())
    messages.success(request, f"La clé pour «\u00a0{key.label}\u00a0» n’ouvre plus rien.")
    return redirect(list_of(key.plan_id))


def keys_of(request: Request) -> ReadLinkQuerySet:
    return ReadLink.objects.editable_by(request.user).filter(opens=ReadLink.Opens.DATA)


def plan_to_coordinate(request: Request, pk: int) -> Plan:
    return get_object_or_404(Plan.objects.editable_by(request.user).select_related("territory"), pk=pk)


def list_of(plan_id: int) -> str:
    return reverse("opendata:data_key_list", args=[plan_id])
