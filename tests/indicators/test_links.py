"""The personal link: a capability for one solicitation, and nothing else (L1–L3)."""

import datetime as dt
import logging
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ctg.web.logs import HideTokens
from indicators.answers.answering import cookie_of
from indicators.campaigns import links
from indicators.models import EntryLink
from partners.models import Letter
from partners.tokens import digest_of, fresh_seed, token_of
from partners.tracking import Author
from tests import factories as f
from tests.routes import address, furnish, neighbours
from tests.state import difference, state_of
from tests.test_access import PUBLIC, ROUTES

CAMILLE = Author("Camille, coordination")
LOGIN = "/compte/connexion/"


@pytest.fixture
def link(world):
    return f.EntryLinkFactory(solicitation=world.solicitation, respondent_name="Dominique Petit")


def open_link(link, client=None, **kwargs):
    return (client or Client()).get(reverse("indicators:link_open", args=[link.token]), **kwargs)


def given(response):
    """The cookies of links that a response gives."""
    return [cookie for cookie in response.cookies if "reponse" in cookie]


def page_of(link, name="answer_edit"):
    return reverse(f"indicators:{name}", args=[link.solicitation_id])


# Opening


def test_opening_gives_a_cookie_and_an_address_without_the_token(link):
    response = open_link(link)
    assert response.status_code == 302
    assert response["Location"] == page_of(link)
    assert response["Referrer-Policy"] == "no-referrer"
    [cookie] = response.cookies.values()
    assert cookie.key == f"__Host-reponse-{link.solicitation_id}"
    assert cookie["httponly"] and cookie["secure"] and cookie["samesite"] == "Lax" and cookie["path"] == "/"
    assert not cookie["domain"]


def test_a_scanner_that_opens_the_link_consumes_nothing(link):
    before = state_of()
    for _ in range(20):
        scanner = Client()
        assert open_link(link, scanner).status_code == 302
        assert scanner.head(reverse("indicators:link_open", args=[link.token])).status_code == 302
    assert not difference(before, state_of())
    client = Client()
    open_link(link, client)
    assert client.get(page_of(link)).status_code == 200


def test_a_link_may_be_opened_by_nothing_but_a_visit(link):
    for method in ("post", "put", "patch", "delete"):
        response = getattr(Client(), method)(reverse("indicators:link_open", args=[link.token]))
        assert response.status_code == 405


def test_a_token_cannot_be_guessed_and_a_copy_of_the_table_opens_nothing(link):
    assert len(link.token) == 43  # 256 bits
    assert len({token_of(fresh_seed()) for _ in range(100)}) == 100
    row = EntryLink.objects.filter(pk=link.pk).values().get()
    assert link.token not in map(str, row.values())
    for stolen in (row["seed"], row["digest"]):
        assert Client().get(reverse("indicators:link_open", args=[stolen])).status_code == 404
    with_another_key = settings.SECRET_KEY + "x"
    assert digest_of(token_of(link.seed)) == row["digest"]
    settings.SECRET_KEY, kept = with_another_key, settings.SECRET_KEY
    try:
        assert token_of(link.seed) != link.token
    finally:
        settings.SECRET_KEY = kept


def test_the_token_is_in_no_line_of_the_log(link):
    hide = HideTokens()
    for message in (
        f"GET /repondre/{link.token}/ HTTP/1.1 302",
        f"Not Found: /repondre/{link.token}/",
        f"GET /repondre/{link.token} HTTP/1.1",
    ):
        record = logging.LogRecord("a", logging.INFO, "", 0, "%s", (message,), None)
        assert hide.filter(record)
        assert link.token not in record.getMessage() and "/repondre/…" in record.getMessage()


def test_what_the_server_writes_of_an_opening_is_without_the_token(link):
    """Through the handler that the settings set up: what is filtered there is filtered for everybody."""
    [writer] = [one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler]
    kept, written = writer.stream, StringIO()
    writer.setStream(written)
    try:
        open_link(link)
        logging.getLogger("access").info("GET %s 302", reverse("indicators:link_open", args=[link.token]))
    finally:
        writer.setStream(kept)
    assert "GET /repondre/…/ 302" in written.getvalue()
    assert link.token not in written.getvalue()


def test_no_page_holds_the_token(link):
    client = Client()
    open_link(link, client)
    for name in ("answer_edit", "answer_identify", "answer_review", "answer_hand_over"):
        response = client.get(page_of(link, name))
        assert response.status_code == 200 and link.token not in response.text


# What does not open


