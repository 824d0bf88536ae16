"""Forms over tracked things: sent twice they count once, and two people never overwrite each other."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from django import forms
from django.http import HttpResponse, QueryDict
from django.utils import timezone

from ctg.web.forms import HouseModelForm
from ctg.web.htmx import take_over
from ctg.web.http import Request

from . import receipts, tracking
from .models import Tracked
from .models.change import Event
from .signing import author_of
from .tracking import Author, Clash, Conflict

T = TypeVar("T", bound=Tracked)

MINE, THEIRS, OTHER = "mine", "theirs", "other"


class TrackedForm(HouseModelForm[T]):
    """A form that creates or changes one tracked thing.

    `seen` carries the version that the person had before her eyes, `token` tells a form sent twice
    from two forms. `linked_fields` are the fields that live outside the row (lists of organisations).
    Sent back from the page of a conflict, it reads the choice made for each field.
    """

    linked_fields: ClassVar[tuple[str, ...]] = ()

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        self.left_to_others: set[str] = set()
        if data is not None and any(key.startswith("choice-") for key in data):
            data = self._settle(data)
        super().__init__(data, *args, **kwargs)
        self.fields["seen"].initial = self.instance.version
        self.fields["token"].initial = receipts.fresh_token

    def _settle(self, data: QueryDict) -> QueryDict:
        """Put the choices made on the page of a conflict back into the fields that they speak of."""
        settled = data.copy()
        for key, choice in data.items():
            _, is_choice, name = key.partition("choice-")
            if not is_choice or choice == OTHER:
                continue
            settled.setlist(name, data.getlist(f"{choice}-{name}"))
            if choice == THEIRS:
                self.left_to_others.add(name)
        return settled

    def values(self) -> dict[str, Any]:
        """The fields of the thing that this form answers for, as cleaned."""
        values = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        values |= {name: self._in_standing_order(name) for name in self.linked_fields}
        return {name: value for name, value in values.items() if name not in self.left_to_others}

    def _in_standing_order(self, name: str) -> list[Any]:
        """A list of things as ticked, those already there in the order that they have."""
        ticked = list(self.cleaned_data[name])
        if self.instance.pk is None:
            return ticked
        standing = self.instance.read_tracked(name)
        rank = {pk: place for place, pk in enumerate(standing)}
        return sorted(ticked, key=lambda thing: rank.get(getattr(thing, "pk", thing), len(rank)))

    def create(self, *, by: Author, at: dt.datetime) -> T:
        """Save the new thing, or find the one that this same form already made."""
        assert by.user is not None
        links = {name: self.cleaned_data[name] for name in self.linked_fields}
        made, _ = receipts.once(
            self.cleaned_data["token"] or uuid.uuid4(),
            by.user,
            make=lambda: tracking.create(self.instance, by=by, at=at, links=links),
            found=lambda pk: self._made_before(pk, by),
        )
        return made

    def _made_before(self, pk: int, by: Author) -> T:
        """The thing that this form made, which a token taken from a form of another kind never made."""
        things: list[T] = list(type(self.instance)._base_manager.filter(pk=pk))
        for thing in things:
            if tracking.history_of(thing).filter(event=Event.CREATED, author=by.user).exists():
                return thing
        raise receipts.ForeignToken

    def change(self, *, by: Author, at: dt.datetime, reason: str = "") -> bool:
        """Save what differs; raise `Conflict`, with nothing saved, over what somebody else touched."""
        seen = self.cleaned_data["seen"] or 0  # A form that does not say has seen nothing.
        return bool(tracking.change(self.instance, self.values(), by=by, at=at, seen=seen, reason=reason))

    def untouched_in(self, conflict: Conflict) -> list[str]:
        """The fields of the form that neither the person nor the dispute changes."""
        disputed = {clash.field for clash in conflict.clashes}
        return [
            name
            for name, field in self.fields.items()
            if self.instance.tracks(name) and name not in disputed | conflict.kept
            if not field.widget.value_omitted_from_data(self.data, self.files, self.add_prefix(name))
        ]

    def commit(self, request: Request) -> T:
        """Create or change, signed by whoever sent the request."""
        by = author_of(request.user, self.instance.place().territory_id)
        at = timezone.now()
        if self.instance.pk is None:
            return self.create(by=by, at=at)
        self.change(by=by, at=at)
        return self.instance


@dataclass(frozen=True)
class Dispute:
    """A field of a conflict as its page shows it: both texts, what each choice sends, and the field."""

    clash: Clash
    mine: list[str]
    theirs: list[str]
    field: forms.BoundField


def conflict_page(request: Request, form: TrackedForm[Any], conflict: Conflict, *, back: str) -> HttpResponse:
    """Both texts and three choices for each field that two people touched; nothing was saved.

    The answer is the same form, sent to the same address. `back` is where giving up leads.
    """
    disputes = [
        Dispute(
            clash,
            mine=form.data.getlist(form.add_prefix(clash.field)),  # type: ignore[attr-defined]
            theirs=raw(clash.theirs, form.fields[clash.field]),
            field=form[clash.field],
        )
        for clash in conflict.clashes
    ]
    return take_over(
        request,
        "partners/conflict.html",
        {
            "disputes": disputes,
            "kept": carried_along(form, conflict),
            "seen": conflict.thing.version,
            "thing": conflict.thing,
            "address": request.get_full_path(),
            "back": back,
        },
        fragment="conflict",
        status=409,
    )


def carried_along(form: TrackedForm[Any], conflict: Conflict) -> list[tuple[str, str]]:
    """What the page of a conflict sends again beside its choices: the words that nobody disputes.

    A field that the person did not change is left to the others: sent as she had read it, under the
    version that stands now, it would undo what they wrote since.
    """
    settled = {form.add_prefix(clash.field) for clash in conflict.clashes}
    carried: list[tuple[str, str]] = []
    for name in form.untouched_in(conflict):
        key = form.add_prefix(name)
        settled.add(key)
        standing = raw(conflict.thing.read_tracked(name), form.fields[name])
        carried += [(f"choice-{key}", THEIRS), *((f"{THEIRS}-{key}", value) for value in standing)]
    sent = [
        (name, value)
        for name, values in form.data.lists()  # type: ignore[attr-defined]
        for value in values
        if name not in settled and not name.startswith(("choice-", f"{MINE}-", f"{THEIRS}-"))
        if name not in ("csrfmiddlewaretoken", "seen")
    ]
    return sent + carried


def raw(value: Any, field: forms.Field) -> list[str]:
    """A tracked value as the widget of its field would send it."""
    value = field.prepare_value(value)
    if isinstance(value, list):
        texts = [str(item) for item in value]
        return texts if getattr(field.widget, "allow_multiple_selected", False) else ["\n".join(texts)]
    return ["" if value is None else str(value)]
