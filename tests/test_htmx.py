"""The double of htmx does what htmx does, as far as the suite leans on it."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from tests.htmx import htmx

PAGE = """
<p id="total">1</p>
<table hx-target="closest tbody" hx-swap="outerHTML">
  <tbody id="action-1"><tr><td><form hx-post="/1/">
    <input type="hidden" name="version" value="3"><input type="checkbox" name="done" checked>
    <select name="status"><option value="a"><option value="b" selected></select>
    <button type="submit" name="never">Enregistrer</button>
  </form></td></tr></tbody>
  <tbody id="action-2"><tr><td><a hx-get="/2/" hx-target="#total">Voir</a></td></tr></tbody>
</table>
"""


class Server:
    def __init__(self, text, status_code=200, **headers):
        self.response = SimpleNamespace(text=text, status_code=status_code, headers=headers)

    def get(self, url, data, headers, follow):
        self.url, self.sent, self.headers = url, data, headers
        return self.response

    post = get


def act(server, selector="form", data=None):
    return htmx(server, BeautifulSoup(PAGE, "html5lib"), selector, data)[1]


def test_a_target_is_inherited_and_found_from_the_element():
    server = Server('<tbody id="action-1"><tr><td>fait</td></tr></tbody>')
    page = act(server)
    assert server.headers["HX-Target"] == "action-1"
    assert page.select_one("#action-1").text == "fait"
    assert page.select_one("#action-2").text == "Voir"


def test_its_own_target_comes_first():
    server = Server('<p id="total">2</p>')
    assert act(server, "a").select_one("#total").text == "2"
    assert (server.url, server.sent) == ("/2/", {})


def test_a_form_sends_what_it_holds_and_what_is_typed():
    server = Server("<tbody></tbody>")
    act(server, data={"status": "c"})
    assert server.sent == {"version": ["3"], "done": ["on"], "status": "c"}


def test_what_comes_out_of_band_replaces_its_namesake():
    page = act(Server('<tbody id="action-1"></tbody><p id="total" hx-swap-oob="true">2</p>'))
    assert [element.text for element in page.select("#total")] == ["2"]
    assert not page.select("[hx-swap-oob]")


@pytest.mark.parametrize(
    "server",
    [
        Server("<p>trop tard</p>", 404),
        Server("", **{"HX-Redirect": "/"}),
        Server('<tbody></tbody><p id="nowhere" hx-swap-oob="true"></p>'),
        Server('<p id="total" hx-swap-oob="true">2</p><tbody id="action-1"></tbody>'),
    ],
    ids=["refused", "redirected", "nobody's namesake", "rows that a browser drops"],
)
def test_what_a_browser_would_not_show_fails(server):
    with pytest.raises(AssertionError):
        act(server)
