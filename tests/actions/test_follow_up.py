import datetime as dt
import uuid

import pytest
from django.urls import reverse

from actions.models import Action, ProgressNote
from partners.models import Change
from tests.htmx import htmx, soup, text

URL = "actions:follow_up_save"


@pytest.fixture
def camille(client, world):
    client.force_login(world.camille)
    return client


def gesture(world, **changes):
    """What the quick form sends, as it was opened, with something changed in it."""
    world.action.refresh_from_db()
    form = {
        "status": world.action.status,
        "confidence": world.action.confidence,
        "progress": "" if world.action.progress is None else world.action.progress,
        "note": "",
        "seen": world.action.version,
        "token": uuid.uuid4(),
        "retour": world.plan.get_absolute_url(),
    }
    return form | changes


def save(client, world, form, **extra):
    return client.post(reverse(URL, args=[world.action.pk]), form, **extra)


def test_one_gesture_changes_status_confidence_progress_and_keeps_the_note(camille, world):
    form = gesture(world, status="ongoing", confidence="watch", progress="30 %", note="Le local tarde.")
    response = save(camille, world, form, follow=True)
    world.action.refresh_from_db()
    assert (world.action.status, world.action.confidence, world.action.progress) == ("ongoing", "watch", 30)
    assert "Action 1 enregistrée : en cours, à surveiller, 30 %." in response.text.replace("\xa0", " ")
    note = ProgressNote.objects.get(text="Le local tarde.")
    assert note.author == world.camille and "coordination" in note.author_label
    changes = Change.objects.filter(action_id=world.action.pk, batch=note.batch, event="changed")
    assert {(c.label, c.before_text, c.after_text) for c in changes} == {
        ("statut", "à venir", "en cours"),
        ("météo", "", "à surveiller"),
        ("avancement", "", "30 %"),
    }
    assert {c.author for c in changes} == {world.camille}


@pytest.mark.parametrize("status", ["postponed", "suspended", "abandoned"])
def test_a_status_that_needs_a_reason_is_refused_without_one(camille, world, status):
    response = save(camille, world, gesture(world, status=status))
    assert response.status_code == 422
    assert "Dites pourquoi" in response.text and 'aria-invalid="true"' in response.text
    world.action.refresh_from_db()
    assert world.action.status == "planned"


def test_the_reason_is_kept_then_leaves_with_the_status(camille, world):
    save(camille, world, gesture(world, status="suspended", note="Plus d’animateur."))
    world.action.refresh_from_db()
    assert world.action.status_reason == "Plus d’animateur."
    save(camille, world, gesture(world, progress="10"))
    world.action.refresh_from_db()
    assert world.action.status_reason == "Plus d’animateur."
    save(camille, world, gesture(world, status="ongoing"))
    world.action.refresh_from_db()
    assert world.action.status_reason == ""


def test_a_worry_asks_for_a_word(camille, world):
    response = save(camille, world, gesture(world, confidence="hard"))
    assert response.status_code == 422 and "ce qui inquiète" in response.text


@pytest.mark.parametrize("progress", ["101", "-1", "beaucoup", "55,5"])
def test_a_wrong_progress_comes_back_as_typed(camille, world, progress):
    response = save(camille, world, gesture(world, progress=progress, note="Je tiens à ce texte."))
    assert response.status_code == 422
    assert "Indiquez un nombre entier de 0 à 100." in response.text
    assert f'value="{progress}"' in response.text and "Je tiens à ce texte." in response.text


def test_the_same_form_sent_twice_makes_one_note(camille, world):
    form = gesture(world, status="ongoing", note="Une seule fois.")
    assert save(camille, world, form).status_code == 302
    assert save(camille, world, form).status_code == 302
    assert ProgressNote.objects.filter(text="Une seule fois.").count() == 1
    assert Change.objects.filter(field="status").count() == 1


def test_two_genuine_forms_with_one_text_make_two_notes(camille, world):
    for _ in range(2):
        save(camille, world, gesture(world, note="Rien de neuf."))
    assert ProgressNote.objects.filter(text="Rien de neuf.").count() == 2


def test_fields_that_one_person_touched_merge(camille, world, client_of):
    opened = gesture(world, progress="40")
    save(client_of(world.paul), world, gesture(world, status="ongoing"))
    assert save(camille, world, opened).status_code == 302
    world.action.refresh_from_db()
    assert (world.action.status, world.action.progress) == ("ongoing", 40)


def test_a_field_that_two_people_touched_comes_back_with_both_values(camille, world, client_of):
    opened = gesture(world, status="done", progress="100", note="Tout est fini.")
    save(client_of(world.paul), world, gesture(world, status="ongoing"))
    response = save(camille, world, opened)
    assert response.status_code == 409
    page = soup(response)
    texts = [part.get_text(" ", strip=True) for part in page.select(".conflict__text")]
    assert any("réalisée" in words for words in texts)
    assert any("en cours" in words and "Paul" in words for words in texts)
    assert len(page.select("[name=choice-status]")) == 3
    world.action.refresh_from_db()
    assert (world.action.status, world.action.progress) == ("ongoing", None), "nothing is saved by a conflict"


