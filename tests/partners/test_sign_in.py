import datetime as dt
import re

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from partners.models import Session, User
from tests import factories as f
from tests.htmx import soup

LOGIN, REQUEST, CONFIRM = "account_login", "account_request_login_code", "account_confirm_login_code"
RESET = "account_reset_password"
OPEN_REDIRECTS = [
    "//evil.example",
    "/\\evil.example",
    "https:evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
]


@pytest.fixture
def camille(db):
    cache.clear()
    return f.UserFactory(email="camille@exemple.fr")


@pytest.fixture
def clock(time_machine):
    """A clock that only moves when it is told to."""
    time_machine.move_to(dt.datetime.now(dt.UTC), tick=False)
    return time_machine


def sign_in(client, password=f.PASSWORD, email="camille@exemple.fr", **more):
    return client.post(reverse(LOGIN), {"login": email, "password": password} | more)


def ask_code(client, email="camille@exemple.fr", name=REQUEST, **more):
    return client.post(reverse(name), {"email": email} | more, follow=True)


def mailed_code():
    [code] = re.findall(r"^    (\S+)$", mail.outbox[-1].body, re.MULTILINE)
    return code


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_a_password_opens_a_session(client, camille):
    assert sign_in(client, email="Camille@Exemple.fr").status_code == 302
    assert is_signed_in(client)


def test_the_login_page_offers_the_code_as_an_equal(client, camille):
    buttons = [button.text for button in soup(client.get(reverse(LOGIN))).select("main .button")]
    assert buttons == ["Se connecter", "Recevoir un code par courriel"]


def test_unknown_and_known_addresses_get_the_same_refusal(client, camille):
    texts = [
        soup(sign_in(client, password="faux", email=email)).main.text.replace(email, "…")
        for email in ("camille@exemple.fr", "inconnue@exemple.fr")
    ]
    assert texts[0] == texts[1]
    assert "ne vont pas ensemble" in texts[0]


def test_after_several_failures_one_is_told_to_wait(client, camille):
    for _ in range(5):
        sign_in(client, password="faux")
    answer = sign_in(client)
    assert "attendez quelques minutes" in answer.text
    assert not is_signed_in(client)


def test_a_code_replaces_the_password_and_serves_once(client, camille):
    page = soup(ask_code(client))
    assert "camille@exemple.fr" in page.main.text
    code = mailed_code()
    late = Client()
    late.cookies = client.cookies.copy()
    assert client.post(reverse(CONFIRM), {"code": code.lower().replace("-", " ")}).status_code == 302
    assert is_signed_in(client)
    late.post(reverse(CONFIRM), {"code": code})
    assert not is_signed_in(late)


def test_of_two_requests_with_one_code_only_one_opens_a_session(client, camille, monkeypatch):
    """The second has already read the session when the first uses it up."""
    ask_code(client)
    code = mailed_code()
    from partners.sessions import SessionStore

    monkeypatch.setattr(SessionStore, "renew_once", lambda session: False)
    assert client.post(reverse(CONFIRM), {"code": code}).url == reverse(REQUEST)
    assert not is_signed_in(client)


def test_opening_the_page_of_the_code_does_not_use_it_up(client, camille):
    ask_code(client)
    for _ in range(5):
        client.get(reverse(CONFIRM))
        client.head(reverse(CONFIRM))
    client.post(reverse(CONFIRM), {"code": mailed_code()})
    assert is_signed_in(client)


def test_three_wrong_codes_and_it_is_dead(client, camille):
    ask_code(client)
    for _ in range(3):
        client.post(reverse(CONFIRM), {"code": "BBBB-BBBB"})
    client.post(reverse(CONFIRM), {"code": mailed_code()})
    assert not is_signed_in(client)


def test_a_code_dies_after_ten_minutes(client, camille, clock):
    ask_code(client)
    clock.shift(601)
    client.post(reverse(CONFIRM), {"code": mailed_code()})
    assert not is_signed_in(client)


def test_a_code_only_serves_in_the_browser_that_asked(client, camille):
    ask_code(client)
    other = Client()
    other.post(reverse(CONFIRM), {"code": mailed_code()})
    assert not is_signed_in(other)


@pytest.mark.parametrize("name", [REQUEST, RESET])
def test_the_database_holds_no_code(client, camille, name):
    ask_code(client, name=name)
    letters = mailed_code().replace("-", "")
    held = [str(session.get_decoded()) for session in Session.objects.all()]
    assert held
    for text in held:
        assert letters.lower() not in text.replace("-", "").lower()


@pytest.mark.parametrize("name", [REQUEST, RESET])
def test_the_page_of_the_code_says_nothing_of_who_has_an_account(camille, name):
    pages = []
    for email in ("camille@exemple.fr", "inconnue@exemple.fr"):
        answer = ask_code(Client(), email, name=name)
        pages.append(re.sub(email + r'|value="[^"]{64}"|x-csrftoken": "\w+', "…", answer.text))
    assert pages[0] == pages[1]
    assert "Aucun compte" in mail.outbox[-1].subject


def test_a_closed_account_stays_closed(client, camille):
    User.objects.update(is_active=False)
    assert sign_in(client).url == reverse("account_inactive")
    ask_code(client)
    assert "Aucun compte" in mail.outbox[-1].subject
    assert not is_signed_in(client)


