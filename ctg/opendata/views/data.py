"""« Données ouvertes »: what a plan publishes, for its readers to take."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.models import Plan
from actions.views.page import plan_page
from ctg.dashboards.public.masking import SMALLEST
from ctg.web.http import Request
from partners.shell import Visitor

from ..files import ARCHIVE, DICTIONARY, NAMES, PACKAGE, WHOLE, content_type_of, write_file
from ..keys import RATE
from ..package import license_of
from ..plan_tables import PLAN
from ..reading import read_open_data
from ..tables import TABLES, rows_of
from .api import PARTS


@require_safe
def data_detail(request: Request, pk: int) -> HttpResponse:
    """What is in the files, where to take them, and how a program reads them."""
    plan = plan_to_read(request, pk)
    visitor = Visitor(request.user)
    data = read_open_data(plan, timezone.localdate())
    context = {
        "files": [(table, len(rows_of(table, data))) for table in TABLES],
        "tables": TABLES,
        "names": {"whole": WHOLE, "package": PACKAGE, "dictionary": DICTIONARY, "archive": ARCHIVE},
        "addresses": [(table, _address(name)) for name, table in PARTS.items()],
        "example": _address(PLAN.name),
        "license": license_of(),
        "rate": RATE,
        "smallest": SMALLEST,
        "can_edit": visitor.coordinates(plan.territory_id),
    }
    return plan_page(request, plan, "opendata/data_detail.html", context, current="opendata", visitor=visitor)


@require_safe
def data_file(request: Request, pk: int, file: str) -> HttpResponse:
    plan = plan_to_read(request, pk)
    if file not in NAMES:
        raise Http404
    content = write_file(file, read_open_data(plan, timezone.localdate()))
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return HttpResponse(content, content_type=content_type_of(file), headers=headers)


def plan_to_read(request: Request, pk: int) -> Plan:
    return get_object_or_404(Plan.objects.visible_to(request.user).select_related("territory"), pk=pk)


def _address(part: str) -> str:
    return f"{settings.BASE_URL}{reverse('opendata:data_answer', args=[part])}"
