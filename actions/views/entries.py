"""What milestones, factors and notes share: all are written, changed and trashed in place on the sheet."""

from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator

from ctg.web.http import Request
from partners import tracking
from partners.editing import TrackedForm, conflict_page
from partners.models import Tracked
from partners.signing import author_of
from partners.tracking import Conflict

from ..models import Action, Plan
from .actions import action_page
from .forms import trash_of

T = TypeVar("T", bound=Tracked)


def typed(request: Request) -> QueryDict | None:
    """What a form receives: nothing when it is only being opened."""
    return request.POST if request.method == "POST" else None


def entry_page(
    request: Request, action: Action, form: TrackedForm[T], *, name: str, said: str
) -> HttpResponse:
    """Open a form on the sheet, where the template calls it `name`; once it is right, save it."""
    shown: dict[str, Any] = {name: form}
    if not form.is_bound:
        return action_page(request, action.pk, **shown)
    if not form.is_valid():
        return action_page(request, action.pk, status=422, **shown)
    try:
        form.commit(request)
    except Conflict as conflict:
        return conflict_page(request, form, conflict, back=action.get_absolute_url())
    messages.success(request, said)
    return redirect(action)


def change_at_once(
    request: Request, action: Action, thing: Tracked, values: dict[str, Any], *, said: str
) -> HttpResponse:
    """Do what one click asks, unless somebody touched the same fields since the button was drawn."""
    by = author_of(request.user, action.plan.territory_id)
    try:
        tracking.change(thing, values, by=by, at=timezone.now(), seen=version_seen(request))
    except Conflict as conflict:
        clash = conflict.clashes[0]
        messages.warning(
            request,
            f"Rien n’est changé\u00a0: {clash.author} vient d’écrire, pour «\u00a0{clash.label}\u00a0», "
            f"«\u00a0{clash.theirs_text or 'rien'}\u00a0».",
        )
    else:
        messages.success(request, said)
    return redirect(action)


def named(thing: Tracked) -> str:
    """A thing as a message calls it, however long its text."""
    return Truncator(str(thing)).chars(80)


def version_seen(request: Request) -> int:
    """The version of the thing on which a button was drawn; a button that does not say has seen nothing."""
    sent = request.POST.get("seen", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0


def trash_entry(request: Request, action: Action, thing: Tracked) -> HttpResponse:
    return trash_at_once(request, action.plan, thing, back=action.get_absolute_url())


def trash_at_once(request: Request, plan: Plan, thing: Tracked, *, back: str) -> HttpResponse:
    """Move something to the trash and say where it lies, unless somebody changed it in between."""
    if version_seen(request) == thing.version:
        tracking.trash(thing, by=author_of(request.user, plan.territory_id), at=timezone.now())
        sentence = f"À la corbeille pour 30 jours\u00a0: {named(thing)}."
        where = trash_of(plan, is_trashed=False)
        messages.success(request, format_html('{} <a href="{}">Voir la corbeille</a>', sentence, where))
    else:
        sentence = f"Rien n’est supprimé\u00a0: «\u00a0{named(thing)}\u00a0» vient de changer. Relisez-le."
        messages.warning(request, sentence)
    return redirect(back)
