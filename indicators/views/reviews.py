"""Reading the received values again: accepting them, or sending them back with a question."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from actions.views.entries import typed, version_seen
from ctg.web.http import Request
from partners.signing import author_of

from ..campaigns import reviews
from ..campaigns.board_reading import read_board
from ..forms.solicitations import ReturnForm
from ..models import Measurement, Solicitation
from ..values.entry import NotNow
from ..values.locking import Locked
from ..values.wording import say_value
from .campaigns import campaign_of, campaign_page
from .solicitations import way_back_to

#: As many values as a page shows and a gesture accepts.
AT_ONCE = 200

CHANGED = "Rien n’est changé\u00a0: cette valeur vient d’être modifiée. Relisez-la."
NOT_SENT = "Cette valeur n’est pas encore envoyée\u00a0: elle ne peut pas être retournée."
NOT_ASKED = (
    "La campagne est close, et cet organisme n’y est pas sollicité\u00a0: ajoutez-le d’abord à la campagne."
)


@require_POST
def measurement_validate(request: Request, pk: int) -> HttpResponse:
    measurement = measurement_of(request, pk)
    by = author_of(request.user, measurement.indicator.plan.territory_id)
    seen = {pk: version_seen(request)}
    if reviews.validate_seen([measurement], seen, by=by, at=timezone.now()):
        messages.success(request, f"Valeur validée\u00a0: {measurement.indicator}.")
    else:
        messages.warning(request, CHANGED)
    return redirect(page_of(measurement))


@require_http_methods(["GET", "HEAD", "POST"])
def measurement_return(request: Request, pk: int) -> HttpResponse:
    """Ask a question about a value; when its campaign is closed, open it again in the same gesture."""
    measurement = measurement_of(request, pk)
    now = timezone.now()
    is_closed = reviews.is_closed(measurement, at=now)
    form = ReturnForm(typed(request), is_closed=is_closed, today=timezone.localdate())
    if form.is_bound and form.is_valid():
        by = author_of(request.user, measurement.indicator.plan.territory_id)
        note, until = form.cleaned_data["note"], form.cleaned_data.get("until")
        try:
            address = reviews.send_back(measurement, note=note, reopen_until=until, by=by, at=now)
        except NotNow:
            form.add_error(None, NOT_SENT)
        except Locked:
            form.add_error(None, NOT_ASKED)
        else:
            told = (
                f" {address} reçoit votre question."
                if address
                else " Personne n’a d’adresse\u00a0: prévenez-le."
            )
            messages.success(request, f"Valeur retournée à {measurement.organisation}.{told}")
            return redirect(page_of(measurement))
    context = {
        "measurement": measurement,
        "said": say_value(measurement.indicator, measurement),
        "form": form,
        "back": page_of(measurement),
    }
    return campaign_page(request, measurement.indicator.plan, "indicators/measurement_return.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_validate(request: Request, pk: int) -> HttpResponse:
    """Show all that is normal, then accept it at once; what surprises is left to be read one by one.

    Of the whole campaign, or of one organisation.
    """
    campaign = campaign_of(request, pk)
    asked = request.GET.get("organisme", "")
    held = Solicitation.objects.editable_by(request.user).filter(campaign=campaign)
    only = get_object_or_404(held, pk=asked) if asked.isdecimal() and len(asked) < 10 else None
    board = read_board(campaign, only=only)
    if request.method == "POST":
        by = author_of(request.user, campaign.plan.territory_id)
        shown = [cell.measurement for cell in board.normal if cell.measurement]
        done = reviews.validate_seen(shown, versions_sent(request), by=by, at=timezone.now())
        many = "s" if len(done) >= 2 else ""
        messages.success(request, f"{len(done)} valeur{many} validée{many}.")
        return redirect(way_back_to(only) if only else campaign)
    context: dict[str, Any] = {
        "campaign": campaign,
        "total": len(board.normal),
        "normal": board.normal[:AT_ONCE],
        "others": [cell for cell in board.cells if cell.is_to_review and not cell.is_normal][:AT_ONCE],
    }
    return campaign_page(request, campaign.plan, "indicators/campaign_validate.html", context)


def versions_sent(request: Request) -> dict[int, int]:
    """The values that the page showed, each with its version: « 12:3 »."""
    pairs = (sent.partition(":") for sent in request.POST.getlist("value"))
    return {
        int(pk): int(version)
        for pk, _, version in pairs
        if pk.isdecimal() and version.isdecimal() and len(pk + version) < 24
    }


def measurement_of(request: Request, pk: int) -> Measurement:
    held = Measurement.objects.editable_by(request.user)
    related = held.select_related("indicator__plan__territory", "organisation", "entered_by")
    return get_object_or_404(related, pk=pk)


def page_of(measurement: Measurement) -> str:
    """Where the value is read again: among those of its organisation, or by itself."""
    solicitation = reviews.solicitation_of(measurement)
    if solicitation is None:
        return measurement.get_absolute_url()
    return reverse("indicators:solicitation_detail", args=[solicitation.pk])
