"""The page of the élus, and the lists behind its figures."""

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.filters import PAGE, READING
from ctg.web.http import Visit
from partners.models import Role
from partners.shell import Visitor

from ..board.layout import lay_out
from ..board.lists import list_behind
from ..board.reading import Board, read_board
from ..sharing import Reader
from .board_readers import for_readers, framed

PAGE_SIZE = 50


@for_readers
@require_safe
def board(request: Visit, reader: Reader) -> HttpResponse:
    visitor = Visitor(reader.user) if reader.user else None
    read = board_for(reader, visitor, request.GET)
    coordinates = bool(visitor and visitor.coordinates(reader.plan.territory_id))
    context = {"board": read, "parts": lay_out(read), "can_edit": coordinates}
    return framed(request, reader, "dashboards/board.html", context, visitor)


@for_readers
@require_safe
def board_list(request: Visit, reader: Reader) -> HttpResponse:
    visitor = Visitor(reader.user) if reader.user else None
    read = board_for(reader, visitor, request.GET)
    listing = list_behind(read, request.GET.dict())
    query = request.GET.copy()
    query.pop(PAGE, None)
    context = {
        "board": read,
        "listing": listing,
        "page": Paginator(listing.rows, PAGE_SIZE).get_page(request.GET.get(PAGE)),
        "query": query.urlencode(),
    }
    return framed(request, reader, "dashboards/board_list.html", context, visitor)


def board_for(reader: Reader, visitor: Visitor | None, params: QueryDict) -> Board:
    """The board as this person reads it: an élu finds her own actions."""
    is_official = visitor and Role.OFFICIAL in visitor.roles_in(reader.plan.territory_id)
    return read_board(
        reader.plan,
        has_account=visitor is not None,
        official=visitor.user.get_full_name() if visitor and is_official else "",
        way=params.get(READING, ""),
        today=timezone.localdate(),
    )
