import copy

import pytest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from ctg.web.htmx import render_page

PAGE = (
    "<h1>{{ word }}</h1>"
    "{% partialdef milestones inline %}<p>{{ word }} {{ oob }}</p>{% endpartialdef milestones %}"
    "{% partialdef action inline %}<i>{{ word }} {{ oob }}</i>{% endpartialdef action %}"
)


@pytest.fixture(autouse=True)
def page(settings):
    templates = copy.deepcopy(settings.TEMPLATES)
    page = ("django.template.loaders.locmem.Loader", {"page.html": PAGE})
    templates[0]["OPTIONS"]["loaders"] = [("template_partials.loader.Loader", [page])]
    templates[0]["OPTIONS"]["context_processors"] = []
    settings.TEMPLATES = templates


def ask(target=None, method="GET", **options):
    headers = {"HX-Request": "true", "HX-Target": target} if target else {}
    request = RequestFactory().generic(method, "/plan/?q=a", headers=headers)
    request.htmx = HtmxDetails(request)
    return render_page(request, "page.html", {"word": "mot"}, fragments=["milestones", "action"], **options)


def test_without_htmx_the_page_is_whole():
    response = ask(status=422)
    assert response.status_code == 422
    assert response.text == "<h1>mot</h1><p>mot False</p><i>mot False</i>"


def test_htmx_gets_the_fragment_it_asks_for():
    assert ask("milestones").text == "<p>mot True</p>"
    assert ask("milestones", "POST", status=409).status_code == 409


def test_one_of_many_alike_carries_a_number():
    assert ask("action-12").text == "<i>mot True</i>"


@pytest.mark.parametrize("target", ["secret", "action-x", "milestones-2-x", "action-12-3"])
def test_a_fragment_that_is_not_listed_is_sent_to_the_whole_page(target):
    assert ask(target)["HX-Redirect"] == "/plan/?q=a"


def test_caches_tell_the_two_apart():
    assert {"HX-Request", "HX-Target"} <= set(ask()["Vary"].split(", "))
