from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from ctg.web.htmx import render_page
from ctg.web.http import Request

from ..forms.mail_choices import MailChoiceForm
from ..mail_choices import choice_of, choose
from ..models import MailChoice
from ..shell import Visitor, personal_shell


@require_http_methods(["GET", "HEAD", "POST"])
def mail_choice_edit(request: Request) -> HttpResponse:
    """The mails that a person wants; a visit alone writes nothing."""
    if request.method == "POST":
        form = MailChoiceForm(request.POST)
        if form.is_valid():
            choose(choice_of(request.user), **form.cleaned_data)
            messages.success(request, said(**form.cleaned_data))
            return redirect("partners:mail_choice_edit")
    else:
        held = MailChoice.objects.held_by(request.user).first()
        form = MailChoiceForm(instance=held or MailChoice(user=request.user))
    context = {"form": form, "shell": personal_shell(Visitor(request.user), "account")}
    return render_page(request, "partners/mail_choice_edit.html", context)


def said(*, wants_news: bool, wants_digest: bool) -> str:
    if wants_news and wants_digest:
        return "C’est noté\u00a0: les nouvelles quand il y en a, et le résumé le lundi."
    if wants_news:
        return "C’est noté\u00a0: les nouvelles seulement."
    if wants_digest:
        return "C’est noté\u00a0: le résumé du lundi seulement."
    return "C’est noté\u00a0: ni nouvelles, ni résumé. Les demandes de saisie continuent."
