"""The packed cells of a file as the rules cut them, confirmed on one screen, page after page."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from ctg.intake.forms.splitting import ActionRow, OrganisationRow, action_rows, organisation_rows
from ctg.intake.models import DroppedFile
from ctg.intake.previewing.correcting import correct, pages_of
from ctg.intake.previewing.preview import Preview, preview_of
from ctg.intake.problems import nearest
from ctg.intake.tables import Refusal
from ctg.web.htmx import render_page
from ctg.web.http import Request

from .preview import file_to_read, shell_of

#: How many organisations a page asks about.
PAGE_SIZE = 100


@require_safe
def splits(request: Request, pk: int) -> HttpResponse:
    return splits_page(request, file_to_read(request, pk))


@require_POST
def organisations_edit(request: Request, pk: int) -> HttpResponse:
    dropped = file_to_read(request, pk)
    rows = organisations_on(request, preview_of(dropped), request.POST).object_list
    return received(request, dropped, rows, {"organisations": rows})


@require_POST
def splits_edit(request: Request, pk: int) -> HttpResponse:
    dropped = file_to_read(request, pk)
    rows, _ = actions_on(request, preview_of(dropped), request.POST)
    return received(request, dropped, rows, {"actions": rows})


def received(request: Request, dropped: DroppedFile, rows: Any, again: dict[str, Any]) -> HttpResponse:
    """Keep all rows of the page, or none and show them again."""
    # All of them, so that each tells its errors.
    if sum(not row.is_valid() for row in rows):
        return splits_page(request, dropped, again)
    correct(dropped, [row.tell for row in rows])
    messages.success(request, "C’est noté.")
    query = request.GET.urlencode()
    return redirect(f"{reverse('intake:splits', args=[dropped.pk])}{'?' if query else ''}{query}")


def splits_page(request: Request, dropped: DroppedFile, again: dict[str, Any] | None = None) -> HttpResponse:
    shown = preview_of(dropped)
    try:
        organisations, (actions, page) = organisations_on(request, shown), actions_on(request, shown)
    except Refusal:  # As it is read now, no action is left: the page of the file says so.
        return redirect(dropped)
    context = {
        "shell": shell_of(request, dropped),
        "dropped": dropped,
        "known": sorted({one.name for one in shown.known}),
        "organisations_page": organisations,
        "organisations": organisations.object_list,
        "page": page,
        "actions": actions,
        "query": request.GET.urlencode(),
        "is_wrong": again is not None,
    }
    return render_page(request, "intake/splits.html", context | (again or {}), status=422 if again else 200)


def organisations_on(
    request: Request, shown: Preview, data: QueryDict | None = None
) -> Page[OrganisationRow]:
    rows = organisation_rows(shown, nearest(shown.proposed, shown.known), data)
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("noms"))


def actions_on(
    request: Request, shown: Preview, data: QueryDict | None = None
) -> tuple[list[ActionRow], Page[list[int]]]:
    page = Paginator(pages_of(shown), 1).get_page(request.GET.get("page"))
    return action_rows(shown, page.object_list[0], data), page
