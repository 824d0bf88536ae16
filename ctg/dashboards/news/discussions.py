"""What others wrote in the discussions of what a person follows; the coordination follows them all."""

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.urls import reverse

from actions.models import Discussion, Message
from ctg.web.templatetags.ui import plural
from partners.models import Change

from .items import News, Weight
from .readers import Reader
from .wording import about, quote


def discussed(reader: Reader, changes: Iterable[Change]) -> Iterator[News]:
    """One line for each discussion that was opened, answered or concluded by others."""
    written = _messages(reader)
    concluded = {change.object_id: change for change in changes if change.kind == "discussion"}
    opened = Q(opened_at__gt=reader.since, opened_at__lte=reader.until) & ~Q(opened_by=reader.user)
    found = (
        Discussion.objects.visible_to(reader.user)
        .filter(_followed(reader, "action"))
        .filter(opened | Q(pk__in={*written, *concluded}))
        .select_related("action")
        .order_by("opened_at", "pk")
    )
    for discussion in found:
        action, texts = discussion.action, []
        is_own = discussion.opened_by_id == reader.user.pk
        if not is_own and reader.is_new(action.plan_id, discussion.opened_at):
            texts.append(f"ouvert par {discussion.opened_label}")
        theirs = written.get(discussion.pk, [])
        # Who opens a discussion writes its first message in the same gesture.
        if theirs and not (texts and len(theirs) == 1 and theirs[0].author_id == discussion.opened_by_id):
            count = f"{len(theirs)}\u00a0message{plural(len(theirs))}"
            last = "le dernier\u00a0: " if len(theirs) > 1 else ""
            texts.append(f"{count} ({last}{theirs[-1].author_label})")
        if discussion.concluded_at and discussion.pk in concluded:
            said = f"\u00a0: {quote(discussion.conclusion)}" if discussion.conclusion else ""
            texts.append(f"conclu par {concluded[discussion.pk].author_label}{said}")
        if texts:
            url = reverse("actions:action_file", args=[action.pk])
            text = f"Échange {quote(discussion.subject)}\u00a0: {', '.join(texts)}."
            yield News(Weight.DISCUSSED, action.plan_id, about(action), url, text)


def _messages(reader: Reader) -> dict[int, list[Message]]:
    found = (
        Message.objects.visible_to(reader.user)
        .filter(_followed(reader, "discussion__action"))
        .filter(written_at__gt=reader.since, written_at__lte=reader.until)
        .exclude(author=reader.user)
        .select_related("discussion__action")
        .order_by("written_at", "pk")
    )
    by_discussion: dict[int, list[Message]] = {}
    for message in found:
        if reader.is_new(message.discussion.action.plan_id, message.written_at):
            by_discussion.setdefault(message.discussion_id, []).append(message)
    return by_discussion


def _followed(reader: Reader, action: str) -> Q:
    coordinated = Q(**{f"{action}__plan__in": reader.coordinated})
    return coordinated | Q(**{f"{action}__in": list(reader.followed)})
