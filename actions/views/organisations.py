from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ctg.web.htmx import render_page
from ctg.web.http import Request
from partners.models import Organisation
from partners.shell import Visitor, territory_shell
from partners.signing import author_of

from ..forms.organisations import MergeForm
from ..merging import Stale, merge_organisations, preview


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_merge(request: Request, pk: int) -> HttpResponse:
    """Choose the other organisation, see what would move, agree: three steps of one address."""
    kept = get_object_or_404(Organisation.objects.editable_by(request.user), pk=pk)
    form = MergeForm(request.POST or request.GET or None, user=request.user, kept=kept)
    if not form.is_valid():
        return merge_page(request, kept, form, status=422 if form.errors else 200)
    absorbed: Organisation = form.cleaned_data["avec"]
    if request.method == "POST":
        by = author_of(request.user, kept.territory_id)
        try:
            merge_organisations(kept, absorbed, seen=form.cleaned_data["seen"], by=by, at=timezone.now())
        except Stale:
            changed = (
                "L’un des deux organismes vient de changer\u00a0: voici ce que la fusion ferait maintenant."
            )
            messages.warning(request, changed)
            return merge_page(request, kept, form, absorbed, status=409)
        messages.success(request, f"{absorbed} est maintenant un autre nom de {kept}.")
        return redirect(kept)
    return merge_page(request, kept, form, absorbed)


def merge_page(
    request: Request,
    kept: Organisation,
    form: MergeForm,
    absorbed: Organisation | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "kept": kept,
        "form": form,
        "preview": preview(request.user, kept, absorbed) if absorbed else None,
        "shell": territory_shell(Visitor(request.user), kept.territory, "organisations"),
    }
    return render_page(request, "actions/organisation_merge.html", context, status=status)
