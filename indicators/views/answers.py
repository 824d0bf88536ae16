"""What is asked of an organisation, answered on one page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ctg.web.htmx import render_page, target_number
from ctg.web.http import Request, Visit
from partners.shell import Visitor, personal_shell

from ..answers import sending
from ..answers.answering import Answerer
from ..answers.asking import progress_of, read_asks
from ..answers.drafting import Saved, save
from ..answers.solicited import solicited_by
from ..models import Channel
from ..values.locking import Locked
from .answer_page import answer_page, forms_of, refused_page
from .answerers import closed_page, for_answerers, framed


@for_answerers
@require_http_methods(["GET", "HEAD", "POST"])
def answer_edit(request: Visit, answerer: Answerer) -> HttpResponse:
    """Every question on one page; sent, it saves a draft and leads on to what will be sent."""
    if request.method != "POST":
        if not answerer.is_known:
            return redirect("indicators:answer_identify", answerer.solicitation.pk)
        return answer_page(request, answerer)
    asks = read_asks(answerer.solicitation, at=answerer.at)
    saved = save(forms_of(asks, answerer, request.POST), answerer)
    if not saved.is_whole:
        return refused_page(request, answerer, saved)
    if request.POST.get("step") == "review":
        return redirect("indicators:answer_review", answerer.solicitation.pk)
    messages.success(request, said_of(saved, answerer))
    return redirect(answerer.solicitation)


@for_answerers
@require_safe
def answer_review(request: Visit, answerer: Answerer) -> HttpResponse:
    """Every value as it was read, before it is sent; once it is, the receipt."""
    asks = read_asks(answerer.solicitation, at=answerer.at)
    context = {
        "ready": [ask for ask in asks if ask.is_to_send],
        "sent": [ask for ask in asks if ask.is_answered and ask.is_sent],
        "empty": [ask for ask in asks if not ask.is_answered],
        "progress": progress_of(asks),
    }
    return framed(request, answerer, "indicators/answer_review.html", context)


@for_answerers
@require_POST
def answer_submit(request: Visit, answerer: Answerer) -> HttpResponse:
    try:
        sent = len(sending.send(answerer))
    except Locked:
        return closed_page(request, answerer)
    if sent:
        many = "s" if sent >= 2 else ""
        receipt = f" Un récapitulatif part à {answerer.email}." if answerer.email else ""
        messages.success(request, f"{sent} réponse{many} envoyée{many}.{receipt}")
    return redirect("indicators:answer_review", answerer.solicitation.pk)


@for_answerers
@require_POST
def answer_echo(request: Visit, answerer: Answerer) -> HttpResponse:
    """What is read of one answer while it is being typed; nothing is written."""
    key = target_number(request, "echo")
    asks = [ask for ask in read_asks(answerer.solicitation, at=answerer.at) if ask.question.pk == key]
    forms = forms_of(asks, answerer, request.POST)
    if not forms:
        return redirect(answerer.solicitation)
    return render_page(request, "indicators/_ask_echo.html", {"form": forms[0]}, fragments=["echo"])


@require_safe
def answer_list(request: Request) -> HttpResponse:
    """« À saisir »: what is asked of one's organisations, open first."""
    visitor = Visitor(request.user)
    context = {
        "rows": solicited_by(request.user, at=timezone.now()),
        "shell": personal_shell(visitor, current="answers"),
    }
    return render(request, "indicators/answer_list.html", context)


def said_of(saved: Saved, answerer: Answerer) -> str:
    count = len(saved.written)
    many = "s" if count >= 2 else ""
    if answerer.channel == Channel.COORDINATION:
        return f"{count} valeur{many} enregistrée{many} et validée{many}."
    return f"Brouillon enregistré à {timezone.localtime(answerer.at):%H h %M}."
