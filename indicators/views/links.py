"""The personal link: opened, signed, handed over to a colleague."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ctg.web.http import Visit

from ..answers import handing
from ..answers.answering import Answerer, remember
from ..campaigns import links
from ..campaigns.links import sign_link
from ..forms.respondent import ColleagueForm, RespondentForm
from ..models import Channel
from .answerers import closed_page, dead_link_page, for_answerers, framed


@login_not_required  # The link is what lets a partner in; a visit alone changes nothing.
@require_safe
def link_open(request: Visit, token: str) -> HttpResponse:
    """Give the browser what the link opens, and an address without the token."""
    link, at = links.find_link(token), timezone.now()
    if link is None:
        response = dead_link_page(request)
    elif not link.solicitation.is_open(at):
        answerer = Answerer(link.solicitation, sign_link(link), Channel.LINK, at, link)
        response = closed_page(request, answerer)
    else:
        response = redirect(link.solicitation)
        remember(response, link)
    # The address of this one page is a secret that no other page may learn.
    response["Referrer-Policy"] = "no-referrer"
    return response


@for_answerers
@require_http_methods(["GET", "HEAD", "POST"])
def answer_identify(request: Visit, answerer: Answerer) -> HttpResponse:
    """Ask once who answers by this link; an account says it already."""
    link = answerer.link
    if link is None:
        return redirect(answerer.solicitation)
    known = {
        "name": link.respondent_name or link.name or answerer.solicitation.contact_name,
        "email": link.respondent_email or link.email,
    }
    form = RespondentForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        links.identify(link, name=form.cleaned_data["name"], email=form.cleaned_data["email"])
        return redirect(answerer.solicitation)
    status = 422 if form.is_bound else 200
    return framed(request, answerer, "indicators/answer_identify.html", {"form": form}, status=status)


@for_answerers
@require_http_methods(["GET", "HEAD", "POST"])
def answer_hand_over(request: Visit, answerer: Answerer) -> HttpResponse:
    """« Confier la saisie à un collègue »: a link of her own, to the same draft."""
    form = ColleagueForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            handing.hand_over(answerer, name=form.cleaned_data["name"], email=form.cleaned_data["email"])
        except handing.TooMany:
            form.add_error(None, handing.TOO_MANY)
        else:
            messages.success(request, f"Un lien part à {form.cleaned_data['email']}.")
            return redirect(answerer.solicitation)
    status = 422 if form.is_bound else 200
    return framed(request, answerer, "indicators/answer_hand_over.html", {"form": form}, status=status)
