"""What a hostile page, a forged address or a foreign network can do: nothing (L5, L6, L9).

Sessions are in tests/partners/test_sessions.py (L4), formulas in workbooks in tests/documents (E1, E2).
"""

import re
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core import mail
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests import factories as f
from tests.routes import address, furnish
from tests.state import difference, state_of
from tests.test_access import ANYONE, PUBLIC, ROUTES, WHO

EVIL = "https://evil.example"


@pytest.fixture
def world(world):
    return furnish(world)


def who_may(name):
    """Somebody whom the route lets in."""
    who = ROUTES[name][1]
    return "camille" if who in (PUBLIC, ANYONE) else sorted(WHO[who])[0]


# Forms that somebody else's page sends (L5).


def read_through(response):
    """Take what is served as a file to its end, which closes the file."""
    if response.streaming:
        b"".join(response)


def browser_of(user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


def token_of(client):
    page = client.get(reverse("partners:account"), secure=True)
    return BeautifulSoup(page.content, "html.parser").select_one("[name=csrfmiddlewaretoken]")["value"]


#: A mail program presses « stop » without our page (RFC 8058); the token of the address is what lets it.
PRESSED_IN_A_MAIL = "dashboards:mail_stop"
#: A program has neither page nor session; it is told in JSON that it writes nothing.
READ_BY_PROGRAMS = "opendata:data_answer"


@pytest.mark.once
@pytest.mark.parametrize(
    "name", [name for name in ROUTES if name not in (PRESSED_IN_A_MAIL, READ_BY_PROGRAMS)]
)
def test_a_command_that_our_own_page_did_not_send_is_refused(world, name):
    user = getattr(world, who_may(name))
    client, path = browser_of(user), address(name, world, ROUTES[name][2])
    own = token_of(client)
    before = state_of()
    other, here = token_of(browser_of(user)), {"Origin": "https://testserver"}
    forged = {
        "without a token": ({}, here),
        "with the token of another session": ({"csrfmiddlewaretoken": other}, here),
        "with the token of another session, by htmx": (
            {},
            here | {"X-CSRFToken": other, "HX-Request": "true"},
        ),
        "from another site": ({"csrfmiddlewaretoken": own}, {"Origin": EVIL}),
        "from nowhere": ({"csrfmiddlewaretoken": own}, {"Origin": "null"}),
        "from another site that hides it": ({"csrfmiddlewaretoken": own}, {"Referer": f"{EVIL}/"}),
    }
    for how, (data, headers) in forged.items():
        response = client.post(path, data, secure=True, headers=headers)
        assert response.status_code == 403, f"{how}: {response.status_code}"
        assert "rien n’a été enregistré" in response.text.lower(), how
    assert set(difference(before, state_of())) <= {"partners_session"}
    ours = client.post(path, {"csrfmiddlewaretoken": own}, secure=True, headers=here)
    assert ours.status_code != 403, "the same command from our own page must pass"


ELSEWHERE = [
    "//evil.example/plans/1/",
    "///evil.example/plans/1/",
    "/\\evil.example/plans/1/",
    "\\\\evil.example/plans/1/",
    "https:evil.example/plans/1/",
    "https:/evil.example/plans/1/",
    "https://evil.example/plans/1/",
    "https://testserver@evil.example/plans/1/",
    "https://testserver.evil.example/plans/1/",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    " //evil.example/plans/",
    "data:text/html,/plans/",
    "/plans/\r\nSet-Cookie: a=b",
]
COMES_BACK = {
    "actions:follow_up_save": ("action", {"status": "ongoing", "seen": 1}),
    "actions:trash_restore": ("trashed_milestone", {}),
    "indicators:indicator_edit": ("indicator", {"wording": "Neuf", "kind": "count", "seen": 1}),
    "indicators:indicator_trash": ("indicator", {"seen": 1}),
}


def assert_stays(url):
    parts = urlsplit(url)
    assert url.startswith("/") and not url.startswith(("//", "/\\")), url
    assert not parts.scheme and not parts.netloc and "evil" not in parts.path, url
    assert "\n" not in url and "\r" not in url


@pytest.mark.once
@pytest.mark.parametrize("evil", ELSEWHERE)
@pytest.mark.parametrize("name", COMES_BACK)
def test_no_form_leads_elsewhere_once_it_is_done(world, client_of, name, evil):
    target, data = COMES_BACK[name]
    path = address(name, world, target)
    response = client_of(world.camille).post(path, data | {"retour": evil})
    assert response.status_code == 302
    assert_stays(response["Location"])


@pytest.mark.once
@pytest.mark.parametrize("evil", [url for url in ELSEWHERE if "\n" not in url])
def test_no_page_offers_a_way_back_to_elsewhere(world, client_of, evil):
    client = client_of(world.camille)
    for name, target in (("actions:follow_up_edit", "action"), ("indicators:indicator_edit", "indicator")):
        path = address(name, world, target)
        asked = [
            client.get(path, {"retour": evil}),
            client.get(path, headers={"Referer": evil}),
            client.get(
                path, headers={"HX-Request": "true", "HX-Target": "follow-up", "HX-Current-URL": evil}
            ),
        ]
        for response in asked:
            assert "evil.example" not in response.text
            assert "javascript:" not in response.text.replace("\t", "")


def test_the_host_of_a_request_never_reaches_a_mail(world, client_of):
    client = client_of(world.camille)
    invite = reverse("partners:membership_invite", args=[world.territory.pk])
    person = {"email": "neuve@exemple.fr", "first_name": "N", "last_name": "N", "role": "official"}
    forged = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "Forwarded": "host=evil.example",
    }
    assert client.post(invite, person, headers=forged).status_code == 302
    assert client.post(invite, person, headers={"Host": "evil.example"}).status_code == 400
    [message] = mail.outbox
    assert "evil" not in message.message().as_string()
    assert set(re.findall(r"https?://[^/\s]+", message.body)) == {settings.BASE_URL}


