from copy import copy

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from ctg.web.htmx import render_page
from ctg.web.http import Request

from ..forms.account import NameForm
from ..models import Session
from ..shell import Visitor, personal_shell


@require_safe
def account(request: Request) -> HttpResponse:
    return account_page(request, NameForm(instance=request.user))


@require_POST
def account_edit(request: Request) -> HttpResponse:
    # A copy: a refused name must not show in the frame of the page.
    form = NameForm(request.POST, instance=copy(request.user))
    if not form.is_valid():
        return account_page(request, form, status=422)
    form.save()
    messages.success(request, "Votre nom est enregistré.")
    return redirect("partners:account")


@require_POST
def session_close(request: Request, handle: str) -> HttpResponse:
    closed = next((held for held in Session.objects.held_by(request.user) if held.handle == handle), None)
    if closed is None:
        raise Http404
    if closed.session_key == request.session.session_key:
        request.session.flush()
        return redirect("account_login")
    closed.delete()
    messages.success(request, "Session fermée.")
    return redirect("partners:account")


@require_POST
def session_close_others(request: Request) -> HttpResponse:
    held = Session.objects.held_by(request.user)
    held.exclude(session_key=request.session.session_key).delete()
    messages.success(request, "Toutes vos autres sessions sont fermées.")
    return redirect("partners:account")


def account_page(request: Request, form: NameForm, *, status: int = 200) -> HttpResponse:
    visitor = Visitor(request.user)
    context = {
        "form": form,
        "sessions": Session.objects.held_by(request.user),
        "this_session": request.session.session_key,
        "has_password": request.user.has_usable_password(),
        "memberships": visitor.memberships,
        "shell": personal_shell(visitor, "account"),
    }
    return render_page(request, "partners/account.html", context, status=status)
