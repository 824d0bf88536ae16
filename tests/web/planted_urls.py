"""The site, and routes that fail on purpose."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import FileResponse, HttpResponse
from django.urls import path

from ctg import urls
from ctg.urls import handler400, handler403, handler404, handler500  # noqa: F401


@login_not_required
def breakdown(request):
    raise RuntimeError("le détail que personne ne doit lire")


@login_not_required
def forbidden(request):
    raise PermissionDenied


@login_not_required
def suspicious(request):
    raise SuspiciousOperation


@login_not_required
def download(request):
    return FileResponse(iter([b"x"]), as_attachment=True, filename="plan.xlsx")


@login_not_required
def command(request):
    return HttpResponse("done")


urlpatterns = [
    *urls.urlpatterns,
    path("planted/breakdown/", breakdown),
    path("planted/forbidden/", forbidden),
    path("planted/suspicious/", suspicious),
    path("planted/download/", download),
    path("planted/command/", command),
    path("planted/private/", HttpResponse),
]
