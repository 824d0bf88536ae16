"""The ordinary pages on which one thing is created or changed, or put in the trash."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from ctg.web.htmx import render_page
from ctg.web.http import Request
from partners import tracking
from partners.editing import TrackedForm, conflict_page
from partners.models import Territory, Tracked
from partners.shell import Link, Visitor, shell_for
from partners.tracking import Conflict

from ..models import Plan
from .page import plan_page


@dataclass(frozen=True)
class FormPage:
    """What the page of a form says, and where it leads.

    `links` are the pages above it, the last one is where « Annuler » goes; `done` is the message once
    saved, `then` the page that follows when it is not that one. `room` is the room of the navigation.
    """

    title: str
    links: Sequence[Link]
    done: Callable[[Any], str]
    lead: str = ""
    button: str = "Enregistrer"
    then: Callable[[Any], str] | None = None
    room: str = "plan"

    @property
    def back(self) -> str:
        return self.links[-1].url


def form_page(
    request: Request, form: TrackedForm[Any], page: FormPage, *, territory: Territory, plan: Plan | None
) -> HttpResponse:
    """Show a form, or receive it: sent back with its errors, disputed, or saved."""
    if request.method == "POST" and form.is_valid():
        try:
            saved = form.commit(request)
        except Conflict as conflict:
            return conflict_page(request, form, conflict, back=page.back)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, page.done(saved))
            return redirect(page.then(saved) if page.then else page.back)
    shell = shell_for(Visitor(request.user), territory=territory, plan=plan, current=page.room)
    context = {"shell": shell, "form": form, "page": page}
    return render_page(request, "actions/form.html", context, status=422 if form.errors else 200)


def trash_page(
    request: Request,
    thing: Tracked,
    plan: Plan,
    *,
    links: Sequence[Link],
    consequences: Sequence[str],
    then: str,
    room: str = "plan",
) -> HttpResponse:
    """Ask once more, then put a thing in the trash; asked again when somebody changed it in between."""
    status = 200
    if request.method == "POST":
        if request.POST.get("seen") == str(thing.version):
            by = Visitor(request.user).signature(plan.territory_id)
            tracking.trash(thing, by=by, at=timezone.now())
            where = trash_of(plan, is_trashed=thing is plan)
            sentence = f"À la corbeille pour 30 jours\u00a0: {thing}."
            messages.success(request, format_html('{} <a href="{}">Voir la corbeille</a>', sentence, where))
            return redirect(then)
        status = 409
    last = tracking.history_of(thing).first() if status == 409 else None
    return plan_page(
        request,
        plan,
        "actions/trash_confirm.html",
        {"thing": thing, "links": links, "consequences": consequences, "back": links[-1].url, "last": last},
        current=room,
        status=status,
    )


def trash_of(plan: Plan, *, is_trashed: bool) -> str:
    """Where the trash of a plan is; a plan that is in the trash itself lies in that of its territory."""
    if is_trashed:
        return reverse("actions:territory_trash", args=[plan.territory_id])
    return reverse("actions:trash_list", args=[plan.pk])
