"""Who may open what. Every named route has a row here, or the suite fails."""

import re

import pytest
from django.db import transaction
from django.test import Client

from tests.routes import NOWHERE, absent_address, address, furnish, names, neighbours, parts_of
from tests.state import difference, state_of

EVERYBODY = ("camille", "paul", "ines", "elise", "karim", "alex", "nadia")
WHO = {
    "public": {None, *EVERYBODY},
    "anyone": set(EVERYBODY),
    "readers": {"camille", "paul", "ines", "elise", "karim"},
    "commentators": {"camille", "paul", "karim"},
    "keepers": {"camille", "paul"},
    "coordination": {"camille"},
    "administrators": {"alex"},
}
PUBLIC, ANYONE, READERS, COMMENTATORS, KEEPERS, COORDINATION, ADMINISTRATORS = WHO
GET, POST = "GET", "POST"

ROUTES = {
    # name: (method, who, what in the world the address speaks of)
    "account_login": (GET, PUBLIC, None),
    "account_request_login_code": (GET, PUBLIC, None),
    "account_confirm_login_code": (GET, PUBLIC, None),
    "account_logout": (POST, PUBLIC, None),
    "account_inactive": (GET, PUBLIC, None),
    "account_signup": (GET, PUBLIC, None),
    "account_change_password": (GET, ANYONE, None),
    "account_set_password": (GET, ANYONE, None),
    "account_reset_password": (GET, PUBLIC, None),
    "account_confirm_password_reset_code": (GET, PUBLIC, None),
    "account_complete_password_reset": (GET, PUBLIC, None),
    "account_password_reset_completed": (GET, PUBLIC, None),
    "ctg:accessibility": (GET, PUBLIC, None),
    "ctg:privacy": (GET, PUBLIC, None),
    "ctg:legal": (GET, PUBLIC, None),
    "partners:home": (GET, ANYONE, None),
    "partners:account": (GET, ANYONE, None),
    "partners:account_edit": (POST, ANYONE, None),
    "partners:mail_choice_edit": (POST, ANYONE, None),
    "partners:job_list": (GET, ANYONE, None),
    "partners:job_detail": (GET, COORDINATION, "job"),
    "partners:job_download": (GET, COORDINATION, "job"),
    "partners:job_cancel": (POST, COORDINATION, "job"),
    "partners:job_restart": (POST, COORDINATION, "job"),
    "partners:session_close": (POST, ANYONE, None),
    "partners:session_close_others": (POST, ANYONE, None),
    "partners:organisation_list": (GET, READERS, "territory"),
    "partners:organisation_add": (POST, COORDINATION, "territory"),
    "partners:organisation_detail": (GET, READERS, "service"),
    "partners:organisation_edit": (POST, COORDINATION, "service"),
    "partners:organisation_trash": (POST, COORDINATION, "service"),
    "partners:membership_list": (GET, COORDINATION, "territory"),
    "partners:membership_invite": (POST, COORDINATION, "territory"),
    "partners:membership_remind": (POST, COORDINATION, "membership"),
    "partners:membership_edit": (POST, COORDINATION, "membership"),
    "partners:membership_revoke": (POST, COORDINATION, "membership"),
    "partners:territory_list": (GET, ADMINISTRATORS, None),
    "partners:territory_add": (POST, ADMINISTRATORS, None),
    "partners:territory_edit": (POST, ADMINISTRATORS, "territory"),
    "partners:territory_invite": (POST, ADMINISTRATORS, "territory"),
    "actions:plan_detail": (GET, READERS, "plan"),
    "actions:plan_return": (GET, READERS, "plan"),
    "actions:saved_view_list": (GET, READERS, "plan"),
    "actions:saved_view_add": (POST, READERS, "plan"),
    "actions:saved_view_edit": (POST, COORDINATION, "view"),
    "actions:saved_view_remove": (POST, COORDINATION, "view"),
    "actions:timeline": (GET, READERS, "plan"),
    "actions:custom_field_list": (GET, COORDINATION, "plan"),
    "actions:custom_field_add": (POST, COORDINATION, "plan"),
    "actions:custom_field_edit": (POST, COORDINATION, "custom_field"),
    "actions:custom_field_move": (POST, COORDINATION, "custom_field"),
    "actions:custom_field_trash": (POST, COORDINATION, "custom_field"),
    "actions:plan_budget": (GET, READERS, "plan"),
    "actions:budget_line_add": (POST, COORDINATION, "action"),
    "actions:budget_line_edit": (POST, COORDINATION, "budget_line"),
    "actions:budget_line_trash": (POST, COORDINATION, "budget_line"),
    "actions:budget_funders_note": (POST, COORDINATION, "action"),
    "actions:kanban": (GET, READERS, "plan"),
    "actions:kanban_move": (POST, KEEPERS, "action"),
    "actions:plan_add": (POST, COORDINATION, "territory"),
    "actions:plan_edit": (POST, COORDINATION, "plan"),
    "actions:plan_trash": (POST, COORDINATION, "plan"),
    "actions:plan_structure": (GET, COORDINATION, "plan"),
    "actions:plan_classify": (POST, COORDINATION, "plan"),
    "actions:plan_history": (GET, READERS, "plan"),
    "actions:trash_list": (GET, READERS, "plan"),
    "actions:territory_trash": (GET, COORDINATION, "territory"),
    "actions:trash_restore": (POST, KEEPERS, "trashed_milestone"),
    "actions:bulk_edit": (GET, KEEPERS, "plan"),
    "actions:bulk_preview": (POST, KEEPERS, "plan"),
    "actions:bulk_apply": (POST, KEEPERS, "plan"),
    "actions:bulk_undo": (POST, COORDINATION, None),
    "actions:action_add": (POST, COORDINATION, "plan"),
    "actions:action_detail": (GET, READERS, "action"),
    "actions:action_edit": (GET, COORDINATION, "action"),
    "actions:action_save": (POST, COORDINATION, "action"),
    "actions:action_move": (POST, COORDINATION, "action"),
    "actions:action_trash": (POST, COORDINATION, "action"),
    "actions:action_history": (GET, READERS, "action"),
    "actions:follow_up_edit": (GET, KEEPERS, "action"),
    "actions:follow_up_save": (POST, KEEPERS, "action"),
    "actions:milestone_add": (POST, KEEPERS, "action"),
    "actions:milestone_edit": (POST, KEEPERS, "milestone"),
    "actions:milestone_reach": (POST, KEEPERS, "milestone"),
    "actions:milestone_reopen": (POST, KEEPERS, "milestone"),
    "actions:milestone_trash": (POST, KEEPERS, "milestone"),
    "actions:factor_add": (POST, KEEPERS, "action"),
    "actions:factor_edit": (POST, KEEPERS, "factor"),
    "actions:factor_qualify": (POST, KEEPERS, "factor"),
    "actions:factor_remove": (POST, KEEPERS, "factor"),
    "actions:factor_trash": (POST, KEEPERS, "factor"),
    "actions:blockage_add": (POST, KEEPERS, "action"),
    "actions:blockage_edit": (POST, KEEPERS, "blockage"),
    "actions:blockage_lift": (POST, KEEPERS, "blockage"),
    "actions:blockage_trash": (POST, KEEPERS, "blockage"),
    "actions:note_list": (GET, READERS, "action"),
    "actions:note_add": (POST, COMMENTATORS, "action"),
    "actions:note_edit": (POST, COORDINATION, "note"),
    "actions:note_trash": (POST, COORDINATION, "note"),
    "actions:organisation_merge": (POST, COORDINATION, "service"),
    **{
        f"actions:{kind}_{verb}": (POST, COORDINATION, "plan" if verb == "add" else kind)
        for kind in ("ambition", "orientation", "theme", "need", "objective")
        for verb in ("add", "edit", "move", "trash")
    },
    "indicators:indicator_list": (GET, READERS, "plan"),
    "indicators:indicator_detail": (GET, READERS, "indicator"),
    "indicators:figure_detail": (GET, READERS, "indicator"),
    "indicators:indicator_add": (POST, COORDINATION, "action"),
    "indicators:indicator_share": (POST, COORDINATION, "action"),
    "indicators:indicator_edit": (POST, COORDINATION, "indicator"),
    "indicators:indicator_trash": (POST, COORDINATION, "indicator"),
    "indicators:indicator_detach": (POST, COORDINATION, "indicator"),
    "indicators:indicator_move": (POST, COORDINATION, "indicator"),
    "indicators:definition_fill": (POST, COORDINATION, "plan"),
    "indicators:dimension_list": (GET, READERS, "territory"),
    "indicators:dimension_add": (POST, COORDINATION, "territory"),
    "indicators:dimension_edit": (POST, COORDINATION, "dimension"),
    "indicators:dimension_trash": (POST, COORDINATION, "dimension"),
    "indicators:catalogue_list": (GET, READERS, "territory"),
    "indicators:common_list": (GET, ANYONE, None),
    "indicators:common_add": (POST, ADMINISTRATORS, None),
    "indicators:common_edit": (POST, ADMINISTRATORS, "common"),
    "indicators:common_retire": (POST, ADMINISTRATORS, "common"),
    "indicators:common_restore": (POST, ADMINISTRATORS, "common"),
    "indicators:campaign_list": (GET, COORDINATION, "plan"),
    "indicators:campaign_add": (POST, COORDINATION, "plan"),
    "indicators:campaign_detail": (GET, COORDINATION, "campaign"),
    "indicators:campaign_edit": (POST, COORDINATION, "campaign"),
    "indicators:campaign_preview": (GET, COORDINATION, "campaign"),
    "indicators:campaign_launch": (POST, COORDINATION, "campaign"),
    "indicators:campaign_close": (POST, COORDINATION, "campaign"),
    "indicators:campaign_reopen": (POST, COORDINATION, "campaign"),
    "indicators:campaign_validate": (POST, COORDINATION, "campaign"),
    "indicators:campaign_trash": (POST, COORDINATION, "prepared_campaign"),
    "indicators:solicitation_add": (POST, COORDINATION, "campaign"),
    "indicators:solicitation_detail": (GET, COORDINATION, "solicitation"),
    "indicators:solicitation_edit": (POST, COORDINATION, "solicitation"),
    "indicators:solicitation_remind": (POST, COORDINATION, "solicitation"),
    "indicators:solicitation_trash": (POST, COORDINATION, "solicitation"),
    "indicators:link_renew": (POST, COORDINATION, "link"),
    "indicators:link_revoke": (POST, COORDINATION, "link"),
    "indicators:measurement_validate": (POST, COORDINATION, "measurement"),
    "indicators:measurement_return": (POST, COORDINATION, "measurement"),
    "documents:plan_workbook": (GET, READERS, "plan"),
    "indicators:value_grid": (POST, KEEPERS, "plan"),
    "indicators:link_open": (GET, PUBLIC, "link"),
    "indicators:answer_list": (GET, ANYONE, None),
    "indicators:answer_edit": (POST, KEEPERS, "solicitation"),
    "indicators:answer_identify": (POST, KEEPERS, "solicitation"),
    "indicators:answer_hand_over": (POST, KEEPERS, "solicitation"),
    "indicators:answer_review": (GET, KEEPERS, "solicitation"),
    "indicators:answer_submit": (POST, KEEPERS, "solicitation"),
    "indicators:answer_echo": (POST, KEEPERS, "solicitation"),
    "indicators:measurement_detail": (GET, READERS, "measurement"),
    "indicators:evidence_detail": (GET, READERS, "evidence"),
    "indicators:evidence_add": (POST, KEEPERS, "measurement"),
    "indicators:evidence_remove": (POST, KEEPERS, "evidence"),
    "dashboards:mail_stop": (GET, PUBLIC, "mail_choice"),
    "dashboards:search": (GET, READERS, "plan"),
    "dashboards:public_page": (GET, PUBLIC, "public_page"),
    "dashboards:public_page_qr": (GET, PUBLIC, "public_page"),
    "dashboards:public_page_detail": (GET, COORDINATION, "plan"),
    "dashboards:public_page_edit": (POST, COORDINATION, "plan"),
    "dashboards:public_page_preview": (GET, COORDINATION, "plan"),
    "dashboards:board": (GET, READERS, "plan"),
    "dashboards:board_list": (GET, READERS, "plan"),
    "dashboards:read_link_list": (GET, COORDINATION, "plan"),
    "dashboards:read_link_add": (POST, COORDINATION, "plan"),
    "dashboards:read_link_revoke": (POST, COORDINATION, "read_link"),
    "dashboards:read_link_open": (GET, PUBLIC, "read_link"),
    "dashboards:comparison": (GET, READERS, "plan"),
    "opendata:data_detail": (GET, READERS, "plan"),
    "opendata:data_file": (GET, READERS, "plan"),
    "opendata:data_key_list": (GET, COORDINATION, "plan"),
    "opendata:data_key_add": (POST, COORDINATION, "plan"),
    "opendata:data_key_revoke": (POST, COORDINATION, "data_key"),
    "opendata:data_answer": (GET, PUBLIC, None),
    "dashboards:feed": (GET, PUBLIC, "feed"),
    "dashboards:feed_list": (GET, READERS, "plan"),
    "dashboards:feed_stop": (POST, COORDINATION, "feed"),
    "actions:action_file": (GET, READERS, "action"),
    "actions:discussion_add": (POST, READERS, "action"),
    "actions:discussion_edit": (POST, COORDINATION, "discussion"),
    "actions:discussion_conclude": (POST, COORDINATION, "discussion"),
    "actions:discussion_reopen": (POST, COORDINATION, "discussion"),
    "actions:discussion_trash": (POST, COORDINATION, "discussion"),
    "actions:message_add": (POST, READERS, "discussion"),
    "actions:message_edit": (POST, COORDINATION, "message"),
    "actions:message_trash": (POST, COORDINATION, "message"),
    "actions:attachment_add": (POST, KEEPERS, "action"),
    "actions:meeting_attachment_add": (POST, COORDINATION, "meeting"),
    "actions:attachment_open": (GET, READERS, "attachment"),
    "actions:attachment_edit": (POST, COORDINATION, "attachment"),
    "actions:attachment_trash": (POST, COORDINATION, "attachment"),
    "documents:value_workbook": (GET, READERS, "plan"),
    "documents:value_csv": (GET, READERS, "plan"),
    "documents:plan_document": (GET, READERS, "plan"),
    "documents:action_table": (GET, READERS, "plan"),
    "documents:action_document": (GET, READERS, "action"),
    "documents:indicator_document": (GET, READERS, "indicator"),
    "documents:letterhead": (GET, COORDINATION, "territory"),
    "documents:letterhead_logo": (GET, READERS, "territory"),
    "documents:letterhead_template": (GET, COORDINATION, "territory"),
    "documents:starting_template": (GET, COORDINATION, "territory"),
    "documents:letterhead_replace": (POST, COORDINATION, "territory"),
    "documents:letterhead_remove": (POST, COORDINATION, "territory"),
    "dashboards:todo": (GET, READERS, "plan"),
    "documents:agenda": (GET, READERS, "meeting"),
    "documents:minutes": (GET, READERS, "meeting"),
    "actions:body_list": (GET, READERS, "plan"),
    "actions:body_add": (POST, COORDINATION, "plan"),
    "actions:body_detail": (GET, READERS, "body"),
    "actions:body_edit": (POST, COORDINATION, "body"),
    "actions:body_trash": (POST, COORDINATION, "body"),
    "actions:seat_add": (POST, COORDINATION, "body"),
    "actions:seat_edit": (POST, COORDINATION, "seat"),
    "actions:seat_trash": (POST, COORDINATION, "seat"),
    "actions:meeting_add": (POST, COORDINATION, "body"),
    "actions:meeting_detail": (GET, READERS, "meeting"),
    "actions:meeting_edit": (POST, COORDINATION, "meeting"),
    "actions:meeting_trash": (POST, COORDINATION, "meeting"),
    "actions:meeting_conclude": (POST, COORDINATION, "meeting"),
    "actions:meeting_reopen": (POST, COORDINATION, "meeting"),
    "actions:meeting_fill": (POST, COORDINATION, "meeting"),
    "actions:item_add": (POST, COORDINATION, "meeting"),
    "actions:item_edit": (POST, COORDINATION, "item"),
    "actions:item_move": (POST, COORDINATION, "item"),
    "actions:item_trash": (POST, COORDINATION, "item"),
    "actions:attendance_edit": (POST, COORDINATION, "meeting"),
    "actions:decision_list": (GET, READERS, "plan"),
    "actions:decision_add": (POST, COORDINATION, "plan"),
    "actions:decision_detail": (GET, READERS, "decision"),
    "actions:decision_edit": (POST, COORDINATION, "decision"),
    "actions:decision_settle": (POST, COORDINATION, "decision"),
    "actions:decision_done": (POST, COORDINATION, "decision"),
    "actions:decision_trash": (POST, COORDINATION, "decision"),
    "actions:session_open": (GET, READERS, "meeting"),
    "actions:session_screen": (GET, READERS, "meeting"),
    "actions:session_confidence": (POST, COORDINATION, "item"),
    "actions:session_summary": (POST, COORDINATION, "item"),
    "actions:session_settle": (POST, COORDINATION, "item"),
    "reviews:review_add": (POST, COORDINATION, "plan"),
    "reviews:review_detail": (GET, COORDINATION, "review"),
    "reviews:review_section": (POST, COORDINATION, "review"),
    "reviews:review_action": (POST, COORDINATION, "review"),
    "reviews:review_trash": (POST, COORDINATION, "review"),
    "reviews:review_file": (GET, COORDINATION, "review"),
    "reviews:highlight_add": (POST, COORDINATION, "review"),
    "reviews:highlight_edit": (POST, COORDINATION, "highlight"),
    "reviews:highlight_move": (POST, COORDINATION, "highlight"),
    "reviews:highlight_trash": (POST, COORDINATION, "highlight"),
    "reviews:register": (GET, READERS, "plan"),
    "reviews:plan_sign": (POST, COORDINATION, "plan"),
    "reviews:amendment_add": (POST, COORDINATION, "plan"),
    "reviews:since_signature": (GET, READERS, "plan"),
    "reviews:since_signature_document": (GET, READERS, "plan"),
    "reviews:review_freeze": (POST, COORDINATION, "review"),
    "reviews:frozen_detail": (GET, READERS, "frozen"),
    "reviews:frozen_facts": (GET, READERS, "frozen"),
    "reviews:frozen_file": (GET, READERS, "frozen_file"),
    "reviews:erratum_add": (POST, COORDINATION, "frozen"),
    "intake:drop": (POST, COORDINATION, "territory"),
    "intake:preview": (GET, COORDINATION, "dropped_file"),
    "intake:columns_edit": (POST, COORDINATION, "dropped_file"),
    "intake:plan_import": (POST, COORDINATION, "dropped_file"),
    "intake:drop_into": (POST, COORDINATION, "plan"),
    "intake:annotated": (GET, COORDINATION, "dropped_file"),
    "intake:splits": (GET, COORDINATION, "dropped_file"),
    "intake:organisations_edit": (POST, COORDINATION, "dropped_file"),
    "intake:splits_edit": (POST, COORDINATION, "dropped_file"),
    "intake:import_undo": (POST, COORDINATION, "dropped_file"),
    "intake:returned_add": (POST, COORDINATION, "plan"),
    "intake:returned": (GET, COORDINATION, "returned"),
    "intake:returned_apply": (POST, COORDINATION, "returned"),
    "intake:returned_undo": (POST, COORDINATION, "returned"),
    "cycle:start": (GET, COORDINATION, "territory"),
    "cycle:closing": (GET, COORDINATION, "plan"),
    "cycle:package_prepare": (POST, COORDINATION, "plan"),
    "cycle:template_choose": (POST, COORDINATION, "territory"),
    "cycle:renewal_open": (POST, COORDINATION, "plan"),
    "cycle:renewal_detail": (POST, COORDINATION, "renewal"),
    "cycle:renewal_edit": (POST, COORDINATION, "renewal"),
    "cycle:renewal_keep": (POST, COORDINATION, "renewal"),
    "cycle:renewal_create": (POST, COORDINATION, "renewal"),
    "answerbooks:answer_book": (POST, KEEPERS, "solicitation"),
    "answerbooks:answer_book_file": (GET, KEEPERS, "solicitation"),
    "answerbooks:campaign_books": (POST, COORDINATION, "campaign"),
    "answerbooks:campaign_books_archive": (GET, COORDINATION, "campaign"),
    "answerbooks:solicitation_book": (GET, COORDINATION, "solicitation"),
    "answerbooks:returned_answers": (GET, KEEPERS, "returned_answers"),
    "answerbooks:returned_answers_apply": (POST, KEEPERS, "returned_answers"),
    "answerbooks:returned_answers_annotated": (GET, KEEPERS, "returned_answers"),
    "answerbooks:value_import": (POST, COORDINATION, "plan"),
    "answerbooks:value_import_model": (GET, COORDINATION, "plan"),
    "answerbooks:dropped_values": (GET, COORDINATION, "dropped_values"),
    "answerbooks:dropped_values_apply": (POST, COORDINATION, "dropped_values"),
    "answerbooks:dropped_values_annotated": (GET, COORDINATION, "dropped_values"),
    "reviews:evaluation_add": (POST, COORDINATION, "plan"),
    "reviews:evaluation_detail": (GET, COORDINATION, "evaluation"),
    "reviews:evaluation_question": (POST, COORDINATION, "evaluation"),
    "reviews:evaluation_document": (GET, COORDINATION, "evaluation"),
    "reviews:evaluation_freeze": (POST, COORDINATION, "evaluation"),
    "reviews:evaluation_trash": (POST, COORDINATION, "evaluation"),
}

