"""Save the answers of one page: each question for itself, all as one gesture."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from partners.tracking import Conflict

from ..forms.answers import AnswerForm
from ..values import entry
from ..values.locking import Locked, read_locks
from .answering import Answerer


@dataclass
class Saved:
    """What became of the questions of a page, by key; the others were not touched."""

    written: set[int] = field(default_factory=set)
    wrong: set[int] = field(default_factory=set)
    disputed: dict[int, Conflict] = field(default_factory=dict)
    #: Validated, or closed, since the page was shown.
    refused: set[int] = field(default_factory=set)

    @property
    def is_whole(self) -> bool:
        return not (self.wrong or self.disputed or self.refused)


def save(forms: Iterable[AnswerForm], answerer: Answerer) -> Saved:
    """Write what is valid and differs. What cannot be written takes nothing else along."""
    saved, batch = Saved(), uuid.uuid4()
    solicitation = answerer.solicitation
    with transaction.atomic():
        locks = read_locks(solicitation.campaign.plan, at=answerer.at)
        for form in forms:
            ask, key = form.ask, form.ask.question.pk
            if not form.was_sent or form.keeps_theirs:
                continue
            if not form.is_valid():
                saved.wrong.add(key)
                continue
            if form.is_blank:
                continue
            try:
                written = entry.answer(
                    ask.indicator,
                    solicitation.organisation,
                    ask.question.period,
                    form.values(),
                    year=ask.year,
                    channel=answerer.channel,
                    by=answerer.by,
                    at=answerer.at,
                    seen=form.cleaned_data["seen"] or 0,
                    batch=batch,
                    locks=locks,
                )
            except Conflict as conflict:
                saved.disputed[key] = conflict
            except (Locked, entry.NotNow):
                if form.has_changed():
                    saved.refused.add(key)
            else:
                if ask.measurement is None or written.version != ask.measurement.version:
                    saved.written.add(key)
    return saved
