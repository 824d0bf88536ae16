"""The workbook in which an organisation answers: taken away, brought back, taken in."""

import datetime as dt
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from ctg.answerbooks import jobs
from ctg.answerbooks.columns import MARK, VALUE, VALUES
from ctg.answerbooks.forms import dropping
from ctg.answerbooks.marks import seal_of
from ctg.answerbooks.models import ReturnedAnswers
from ctg.answerbooks.returned.comparing import ELSEWHERE
from indicators.models import Channel, Measurement, State
from partners import tracking, working
from partners.models import Job, Letter
from partners.tracking import Author
from tests import factories as f
from tests.htmx import soup

from .books import Filled


@pytest.fixture
def asked(world):
    """The service was asked one number and has not answered; its link is open in `visitor`."""
    world.measurement.delete()
    world.link = f.EntryLinkFactory(
        solicitation=world.solicitation, respondent_name="Dominique Petit", respondent_email="d@exemple.fr"
    )
    world.visitor = Client()
    world.visitor.get(reverse("indicators:link_open", args=[world.link.token]))
    return world


def at(name, thing):
    return reverse(f"answerbooks:{name}", args=[thing.pk])


def taken_away(client, solicitation):
    return Filled(client.get(at("answer_book_file", solicitation)).content)


def bring(client, solicitation, filled, name="classeur.xlsx"):
    return client.post(at("answer_book", solicitation), {"books": filled.upload(name)})


def agree(client, page, **choices):
    """Send the form of the page of what was brought, as a browser does."""
    form = soup(page).select_one("form[action$='/reprendre/']")
    held = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    return client.post(form["action"], held | {"step": "draft"} | choices)


def main(page):
    return " ".join(soup(page).main.get_text(" ").split())


def head(page):
    return " ".join(soup(page).get_text(" ").split())


def test_a_partner_answers_in_a_workbook_by_her_link_and_sends_it_herself(asked):
    assert (
        at("answer_book", asked.solicitation) in asked.visitor.get(asked.solicitation.get_absolute_url()).text
    )
    filled = taken_away(asked.visitor, asked.solicitation).type(asked.question, 14)
    brought = bring(asked.visitor, asked.solicitation, filled)
    page = asked.visitor.get(brought["Location"])
    assert "1 case change une valeur" in head(page)
    assert "Reprendre et valider" not in page.text
    done = agree(asked.visitor, page)
    assert done["Location"] == reverse("indicators:answer_review", args=[asked.solicitation.pk])
    value = Measurement.objects.get(indicator=asked.indicator)
    assert (value.amount, value.state, value.channel) == (14, State.DRAFT, Channel.FILE)
    assert value.entered_label == "Dominique Petit, Service Jeunesse, d’après classeur.xlsx"
    assert not Letter.objects.exists()
    again = asked.visitor.post(at("returned_answers_apply", ReturnedAnswers.objects.get()))
    assert again.status_code == 302
    value.refresh_from_db()
    assert value.version == 1


def test_the_same_file_brought_twice_changes_nothing_the_second_time(asked):
    filled = taken_away(asked.visitor, asked.solicitation).type(asked.question, 14)
    for _ in range(2):
        page = asked.visitor.get(bring(asked.visitor, asked.solicitation, filled)["Location"])
        said = head(page)
        agree(asked.visitor, page)
    assert "Aucune modification" in said


def test_a_workbook_holds_the_values_of_its_organisation_alone(asked):
    other = f.IndicatorFactory(plan=asked.plan, actions=[asked.action], wording="Celui d’un autre")
    f.SolicitationFactory(campaign=asked.campaign, organisation=asked.partner, indicators=[other])
    filled = taken_away(asked.visitor, asked.solicitation)
    assert [mark.question for _, mark in filled.lines()] == [asked.question.pk]
    assert "Celui d’un autre" not in str(list(filled.sheet.values))


def test_what_is_not_to_be_filled_is_protected_and_nothing_becomes_a_formula(asked):
    asked.indicator.wording = "=1+1"
    asked.indicator.save()
    sheet = taken_away(asked.visitor, asked.solicitation).sheet
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert sheet.protection.sheet and not sheet.protection.password
    titles = [sheet.cell(1, cell.column).value for cell in cells if not cell.protection.locked]
    assert titles == [VALUE, "Pas de valeur\u00a0: pourquoi", "Commentaire"]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$1", "landscape")
    assert {one.type for one in sheet.data_validations.dataValidation} == {"whole", "list"}


def of_another_organisation(world, client_of):
    secret = f.IndicatorFactory(plan=world.plan, actions=[world.action], wording="Secret")
    elsewhere = f.CampaignFactory(plan=world.plan, period="2031")
    theirs = f.SolicitationFactory(campaign=elsewhere, organisation=world.partner, indicators=[secret])
    return taken_away(client_of(world.camille), theirs)


