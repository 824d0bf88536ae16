from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.models import Meeting
from ctg.documents.exports import Export, Format, export_agenda, export_minutes
from ctg.documents.views.exports import download
from ctg.web.http import Request


@require_safe
def agenda(request: Request, pk: int, file_format: Format) -> HttpResponse:
    """Answer what a meeting will look at."""
    return meeting_download(request, pk, file_format, export_agenda)


@require_safe
def minutes(request: Request, pk: int, file_format: Format) -> HttpResponse:
    """Answer what was said and decided; until they are concluded, the minutes say that they are a draft."""
    return meeting_download(request, pk, file_format, export_minutes)


def meeting_download(
    request: Request, pk: int, file_format: Format, export: Callable[..., Export]
) -> HttpResponse:
    visible = Meeting.objects.visible_to(request.user).select_related("body__plan__territory")
    meeting = get_object_or_404(visible, pk=pk)
    return download(export(meeting, today=timezone.localdate(), file_format=file_format))