#: What a command needs to be understood at all: without it, it answers 404 to everybody.
SENT = {
    "actions:factor_qualify": {"kind": "brake"},
    "actions:action_move": lambda world: {"ouvert": f"theme-{world.theme.pk}", "sens": "haut"},
    "indicators:indicator_move": {"sens": "haut"},
    "actions:item_move": {"sens": "haut"},
    "actions:custom_field_move": {"sens": "haut"},
    "reviews:highlight_move": {"sens": "haut"},
    **{
        f"actions:{kind}_move": {"sens": "haut"}
        for kind in ("ambition", "orientation", "theme", "need", "objective")
    },
}

#: What the coordination opened shows our things to whoever comes: a public page, a calendar by its address.
OPENED = {"dashboards:public_page", "dashboards:feed"}

#: What programs say of themselves where a browser has a session.
BEARERS = {"opendata:data_answer": "data_key"}

VARIABLE = re.compile(r"[\w-]*csrf\w*[^>]*|name=\"token\" value=\"[^\"]*\"", re.IGNORECASE)
LOGIN = "/compte/connexion/"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

#: What only one of the two territories may ever read.
OURS = ("Ouvrir un café des jeunes", "Service Jeunesse", "Bail signé", "Pas de local", "Visite faite.")
THEIRS = ("Canari",)


