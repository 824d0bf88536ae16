"""Where a public page is found: by its address once it is open, by its plan for those who keep it."""

from django.conf import settings
from django.http import Http404
from django.utils.text import slugify

from actions.models import Plan
from ctg.web.text import fold

from ..models import PublicPage
from .fields import USUAL


def open_page(slug: str) -> PublicPage:
    """The page that anybody may read there; raise Http404 when there is none."""
    page = PublicPage.objects.published().filter(slug=slug).select_related("plan__territory").first()
    if page is None:
        raise Http404
    return page


def page_of(plan: Plan) -> PublicPage:
    """The page of a plan, or the closed one that it would begin with."""
    page = PublicPage.objects.of_plan(plan).first()
    return page or PublicPage(plan=plan, slug=usual_slug(plan), shown=list(USUAL))


def usual_slug(plan: Plan) -> str:
    """« rivemont-2025-2028 »: what one would read aloud."""
    return slugify(fold(f"{plan.territory.label} {plan.years}".replace("–", "-")))[:60].strip("-") or "plan"


def is_taken(slug: str, *, besides: PublicPage) -> bool:
    """Whether a page of any territory has this address, open or not."""
    return PublicPage.objects.filter(slug=slug).exclude(pk=besides.pk).exists()


def address_of(page: PublicPage) -> str:
    return f"{settings.BASE_URL}{page.get_absolute_url()}"
