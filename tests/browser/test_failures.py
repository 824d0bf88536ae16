"""R11, A5: when a request fails, what was typed is still there, and the page says what happened."""

import pytest
from playwright.sync_api import expect

TYPED = "Le bail sera signé en mars."


@pytest.fixture
def typing(browse, world):
    """Camille, who has typed a note under the row of an action."""
    page = browse(world.camille)
    page.goto(world.plan.get_absolute_url())
    page.get_by_role("link", name="Modifier l’action 1").click()
    page.get_by_label("Note", exact=True).fill(TYPED)
    yield page
    browse.complaints.clear()  # Chromium says in its console that a request failed.


def lose_the_session(page):
    page.context.clear_cookies(name="__Host-session")


def break_the_server(page):
    page.route("**/suivi/enregistrer/", lambda route: route.fulfill(status=500, body="<h1>Oups</h1>"))


def stop_the_server(page):
    page.context.set_offline(True)


FAILURES = {
    lose_the_session: "Votre session est terminée",
    break_the_server: "Le serveur n’a pas pu répondre.",
    stop_the_server: "Le serveur ne répond pas",
}


@pytest.mark.parametrize("fail", FAILURES)
def test_a_failure_is_said_and_keeps_what_was_typed(typing, fail):
    fail(typing)
    typing.get_by_role("button", name="Enregistrer").click()
    messages = typing.locator("#messages")
    expect(messages).to_contain_text(FAILURES[fail])
    expect(messages).to_contain_text("Rien n’est enregistré")
    expect(messages).to_be_in_viewport()
    expect(typing.get_by_label("Note", exact=True)).to_have_value(TYPED)
    expect(typing.get_by_label("Mot de passe")).to_have_count(0)


def test_a_stale_page_shows_the_login_whole(browse, world):
    page = browse(world.camille)
    page.goto(world.plan.get_absolute_url())
    lose_the_session(page)
    page.get_by_role("link", name="Modifier l’action 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")
    expect(page.locator("table")).to_have_count(0)


def test_messages_arrive_in_a_region_that_was_there(typing):
    typing.evaluate("document.getElementById('messages').wasThere = true")
    typing.get_by_role("button", name="Enregistrer").click()
    messages = typing.locator("#messages[role=status][aria-live=polite]")
    expect(messages).to_contain_text("Action 1 enregistrée")
    expect(messages).to_have_js_property("wasThere", True)
