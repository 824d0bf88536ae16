import re
from collections.abc import Collection
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from .http import Visit


def render_page(
    request: Visit,
    template: str,
    context: dict[str, Any],
    *,
    fragments: Collection[str] = (),
    status: int = 200,
) -> HttpResponse:
    """Render a page, or only the fragment of it that htmx asked for.

    A fragment has one name: its DOM id, its hx-target and its {% partialdef %} are the same word.
    One of many alike carries a number or, after two underscores, a name: the elements `action-12` and
    `part__calendar` are the fragments `action` and `part`, and the context says which one.

    Only the fragments listed are served. Asked for another, the browser is sent to the whole page,
    which must not land inside an element.
    """
    fragment = _fragment_asked_for(request)
    response: HttpResponse
    if fragment in fragments:
        response = render(request, f"{template}#{fragment}", context | {"oob": True}, status=status)
    elif request.htmx and request.method == "GET":
        response = HttpResponseClientRedirect(request.get_full_path())
    else:
        response = render(request, template, context | {"oob": False}, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def take_over(
    request: Visit, template: str, context: dict[str, Any], *, fragment: str, status: int
) -> HttpResponse:
    """Render a page that nobody asked for and that must be seen whole, such as a conflict.

    Without htmx it is the page; with htmx its `fragment` takes the place of all that `#main` holds.
    """
    if not request.htmx:
        return render(request, template, context | {"oob": False}, status=status)
    response = render(request, f"{template}#{fragment}", context | {"oob": True}, status=status)
    response["HX-Retarget"] = "#main"
    response["HX-Reswap"] = "innerHTML show:top"
    return response


def _fragment_asked_for(request: Visit) -> str | None:
    if not request.htmx or not request.htmx.target:
        return None
    return re.sub(r"-\d+$|__\w+$", "", request.htmx.target)


def target_number(request: Visit, fragment: str) -> int | None:
    """The 12 of the `action-12` that htmx asks for; None for a whole page or another fragment."""
    target = (request.htmx.target or "") if request.htmx else ""
    name, _, number = target.rpartition("-")
    return int(number) if name == fragment and number.isdecimal() else None


def target_name(request: Visit, fragment: str) -> str | None:
    """The `calendar` of the `part__calendar` that htmx asks for; None otherwise."""
    target = (request.htmx.target or "") if request.htmx else ""
    name, found, word = target.partition("__")
    return word if found and name == fragment else None
