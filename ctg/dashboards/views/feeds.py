"""Calendars to follow from one's own agenda."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.models import Plan
from actions.views.page import plan_page
from ctg.web.http import Request, Visit
from partners.signing import author_of

from ..calendars import feeds, ical
from ..calendars.entries import entries_of
from ..forms.feeds import FeedForm
from ..models import ReadLink
from .board_readers import kept_apart


@login_not_required  # An agenda has no account: the address is what lets it in, and it only reads.
@require_safe
def feed(request: Visit, token: str) -> HttpResponse:
    at = timezone.now()
    link = feeds.find_feed(token, at=at)
    if link is None:
        raise Http404
    scope = feeds.scope_of(link)
    name = f"CTG {scope.plan.territory.label}" + ("" if scope.is_whole else f", {feeds.name_of(scope)}")
    content = ical.write_calendar(name, entries_of(scope, timezone.localdate(at)), at=at)
    response = HttpResponse(content, content_type=ical.MEDIA_TYPE)
    response["Content-Disposition"] = 'inline; filename="plan-ctg.ics"'
    return kept_apart(response)


@require_http_methods(["GET", "HEAD", "POST"])
def feed_list(request: Request, pk: int) -> HttpResponse:
    """The calendars that the person follows, with their addresses, and those that she may follow."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)
    scopes = feeds.scopes_for(plan, request.user)
    form = FeedForm(request.POST if request.method == "POST" else None, scopes=scopes)
    if form.is_valid():
        by = author_of(request.user, plan.territory_id)
        feeds.follow(form.scope, request.user, by=by, at=timezone.now())
        messages.success(request, "Adresse prête. Copiez-la dans votre agenda.")
        return redirect("dashboards:feed_list", plan.pk)
    own = ReadLink.objects.editable_by(request.user).filter(
        plan=plan, owner=request.user, opens=ReadLink.Opens.CALENDAR, revoked_at=None
    )
    rows = [(link, f"{settings.BASE_URL}{feeds.address_of(link)}") for link in own]
    status = 422 if form.is_bound else 200
    context = {"form": form, "rows": rows}
    return plan_page(request, plan, "dashboards/feed_list.html", context, current="calendars", status=status)


@require_POST
def feed_stop(request: Request, pk: int) -> HttpResponse:
    """Close one's own feed; the coordination may close anybody's."""
    calendars = ReadLink.objects.editable_by(request.user).filter(opens=ReadLink.Opens.CALENDAR)
    link = get_object_or_404(calendars, pk=pk)
    feeds.stop(link, at=timezone.now())
    messages.success(request, f"L’adresse n’ouvre plus rien\u00a0: {link.label}.")
    return redirect("dashboards:feed_list", link.plan_id)
