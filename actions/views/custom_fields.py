"""The fields that a plan adds to the sheets of its actions, kept by the coordination."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ctg.web.http import Request
from ctg.web.templatetags.ui import plural
from partners.shell import Link
from partners.signing import author_of

from .. import operations
from ..custom_fields import values_of
from ..forms.custom_fields import CustomFieldForm
from ..models import CustomField, Plan
from ..models.custom_field import MOST
from .forms import FormPage, form_page, trash_page
from .headings import is_up, say_move
from .page import plan_page
from .plan_forms import KEPT, page_or_post, plan_to_edit


@require_safe
def custom_field_list(request: Request, pk: int) -> HttpResponse:
    plan = plan_to_edit(request, pk)
    fields = CustomField.objects.of_plan(plan)
    context = {"fields": fields, "most": MOST, "left": MOST - len(fields)}
    return plan_page(request, plan, "actions/custom_field_list.html", context, fragments=["custom-fields"])


@page_or_post
def custom_field_add(request: Request, pk: int) -> HttpResponse:
    plan = plan_to_edit(request, pk)
    form = CustomFieldForm(request.POST or None, instance=CustomField(plan=plan), user=request.user)
    page = FormPage(
        title="Ajouter un champ au plan",
        lead="Il se remplira sur la fiche de chaque action.",
        links=links_to(plan),
        button="Ajouter le champ",
        done=lambda field: f"Champ ajouté\u00a0: {field}.",
    )
    return form_page(request, form, page, territory=plan.territory, plan=plan)


@page_or_post
def custom_field_edit(request: Request, pk: int) -> HttpResponse:
    field = field_to_edit(request, pk)
    form = CustomFieldForm(request.POST or None, instance=field, user=request.user)
    page = FormPage(
        title=f"Champ du plan\u00a0: {field}",
        links=links_to(field.plan),
        done=lambda field: f"Champ enregistré\u00a0: {field}.",
    )
    return form_page(request, form, page, territory=field.plan.territory, plan=field.plan)


@require_POST
def custom_field_move(request: Request, pk: int) -> HttpResponse:
    field = field_to_edit(request, pk)
    siblings = CustomField.objects.of_plan(field.plan)
    by = author_of(request.user, field.plan.territory_id)
    moved = operations.move(
        field, up=is_up(request), among=siblings, whole=siblings, by=by, at=timezone.now()
    )
    say_move(request, str(field), moved)
    return redirect("actions:custom_field_list", field.plan_id)


@page_or_post
def custom_field_trash(request: Request, pk: int) -> HttpResponse:
    field = field_to_edit(request, pk)
    count = len(values_of(field))
    return trash_page(
        request,
        field,
        field.plan,
        links=links_to(field.plan),
        consequences=[
            f"Ce que {count} action{plural(count)} y {plural(count, 'dit,disent')} ne se lira plus, "
            "et reviendra avec le champ si vous le restaurez."
            if count
            else "Aucune action n’a de valeur dans ce champ.",
            KEPT,
        ],
        then=reverse("actions:custom_field_list", args=[field.plan_id]),
    )


def field_to_edit(request: Request, pk: int) -> CustomField:
    editable = CustomField.objects.editable_by(request.user).select_related("plan__territory")
    return get_object_or_404(editable, pk=pk)


def links_to(plan: Plan) -> list[Link]:
    page = reverse("actions:custom_field_list", args=[plan.pk])
    return [Link(plan.title, plan.get_absolute_url()), Link("Champs du plan", page)]
