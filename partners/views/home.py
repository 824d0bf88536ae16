from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from ctg.web.htmx import render_page
from ctg.web.http import Request

from ..queries import territory_cards
from ..shell import Visitor, shell_for


@require_safe
def home(request: Request) -> HttpResponse:
    """Lead to the one plan that there is to read, where one’s role begins, or show them all.

    Who administers and reads no plan is led to the territories.
    """
    visitor = Visitor(request.user)
    cards = territory_cards(visitor)
    plans = [plan for territory in cards for plan in territory.plans]
    if len(cards) == len(plans) == 1:
        return redirect(plans[0].url)
    if not cards and request.user.is_administrator:
        return redirect("partners:territory_list")
    context = {
        "territories": cards,
        "plan_count": len(plans),
        "shell": shell_for(visitor, current="home"),
    }
    return render_page(request, "partners/home.html", context)