def of_another_territory(world, client_of):
    secret = f.IndicatorFactory(plan=world.foreign_plan, wording="Secret", actions=[world.foreign_action])
    theirs = f.SolicitationFactory(
        campaign=f.CampaignFactory(plan=world.foreign_plan),
        organisation=f.OrganisationFactory(territory=world.elsewhere),
        indicators=[secret],
    )
    return taken_away(client_of(world.nadia), theirs)


def of_another_installation(world, client_of):
    """The same keys, under another secret."""
    filled = taken_away(client_of(world.camille), world.solicitation)
    cell = filled.cell(world.question, title=MARK)
    cell.value = cell.value.replace(seal_of(world.solicitation.pk), "0123456789ab")
    return filled


@pytest.mark.parametrize("whose", [of_another_organisation, of_another_territory, of_another_installation])
def test_the_workbook_of_somebody_else_is_refused_without_a_word_of_it(asked, whose, client_of):
    filled = whose(asked, client_of)
    for client, address in (
        (asked.visitor, at("answer_book", asked.solicitation)),
        (client_of(asked.camille), at("campaign_books", asked.campaign)),
    ):
        response = client.post(address, {"books": filled.upload()})
        assert response.status_code == 422
        assert " ".join(ELSEWHERE.split()) in main(response)
        assert "Secret" not in main(response)
    assert not ReturnedAnswers.objects.exists()


def test_a_stranger_does_not_see_what_came_back(asked, client_of):
    returned = f.ReturnedAnswersFactory(solicitation=asked.solicitation)
    other = f.EntryLinkFactory(
        solicitation=f.SolicitationFactory(campaign=asked.campaign, organisation=asked.partner)
    )
    stranger = Client()
    stranger.get(reverse("indicators:link_open", args=[other.token]))
    assert stranger.get(returned.get_absolute_url()).status_code == 302
    asked.link.revoked_at = timezone.now()
    asked.link.save()
    assert "Ce lien" in asked.visitor.get(returned.get_absolute_url()).text
    assert client_of(asked.ines).get(returned.get_absolute_url()).status_code == 404


def test_the_coordination_brings_several_and_validates_what_she_takes_in(asked, client_of):
    camille = client_of(asked.camille)
    good = taken_away(camille, asked.solicitation).type(asked.question, 14)
    junk = SimpleUploadedFile("budget.csv", b"a;b\n1;2\n")
    page = camille.post(at("campaign_books", asked.campaign), {"books": [good.upload("service.xlsx"), junk]})
    assert page.status_code == 422
    assert "budget.csv\u00a0: Aucune ligne de ce fichier n’est reconnue" in page.text
    returned = ReturnedAnswers.objects.get()
    assert (returned.name, returned.dropped_by) == ("service.xlsx", asked.camille)
    agree(camille, camille.get(returned.get_absolute_url()), step="validate")
    value = Measurement.objects.get(indicator=asked.indicator)
    assert (value.amount, value.state) == (14, State.VALIDATED)
    assert value.reviewed_label.endswith("d’après service.xlsx")


def test_a_partner_cannot_validate_by_asking_for_it(asked):
    filled = taken_away(asked.visitor, asked.solicitation).type(asked.question, 14)
    page = asked.visitor.get(bring(asked.visitor, asked.solicitation, filled)["Location"])
    agree(asked.visitor, page, step="validate")
    assert Measurement.objects.get(indicator=asked.indicator).state == State.DRAFT


def test_what_changed_after_the_page_was_read_is_shown_again_and_nothing_is_written(asked):
    value = f.MeasurementFactory(indicator=asked.indicator, organisation=asked.service, state=State.DRAFT)
    filled = taken_away(asked.visitor, asked.solicitation).type(asked.question, 14)
    page = asked.visitor.get(bring(asked.visitor, asked.solicitation, filled)["Location"])
    tracking.change(value, {"amount": 20}, by=Author("Zoé"), at=timezone.now())
    again = agree(asked.visitor, page)
    assert again.status_code == 409
    assert "1 désaccord" in head(again)
    value.refresh_from_db()
    assert value.amount == 20
    # Left alone, the other’s stays; chosen, the file’s is written.
    agree(asked.visitor, again, mine=str(asked.question.pk))
    value.refresh_from_db()
    assert value.amount == 14


def test_a_dispute_that_nobody_settles_leaves_what_stands(asked):
    value = f.MeasurementFactory(indicator=asked.indicator, organisation=asked.service, state=State.DRAFT)
    filled = taken_away(asked.visitor, asked.solicitation).type(asked.question, 14)
    tracking.change(value, {"amount": 20}, by=Author("Zoé"), at=timezone.now())
    page = asked.visitor.get(bring(asked.visitor, asked.solicitation, filled)["Location"])
    agree(asked.visitor, page)
    value.refresh_from_db()
    assert value.amount == 20


