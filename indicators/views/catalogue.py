from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ctg.web.htmx import render_page
from ctg.web.http import Request
from ctg.web.search import Index
from ctg.web.text import fold
from partners.models import Territory
from partners.shell import Visitor, territory_shell

from ..definition.completeness import gaps_of, with_gaps
from ..models import Indicator

PAGE_SIZE = 50


@require_safe
def catalogue_list(request: Request, pk: int) -> HttpResponse:
    """Every indicator of a territory: what it is compared with, what it serves, what it lacks."""
    territory = get_object_or_404(Territory.objects.visible_to(request.user), pk=pk)
    visitor = Visitor(request.user)
    search = request.GET.get("q", "").strip()
    whole = Indicator.objects.visible_to(request.user).filter(plan__territory=territory)
    whole = whole.order_by("wording", "pk")
    wordings = list(whole.values_list("pk", "wording"))
    found = Index((key, fold(wording)) for key, wording in wordings).find(search)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = with_gaps(whole.filter(pk__in=list(page)).select_related("plan", "common")).annotate(
        serves=Count("actions", filter=Q(actions__trashed_at=None), distinct=True)
    )
    by_key = {one.pk: one for one in shown}
    context = {
        "territory": territory,
        "rows": [(by_key[key], gaps_of(by_key[key])) for key in page],
        "page": page,
        "search": search,
        "query": f"q={search}" if search else "",
        "total": len(wordings),
        "mapped": whole.exclude(common=None).count(),
        "can_edit": visitor.coordinates(territory.pk),
        "shell": territory_shell(visitor, territory, "indicators"),
    }
    return render_page(request, "indicators/catalogue_list.html", context)