# The headers of every kind of response (L6), scored as MDN's Observatory does.


def policy_of(response):
    rules = (rule.split() for rule in response["Content-Security-Policy"].split(";"))
    return {words[0]: set(words[1:]) for words in rules if words}


def score(response):
    """Observatory's points for one response: 100, less its penalties, plus its bonuses; 130 is an A+."""
    points, bonus, policy = 100, 0, policy_of(response)
    sources = set().union(*policy.values())
    if sources & {"'unsafe-inline'", "'unsafe-eval'", "data:", "*", "https:", "http:"}:
        points -= 20
    elif policy.get("default-src") == {"'none'"}:
        bonus += 10
    kept = [cookie for cookie in response.cookies.values() if cookie.value]
    for cookie in kept:
        if not cookie["secure"]:
            points -= 40
        if cookie.key.endswith("session") and not cookie["httponly"]:
            points -= 30
    if all(cookie["secure"] and cookie["httponly"] and cookie["samesite"] for cookie in kept):
        bonus += 5
    age = re.search(r"max-age=(\d+)", response.get("Strict-Transport-Security", ""))
    if not age or int(age[1]) < 15_768_000:
        points -= 20
    if response.get("X-Content-Type-Options") != "nosniff":
        points -= 5
    if policy.get("frame-ancestors") == {"'none'"}:
        bonus += 5
    elif response.get("X-Frame-Options") not in ("DENY", "SAMEORIGIN"):
        points -= 20
    if response.get("Referrer-Policy") in ("no-referrer", "same-origin", "strict-origin"):
        bonus += 5
    if response.get("Cross-Origin-Resource-Policy") in ("same-origin", "same-site"):
        bonus += 10
    # Bonuses count only for whoever has next to no penalty.
    return points + (bonus if points >= 90 else 0)


