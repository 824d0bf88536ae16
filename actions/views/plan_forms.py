from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ctg.web.http import Request
from partners.models import Territory
from partners.shell import Link

from .. import operations
from ..forms.plan import NewActionForm, PlanForm
from ..models import Action, Plan
from .forms import FormPage, form_page, trash_page

page_or_post = require_http_methods(["GET", "HEAD", "POST"])

KEPT = "Rien n’est détruit : pendant 30 jours, la corbeille permet de revenir en arrière."


@page_or_post
def plan_add(request: Request, pk: int) -> HttpResponse:
    territory = get_object_or_404(Territory.objects.editable_by(request.user), pk=pk)
    form = PlanForm(request.POST or None, instance=Plan(territory=territory))
    page = FormPage(
        title="Ajouter un plan",
        lead="Un titre suffit pour commencer ; tout se complète ensuite.",
        links=[Link(territory.name, reverse("partners:home"))],
        button="Créer le plan",
        done=lambda plan: f"Plan créé\u00a0: {plan}. Donnez-lui ses premières lignes, puis ses actions.",
        then=lambda plan: reverse("actions:plan_structure", args=[plan.pk]),
    )
    return form_page(request, form, page, territory=territory, plan=None)


@page_or_post
def plan_edit(request: Request, pk: int) -> HttpResponse:
    plan = plan_to_edit(request, pk)
    page = FormPage(
        title="Titre et mots du plan",
        links=[Link(plan.title, plan.get_absolute_url())],
        done=lambda plan: "Plan enregistré.",
    )
    form = PlanForm(request.POST or None, instance=plan)
    return form_page(request, form, page, territory=plan.territory, plan=plan)


@page_or_post
def plan_trash(request: Request, pk: int) -> HttpResponse:
    plan = plan_to_edit(request, pk)
    count = plan.actions.current().count()
    return trash_page(
        request,
        plan,
        plan,
        links=[Link(plan.title, plan.get_absolute_url())],
        consequences=[
            f"Le plan et ses {count} actions ne se liront plus, pour personne."
            if count > 1
            else "Le plan ne se lira plus, pour personne.",
            "Si vous le restaurez, tout revient à sa place, suivi et historique compris.",
            KEPT,
        ],
        then=reverse("actions:territory_trash", args=[plan.territory_id]),
    )


@page_or_post
def action_add(request: Request, pk: int) -> HttpResponse:
    plan = plan_to_edit(request, pk)
    action = Action(plan=plan, number=operations.next_number(plan))
    form = NewActionForm(request.POST or None, instance=action, user=request.user)
    page = FormPage(
        title="Ajouter une action",
        lead="Un intitulé suffit ; sa place peut attendre, et sa fiche se remplit ensuite.",
        links=[Link(plan.title, plan.get_absolute_url())],
        button="Ajouter l’action",
        done=lambda action: f"Action {action.number} ajoutée. Voici sa fiche.",
        then=lambda action: action.get_absolute_url(),
    )
    return form_page(request, form, page, territory=plan.territory, plan=plan)


@page_or_post
def action_trash(request: Request, pk: int) -> HttpResponse:
    editable = Action.objects.editable_by(request.user).select_related("plan__territory")
    action = get_object_or_404(editable, pk=pk)
    return trash_page(
        request,
        action,
        action.plan,
        links=[
            Link(action.plan.title, action.plan.get_absolute_url()),
            Link(f"Action {action.number}", action.get_absolute_url()),
        ],
        consequences=[
            "Ses jalons, ses notes et ses indicateurs quittent le plan avec elle, et reviennent avec elle.",
            f"Le numéro {action.number} n’est pas proposé à une autre ; les autres numéros ne changent pas.",
            KEPT,
        ],
        then=action.plan.get_absolute_url(),
    )


def plan_to_edit(request: Request, pk: int) -> Plan:
    return get_object_or_404(Plan.objects.editable_by(request.user).select_related("territory"), pk=pk)