def test_unknown_revoked_and_removed_links_answer_the_same(world, link):
    def body(token):
        response = Client().get(reverse("indicators:link_open", args=[token]))
        assert response.status_code == 404 and not given(response)
        assert response["Referrer-Policy"] == "no-referrer"
        assert world.service.name not in response.text and "Rivemont" not in response.text
        return BeautifulSoup(response.content, "html.parser").main.text

    unknown = body("a" * 43)
    assert "Ce lien n’ouvre rien" in unknown
    assert body("x") == unknown
    links.revoke(link, at=timezone.now())
    assert body(link.token) == unknown
    other = f.EntryLinkFactory(solicitation=world.solicitation)
    for thing in (world.solicitation, world.campaign, world.plan, world.service):
        thing.trashed_at = timezone.now()
        thing.save()
        assert body(other.token) == unknown
        thing.trashed_at = None
        thing.save()
    assert open_link(other).status_code == 302


def test_a_closed_campaign_says_since_when_and_whom_to_ask(world, link):
    world.campaign.sender_name, world.campaign.sender_contact = "Claire Morvan", "01 00 00 00 00"
    world.campaign.closes_on = timezone.localdate() - dt.timedelta(days=1)
    world.campaign.save()
    response = open_link(link)
    assert response.status_code == 410 and not given(response)
    assert "close depuis le" in response.text and "Claire Morvan, 01 00 00 00 00" in response.text
    assert world.service.name not in response.text
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("is_launched", [True, False])
def test_a_campaign_to_come_says_so(world, link, is_launched):
    world.campaign.opens_on = timezone.localdate() + dt.timedelta(days=3)
    world.campaign.launched_at = timezone.now() if is_launched else None
    world.campaign.save()
    response = open_link(link)
    assert response.status_code == 404 and not given(response)
    assert "pas encore" in response.text


def test_a_link_works_again_when_its_organisation_is_let_in_again(world, link):
    world.campaign.closed_at = timezone.now() - dt.timedelta(hours=1)
    world.campaign.save()
    assert open_link(link).status_code == 410
    world.solicitation.reopened_until = timezone.localdate() + dt.timedelta(days=2)
    world.solicitation.save()
    client = Client()
    assert open_link(link, client).status_code == 302
    assert client.get(page_of(link)).status_code == 200


# What it opens


def test_rights_are_read_again_at_each_request(world, link):
    client = Client()
    open_link(link, client)
    assert client.get(page_of(link)).status_code == 200
    links.revoke(link, at=timezone.now())
    for name in ("answer_edit", "answer_review", "answer_identify", "answer_hand_over"):
        assert client.get(page_of(link, name)).status_code == 404
    before = state_of()
    for name in ("answer_edit", "answer_submit", "answer_echo", "answer_identify", "answer_hand_over"):
        assert client.post(page_of(link, name), {"name": "X", "email": "x@exemple.fr"}).status_code == 404
    assert not difference(before, state_of())


OPENED = {
    "indicators:answer_edit",
    "indicators:answer_identify",
    "indicators:answer_review",
    "indicators:answer_submit",
    "indicators:answer_echo",
    "indicators:answer_hand_over",
    "indicators:evidence_add",
    "indicators:evidence_remove",
    "answerbooks:answer_book",
    "answerbooks:answer_book_file",
    "answerbooks:returned_answers",
    "answerbooks:returned_answers_apply",
    "answerbooks:returned_answers_annotated",
}


def test_a_link_opens_one_solicitation_and_nothing_else(world, link, subtests):
    neighbours(world)
    furnish(world)
    client = Client()
    open_link(link, client)
    for name in ROUTES:
        if ROUTES[name][1] == PUBLIC or name in OPENED:
            continue
        with subtests.test(name):
            path = address(name, world, ROUTES[name][2])
            for method in (client.get, client.post):
                response = method(path)
                assert response.status_code == 302 and response["Location"].startswith(LOGIN), name


def test_nor_the_solicitation_of_somebody_else(world, link):
    """Another organisation of the plan, another campaign of the organisation, another territory."""
    last_year = f.CampaignFactory(plan=world.plan, period="2019")
    others = [
        f.SolicitationFactory(campaign=world.campaign, organisation=world.partner),
        f.SolicitationFactory(campaign=last_year, organisation=world.service),
        f.SolicitationFactory(campaign=f.CampaignFactory(plan=world.foreign_plan)),
    ]
    client = Client()
    open_link(link, client)
    own = client.cookies[cookie_of(link.solicitation_id)].value
    for other in others:
        for forged in (None, own):
            if forged:
                client.cookies[cookie_of(other.pk)] = forged
            path = reverse("indicators:answer_edit", args=[other.pk])
            assert client.get(path).status_code == (404 if forged else 302)
            assert other.organisation.name not in client.get(path).content.decode()


def test_nor_the_values_of_somebody_else(world, link):
    foreign = f.MeasurementFactory(indicator=world.indicator, organisation=world.partner)
    unasked = f.MeasurementFactory(indicator=world.indicator, organisation=world.service, year=2019)
    client = Client()
    open_link(link, client)
    for value in (foreign, unasked):
        proof = f.EvidenceFactory(measurement=value)
        for name, thing in (("evidence_add", value), ("evidence_remove", proof)):
            path = reverse(f"indicators:{name}", args=[thing.pk])
            assert client.post(path, {"url": "https://exemple.fr/a"})["Location"].startswith(LOGIN)
    path = reverse("indicators:evidence_add", args=[world.measurement.pk])
    assert client.get(path).status_code == 200


