"""The pages of ambitions, orientations, themes, needs and objectives: one view for the five kinds."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ctg.web.http import Request
from partners.shell import Link
from partners.signing import author_of

from .. import operations
from ..kinds import KINDS, Kind
from ..models import Action, Plan
from ..models.heading import Heading
from ..structure import ORDERED, group_of, read_structure
from .forms import FormPage, form_page, trash_page
from .page import plan_page
from .plan_forms import KEPT, page_or_post, plan_to_edit

UP, DOWN = "haut", "bas"


@require_safe
def plan_structure(request: Request, pk: int) -> HttpResponse:
    plan = plan_to_edit(request, pk)
    unfolded = request.GET.get("ouvert", "")
    shelves = read_structure(plan, request.user, unfolded)
    context = {"shelves": shelves, "unfolded": unfolded}
    return plan_page(request, plan, "actions/structure.html", context, fragments=["structure"])


@page_or_post
def heading_add(request: Request, pk: int, kind: str) -> HttpResponse:
    plan = plan_to_edit(request, pk)
    known = KINDS[kind]
    form = known.form(
        request.POST or None,
        instance=known.model(plan=plan),
        user=request.user,
        initial=first_values(request),
    )
    page = FormPage(
        title=f"{known.label(plan)} à ajouter",
        links=links_to(plan),
        button="Ajouter",
        done=lambda heading: f"Ajouté\u00a0: {heading}.",
        then=lambda heading: f"{structure_of(plan)}#{kind}-{heading.pk}",
    )
    return form_page(request, form, page, territory=plan.territory, plan=plan)


@page_or_post
def heading_edit(request: Request, pk: int, kind: str) -> HttpResponse:
    known, heading, plan = heading_to_edit(request, pk, kind)
    form = known.form(request.POST or None, instance=heading, user=request.user)
    page = FormPage(
        title=f"Modifier\u00a0: {heading}",
        links=links_to(plan),
        done=lambda heading: f"Enregistré\u00a0: {heading}.{form.aftermath}",
        then=lambda heading: f"{structure_of(plan)}#{kind}-{heading.pk}",
    )
    return form_page(request, form, page, territory=plan.territory, plan=plan)


@require_POST
def heading_move(request: Request, pk: int, kind: str) -> HttpResponse:
    _, heading, plan = heading_to_edit(request, pk, kind)
    siblings = operations.siblings_of(heading)
    moved = operations.move(
        heading,
        up=is_up(request),
        among=siblings,
        whole=siblings,
        by=author_of(request.user, plan.territory_id),
        at=timezone.now(),
    )
    say_move(request, str(heading), moved)
    return redirect(f"{structure_of(plan)}{unfolding(request)}#{kind}-{pk}")


@page_or_post
def heading_trash(request: Request, pk: int, kind: str) -> HttpResponse:
    known, heading, plan = heading_to_edit(request, pk, kind)
    return trash_page(
        request,
        heading,
        plan,
        links=links_to(plan),
        consequences=[*consequences(heading, known, plan), KEPT],
        then=structure_of(plan),
    )


@require_POST
def action_move(request: Request, pk: int) -> HttpResponse:
    """Move an action among those of its orientation, of its ambition or of its theme, as `ouvert` says."""
    actions = Action.objects.editable_by(request.user).select_related("plan__territory")
    action = get_object_or_404(actions, pk=pk)
    kind, _, key = request.POST.get("ouvert", "").partition("-")
    if kind not in ORDERED or str(getattr(action, f"{kind}_id")) != key:
        raise Http404
    whole = Action.objects.editable_by(request.user).filter(plan=action.plan)
    moved = operations.move(
        action,
        up=is_up(request),
        among=group_of(kind, int(key), whole),
        whole=whole.order_by("position", "number", "pk"),
        by=author_of(request.user, action.plan.territory_id),
        at=timezone.now(),
    )
    say_move(request, str(action), moved)
    return redirect(f"{structure_of(action.plan)}{unfolding(request)}#{kind}-{key}")


def heading_to_edit(request: Request, pk: int, kind: str) -> tuple[Kind, Heading, Plan]:
    known = KINDS[kind]
    editable = known.model.objects.editable_by(request.user).select_related("plan__territory")
    heading = get_object_or_404(editable, pk=pk)
    return known, heading, heading.plan


def consequences(heading: Heading, kind: Kind, plan: Plan) -> list[str]:
    """What becomes of the actions and of the orientations of a heading that goes to the trash."""
    actions = heading.actions.current().count()  # type: ignore[attr-defined]
    label = kind.label(plan).lower()
    words = ["Aucune action n’y est classée."]
    if actions:
        stay = f"Ses {actions} actions restent" if actions > 1 else "Son action reste"
        words = [
            f"{stay} dans le plan, avec «\u00a0{label} à préciser\u00a0». Restaurer remet tout en place."
        ]
    orientations = heading.orientations.current().count() if kind.name == "ambition" else 0  # type: ignore[attr-defined]
    if orientations:
        inner = f"{plan.orientation_label}{'s' if orientations > 1 else ''}"
        words.append(f"{inner} en dessous\u00a0: {orientations}. Vous pourrez leur choisir une autre place.")
    return words


def first_values(request: Request) -> dict[str, str]:
    """The ambition from which a new orientation is asked for."""
    ambition = request.GET.get("ambition", "")
    return {"ambition": ambition} if ambition.isdecimal() else {}


def links_to(plan: Plan) -> list[Link]:
    return [Link(plan.title, plan.get_absolute_url()), Link("Structure", structure_of(plan))]


def structure_of(plan: Plan) -> str:
    return reverse("actions:plan_structure", args=[plan.pk])


def unfolding(request: Request) -> str:
    """Keep unfolded what was."""
    kind, _, key = request.POST.get("ouvert", "").partition("-")
    return f"?ouvert={kind}-{key}" if kind in ORDERED and key.isdecimal() else ""


def is_up(request: Request) -> bool:
    """Which way to go; an unknown word goes nowhere."""
    way = request.POST.get("sens")
    if way not in (UP, DOWN):
        raise Http404
    return way == UP


def say_move(request: Request, name: str, moved: bool) -> None:
    if moved:
        messages.success(request, f"{'Monté' if is_up(request) else 'Descendu'} d’un rang\u00a0: {name}.")
    else:
        messages.info(request, f"Déjà {'en tête' if is_up(request) else 'en fin'} de liste\u00a0: {name}.")
