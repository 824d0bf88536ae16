import logging

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.planted_urls")]


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Target": "milestones"}])
def test_a_breakdown_shows_a_number_and_logs_it_with_the_trace(visitor, caplog, headers):
    response = visitor.get("/planted/breakdown/", headers=headers)

    assert response.status_code == 500
    assert response["X-Incident"] in response.text
    assert "le détail que personne ne doit lire" not in response.text
    [record] = [r for r in caplog.records if response["X-Incident"] in r.getMessage()]
    assert record.levelno == logging.ERROR
    assert "le détail que personne ne doit lire" in str(record.exc_info[1])


def test_the_page_of_a_breakdown_asks_nothing_of_the_database(visitor, django_assert_num_queries):
    with django_assert_num_queries(0):
        visitor.get("/planted/breakdown/")


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/nulle-part/", 404, "Page introuvable"),
        ("/planted/forbidden/", 403, "Accès refusé"),
        ("/planted/suspicious/", 400, "Demande non comprise"),
    ],
)
def test_each_refusal_has_its_page(visitor, path, status, title):
    response = visitor.get(path)
    assert response.status_code == status
    assert f"<h1>{title}</h1>" in response.text


def test_a_forged_host_is_refused(visitor):
    assert visitor.get("/", headers={"Host": "pirate.example"}).status_code == 400


def test_a_form_without_its_token_says_that_nothing_was_saved(visitor):
    response = visitor.post("/planted/command/")
    assert response.status_code == 403
    assert "rien n’a été enregistré" in response.text


def test_the_log_hides_tokens(caplog):
    from ctg.web.logs import HideTokens

    record = logging.makeLogRecord(
        {"msg": "GET %s", "args": ("/compte/password/reset/key/a-cx9k2f-3f8e9d7c6b5a493827/?next=/plan/",)}
    )
    assert HideTokens().filter(record)
    assert record.getMessage() == "GET /compte/password/reset/key/…/?…"
