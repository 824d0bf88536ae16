import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.planted_urls")]

EVERYWHERE = {
    "Content-Security-Policy": {
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "connect", "font", "manifest")),
        "object-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    },
    "Strict-Transport-Security": {"max-age=31536000", "includeSubDomains"},
    "X-Content-Type-Options": {"nosniff"},
    "X-Frame-Options": {"DENY"},
    "Referrer-Policy": {"same-origin"},
    "Cross-Origin-Opener-Policy": {"same-origin"},
    "Cross-Origin-Resource-Policy": {"same-origin"},
    "Permissions-Policy": {"camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
}
PAGES = {
    "account_login": 200,
    "/planted/private/": 302,
    "/planted/download/": 200,
    "/planted/command/": 200,
    "/planted/forbidden/": 403,
    "/planted/suspicious/": 400,
    "/planted/breakdown/": 500,
    "/nulle-part/": 404,
}


@pytest.fixture
def visit():
    client, responses = Client(raise_request_exception=False), []

    def get(page, **headers):
        path = page if page.startswith("/") else reverse(page)
        responses.append(client.get(path, secure=True, headers=headers))
        return responses[-1]

    yield get
    for response in responses:
        response.close()


@pytest.mark.parametrize(("path", "status"), [*PAGES.items(), ("/static/css/app.css", 200)])
def test_every_kind_of_response_is_protected(visit, path, status):
    response = visit(path)
    assert response.status_code == status
    for header, expected in EVERYWHERE.items():
        assert set(response[header].split("; ")) == expected, header


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_kept(visit, path):
    assert visit(path)["Cache-Control"] == "no-store"


def test_static_files_are_kept(visit):
    assert "max-age" in visit("/static/css/app.css")["Cache-Control"]


def test_a_page_is_compressed_on_the_way(visit):
    assert visit("account_login", accept_encoding="gzip")["Content-Encoding"] == "gzip"


def test_cookies_belong_to_this_host_alone(visit):
    [cookie] = visit("account_login").cookies.values()
    assert cookie.key == "__Host-csrf"
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert (cookie["path"], cookie["domain"]) == ("/", "")
    assert settings.SESSION_COOKIE_NAME.startswith("__Host-")
    assert (settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY) == (True, True)


def test_a_stale_fragment_reloads_its_page(visit):
    response = visit("/planted/private/", HX_Request="true", HX_Target="milestones")
    assert response["HX-Refresh"] == "true"
    assert not response.content