@pytest.fixture
def world(world):
    neighbours(world)
    return furnish(world)


@pytest.fixture
def visit(world, client_of):
    """visit("paul", "GET", "/plans/1/"): what one person gets, with all that it changed undone."""
    clients = {None: Client()} | {name: client_of(getattr(world, name)) for name in EVERYBODY}

    def send(person, method, path, data=None, **extra):
        client, kept = clients[person], dict(clients[person].cookies)
        with transaction.atomic():
            sent = getattr(client, method.lower())(path, data or {}, **extra)
            sent.content_read = b"".join(sent) if sent.streaming else sent.content
            transaction.set_rollback(True)
        client.cookies.clear()
        client.cookies.update(kept)
        return sent

    send.clients = clients
    return send


def own_handle(client):
    """The name of the very session of a client."""
    from partners.models import Session

    return Session(session_key=client.session.session_key).handle


def path_for(visit, world, name, person):
    target = ROUTES[name][2]
    given = {"handle": own_handle(visit.clients[person])} if "handle" in parts_of(name) and person else {}
    return address(name, world, target, **given)


def sent_with(name, world):
    data = SENT.get(name, {})
    return data(world) if callable(data) else data


def bearer_of(name, world):
    return {"Authorization": f"Bearer {getattr(world, BEARERS[name]).token}"} if name in BEARERS else {}


