from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from actions.models import Action, Plan
from actions.views.page import plan_page
from ctg.web.http import Request
from partners.shell import Visitor

from ..forms.grid import GridForm, slots_sent
from ..grid.entering import Entered, enter
from ..grid.filters import GridFilter, periods_offered
from ..grid.lines import Grid, read_grid, read_lines
from ..models import Absence, Frequency, Measurement, State
from ..periods import period_of, read_period

#: More rows than this on one page would be slow to scroll, and to send.
PAGE_SIZE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def value_grid(request: Request, pk: int) -> HttpResponse:
    """Enter many values on one page: they are read back before they are saved."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)
    visitor = Visitor(request.user)
    grid = grid_of(request, plan, visitor)
    if request.method == "POST":
        return receive(request, grid, visitor)
    slots = GridFilter.asked(request.GET, grid).slots()
    page = Paginator(slots, PAGE_SIZE).get_page(request.GET.get("page"))
    lines, _ = read_lines(grid, page, at=timezone.now())
    form = GridForm(lines, today=timezone.localdate())
    return grid_page(request, grid, visitor, form, {"page": page, "found": len(slots)})


def receive(request: Request, grid: Grid, visitor: Visitor) -> HttpResponse:
    """Show what was read of each cell; once it was seen, save what can be and keep the rest."""
    slots, at, today = slots_sent(grid, request.POST), timezone.now(), timezone.localdate()
    lines, locks = read_lines(grid, slots, at=at)
    form = GridForm(lines, request.POST, today=today)
    if "save" not in request.POST or not form.is_checked:
        if not (form.changes or form.error_list or form.emptied):
            messages.info(request, "Aucune case n’a changé.")
            return redirect(request.get_full_path())
        return grid_page(request, grid, visitor, form, status=422 if form.error_list else 200)
    written = [row for row in form.changes if not row.clash]
    outcome = enter(
        [Entered(row.line, row.values, row.seen) for row in written],
        channel=grid.channel,
        year=grid.whole.year,
        by=visitor.signature(grid.plan.territory_id),
        at=at,
        locks=locks,
        is_sent=grid.mine is not None and request.POST["save"] == "send",
    )
    say_saved(request, grid, outcome.written, len(form.emptied))
    kept = outcome.refused | {row.line.slot.key for row in form.rows if row.errors or row.clash}
    if not kept:
        return redirect(request.get_full_path())
    lines, _ = read_lines(grid, slots, at=at)
    form = GridForm(lines, request.POST, today=today, only=kept)
    return grid_page(request, grid, visitor, form, status=409 if outcome.refused else 422)


def say_saved(request: Request, grid: Grid, written: Sequence[Measurement], emptied: int) -> None:
    plural = "s" if len(written) > 1 else ""
    drafts = sum(value.state == State.DRAFT for value in written)
    if drafts:
        words = f"{len(written)} valeur{plural} enregistrée{plural} en brouillon."
        link = format_html('<a href="{}">Les envoyer</a>', reverse("indicators:answer_list"))
        messages.success(request, format_html("{} {}", words, link))
    elif written:
        sent = f" et envoyée{plural}" if grid.mine is not None else ""
        messages.success(request, f"{len(written)} valeur{plural} enregistrée{plural}{sent}.")
    if emptied:
        what = f"{emptied} cases vidées gardent leur" if emptied > 1 else "Une case vidée garde sa"
        messages.warning(request, f"{what} valeur\u00a0: vide n’est pas zéro.")


def grid_of(request: Request, plan: Plan, visitor: Visitor) -> Grid:
    """All that the plan asks, for its coordination; for a member, what it asks of her organisations."""
    asked = request.GET.get("periode") or request.GET.get("annee") or ""
    whole = read_period(asked) or period_of(Frequency.YEAR, timezone.localdate().year)
    if visitor.coordinates(plan.territory_id):
        return read_grid(plan, request.user, whole=whole, mine=None)
    held = (one for one in visitor.memberships if one.territory_id == plan.territory_id)
    mine = {one.organisation_id for one in held if one.organisation_id}
    grid = read_grid(plan, request.user, whole=whole, mine=mine)
    if not grid.organisations:
        raise Http404
    return grid


def grid_page(
    request: Request,
    grid: Grid,
    visitor: Visitor,
    form: GridForm,
    shown: dict[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    query = request.GET.copy()
    query.pop("page", None)
    actions = Action.objects.visible_to(request.user).filter(plan=grid.plan).only("number", "title", "plan")
    context = {
        "grid": grid,
        "form": form,
        "filter": GridFilter.asked(request.GET, grid),
        "offered": periods_offered(grid),
        "actions": actions,
        "absences": Absence.choices,
        "query": query.urlencode(),
        "page": None,
        "found": len(form.rows),
    }
    return plan_page(
        request,
        grid.plan,
        "indicators/value_grid.html",
        context | (shown or {}),
        current="indicators",
        visitor=visitor,
        status=status,
    )