def test_the_annotated_copy_is_corrected_and_brought_again(asked):
    filled = taken_away(asked.visitor, asked.solicitation).type(asked.question, "douze")
    page = asked.visitor.get(bring(asked.visitor, asked.solicitation, filled)["Location"])
    [row] = soup(page).select("tbody tr")
    assert row.th.text == "Valeurs, I2"
    copy = asked.visitor.get(at("returned_answers_annotated", ReturnedAnswers.objects.get()))
    assert "classeur-annote.xlsx" in copy["Content-Disposition"]
    book = load_workbook(BytesIO(copy.content))
    assert "Écrivez un nombre" in book[VALUES]["I2"].comment.text
    book[VALUES]["I2"].value = 12
    file = BytesIO()
    book.save(file)
    upload = SimpleUploadedFile("corrige.xlsx", file.getvalue())
    again = asked.visitor.post(at("answer_book", asked.solicitation), {"books": upload})
    agree(asked.visitor, asked.visitor.get(again["Location"]))
    assert Measurement.objects.get(indicator=asked.indicator).amount == 12


def test_a_formula_without_a_result_empties_nothing(asked):
    f.MeasurementFactory(indicator=asked.indicator, organisation=asked.service, state=State.DRAFT)
    filled = taken_away(asked.visitor, asked.solicitation).type(asked.question, "=6*2")
    page = asked.visitor.get(bring(asked.visitor, asked.solicitation, filled)["Location"])
    assert "Aucune modification" in head(page)
    assert "formules dont le résultat n’est pas enregistré" in main(page)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_file_that_is_no_workbook_is_refused(asked, content):
    upload = SimpleUploadedFile("x.xlsx", content)
    response = asked.visitor.post(at("answer_book", asked.solicitation), {"books": upload})
    assert response.status_code == 422
    assert not ReturnedAnswers.objects.exists()


def test_too_many_files_at_once_are_refused(asked, client_of, monkeypatch):
    monkeypatch.setattr(dropping, "MOST", 1)
    files = [SimpleUploadedFile(f"{name}.csv", b"a;b\n") for name in "ab"]
    response = client_of(asked.camille).post(at("campaign_books", asked.campaign), {"books": files})
    assert response.status_code == 422
    assert not ReturnedAnswers.objects.exists()


def test_a_closed_campaign_takes_nothing_in(asked, client_of):
    camille = client_of(asked.camille)
    filled = taken_away(camille, asked.solicitation).type(asked.question, 14)
    asked.campaign.closed_at = timezone.now()
    asked.campaign.save()
    response = camille.post(at("campaign_books", asked.campaign), {"books": filled.upload()})
    assert response.status_code == 422 and "La saisie de cet organisme est close" in response.text
    assert bring(asked.visitor, asked.solicitation, filled).status_code == 409


def test_what_was_brought_is_kept_for_thirty_days(asked):
    old = f.ReturnedAnswersFactory(
        solicitation=asked.solicitation, dropped_at=timezone.now() - dt.timedelta(days=31)
    )
    bring(asked.visitor, asked.solicitation, taken_away(asked.visitor, asked.solicitation))
    assert old.pk not in ReturnedAnswers.objects.values_list("pk", flat=True)


@pytest.mark.parametrize("most", [400, 0], ids=["at once", "by a job"])
def test_all_workbooks_of_a_campaign_come_in_one_archive(
    asked, client_of, monkeypatch, settings, tmp_path, most
):
    settings.FILES_DIR = tmp_path
    monkeypatch.setattr(jobs, "VALUES_AT_ONCE", most)
    other = f.OrganisationFactory(territory=asked.territory, name="Service jeunesse")
    f.SolicitationFactory(campaign=asked.campaign, organisation=other, indicators=[asked.indicator])
    camille = client_of(asked.camille)
    response = camille.get(at("campaign_books_archive", asked.campaign))
    content = response.content
    if not most:
        working.work_all(timezone.now)
        download = camille.get(reverse("partners:job_download", args=[Job.objects.get().pk]))
        content = b"".join(download)
    with ZipFile(BytesIO(content)) as archive:
        assert len(set(archive.namelist())) == 2


def test_the_page_of_the_workbooks_costs_the_same_for_one_organisation_as_for_ten(asked, client_of):
    def count():
        f.ReturnedAnswersFactory(solicitation=asked.solicitation, dropped_by=asked.camille)
        with CaptureQueriesContext(connection) as queries:
            assert camille.get(at("campaign_books", asked.campaign)).status_code == 200
        return len(queries)

    camille = client_of(asked.camille)
    count()
    few = count()
    for _ in range(9):
        other = f.OrganisationFactory(territory=asked.territory)
        f.SolicitationFactory(campaign=asked.campaign, organisation=other, indicators=[asked.indicator])
    assert count() == few