def said(response):
    """What a page says, without what changes from one rendering to the next."""
    return VARIABLE.sub("", response.content_read.decode())


def by_twelve(*without):
    """The routes by dozens, which share a world: building one for each would cost more than the visits."""
    kept = [name for name in ROUTES if ROUTES[name][1] not in without]
    dozens = [kept[first : first + 12] for first in range(0, len(kept), 12)]
    return pytest.mark.parametrize("routes", dozens, ids=lambda dozen: dozen[0])


# Those who may come in try every page on both databases; that the others do not is the same rule on both,
# and what queries keep from them is in `test_isolation.py`.


def test_every_route_has_a_row():
    assert set(names()) == set(ROUTES)


@by_twelve()
def test_who_may_comes_in(visit, world, routes, subtests):
    for name in routes:
        with subtests.test(name):
            method, who, _ = ROUTES[name]
            for person in WHO[who]:
                path = path_for(visit, world, name, person)
                for headers in ({}, {"HX-Request": "true"}):
                    headers = headers | bearer_of(name, world)
                    response = visit(person, method, path, sent_with(name, world), headers=headers)
                    assert response.status_code in (200, 302, 409, 422), f"{person}: {response.status_code}"
                    if who != PUBLIC and name != "partners:session_close":
                        assert not response.headers.get("Location", "").startswith(LOGIN), person
                        assert "HX-Refresh" not in response.headers, person


