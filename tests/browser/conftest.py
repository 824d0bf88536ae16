import os
import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    program = shutil.which("chromium")
    if program is None:
        pytest.fail("Chromium manque : apt-get install --no-install-recommends chromium")
    # Playwright runs an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            # Chromium's sandbox refuses root, as which a fresh container runs.
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        yield browser
        browser.close()


def is_complaint(line):
    # A refused form is news to Chromium, not to us.
    return line.type == "error" and not re.search(r"status of (409|422)", line.text)


@pytest.fixture
def browse(chromium, live_server, transactional_db):
    """Open a window: browse(user=camille, java_script_enabled=False).

    What a window complains of (an error of a script, a breach of the content policy, a resource that
    is missing) fails the test when it ends; a test that provokes it clears `browse.complaints`.
    """
    complaints, contexts = [], []
    cache.clear()  # Its table is no model: what one test counted of log-ins would limit the next.

    def open_window(user=None, **options):
        context = chromium.new_context(
            base_url=live_server.url, locale="fr-FR", timezone_id="Europe/Paris", **options
        )
        contexts.append(context)
        if user:
            client = Client()
            client.force_login(user)
            session = client.cookies[settings.SESSION_COOKIE_NAME]
            # Chromium sends it over plain HTTP, to localhost alone; it is to believe that HTTPS set it.
            origin = live_server.url.replace("http:", "https:")
            context.add_cookies([{"name": session.key, "value": session.value, "url": origin}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if is_complaint(line) else None)
        return page

    open_window.complaints = complaints
    yield open_window
    for context in contexts:
        context.close()
    assert not complaints
