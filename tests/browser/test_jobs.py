"""A document that takes long: its page follows it by itself, or at a click without JavaScript."""

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from ctg.documents.exports import Format
from ctg.documents.jobs import AT_ONCE
from partners import working
from partners.models import Job, JobState

from .audit import audit


def ask(page, world):
    """Start as the link of the plan’s page does."""
    page.goto(reverse("documents:plan_document", args=[world.plan.pk, "thematique", "docx"]))


def work():
    working.work_all(timezone.now)


def test_the_page_follows_the_work_and_the_focus_stays(browse, world, monkeypatch, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    monkeypatch.setitem(AT_ONCE, Format.DOCX, 0)
    page = browse(world.camille, reduced_motion="reduce")
    ask(page, world)
    found = audit(page, "waiting")
    page.locator("#job-next").focus()
    working._Progress(working.claim(timezone.now()))(1, 3, "Mise en page.")
    expect(page.locator("#job-news")).to_have_text("En train de se faire.")
    expect(page.get_by_role("progressbar", name="Avancement")).to_have_attribute("value", "1")
    expect(page.locator("#job-next")).to_be_focused()
    found += audit(page, "running")
    Job.objects.update(state=JobState.WAITING, lane=None, beat_at=None)
    work()
    expect(page.locator("#job-news")).to_have_text("Prêt à télécharger.")
    expect(page.get_by_role("link", name="Télécharger")).to_be_focused()
    found += audit(page, "done")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == Job.objects.get().result_name
    Job.objects.update(state=JobState.FAILED, error=working.TOO_LONG)
    page.reload()
    assert not found + audit(page, "failed")


def test_without_javascript_one_looks_again(browse, world, monkeypatch, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    monkeypatch.setitem(AT_ONCE, Format.DOCX, 0)
    page = browse(world.camille, java_script_enabled=False)
    ask(page, world)
    expect(page.locator("#job")).to_contain_text("Le travail va commencer.")
    work()
    page.get_by_role("link", name="Actualiser").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger").click()
    assert download.value.suggested_filename.endswith(".docx")
