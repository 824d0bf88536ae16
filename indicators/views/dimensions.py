from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.views.forms import FormPage, form_page
from actions.views.plan_forms import page_or_post
from ctg.web.htmx import render_page
from ctg.web.http import Request
from partners import tracking
from partners.models import Territory, User
from partners.shell import Link, Visitor, territory_shell
from partners.signing import author_of

from ..forms.dimensions import DimensionForm
from ..models import Dimension, Indicator


@require_safe
def dimension_list(request: Request, pk: int) -> HttpResponse:
    """The ways to break values down in a territory, and how many indicators use each."""
    territory = get_object_or_404(Territory.objects.visible_to(request.user), pk=pk)
    visitor = Visitor(request.user)
    dimensions = Dimension.objects.visible_to(request.user).filter(territory=territory)
    uses = uses_in(territory, request.user)
    context = {
        "territory": territory,
        "rows": [(one, uses[one.pk]) for one in dimensions.prefetch_related("categories")],
        "can_edit": visitor.coordinates(territory.pk),
        "shell": territory_shell(visitor, territory, "indicators"),
    }
    return render_page(request, "indicators/dimension_list.html", context)


@page_or_post
def dimension_add(request: Request, pk: int) -> HttpResponse:
    territory = get_object_or_404(Territory.objects.editable_by(request.user), pk=pk)
    dimension = Dimension(territory=territory)
    page = FormPage(
        title="Ajouter une ventilation",
        links=[Link("Ventilations", list_of(territory))],
        button="Ajouter",
        done=lambda dimension: f"Ventilation ajoutée\u00a0: {dimension}.",
    )
    return dimension_page(request, dimension, page)


@page_or_post
def dimension_edit(request: Request, pk: int) -> HttpResponse:
    dimension = dimension_to_edit(request, pk)
    page = FormPage(
        title=f"Modifier\u00a0: {dimension}",
        links=[Link("Ventilations", list_of(dimension.territory))],
        done=lambda dimension: f"Enregistré\u00a0: {dimension}.",
    )
    return dimension_page(request, dimension, page)


@page_or_post
def dimension_trash(request: Request, pk: int) -> HttpResponse:
    """Confirm, then move to the trash; refuse as long as an indicator is broken down this way."""
    dimension = dimension_to_edit(request, pk)
    territory = dimension.territory
    uses = uses_in(territory, request.user)[pk]
    if request.method == "POST" and not uses:
        tracking.trash(dimension, by=author_of(request.user, territory.pk), at=timezone.now())
        messages.success(request, f"À la corbeille pour 30 jours\u00a0: {dimension}.")
        return redirect(list_of(territory))
    context = {
        "dimension": dimension,
        "uses": uses,
        "back": list_of(territory),
        "shell": territory_shell(Visitor(request.user), territory, "indicators"),
    }
    status = 409 if request.method == "POST" else 200
    return render_page(request, "indicators/dimension_trash.html", context, status=status)


def dimension_page(request: Request, dimension: Dimension, page: FormPage) -> HttpResponse:
    form = DimensionForm(request.POST or None, instance=dimension, user=request.user)
    plan = dimension.territory.plans.visible_to(request.user).first()
    return form_page(request, form, page, territory=dimension.territory, plan=plan)


def dimension_to_edit(request: Request, pk: int) -> Dimension:
    editable = Dimension.objects.editable_by(request.user).select_related("territory")
    return get_object_or_404(editable, pk=pk)


def uses_in(territory: Territory, user: User) -> Counter[int]:
    """How many indicators of the territory are broken down by each dimension."""
    indicators = Indicator.objects.visible_to(user).filter(plan__territory=territory)
    pairs = indicators.values_list("first_dimension", "second_dimension")
    return Counter(pk for pair in pairs for pk in pair if pk)


def list_of(territory: Territory) -> str:
    return reverse("indicators:dimension_list", args=[territory.pk])
