from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ctg.web.htmx import render_page
from ctg.web.http import Request

from .. import receipts, tracking
from ..editing import conflict_page
from ..forms.organisations import OrganisationForm
from ..models import Organisation, Territory
from ..queries import (
    by_kind,
    found,
    history_of_organisation,
    involvements_by_role,
    organisation_rows,
    suspects,
)
from ..shell import Visitor, territory_shell
from ..signing import author_of


@require_safe
def organisation_list(request: Request, pk: int) -> HttpResponse:
    territory = get_object_or_404(Territory.objects.visible_to(request.user), pk=pk)
    visitor = Visitor(request.user)
    can_edit = visitor.coordinates(territory.pk)
    query = request.GET.get("q", "").strip()
    rows = organisation_rows(request.user, territory)
    context = {
        "territory": territory,
        "groups": by_kind(found(rows, query)),
        "total": len(rows),
        "carrying": sum(row.carried > 0 for row in rows),
        "query": query,
        "suspects": suspects(rows) if can_edit and not query else [],
        "can_edit": can_edit,
        "shell": territory_shell(visitor, territory, "organisations"),
    }
    return render_page(request, "partners/organisation_list.html", context)


@require_safe
def organisation_detail(request: Request, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    visitor = Visitor(request.user)
    can_edit = visitor.coordinates(organisation.territory_id)
    context = {
        "organisation": organisation,
        "aliases": organisation.other_names,
        "roles": involvements_by_role(request.user, organisation),
        "members": organisation.memberships.visible_to(request.user).select_related("user"),
        "changes": history_of_organisation(request.user, organisation),
        "can_edit": can_edit,
        "shell": territory_shell(visitor, organisation.territory, "organisations"),
    }
    return render_page(request, "partners/organisation_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_add(request: Request, pk: int) -> HttpResponse:
    territory = get_object_or_404(Territory.objects.editable_by(request.user), pk=pk)
    form = OrganisationForm(request.POST or None, instance=Organisation(territory=territory))
    if request.method == "POST" and form.is_valid():
        organisation = form.commit(request)
        messages.success(request, f"Organisme ajouté\u00a0: {organisation}.")
        return redirect(organisation)
    if made := receipts.made_with(request.POST.get("token"), request.user):
        return redirect("partners:organisation_detail", made)
    return organisation_form_page(request, territory, form, title="Ajouter un organisme")


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request: Request, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.editable_by(request.user), pk=pk)
    title = f"Modifier {organisation}"
    form = OrganisationForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            form.commit(request)
        except tracking.Conflict as conflict:
            return conflict_page(request, form, conflict, back=organisation.get_absolute_url())
        messages.success(request, f"{organisation}\u00a0: c’est enregistré.")
        return redirect(organisation)
    return organisation_form_page(request, organisation.territory, form, title=title)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_trash(request: Request, pk: int) -> HttpResponse:
    """Confirm, then move to the trash; refuse as long as an action or a person needs the organisation."""
    organisation = get_object_or_404(Organisation.objects.editable_by(request.user), pk=pk)
    territory = organisation.territory
    roles = involvements_by_role(request.user, organisation)
    members = organisation.memberships.visible_to(request.user)
    is_needed = bool(roles) or members.exists()
    if request.method == "POST" and not is_needed:
        tracking.trash(organisation, by=author_of(request.user, territory.pk), at=timezone.now())
        messages.success(request, f"{organisation} est dans la corbeille, pour 30 jours.")
        return redirect("partners:organisation_list", territory.pk)
    context = {
        "organisation": organisation,
        "roles": roles,
        "members": members.select_related("user"),
        "is_needed": is_needed,
        "shell": territory_shell(Visitor(request.user), territory, "organisations"),
    }
    status = 409 if request.method == "POST" else 200
    return render_page(request, "partners/organisation_trash.html", context, status=status)


def organisation_form_page(
    request: Request, territory: Territory, form: OrganisationForm, *, title: str
) -> HttpResponse:
    is_new = form.instance.pk is None
    context = {
        "form": form,
        "title": title,
        "territory": territory,
        "organisation": None if is_new else form.instance,
        "shell": territory_shell(Visitor(request.user), territory, "organisations"),
    }
    status = 422 if form.errors else 200
    return render_page(request, "partners/organisation_form.html", context, status=status)
