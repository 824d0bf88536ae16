import uuid

import pytest
from django.urls import reverse

from actions.models import ProgressNote
from partners.models import Change
from tests import factories as f
from tests.htmx import htmx, soup, text


def address(name, thing):
    return reverse(f"actions:note_{name}", args=[thing.pk])


def form(**typed):
    return {"text": "Le bail est signé.", "audience": "everyone", "token": uuid.uuid4()} | typed


@pytest.fixture
def karim(client_of, world):
    """He is of the Caf: he reads everything and writes notes."""
    return client_of(world.karim)


@pytest.fixture
def camille(client_of, world):
    return client_of(world.camille)


def at_rest(page):
    page.select_one("#messages").clear()
    for token in page.select("[name=token]"):
        token["value"] = ""
    return text(page)


def notes_on(page):
    return page.select_one("#note-list").get_text(" ", strip=True)


@pytest.mark.parametrize("person", ["camille", "paul", "karim"])
def test_who_keeps_or_comments_writes_notes(client_of, world, person):
    client = client_of(getattr(world, person))
    page = soup(client.post(address("add", world.action), form(), follow=True))
    note = ProgressNote.objects.get(text="Le bail est signé.")
    assert note.author == getattr(world, person) and note.author_label in notes_on(page)
    assert Change.objects.filter(kind="progressnote", object_id=note.pk, author=note.author).exists()


@pytest.mark.parametrize("person", ["ines", "elise", "nadia", "alex"])
@pytest.mark.parametrize("name", ["add", "edit", "trash"])
def test_others_write_none(client_of, world, person, name):
    thing = world.action if name == "add" else world.note
    assert client_of(getattr(world, person)).post(address(name, thing), form(seen=1)).status_code == 404
    assert list(ProgressNote.objects.values_list("text", "trashed_at")) == [("Visite faite.", None)]


def test_readers_see_no_tool(client_of, world):
    page = soup(client_of(world.elise).get(world.action.get_absolute_url()))
    assert not page.select("#notes :is(a, button)")


def test_a_long_text_pasted_from_word_is_cleaned_kept_whole_and_folded(camille, world):
    pasted = "Compte rendu\x0b\u2028" + "à suivre\u00ad 😀 " * 4000 + "\r\n\r\n- fin\x00"
    assert len(pasted) > 40_000
    page = soup(camille.post(address("add", world.action), form(text=pasted), follow=True))
    note = ProgressNote.objects.latest("pk")
    assert note.text.startswith("Compte rendu\n\nà suivre 😀") and note.text.endswith("- fin")
    assert note.text.count("à suivre") == 4000
    folded = page.select_one("#note-list details .timeline__text")
    assert folded.text.count("à suivre") == 4000
    assert [item.text for item in folded.select("li")] == ["fin"]
    assert len(page.select_one("#note-list .timeline__text--start").text) <= 400


def test_a_short_note_is_not_folded(camille, world):
    camille.post(address("add", world.action), form(text="Bref.\n\nEt clair."))
    page = soup(camille.get(world.action.get_absolute_url()))
    assert [p.text for p in page.select(".timeline__text p")][:2] == ["Bref.", "Et clair."]
    assert not page.select("#note-list details")


def test_a_note_is_text_and_never_markup(camille, world):
    camille.post(address("add", world.action), form(text="<b hx-get='/'>gras</b>"))
    page = soup(camille.get(world.action.get_absolute_url()))
    assert not page.select("#note-list b") and "<b hx-get='/'>gras</b>" in notes_on(page)


def test_only_a_coordination_chooses_its_readers(camille, karim, world):
    assert soup(camille.get(address("add", world.action))).select("[name=audience]")
    assert not soup(karim.get(address("add", world.action))).select("[name=audience]")
    karim.post(address("add", world.action), form(audience="coordinators"))
    assert ProgressNote.objects.latest("pk").audience == "everyone"


def test_a_note_for_the_coordination_is_read_by_nobody_else(camille, karim, client_of, world):
    camille.post(address("add", world.action), form(text="Entre nous.", audience="coordinators"))
    for name in ("action_detail", "note_list", "action_history"):
        url = reverse(f"actions:{name}", args=[world.action.pk])
        assert "Entre nous." not in karim.get(url).text
        assert "Entre nous." not in client_of(world.paul).get(url).text
    assert "lue par la coordination seulement" in camille.get(world.action.get_absolute_url()).text


