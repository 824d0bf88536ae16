from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from ctg.web.htmx import render_page
from ctg.web.http import Request

from ..queries import territory_cards
from ..shell import Visitor, shell_for


@require_safe
def home(request: Request) -> HttpResponse:
    """Lead to the one plan that there is to read, or show them all."""
    cards = territory_cards(request.user)
    plans = [card.plan for territory in cards for card in territory.plans]
    if len(cards) == len(plans) == 1:
        return redirect(plans[0])
    context = {
        "territories": cards,
        "plan_count": len(plans),
        "shell": shell_for(Visitor(request.user), current="home"),
    }
    return render_page(request, "partners/home.html", context)
