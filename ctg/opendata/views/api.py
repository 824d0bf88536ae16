"""The open data of a plan by program: read only, with a key, in JSON from end to end."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from ctg.web.http import Visit

from ..files import part, write_json
from ..keys import RATE, is_too_often, key_of, seconds_left
from ..plan_tables import PLAN
from ..reading import read_open_data
from ..tables import TABLES

PARTS = {table.name: table for table in (PLAN, *TABLES)}
METHODS = ("GET", "HEAD")


@login_not_required  # A program has no account: its key is what lets it in, and it only reads.
@csrf_exempt  # Nothing is written, and a program that posts must read in JSON that it may not.
def data_answer(request: Visit, part_name: str) -> HttpResponse:
    """Answer one table of the plan that the key opens."""
    at = timezone.now()
    if request.method not in METHODS:
        return refusal("Cette interface se lit seulement (GET).", 405, Allow=", ".join(METHODS))
    key = key_of(request, at=at)
    if key is None:
        said = "Il manque une clé d’accès valable, dans l’en-tête «\u00a0Authorization: Bearer …\u00a0»."
        return refusal(said, 401, **{"WWW-Authenticate": "Bearer"})
    if is_too_often(key, at=at):
        said = f"Plus de {RATE} lectures en une minute\u00a0: patientez un instant."
        return refusal(said, 429, **{"Retry-After": str(seconds_left(at))})
    if part_name not in PARTS:
        return refusal(f"Il n’y a rien ici. Existent\u00a0: {', '.join(PARTS)}.", 404)
    data = read_open_data(key.plan, timezone.localdate(at))
    content = write_json(part(data, PARTS[part_name]))
    return HttpResponse(content, content_type="application/json; charset=utf-8")


def refusal(said: str, status: int, **headers: Any) -> JsonResponse:
    return JsonResponse(
        {"erreur": said}, status=status, headers=headers, json_dumps_params={"ensure_ascii": False}
    )