def test_a_note_is_edited_and_thrown_away_by_its_author(karim, world):
    karim.post(address("add", world.action), form())
    note = ProgressNote.objects.latest("pk")
    karim.post(address("edit", note), form(text="Le bail est presque signé.", seen=1))
    note.refresh_from_db()
    assert note.text == "Le bail est presque signé."
    karim.post(address("trash", note), {"seen": 2})
    assert "presque" not in notes_on(soup(karim.get(world.action.get_absolute_url())))


def test_somebody_else_s_note_is_not_mine_to_change(karim, client_of, world):
    for client in (karim, client_of(world.paul)):
        assert client.post(address("edit", world.note), form(seen=1)).status_code == 404
        assert client.post(address("trash", world.note), {"seen": 1}).status_code == 404
        assert not soup(client.get(world.action.get_absolute_url())).select("#note-list a")


def test_the_coordination_edits_every_note_and_the_author_stays(camille, karim, world):
    karim.post(address("add", world.action), form())
    note = ProgressNote.objects.latest("pk")
    camille.post(address("edit", note), form(text="Le bail est signé hier.", seen=1))
    note.refresh_from_db()
    assert (note.text, note.author) == ("Le bail est signé hier.", world.karim)


def test_writing_with_htmx_equals_a_reload(camille, world):
    sheet = world.action.get_absolute_url()
    page = soup(camille.get(sheet))
    _, page = htmx(camille, page, "#notes .actions a")
    assert at_rest(page) == at_rest(soup(camille.get(address("add", world.action))))
    response, page = htmx(camille, page, "#notes form.entry", {"text": " "})
    assert response.status_code == 422
    _, page = htmx(camille, page, "#notes form.entry", {"text": "Le bail est signé."})
    assert at_rest(page) == at_rest(soup(camille.get(sheet)))


def test_a_note_that_is_being_written_survives_a_change_of_status(camille, world):
    page = soup(camille.get(world.action.get_absolute_url()))
    _, page = htmx(camille, page, "#notes .actions a")
    page.select_one("#notes textarea").string = "Je suis en train d’écrire."
    _, page = htmx(camille, page, "#follow-up a[hx-get]")
    _, page = htmx(camille, page, "#follow-up form", {"status": "ongoing", "note": "C’est parti."})
    assert page.select_one("#notes textarea").text == "Je suis en train d’écrire."
    assert "C’est parti." in notes_on(page)


def test_a_note_shows_what_changed_with_it(camille, world):
    follow_up = {
        "status": "ongoing",
        "confidence": "watch",
        "progress": "10",
        "note": "Le local tarde.",
        "seen": 1,
    }
    token = {"token": uuid.uuid4()}
    camille.post(reverse("actions:follow_up_save", args=[world.action.pk]), follow_up | token)
    page = soup(camille.get(world.action.get_absolute_url()))
    shown = page.select_one(".timeline__item").get_text(" ", strip=True).replace("\xa0", " ")
    for words in ("À venir devient En cours", "Sans avis devient À surveiller", "non dit devient 10 %"):
        assert words in shown
    older = soup(camille.get(address("list", world.action)))
    assert "Sans avis devient À surveiller" in older.select_one(".timeline__item").get_text(" ", strip=True)


def test_the_same_form_sent_twice_makes_one_note_and_two_forms_two(camille, world):
    typed = form()
    for _ in range(2):
        assert camille.post(address("add", world.action), typed).url == world.action.get_absolute_url()
    camille.post(address("add", world.action), form())
    assert ProgressNote.objects.filter(text=typed["text"]).count() == 2


def test_older_notes_have_their_pages(camille, world, django_assert_num_queries):
    for number in range(24):
        f.ProgressNoteFactory(action=world.action, text=f"Étape {number}", author=world.camille)
    page = soup(camille.get(world.action.get_absolute_url()))
    assert len(page.select("#note-list .timeline__item")) == 5
    older = page.select_one("#note-list > p a")
    assert older.text == "Les 20 notes plus anciennes"
    with django_assert_num_queries(8):
        first = soup(camille.get(older["href"]))
    second = soup(camille.get(f"{older['href']}{first.select_one('[rel=next]')['href']}"))
    seen = [item.get_text() for listed in (first, second) for item in listed.select(".timeline__text")]
    assert len(seen) == 25 and len(set(seen)) == 25


def test_an_old_note_is_edited_although_the_sheet_does_not_list_it(camille, world):
    for _ in range(6):
        f.ProgressNoteFactory(action=world.action)
    page = soup(camille.get(address("edit", world.note)))
    assert page.select_one("#notes form.entry textarea").text.strip() == "Visite faite."
