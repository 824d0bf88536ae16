"""The way in to what is asked of an organisation: by its link, or with an account."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRefresh

from actions.views.page import plan_page
from ctg.web.htmx import render_page, take_over
from ctg.web.http import Request, Visit
from partners.shell import Shell

from ..answers.answering import Answerer, answerer_of, had_a_link
from ..answers.asking import Ask, read_asks
from ..campaigns.mails import last_day_of
from ..forms.answers import AnswerForm
from ..models import Channel, Solicitation

AnswererView = Callable[[Visit, Answerer], HttpResponse]


def for_answerers(view: AnswererView) -> Callable[[Visit, int], HttpResponse]:
    """Open a view on a solicitation to whoever may answer it now, and turn away the others.

    It stands above the decorators that look at the method: a stranger learns nothing from them.
    """

    @login_not_required  # Partners answer by a personal link: who they are is decided here.
    @wraps(view)
    def opened(request: Visit, pk: int) -> HttpResponse:
        answerer = answerer_of(request, pk, at=timezone.now())
        if answerer is None:
            return turned_away(request, has_link=had_a_link(request, pk))
        if not answerer.solicitation.is_open(answerer.at):
            return closed_page(request, answerer)
        return view(request, answerer)

    return opened


def turned_away(request: Visit, *, has_link: bool) -> HttpResponse:
    """What a stranger gets: the door, if nobody is signed in; otherwise nothing is there."""
    if has_link:
        return dead_link_page(request)
    if request.user.is_authenticated:
        raise Http404
    if request.htmx:
        return HttpResponseClientRefresh()
    return redirect_to_login(request.get_full_path())


def dead_link_page(request: Visit) -> HttpResponse:
    """The same for every link that opens nothing, whosever it was; what was typed can be read again."""
    context = {"typed": raw_typed(request)}
    return take_over(request, "indicators/link_dead.html", context, fragment="dead", status=404)


def closed_page(request: Visit, answerer: Answerer) -> HttpResponse:
    """Before the campaign opens, and after it closes; a form sent too late is shown again."""
    solicitation = answerer.solicitation
    is_over = answerer.at >= solicitation.closes_at
    asks = [] if answerer.link else read_asks(solicitation, at=answerer.at)
    context = {
        "solicitation": solicitation,
        "campaign": solicitation.campaign,
        "is_over": is_over,
        "asks": asks,
        "typed": typed_in(request, answerer) if request.method == "POST" else [],
        "shell": link_shell(solicitation),
    }
    if request.method == "POST":
        return take_over(request, "indicators/answer_closed.html", context, fragment="closed", status=409)
    return framed(request, answerer, "indicators/answer_closed.html", context, status=410 if is_over else 404)


def framed(
    request: Visit,
    answerer: Answerer,
    template: str,
    context: dict[str, Any],
    *,
    fragments: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """Render a page in the frame of whoever answers: a visitor with a link has no navigation."""
    solicitation = answerer.solicitation
    context = {
        "answerer": answerer,
        "solicitation": solicitation,
        "organisation": solicitation.organisation,
        "campaign": solicitation.campaign,
        "last_day": last_day_of(solicitation),
        "is_by_link": answerer.channel == Channel.LINK,
        "is_coordination": answerer.channel == Channel.COORDINATION,
    } | context
    if answerer.link:
        context["shell"] = link_shell(solicitation)
        return render_page(request, template, context, fragments=fragments, status=status)
    context.pop("shell", None)
    plan = solicitation.campaign.plan
    return plan_page(
        cast(Request, request), plan, template, context, current="answers", fragments=fragments, status=status
    )


def link_shell(solicitation: Solicitation) -> Shell:
    plan, campaign = solicitation.campaign.plan, solicitation.campaign
    asks_whom = ", ".join(filter(None, (campaign.sender_name, campaign.sender_contact)))
    return Shell(where=f"{plan.territory.label} · CTG {plan.years}".rstrip(), contact=asks_whom)


def typed_in(request: Visit, answerer: Answerer) -> list[tuple[Ask, list[tuple[str, str]]]]:
    """What a form that came too late holds, question by question."""
    today = timezone.localdate(answerer.at)
    asks = read_asks(answerer.solicitation, at=answerer.at)
    forms = [AnswerForm(request.POST, ask=ask, today=today) for ask in asks]
    return [(form.ask, form.typed) for form in forms if form.was_sent and form.typed]


def raw_typed(request: Visit) -> list[str]:
    hidden = ("csrfmiddlewaretoken", "step")
    return [
        text
        for name, text in request.POST.items()
        if name not in hidden and not name.endswith("-seen") and isinstance(text, str) and text.strip()
    ]