def assert_protected(response):
    assert score(response) >= 130, score(response)
    policy = policy_of(response)
    assert policy["default-src"] == policy["base-uri"] == policy["object-src"] == {"'none'"}
    assert policy["frame-ancestors"] == {"'none'"} and policy["form-action"] == {"'self'"}
    assert set().union(*policy.values()) <= {"'none'", "'self'"}
    hsts = response["Strict-Transport-Security"]
    assert "max-age=31536000" in hsts and "includeSubDomains" in hsts


@pytest.mark.once
@pytest.mark.parametrize("name", ROUTES)
def test_every_response_of_every_route_is_protected(world, client_of, name):
    """Pages, fragments, files, redirections, refusals: whatever the route answers, and to whom."""
    path = address(name, world, ROUTES[name][2])
    fragments = {"HX-Request": "true", "HX-Target": "notes"}
    for client in (Client(), client_of(world.nadia), client_of(getattr(world, who_may(name)))):
        # The command comes last: it may sign out.
        for response in (
            client.get(path, secure=True),
            client.get(path, secure=True, headers=fragments),
            client.put(path, secure=True),
            client.post(path, secure=True),
        ):
            read_through(response)
            assert_protected(response)
            assert response["Cache-Control"] == "no-store"


@pytest.mark.urls("tests.web.planted_urls")
@pytest.mark.parametrize(
    "path", ["/planted/breakdown/", "/planted/forbidden/", "/planted/suspicious/", "/nulle-part/"]
)
def test_failures_are_protected_too(client, db, path):
    client.raise_request_exception = False
    assert_protected(client.get(path, secure=True))


@pytest.mark.parametrize("path", ["css/app.css", "js/app.js", "icons/favicon.svg"])
def test_static_files_are_protected_too(client, path, db):
    response = client.get(f"{settings.STATIC_URL}{path}", secure=True)
    assert response.status_code == 200
    assert_protected(response)
    response._resource_closers[0]()  # Not close(), which would end the connection of the test.


def test_a_workbook_is_downloaded_not_shown(world, client_of):
    path = address("documents:plan_workbook", world, "plan")
    response = client_of(world.elise).get(path, secure=True)
    assert response["Content-Disposition"].startswith("attachment; ")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_scorer_sees_a_weak_policy(client, db):
    response = client.get(reverse("account_login"), secure=True)
    best = score(response)
    for header, weak in [
        ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
        ("Strict-Transport-Security", "max-age=60"),
        ("Cross-Origin-Resource-Policy", "cross-origin"),
        ("Referrer-Policy", "unsafe-url"),
        ("X-Content-Type-Options", ""),
    ]:
        kept, response[header] = response[header], weak
        assert score(response) < best, header
        response[header] = kept
    assert score(response) == best


PASTED = "=1+1\x0b\U0001f469\u200d\U0001f467 \u05e9\u05dc\u05d5\u05dd\x01 " + "mot " * 10_000 + "fin"


def test_what_is_pasted_from_word_comes_out_whole_in_the_file(world, client_of):
    """From the form to the workbook (E2): 40,000 characters, some of which no workbook can hold."""
    client = client_of(world.camille)
    path = address("actions:note_add", world, "action")
    assert client.post(path, {"text": PASTED, "audience": "everyone"}).status_code == 302
    kept = client.get(world.action.get_absolute_url()).text
    assert "mot " * 1000 in kept and "\x01" not in kept
    for layout in ("thematique", "strategique"):
        file = reverse("documents:plan_workbook", args=[world.plan.pk, layout])
        response = client.get(file, {"suivi": "1"})
        assert response.status_code == 200
        cells = (cell for sheet in load_workbook(BytesIO(response.content)) for row in sheet for cell in row)
        texts = [(cell.data_type, str(cell.value)) for cell in cells if cell.value]
        assert "f" not in {kind for kind, _ in texts}
        assert sum(text.count("mot ") for _, text in texts) >= 10_000
        assert any("\U0001f469\u200d\U0001f467 \u05e9\u05dc\u05d5\u05dd" in text for _, text in texts)