def test_forms_of_link_visitors_are_protected_like_any_other(world, link):
    client = Client(enforce_csrf_checks=True)
    open_link(link, client, secure=True)
    page = client.get(page_of(link), secure=True)
    before = state_of()
    for data in ({}, {"csrfmiddlewaretoken": "x" * 32}):
        response = client.post(page_of(link, "answer_submit"), data, secure=True)
        assert response.status_code == 403
    token = str(page.context["csrf_token"])
    evil = {"Origin": "https://evil.example"}
    sent = {"csrfmiddlewaretoken": token}
    assert client.post(page_of(link, "answer_submit"), sent, secure=True, headers=evil).status_code == 403
    assert not difference(before, state_of())
    here = {"Origin": "https://testserver"}
    assert client.post(page_of(link, "answer_submit"), sent, secure=True, headers=here).status_code == 302


# Who holds it


def test_the_same_address_keeps_its_link(world):
    made = links.link_for(world.solicitation, email="a@exemple.fr", name="A", by=CAMILLE, at=timezone.now())
    again = links.link_for(world.solicitation, email="A@exemple.fr", name="B", by=CAMILLE, at=timezone.now())
    assert made == again
    links.revoke(made, at=timezone.now())
    fresh = links.link_for(world.solicitation, email="a@exemple.fr", name="A", by=CAMILLE, at=timezone.now())
    assert fresh != made and links.find_link(token_of(fresh.seed)) == fresh
    assert links.find_link(token_of(made.seed)) is None


def test_revoking_twice_keeps_the_first_date(link):
    first = timezone.now()
    links.revoke(link, at=first)
    links.revoke(link, at=first + dt.timedelta(hours=1))
    assert EntryLink.objects.get(pk=link.pk).revoked_at == first


def test_who_answers_is_asked_once_and_kept_on_the_link(world):
    link = f.EntryLinkFactory(solicitation=world.solicitation, name="Dominique Petit", email="d@exemple.fr")
    client = Client()
    open_link(link, client)
    asked = client.get(page_of(link))
    assert asked.status_code == 302 and asked["Location"] == page_of(link, "answer_identify")
    page = client.get(asked["Location"]).text
    assert 'value="Dominique Petit"' in page and 'value="d@exemple.fr"' in page
    wrong = client.post(asked["Location"], {"name": "", "email": "nulle part"})
    assert wrong.status_code == 422 and 'value="nulle part"' in wrong.text
    sent = {"name": "Camille Berthier", "email": "cb@exemple.fr"}
    assert client.post(asked["Location"], sent).status_code == 302
    assert "Camille Berthier, Service Jeunesse" in client.get(page_of(link)).text
    elsewhere = Client()
    open_link(link, elsewhere)
    assert elsewhere.get(page_of(link)).status_code == 200


def test_a_colleague_gets_a_link_of_her_own_to_the_same_draft(world, link):
    client = Client()
    open_link(link, client)
    path = page_of(link, "answer_hand_over")
    assert client.get(path).status_code == 200
    for _ in range(2):
        assert client.post(path, {"name": "Nour Aziz", "email": "nour@exemple.fr"}).status_code == 302
    [letter] = Letter.objects.filter(to_email="nour@exemple.fr")
    assert "Dominique Petit, Service Jeunesse" in letter.body and "{lien}" in letter.body
    hers = EntryLink.objects.get(email="nour@exemple.fr")
    assert letter.link_seed == hers.seed != link.seed
    colleague = Client()
    hers.token = token_of(hers.seed)
    assert open_link(hers, colleague)["Location"] == page_of(link)
    assert "Nour Aziz" in colleague.get(page_of(link, "answer_identify")).text


def test_a_link_is_no_way_to_write_to_everybody(world, link):
    client = Client()
    open_link(link, client)
    path = page_of(link, "answer_hand_over")
    codes = [
        client.post(path, {"name": "A", "email": f"collegue{n}@exemple.fr"}).status_code for n in range(8)
    ]
    assert codes.count(302) <= 5 and codes[-1] == 422
    assert Letter.objects.count() == codes.count(302)
    assert "demandez à la coordination" in client.post(path, {"name": "A", "email": "z@exemple.fr"}).text


def test_the_cookie_ends_soon_after_the_solicitation(world, link):
    response = open_link(link)
    [cookie] = response.cookies.values()
    ends = timezone.now() + dt.timedelta(seconds=cookie["max-age"])
    assert dt.timedelta(0) < ends - world.solicitation.closes_at <= dt.timedelta(days=1, seconds=5)
