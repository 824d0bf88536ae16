"""What the page of a definition sends, and what came of it."""

import uuid

from django.urls import reverse

from indicators.models import Indicator
from tests.htmx import soup


def edit_of(indicator):
    return reverse("indicators:indicator_edit", args=[indicator.pk])


def typed(indicator, *, targets=(), **changed):
    """What the page of an indicator sends, but for what is `changed`; targets as (year, value, upper)."""
    values = {name: indicator.read_tracked(name) for name in Indicator.tracked_fields}
    for name in ("actions", "targets", "position"):
        values.pop(name)
    values = {name: "" if value is None else value for name, value in values.items()}
    for name in ("is_key", "is_without_target"):
        values[name] = "on" if values[name] else ""
    flat = [text for line in targets for text in (*line, "", "")[:3]]
    return values | {"targets": flat, "seen": indicator.version, "token": uuid.uuid4()} | changed


def sent(client, indicator, **changed):
    return client.post(edit_of(indicator), typed(indicator, **changed))


def errors(response):
    page = soup(response)
    return [error.get_text(" ", strip=True) for error in page.select(".field__error")]


def years_asked(client, indicator):
    page = soup(client.get(edit_of(indicator)))
    return [field["value"] for field in page.select(".targets input[type=hidden]")]


def again(indicator):
    return Indicator.objects.get(pk=indicator.pk)


def rows(indicator):
    return [(target.year, target.value, target.upper) for target in indicator.targets.all()]
