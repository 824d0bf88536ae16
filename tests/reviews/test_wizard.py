"""The pages on which the coordination prepares the annual review: opening it, its contents, its sections."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from ctg.reviews.facts.canonical import canonical_json
from ctg.reviews.forms.reviews import ReviewForm
from ctg.reviews.models import FrozenKind, Review
from ctg.reviews.preparing.sections import SECTIONS, WRITTEN
from ctg.reviews.views.reviews import year_to_review
from partners import tracking
from partners.models import Change, Role
from partners.tracking import Author
from tests import factories as f
from tests.htmx import soup

TEXTS = {name: slug for slug, section in SECTIONS.items() for name in section.fields}


@pytest.fixture
def camille(client, world):
    client.force_login(world.camille)
    return client


@pytest.fixture
def review(world, today):
    return f.ReviewFactory(plan=world.plan, year=today.year)


def to_section(review, slug):
    return reverse("reviews:review_section", args=[review.pk, slug])


def to_add(world):
    return reverse("reviews:review_add", args=[world.plan.pk])


def frozen(review):
    return f.FrozenDocumentFactory(
        plan=review.plan, kind=FrozenKind.REVIEW, review=review, number=9, title="Bilan annuel"
    )


def states(client, review):
    """What the table of contents says of each section, by title."""
    page = soup(client.get(review.get_absolute_url()))
    return {
        line.select_one("h3").get_text(strip=True): line.select_one(".contents__state").get_text(strip=True)
        for line in page.select(".contents__line")
    }


def test_a_review_opens_with_the_signatories_of_the_last_one(camille, world):
    f.ReviewFactory(plan=world.plan, year=2024, signatories="Ancienne Caf")
    f.ReviewFactory(plan=world.plan, year=2025, signatories="Caf des Yvelines\nMSA")
    answer = camille.post(to_add(world), {"year": "2026"})
    review = Review.objects.get(year=2026)
    assert answer.url == review.get_absolute_url()
    assert review.signatories == "Caf des Yvelines\nMSA"


@pytest.mark.parametrize(
    ("day", "reviewed", "proposed"),
    [
        (dt.date(2026, 11, 22), (), 2026),
        (dt.date(2026, 9, 1), (2025,), 2026),
        (dt.date(2027, 2, 3), (), 2026),
        (dt.date(2027, 2, 3), (2026,), 2027),
    ],
)
def test_the_year_proposed_is_the_one_that_ends(world, day, reviewed, proposed):
    for year in reviewed:
        f.ReviewFactory(plan=world.plan, year=year)
    assert year_to_review(world.plan, day) == proposed


def test_a_year_has_one_review(camille, world):
    f.ReviewFactory(plan=world.plan, year=2026)
    answer = camille.post(to_add(world), {"year": "2026"})
    assert answer.status_code == 422
    assert "Le bilan 2026 existe déjà" in answer.text
    assert Review.objects.count() == 1


def test_a_review_in_the_trash_leaves_its_year(camille, world, today):
    f.ReviewFactory(plan=world.plan, year=2026, trashed_at=dt.datetime.now(dt.UTC))
    assert camille.post(to_add(world), {"year": "2026"}).status_code == 302


def test_two_who_open_the_same_year_at_once_get_one_review(camille, world, monkeypatch):
    """The second one passed the check before the first one wrote."""
    f.ReviewFactory(plan=world.plan, year=2026)
    monkeypatch.setattr(ReviewForm, "clean", lambda form: form.cleaned_data)
    answer = camille.post(to_add(world), {"year": "2026"})
    assert answer.status_code == 422
    assert "Le bilan 2026 existe déjà" in answer.text


def test_the_form_sent_twice_opens_one_review(camille, world):
    sent = {"year": "2026", "token": uuid.uuid4()}
    addresses = {camille.post(to_add(world), sent).url for _ in range(2)}
    assert addresses == {Review.objects.get().get_absolute_url()}


def test_a_year_that_is_none_is_asked_again(camille, world):
    for typed in ("", "l’an dernier", "26", "99999"):
        assert camille.post(to_add(world), {"year": typed}).status_code == 422
        assert not Review.objects.exists()


def test_the_contents_say_what_is_written_and_what_is_not(camille, world, review):
    before = states(camille, review)
    assert list(before) == [section.title for section in WRITTEN]
    assert before["Où en est le plan"] == "À écrire"
    review.progress, review.participation = "Une année pleine.", "Rien à signaler en 2026."
    review.opening = "Merci à tous."
    review.save()
    after = states(camille, review)
    assert after["Où en est le plan"] == "Écrite"
    assert after["Participation des habitants"] == "Rien à signaler"
    assert after["Signataires et mot d’ouverture"] == "À écrire", "the signatories are missing"
    lead = soup(camille.get(review.get_absolute_url())).select_one(".page-head__lead").get_text(strip=True)
    assert lead.startswith("2 sections écrites sur 10, 2 sans rien à signaler, "), lead


def test_the_contents_count_what_lacks_and_lead_there(camille, world, review):
    page = soup(camille.get(review.get_absolute_url()))
    links = [link["href"] for link in page.select(".panel a")]
    assert f"{to_section(review, 'relecture')}#manque-1" in links
    assert reverse("reviews:review_freeze", args=[review.pk]) in links
    assert reverse("reviews:review_trash", args=[review.pk]) in links


def test_every_section_opens_on_its_title_and_leads_to_its_neighbours(camille, world, review):
    order = list(SECTIONS)
    for rank, slug in enumerate(order):
        page = soup(camille.get(to_section(review, slug)))
        assert page.select_one("h1").get_text(strip=True) == SECTIONS[slug].title
        beside = [*order[max(rank - 1, 0) : rank], *order[rank + 1 : rank + 2]]
        links = [link["href"] for link in page.select(".steps a")]
        assert links == [to_section(review, other) for other in beside]


def test_a_plan_with_nothing_in_it_has_its_pages_too(client, world):
    client.force_login(world.nadia)
    review = f.ReviewFactory(plan=f.PlanFactory(territory=world.elsewhere))
    for address in (review.get_absolute_url(), *(to_section(review, slug) for slug in SECTIONS)):
        assert client.get(address).status_code == 200, address


def test_a_text_is_saved_and_nothing_else_moves(camille, review):
    for name, slug in TEXTS.items():
        before = Review.objects.values(*TEXTS).get()
        sent = {other: before[other] for other in SECTIONS[slug].fields} | {name: f"Pour {name}."}
        address = to_section(review, slug)
        assert camille.post(address, sent | {"seen": Review.objects.get().version}).url == address
        assert Review.objects.values(*TEXTS).get() == before | {name: f"Pour {name}."}
        assert Change.objects.get(kind="review", field=name).is_private


def test_saving_goes_on_to_the_next_section(camille, review):
    answer = camille.post(to_section(review, "habitants"), {"participation": "Oui.", "suite": "1"})
    assert answer.url == to_section(review, "modifications")


def test_a_section_without_a_text_takes_none(camille, review):
    assert camille.post(to_section(review, "actions"), {}).status_code == 405


def test_the_figures_stand_above_the_text(camille, world, review):
    page = soup(camille.get(to_section(review, "avancement"))).get_text(" ")
    assert "repris tels quels dans le bilan" in page
    assert "1 action" in page and "Renforcer le lien social" in page
    page = soup(camille.get(to_section(review, "indicateurs"))).get_text(" ")
    assert world.indicator.wording in page
    assert "Aucun nom d’usager" in page


def test_the_first_sentence_is_offered_and_saves_nothing(camille, world, review):
    address = to_section(review, "avancement")
    link = soup(camille.get(address)).find("a", string="Reprendre cette phrase")
    area = soup(camille.get(address + link["href"])).select_one("textarea")
    assert area.get_text(strip=True).startswith("1 action")
    area = soup(camille.get(f"{address}?reprendre=rien")).select_one("textarea")
    assert area.get_text(strip=True) == f"Rien à signaler en {review.year}."
    assert Review.objects.get().progress == ""


def test_a_sentence_never_takes_the_place_of_a_text(camille, review):
    review.progress = "Déjà écrit."
    review.save()
    page = soup(camille.get(f"{to_section(review, 'avancement')}?reprendre=phrase"))
    assert page.select_one("textarea").get_text(strip=True) == "Déjà écrit."
    assert page.find("a", string="Reprendre cette phrase") is None


def test_what_the_last_review_said_can_be_read_again(camille, world, review):
    f.ReviewFactory(plan=world.plan, year=review.year - 1, participation="Un conseil citoyen.")
    assert "Un conseil citoyen." in camille.get(to_section(review, "habitants")).text
    assert "Un conseil citoyen." not in camille.get(to_section(review, "gouvernance")).text


def second_coordinator(world):
    other = f.UserFactory(first_name="Dominique")
    f.MembershipFactory(territory=world.territory, user=other, role=Role.COORDINATOR, organisation=None)
    return other


def test_two_people_on_two_sections_lose_nothing(camille, world, review, client_of):
    other = client_of(second_coordinator(world))
    camille.post(to_section(review, "avancement"), {"progress": "Le mien.", "seen": "1"})
    other.post(to_section(review, "gouvernance"), {"governance": "Le sien.", "seen": "1"})
    now = Review.objects.get()
    assert (now.progress, now.governance) == ("Le mien.", "Le sien.")


def test_two_people_on_one_text_are_asked(camille, world, review, client_of):
    other = client_of(second_coordinator(world))
    address = to_section(review, "avancement")
    other.post(address, {"progress": "Le sien.", "seen": "1"})
    answer = camille.post(address, {"progress": "Le mien.", "seen": "1"})
    assert answer.status_code == 409
    assert "Le sien." in answer.text and "Le mien." in answer.text
    assert Review.objects.get().progress == "Le sien."
    seen = soup(answer).select_one("input[name=seen]")["value"]
    chosen = {"choice-progress": "mine", "mine-progress": "Le mien.", "theirs-progress": "Le sien."}
    assert camille.post(address, chosen | {"seen": seen}).status_code == 302
    assert Review.objects.get().progress == "Le mien."


def test_it_opens_on_what_changed_since_the_last_review(camille, world, review, today):
    def change(days, **values):
        at = timezone.now() - dt.timedelta(days=days)
        tracking.change(world.action, values, by=Author("Camille", world.camille), at=at)

    change(40, title="Ouvrir un café")
    data_on = (today - dt.timedelta(days=20)).isoformat()
    last = f.ReviewFactory(plan=world.plan, year=review.year - 1)
    f.FrozenDocumentFactory(
        plan=world.plan,
        kind=FrozenKind.REVIEW,
        review=last,
        facts=canonical_json({"identity": {"data_on": data_on}}),
    )
    change(10, status="postponed", status_reason="Le bail attend.")
    page = soup(camille.get(review.get_absolute_url()))
    first = page.select_one(".columns__main section")
    assert f"depuis le bilan {last.year}" in first.h2.get_text()
    assert "Le bail attend." in first.select_one("table").get_text()
    told = soup(camille.get(to_section(review, "modifications"))).select_one(".evidence").get_text()
    assert "Le bail attend." in told


def test_a_frozen_review_leads_to_what_was_frozen(camille, review):
    document = frozen(review)
    page = soup(camille.get(review.get_absolute_url()))
    assert "Ce bilan est arrêté" in page.get_text(" ")
    links = {link["href"] for link in page.select("main a")}
    assert document.get_absolute_url() in links
    assert not any("supprimer" in link or "arreter" in link for link in links)
    assert camille.get(to_section(review, "avancement")).url == review.get_absolute_url()
    assert camille.get(reverse("reviews:review_trash", args=[review.pk])).status_code == 404


def test_a_text_that_comes_after_the_freezing_is_given_back(camille, review):
    frozen(review)
    answer = camille.post(
        to_section(review, "avancement"), {"progress": "Trop tard, mais long.", "seen": "1"}
    )
    assert answer.status_code == 422
    assert soup(answer).select_one("textarea").get_text(strip=True) == "Trop tard, mais long."
    assert "il ne change plus" in answer.text
    assert Review.objects.get().progress == ""


def test_a_review_goes_to_the_trash_and_comes_back(camille, world, review):
    address = reverse("reviews:review_trash", args=[review.pk])
    answer = camille.post(address, {"seen": review.version})
    assert answer.url == reverse("reviews:register", args=[world.plan.pk])
    assert camille.get(review.get_absolute_url()).status_code == 404
    assert str(review) in camille.get(reverse("actions:trash_list", args=[world.plan.pk])).text
    camille.post(reverse("actions:trash_restore", args=["review", review.pk]))
    assert camille.get(review.get_absolute_url()).status_code == 200


def test_nobody_else_sees_the_work(client, world, review):
    for name in ("paul", "ines", "elise", "karim", "nadia", "alex"):
        client.force_login(getattr(world, name))
        for address in (review.get_absolute_url(), to_section(review, "relecture"), to_add(world)):
            assert client.get(address).status_code == 404


def test_the_navigation_leads_to_the_reviews(camille, world, review):
    page = soup(camille.get(review.get_absolute_url()))
    current = page.select_one(".masthead__more [aria-current=page]")
    assert current["href"] == reverse("reviews:register", args=[world.plan.pk])
