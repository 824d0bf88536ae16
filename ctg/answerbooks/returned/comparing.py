"""A returned file beside what stands: what it would change, what it cannot, what somebody else changed."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from ctg.intake.previewing.annotated import Grade, annotate
from ctg.intake.tables import Refusal, SourceFile
from indicators.answers.asking import read_asks
from indicators.models import Solicitation
from indicators.values.disputes import NO_ANSWER, answers_at

from .remarks import Difference, Remark
from .replies import Reply
from .rows import Row, read_rows

ELSEWHERE = "Ce classeur n’est pas celui de cette campagne et de cet organisme\u00a0: rien n’en est repris."
_NOT_ASKED = "Cet indicateur n’est plus demandé\u00a0: ce qui est écrit ici n’est pas repris."


@dataclass(frozen=True)
class Comparison:
    source: SourceFile
    replies: list[Reply]
    remarks: list[Remark]

    @property
    def clean(self) -> list[Reply]:
        """What can be taken in as it is."""
        return [one for one in self.replies if one.values and not (one.is_disputed or one.closed)]

    @property
    def disputed(self) -> list[Reply]:
        return [one for one in self.replies if one.is_disputed and not one.closed]

    @property
    def refused(self) -> list[Reply]:
        return [one for one in self.replies if one.is_refused]

    @property
    def errors(self) -> list[Remark]:
        return [one for one in self.remarks if one.is_error]

    @property
    def warnings(self) -> list[Remark]:
        return [one for one in self.remarks if not one.is_error]

    @property
    def differences(self) -> list[Difference]:
        return [difference for reply in self.clean for difference in reply.differences]

    @property
    def formulas(self) -> list[str]:
        """What the reader tells of formulas, which count by the result that the file keeps."""
        return [note for note in self.source.notes if "formule" in note]

    @property
    def is_unchanged(self) -> bool:
        return not any(reply.touched for reply in self.replies) and not self.errors

    @property
    def digest(self) -> str:
        """What stands for all that was shown: it tells whether this very text was agreed to."""
        told = [
            (one.key, sorted(one.touched), one.values, one.is_disputed, one.closed, _version(one))
            for one in self.replies
            if one.touched
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def chosen(self, mine: Collection[int]) -> list[Reply]:
        """What to write, with the disputes that are settled for the file."""
        return [*self.clean, *(one for one in self.disputed if one.key in mine)]

    def annotated(self) -> bytes:
        return annotate(self.source, [remark.problem for remark in self.remarks])


def compare(source: SourceFile, solicitation: Solicitation, *, at: dt.datetime) -> Comparison:
    """Read the file again beside what stands now; the queries do not grow with the values."""
    by_question: dict[int, list[Row]] = defaultdict(list)
    for row in read_rows(source):
        by_question[row.mark.question].append(row)
    asks = [ask for ask in read_asks(solicitation, at=at) if ask.question.pk in by_question]
    seen = {ask.question.pk: min(row.mark.version for row in by_question[ask.question.pk]) for ask in asks}
    past = answers_at({ask.measurement: seen[ask.question.pk] for ask in asks if ask.measurement})
    today = timezone.localdate(at)
    replies = []
    for ask in asks:
        was = past[ask.measurement.pk] if ask.measurement else NO_ANSWER
        replies.append(Reply(ask, by_question.pop(ask.question.pk), was, today=today))
    remarks = [remark for reply in replies for remark in reply.remarks]
    for rows in by_question.values():
        spots = (row.value for row in rows if row.value.text)
        remarks += [Remark(spot, Grade.WARNING, "", _NOT_ASKED) for spot in spots]
    return Comparison(source, replies, remarks)


def solicitation_of(source: SourceFile) -> int:
    """The key of what the file answers; raise `Refusal` when it is not one thing of this installation."""
    found = {row.mark.solicitation for row in read_rows(source)}
    if len(found) != 1 or 0 in found:
        raise Refusal(ELSEWHERE)
    return found.pop()


def _version(reply: Reply) -> int:
    return reply.ask.measurement.version if reply.ask.measurement else 0
