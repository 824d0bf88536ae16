"""The page of what is asked of an organisation, as it is first shown and as it comes back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.http import HttpResponse, QueryDict
from django.utils import timezone

from ctg.web.forms import FieldError
from ctg.web.http import Visit
from partners.tracking import Conflict

from ..answers.answering import Answerer
from ..answers.asking import Ask, progress_of, read_asks
from ..answers.drafting import Saved
from ..forms.answers import AnswerForm
from ..values import entry
from ..values.disputes import BESIDE
from .answerers import framed


@dataclass(frozen=True)
class Item:
    """A question on the page; `typed` is what came too late to be written, to be read and copied."""

    form: AnswerForm
    is_open: bool
    conflict: Conflict | None = None
    typed: Sequence[tuple[str, str]] = field(default_factory=list)

    @property
    def errors(self) -> list[FieldError]:
        return self.form.error_list if self.form.is_bound else []


def forms_of(asks: Iterable[Ask], answerer: Answerer, data: QueryDict) -> list[AnswerForm]:
    """What was sent for each question, for those too that may no longer be answered."""
    today = timezone.localdate(answerer.at)
    return [AnswerForm(data, ask=ask, today=today) for ask in asks]


def is_open(ask: Ask, answerer: Answerer) -> bool:
    return not ask.is_locked and not entry.is_settled(ask.measurement, answerer.channel)


def answer_page(request: Visit, answerer: Answerer) -> HttpResponse:
    """Every question as it stands."""
    today = timezone.localdate(answerer.at)
    asks = read_asks(answerer.solicitation, at=answerer.at)
    items = [Item(AnswerForm(ask=ask, today=today), is_open(ask, answerer)) for ask in asks]
    return items_page(request, answerer, items)


def refused_page(request: Visit, answerer: Answerer, saved: Saved) -> HttpResponse:
    """The same page with what is wrong or disputed as it was typed; the rest is saved, and shown so."""
    today = timezone.localdate(answerer.at)
    items = []
    for ask in read_asks(answerer.solicitation, at=answerer.at):
        key = ask.question.pk
        form = AnswerForm(request.POST, ask=ask, today=today)
        typed = form.typed if key in saved.refused else []
        conflict = saved.disputed.get(key)
        if conflict:
            form = AnswerForm(disputed_data(request.POST, form, conflict), ask=ask, today=today)
        elif key not in saved.wrong:
            form = AnswerForm(ask=ask, today=today)
        items.append(Item(form, is_open(ask, answerer), conflict, typed))
    return items_page(request, answerer, items, status=409 if saved.disputed or saved.refused else 422)


def items_page(
    request: Visit, answerer: Answerer, items: Sequence[Item], *, status: int = 200
) -> HttpResponse:
    asks = [item.form.ask for item in items]
    context = {
        "items": items,
        "progress": progress_of(asks),
        "problems": [(item.form.ask, error) for item in items for error in item.errors],
        "late": [item for item in items if item.typed],
        "saved_at": max((ask.entered_at for ask in asks if ask.entered_at), default=None),
        "is_to_review": any(item.is_open for item in items),
    }
    template = "indicators/answer_edit.html"
    return framed(request, answerer, template, context, fragments=("answers",), status=status)


def disputed_data(data: QueryDict, form: AnswerForm, conflict: Conflict) -> QueryDict:
    """What was typed, over the version that stands now; what only the other person touched is hers."""
    settled = data.copy()
    settled[form.add_prefix("seen")] = str(conflict.thing.version)
    settled[form.add_prefix("is_disputed")] = "1"
    settled.pop(form.add_prefix("keep"), None)
    mine = {clash.field for clash in conflict.clashes} | conflict.kept
    for name in BESIDE:
        if name in form.fields and name not in mine:
            settled[form.add_prefix(name)] = conflict.thing.read_tracked(name)
    return settled