@pytest.mark.once
@by_twelve(PUBLIC)
def test_nobody_is_asked_to_sign_in(visit, world, routes, subtests):
    for name in routes:
        with subtests.test(name):
            path = path_for(visit, world, name, None)
            for method in METHODS:
                response = visit(None, method, path)
                assert response.status_code == 302 and response.headers["Location"].startswith(LOGIN), method
                fragment = visit(None, method, path, headers={"HX-Request": "true"})
                assert (fragment.headers["HX-Refresh"], fragment.content_read) == ("true", b""), method


@pytest.mark.once
@by_twelve(PUBLIC, ANYONE)
def test_for_a_stranger_the_thing_does_not_exist(visit, world, routes, subtests):
    before = state_of()
    for name in routes:
        with subtests.test(name):
            strangers = sorted(set(EVERYBODY) - WHO[ROUTES[name][1]])
            for person in strangers:
                # Not everybody tries every method: a page that takes no commands says so before it asks who.
                is_thorough = person == strangers[len(name) % len(strangers)]
                check_it_is_hidden(visit, world, name, person, METHODS if is_thorough else ("GET", "POST"))
            assert not difference(before, state_of())


def check_it_is_hidden(visit, world, name, person, methods):
    own = ROUTES[name][0]
    path, nothing = path_for(visit, world, name, person), absent_address(name)
    for method, headers in [(own, {"HX-Request": "true"}), *((method, {}) for method in methods)]:
        data = sent_with(name, world) if method == "POST" else None
        response = visit(person, method, path, data, headers=headers)
        absent = visit(person, method, nothing, data, headers=headers)
        who = f"{method} by {person}: {response.status_code}"
        assert response.status_code == 404 or (method != own and response.status_code == 405), who
        if response.status_code == 404:
            assert said(response) == said(absent), who
        elif nothing != NOWHERE:
            assert absent.status_code == 405, who
        assert not [secret for secret in OURS if secret in said(response)], who


@pytest.mark.once
@by_twelve()
def test_reading_changes_nothing_and_shows_nothing_of_elsewhere(world, client_of, routes, subtests):
    """Every address is read by everybody in turn, commands included, and nothing is undone in between."""
    clients = {None: Client()} | {person: client_of(getattr(world, person)) for person in EVERYBODY}
    for name in routes:
        with subtests.test(name):
            before = state_of()
            path = address(name, world, ROUTES[name][2])
            for person, client in clients.items():
                kept = dict(client.cookies)
                response = client.get(path)
                # A personal link lets its holder in; what the others see is asked without it.
                client.cookies.clear()
                client.cookies.update(kept)
                body = b"".join(response) if response.streaming else response.content
                is_kept = person in (None, "nadia", "alex") and name not in OPENED
                hidden = OURS if is_kept else THEIRS
                assert not [secret for secret in hidden if secret.encode() in body], person
                assert not difference(before, state_of()), person
