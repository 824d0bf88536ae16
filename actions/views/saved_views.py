"""Views of a plan kept under a name, and the way back to the plan as it was left."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ctg.web.http import Request
from partners import receipts
from partners.shell import Visitor

from .. import saved_views
from ..forms.saved_views import SavedViewForm
from ..models import Plan, SavedView
from .page import plan_page


@require_safe
def plan_return(request: Request, pk: int) -> HttpResponse:
    """Open the plan with the filters that the person left, or that her role begins with."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user), pk=pk)
    roles = Visitor(request.user).roles_in(plan.territory_id)
    return redirect(saved_views.return_address(request.session, plan, request.user, roles))


@require_safe
def saved_view_list(request: Request, pk: int) -> HttpResponse:
    plan = readable_plan(request, pk)
    shown = saved_views.shortcuts(plan, request.user, page="", query="")
    editable = set(SavedView.objects.editable_by(request.user).filter(plan=plan).values_list("pk", flat=True))
    return plan_page(
        request, plan, "actions/saved_view_list.html", {"views": shown, "editable": editable}, current="views"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def saved_view_add(request: Request, pk: int) -> HttpResponse:
    """Keep the filters of an address: `page` says which page, the other words are its filters."""
    plan = readable_plan(request, pk)
    view = SavedView(plan=plan, owner=request.user)
    initial = {"page": request.GET.get("page", SavedView.Page.PLAN)}
    initial["query"] = saved_views.kept_words(request.GET.urlencode())
    form = SavedViewForm(
        request.POST or None, instance=view, initial=initial, can_share=coordinates(request, plan)
    )
    if request.method == "POST" and form.is_valid():
        saved, _ = receipts.once(
            form.cleaned_data["token"],
            request.user,
            make=lambda: saved_views.save(form.instance),
            found=lambda key: SavedView.objects.visible_to(request.user).get(pk=key),
        )
        messages.success(request, f"Vue enregistrée\u00a0: {saved}.")
        return redirect(saved_views.address_of(saved))
    return form_page(request, plan, form, "Enregistrer cette vue")


@require_http_methods(["GET", "HEAD", "POST"])
def saved_view_edit(request: Request, pk: int) -> HttpResponse:
    view = editable_view(request, pk)
    form = SavedViewForm(request.POST or None, instance=view, can_share=coordinates(request, view.plan))
    if request.method == "POST" and form.is_valid():
        saved_views.save(form.instance)
        messages.success(request, f"Vue enregistrée\u00a0: {view}.")
        return redirect("actions:saved_view_list", view.plan_id)
    return form_page(request, view.plan, form, "Modifier la vue")


@require_http_methods(["GET", "HEAD", "POST"])
def saved_view_remove(request: Request, pk: int) -> HttpResponse:
    """Forget a view, which is but a name on an address: no action of the plan changes."""
    view = editable_view(request, pk)
    if request.method == "POST":
        view.delete()
        messages.success(request, f"Vue supprimée\u00a0: {view}. Le plan n’a pas changé.")
        return redirect("actions:saved_view_list", view.plan_id)
    return plan_page(request, view.plan, "actions/saved_view_remove.html", {"view": view})


def readable_plan(request: Request, pk: int) -> Plan:
    return get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)


def editable_view(request: Request, pk: int) -> SavedView:
    editable = SavedView.objects.editable_by(request.user).select_related("plan__territory")
    return get_object_or_404(editable, pk=pk)


def coordinates(request: Request, plan: Plan) -> bool:
    return Visitor(request.user).coordinates(plan.territory_id)


def form_page(request: Request, plan: Plan, form: SavedViewForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": reverse("actions:saved_view_list", args=[plan.pk])}
    status = 422 if form.errors else 200
    return plan_page(request, plan, "actions/saved_view_form.html", context, status=status)
