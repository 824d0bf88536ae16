from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ctg.web.htmx import target_name
from ctg.web.http import Request
from partners.editing import conflict_page
from partners.shell import Visitor
from partners.tracking import Conflict

from ..forms.sheet import SheetForm
from ..models import Action
from ..sections import SECTIONS, Section
from ..sheet import read_sheet
from .page import plan_page

#: What htmx may ask of a sheet, one region at a time; a part of it, only by its name.
REGIONS = ("follow-up", "blockages", "notes", "milestones", "factors", "indicators", "budget")


@require_safe
def action_detail(request: Request, pk: int) -> HttpResponse:
    return action_page(request, pk)


def action_page(request: Request, pk: int, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of one action, shared by every command that redisplays it.

    `forms` are the forms to show again with their errors, by the name that the template gives them.
    """
    visitor = Visitor(request.user)
    sheet = read_sheet(pk, visitor, today=timezone.localdate())
    section = SECTIONS.get(target_name(request, "part") or "")
    return plan_page(
        request,
        sheet.action.plan,
        "actions/action_detail.html",
        {
            "action": sheet.action,
            "sheet": sheet,
            "section": section,
            "today": sheet.today,
            "milestone_form": None,
            "factor_form": None,
            "note_form": None,
            "blockage_form": None,
            "budget_line_form": None,
        }
        | forms,
        visitor=visitor,
        fragments=["part", *REGIONS] if section else REGIONS,
        status=status,
    )


@require_safe
def action_edit(request: Request, pk: int, slug: str) -> HttpResponse:
    """One part of the sheet as a form: in its place with htmx, on a page of its own without."""
    section, action = part_of_sheet(request, pk, slug)
    form = section.form(instance=action, user=request.user)
    if not form.is_open:
        raise Http404
    return part_page(request, section, action, form)


@require_POST
def action_save(request: Request, pk: int, slug: str) -> HttpResponse:
    section, action = part_of_sheet(request, pk, slug)
    form = section.form(request.POST, instance=action, user=request.user)
    if not form.is_open:
        raise Http404
    if not form.is_valid():
        return part_page(request, section, action, form, status=422)
    try:
        form.commit(request)
    except Conflict as conflict:
        return conflict_page(request, form, conflict, back=action.get_absolute_url())
    messages.success(request, f"{section.title_in(action.plan)} : enregistré.")
    return redirect(action)


def part_of_sheet(request: Request, pk: int, slug: str) -> tuple[Section, Action]:
    section = SECTIONS.get(slug)
    if section is None:
        raise Http404
    door = Action.objects.updatable_by if section.is_follow_up else Action.objects.editable_by
    return section, get_object_or_404(door(request.user).select_related("plan__territory"), pk=pk)


def part_page(
    request: Request, section: Section, action: Action, form: SheetForm, *, status: int = 200
) -> HttpResponse:
    title = section.title_in(action.plan)
    context = {"action": action, "section": section, "title": title, "form": form}
    return plan_page(
        request, action.plan, "actions/action_edit.html", context, fragments=["part"], status=status
    )