def test_codes_are_limited_for_an_address(camille):
    for _ in range(5):
        ask_code(Client())
    answer = ask_code(Client())
    assert len(mail.outbox) == 5
    assert "attendez" in answer.text


def test_a_mail_of_a_code_names_no_host(client, camille):
    client.post(reverse(REQUEST), {"email": "camille@exemple.fr"}, headers={"host": "localhost"})
    ask_code(client, "inconnue@exemple.fr", headers={"x-forwarded-host": "evil.example"})
    for sent in mail.outbox:
        assert "http" not in sent.body
        assert "localhost" not in sent.subject + sent.body


def test_a_forgotten_password_is_replaced_with_a_code(client, camille):
    ask_code(client, name=RESET)
    client.post(reverse("account_confirm_password_reset_code"), {"code": mailed_code()})
    new = {"password1": "Une autre phrase assez longue", "password2": "Une autre phrase assez longue"}
    answer = client.post(reverse("account_complete_password_reset"), new, follow=True)
    assert "Mot de passe enregistré" in answer.text
    assert sign_in(Client(), password=new["password1"]).status_code == 302
    assert sign_in(Client()).status_code == 200
    assert "mot de passe" in mail.outbox[-1].body


def test_without_its_code_no_password_is_replaced(client, camille):
    ask_code(client, name=RESET)
    new = {"password1": "Une autre phrase assez longue", "password2": "Une autre phrase assez longue"}
    client.post(reverse("account_complete_password_reset"), new)
    assert sign_in(Client()).status_code == 302


@pytest.mark.parametrize(
    ("is_administrator", "password", "accepted"),
    [
        (False, "onze lettre", False),
        (False, "douze lettre", True),
        (True, "quinze lettres!", False),
        (True, "seize lettres !!", True),
    ],
)
def test_administrators_need_a_longer_password(client, camille, is_administrator, password, accepted):
    User.objects.update(is_administrator=is_administrator)
    client.force_login(camille)
    form = {"oldpassword": f.PASSWORD, "password1": password, "password2": password}
    answer = client.post(reverse("account_change_password"), form)
    camille.refresh_from_db()
    assert camille.check_password(password) is accepted
    assert (answer.status_code == 302) is accepted


def test_nobody_signs_up(client, camille):
    address = reverse("account_signup")
    form = {"email": "intruse@exemple.fr", "password1": f.PASSWORD, "password2": f.PASSWORD}
    assert client.post(address, form).status_code == 405
    assert client.get(address).url == reverse(LOGIN)
    assert User.objects.count() == 1


@pytest.mark.parametrize("name", ["account_email", "account_reauthenticate", "account_confirm_email"])
def test_the_other_pages_of_allauth_are_absent(name):
    from django.urls import NoReverseMatch

    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_one_returns_where_one_was_going(client, camille):
    wanted = reverse("partners:account")
    login = client.get(wanted, follow=True)
    hidden = soup(login).select_one("main [name=next]")["value"]
    assert sign_in(client, next=hidden).url == wanted


def test_one_returns_where_one_was_going_with_a_code_too(client, camille):
    wanted = reverse("partners:account")
    page = soup(client.get(f"{reverse(LOGIN)}?next={wanted}"))
    address = page.select_one("main a.button")["href"]
    page = soup(client.get(address))
    assert page.select_one("main [name=next]")["value"] == wanted
    confirm = ask_code(client, next=wanted)
    hidden = soup(confirm).select_one("main [name=next]")["value"]
    assert client.post(reverse(CONFIRM), {"code": mailed_code(), "next": hidden}).url == wanted


@pytest.mark.parametrize("evil", OPEN_REDIRECTS)
def test_nothing_leads_elsewhere(client, camille, evil):
    answers = [
        sign_in(client, next=evil),
        client.get(reverse(LOGIN), {"next": evil}),
        client.post(reverse("account_logout"), {"next": evil}),
    ]
    ask_code(client, next=evil)
    answers.append(client.post(reverse(CONFIRM), {"code": mailed_code(), "next": evil}))
    for answer in answers:
        assert answer.status_code == 302
        assert answer.url.startswith("/")
        assert "evil" not in answer.url
        assert "alert" not in answer.url


@pytest.mark.parametrize("origin", [None, "https://evil.example"])
@pytest.mark.parametrize("name", [LOGIN, REQUEST, RESET, "account_logout"])
def test_a_form_without_its_token_is_refused(camille, name, origin):
    client = Client(enforce_csrf_checks=True)
    form = {"login": "camille@exemple.fr", "password": f.PASSWORD, "email": "camille@exemple.fr"}
    headers = {"origin": origin} if origin else {}
    assert client.post(reverse(name), form, headers=headers).status_code == 403
    assert not mail.outbox


def test_the_token_of_another_browser_does_not_do(camille):
    other = Client()
    token = other.get(reverse(LOGIN)).context["csrf_token"]
    client = Client(enforce_csrf_checks=True)
    client.get(reverse(LOGIN))
    form = {"login": "camille@exemple.fr", "password": f.PASSWORD, "csrfmiddlewaretoken": str(token)}
    assert client.post(reverse(LOGIN), form).status_code == 403


def test_cookies_are_kept_from_scripts_and_from_other_sites(client, camille):
    sign_in(client)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert settings.SESSION_COOKIE_NAME.startswith("__Host-")
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
    assert (cookie["path"], cookie["domain"]) == ("/", "")
