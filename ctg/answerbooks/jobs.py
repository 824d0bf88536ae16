"""The archive of a large campaign, written outside the request."""

import datetime as dt
from typing import Any

from django.utils import timezone

from ctg.answerbooks.writing.answer_book import ZIP, archive_name, write_archive
from indicators.models import Campaign, Question, Solicitation
from partners import jobs
from partners.jobs import Progress, Result
from partners.models import Job, User

#: Up to so many values and organisations, the archive takes less than a second (2 cores, 2026-11).
VALUES_AT_ONCE, BOOKS_AT_ONCE = 400, 15


def takes_long(campaign: Campaign) -> bool:
    asked = Question.objects.filter(solicitation__campaign=campaign, solicitation__trashed_at=None)
    books = asked.values("solicitation").distinct().count()
    return asked.count() > VALUES_AT_ONCE or books > BOOKS_AT_ONCE


def prepare_archive(campaign: Campaign, user: User, *, at: dt.datetime) -> Job:
    title = f"Classeurs de saisie, {campaign} – {campaign.plan.title}"[:300]
    territory = campaign.plan.territory
    return jobs.start(
        user, "answer_books", {"campaign": campaign.pk}, title=title, territory=territory, at=at
    )


@jobs.register("answer_books")
def answer_books(params: dict[str, Any], user: User, progress: Progress) -> Result:
    campaign = Campaign.objects.editable_by(user).select_related("plan__territory").get(pk=params["campaign"])
    asked = Solicitation.objects.editable_by(user).filter(campaign=campaign, questions__isnull=False)
    found = list(asked.distinct().select_related("organisation", "campaign__plan__territory"))
    progress(0, len(found) + 1, f"{len(found)} classeurs à écrire.")

    def on_book(done: int) -> None:
        progress(done, len(found) + 1, f"Classeur {done} sur {len(found)}.")

    content = write_archive(found, at=progress.at, on_book=on_book)
    return Result(archive_name(campaign, timezone.localdate(progress.at)), content, ZIP)