@pytest.mark.parametrize(
    ("choice", "typed", "status"),
    [("mine", "", "done"), ("theirs", "", "ongoing"), ("other", "planned", "planned")],
)
def test_each_choice_of_a_conflict_finishes_without_a_reload(
    camille, world, client_of, choice, typed, status
):
    opened = gesture(world, status="done", progress="100", note="Tout est fini.")
    save(client_of(world.paul), world, gesture(world, status="ongoing"))
    form = soup(save(camille, world, opened)).select_one("form[action$='/enregistrer/']")
    answer = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    answer |= {"choice-status": choice, "status": typed}
    assert camille.post(form["action"], answer).status_code == 302
    world.action.refresh_from_db()
    assert (world.action.status, world.action.progress) == (status, 100)
    assert ProgressNote.objects.filter(text="Tout est fini.").exists()


def test_a_note_added_meanwhile_is_no_conflict(camille, world, client_of):
    opened = gesture(world, status="ongoing")
    save(client_of(world.paul), world, gesture(world, note="Une nouvelle."))
    assert save(camille, world, opened).status_code == 302


def test_saving_a_row_with_htmx_equals_a_reload(camille, world, today):
    url = world.plan.get_absolute_url()
    page = soup(camille.get(url))
    _, page = htmx(camille, page, f"#action-{world.action.pk} a[hx-get]")
    assert page.select_one(f"#action-{world.action.pk} form.quick")
    values = {"status": "done", "progress": "100", "note": "Fini.", "retour": url}
    response, page = htmx(camille, page, "form.quick", values)
    assert "<html" not in response.text
    assert "Action 1 enregistrée" in page.select_one("#messages").text
    reloaded = soup(camille.get(url))
    for tree in (page, reloaded):
        tree.select_one("#messages").clear()
        for link in tree.select("[data-autofocus]"):
            del link["data-autofocus"]
    assert text(page) == text(reloaded)


def test_a_refused_row_comes_back_open_with_its_errors(camille, world):
    page = soup(camille.get(world.plan.get_absolute_url()))
    _, page = htmx(camille, page, f"#action-{world.action.pk} a[hx-get]")
    response, page = htmx(camille, page, "form.quick", {"status": "suspended"})
    assert response.status_code == 422
    assert page.select_one(f"#action-{world.action.pk} .notice--error")


def test_saving_the_sheet_with_htmx_equals_a_reload(camille, world):
    url = world.action.get_absolute_url()
    page = soup(camille.get(url))
    _, page = htmx(camille, page, "#follow-up a[hx-get]")
    _, page = htmx(
        camille, page, "#follow-up form", {"status": "ongoing", "note": "C’est parti.", "retour": url}
    )
    reloaded = soup(camille.get(url))
    for tree in (page, reloaded):
        tree.select_one("#messages").clear()
    assert text(page) == text(reloaded)


def test_lateness_is_said_in_words(world):
    assert world.action.lateness(dt.date(2026, 12, 31)) == ""
    assert world.action.lateness(dt.date(2027, 1, 1)) == "En retard depuis janvier 2027"


@pytest.mark.parametrize("status", ["done", "suspended", "abandoned"])
def test_what_is_over_or_stopped_is_never_late(world, status):
    world.action.status = status
    assert not world.action.is_late(dt.date(2030, 1, 1))


def test_the_query_and_the_model_agree_on_lateness(world):
    from actions.models import Status
    from tests import factories as f

    for number, status in enumerate(Status, 10):
        for place, calendar in enumerate(["2025", "2026", "en continu", ""]):
            f.ActionFactory(
                plan=world.plan, number=10 * number + place, status=status, calendar_text=calendar
            )
    f.ActionFactory(plan=world.plan, number=900, calendar_text="2025", recurring=True, status="ongoing")
    for day in (dt.date(2026, 1, 1), dt.date(2026, 12, 31), dt.date(2027, 1, 1)):
        late = {action.pk for action in Action.objects.all() if action.is_late(day)}
        assert {action.pk for action in Action.objects.late(day)} == late
        assert late


def test_a_status_post_costs_at_most_eleven_queries(camille, world, django_assert_max_num_queries):
    form = gesture(world, status="ongoing", confidence="watch", progress="30", note="Le local tarde.")
    with django_assert_max_num_queries(11):
        save(camille, world, form)


@pytest.mark.parametrize("person", ["ines", "elise", "karim", "nadia", "alex"])
def test_who_does_not_carry_the_action_cannot_update_it(client_of, world, person):
    assert save(client_of(getattr(world, person)), world, gesture(world, status="done")).status_code == 404
    world.action.refresh_from_db()
    assert world.action.status == "planned"