# Nothing comes from another host (L9).

LOADED = ("src", "srcset", "href", "poster", "data", "action", "formaction", "background", "xlink:href")
ADDRESS = re.compile(r"(?:https?:)?//[\w.-]+\.\w+|url\(\s*[\"']?(?:https?:)?//", re.IGNORECASE)

#: The names of the languages of drawings: nobody fetches them.
NAMES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/1999/xhtml")


def loaded_by(page):
    """Whatever a browser fetches, or sends, by itself on this page; a link is followed by a person."""
    for element in BeautifulSoup(page, "html.parser").find_all(True):
        for attribute in LOADED:
            if element.has_attr(attribute) and not (element.name == "a" and attribute == "href"):
                yield str(element[attribute])
        yield from (
            str(element[name]) for name in element.attrs if name.startswith("hx-") and name != "hx-headers"
        )
        yield str(element.get("style", "")) + str(element.get("content", ""))


@pytest.mark.once
@pytest.mark.parametrize("person", [None, "camille", "paul", "elise", "karim", "alex"])
def test_no_page_asks_anything_of_another_host(world, client_of, person):
    client = client_of(getattr(world, person)) if person else Client()
    pages = 0
    for name, (_, who, target) in ROUTES.items():
        if person in WHO[who] and who != PUBLIC or who == PUBLIC and person is None:
            response = client.get(address(name, world, target))
            read_through(response)
            if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
                pages += 1
                for url in loaded_by(response.text):
                    assert not ADDRESS.search(url), f"{name}: {url}"
    assert pages > 4


def static_files():
    for finder in get_finders():
        for path, storage in finder.list([]):
            if path.endswith((".css", ".js", ".svg", ".html", ".json", ".webmanifest")):
                yield path, storage


def test_no_static_file_asks_anything_of_another_host():
    comments = re.compile(r"/\*.*?\*/|<!--.*?-->|^\s*//.*?$", re.DOTALL | re.MULTILINE)
    read = 0
    for path, storage in static_files():
        with storage.open(path) as file:
            text = comments.sub("", file.read().decode())
        for name in NAMES:
            text = text.replace(name, "")
        assert not ADDRESS.search(text), f"{path}: {ADDRESS.search(text)[0]}"
        read += 1
    assert read > 10


def test_the_policy_of_the_browser_forbids_it_as_well(client, db):
    policy = policy_of(client.get(reverse("account_login")))
    assert {source for sources in policy.values() for source in sources} == {"'none'", "'self'"}


@pytest.mark.once
@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '" onfocus="alert(1)',
        "<b hx-get=/x>x</b>",
    ],
)
def test_what_is_typed_is_shown_as_typed(world, client_of, text):
    """One markup in every text of the sheet, on every page that shows one."""
    for thing in (world.note, world.factor):
        thing.text = text
        thing.save()
    for thing in (world.plan, world.ambition, world.theme, world.need, world.objective, world.milestone):
        thing.title = text
        thing.save()
    world.action.title = world.action.content = world.action.purpose = text
    world.action.partners_text = world.action.factors_text = world.action.calendar_text = text
    world.action.save()
    world.indicator.wording = world.service.name = text
    world.indicator.save()
    world.service.save()
    f.FactorFactory(action=world.action, text=text)
    client = client_of(world.camille)
    for name, (method, who, target) in ROUTES.items():
        if method == "GET" and "camille" in WHO[who] and who != PUBLIC:
            response = client.get(address(name, world, target))
            read_through(response)
            if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
                page = BeautifulSoup(response.text, "html.parser")
                assert not page.select("script:not([src]), img[onerror], b[hx-get], [onfocus]"), name
