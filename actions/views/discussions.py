"""The file of an action, and what people ask and answer there."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ctg.web.htmx import target_number
from ctg.web.http import Request
from partners.editing import TrackedForm, conflict_page
from partners.shell import Link, Visitor
from partners.signing import author_of
from partners.tracking import Conflict

from .. import discussing
from ..action_file import read_file
from ..forms.discussions import ConcludeForm, DiscussionForm, MessageForm, NewDiscussionForm
from ..models import Action, Discussion, Message
from .entries import trash_at_once, typed, version_seen
from .forms import FormPage, form_page, trash_page
from .page import plan_page
from .plan_forms import KEPT, page_or_post


@require_safe
def action_file(request: Request, pk: int) -> HttpResponse:
    return file_page(request, pk)


def file_page(
    request: Request, pk: int, *, message_form: MessageForm | None = None, status: int = 200
) -> HttpResponse:
    """The file of an action; `message_form` opens under its question, one discussion being a fragment."""
    visitor = Visitor(request.user)
    readable = Action.objects.visible_to(request.user).select_related("plan__territory")
    action = get_object_or_404(readable, pk=pk)
    file = read_file(action, visitor, today=timezone.localdate())
    number = target_number(request, "discussion")
    thread = next((it for it in file.threads if it.discussion.pk == number), None)
    return plan_page(
        request,
        action.plan,
        "actions/action_file.html",
        {
            "action": action,
            "file": file,
            "thread": thread,
            "message_form": message_form,
            "attachments": file.attachments,
            "can_attach": file.can_attach,
            "attach_url": reverse("actions:attachment_add", args=[pk]),
        },
        visitor=visitor,
        fragments=["discussion"] if thread else [],
        status=status,
    )


@page_or_post
def discussion_add(request: Request, pk: int) -> HttpResponse:
    readable = Action.objects.visible_to(request.user).select_related("plan__territory")
    action = get_object_or_404(readable, pk=pk)
    page = FormPage(
        title="Poser une question",
        lead="Tous ceux qui lisent le plan peuvent répondre.",
        links=file_links(action),
        button="Poser la question",
        done=lambda discussion: "Question posée.",
        then=lambda discussion: discussion.get_absolute_url(),
    )
    form = NewDiscussionForm(typed(request), instance=Discussion(action=action))
    return discussion_form_page(request, form, page)


@page_or_post
def discussion_edit(request: Request, pk: int) -> HttpResponse:
    discussion = discussion_of(Discussion.objects.editable_by(request.user), pk)
    page = FormPage(
        title="Modifier la question",
        links=file_links(discussion.action),
        done=lambda discussion: "Question enregistrée.",
        then=lambda discussion: discussion.get_absolute_url(),
    )
    return discussion_form_page(request, DiscussionForm(typed(request), instance=discussion), page)


@page_or_post
def discussion_conclude(request: Request, pk: int) -> HttpResponse:
    discussion = discussion_of(Discussion.objects.concludable_by(request.user), pk)
    page = FormPage(
        title="Conclure l’échange",
        lead=discussion.subject,
        links=file_links(discussion.action),
        button="Conclure",
        done=lambda discussion: "Échange conclu.",
        then=lambda discussion: discussion.get_absolute_url(),
    )
    form = ConcludeForm(typed(request), instance=discussion, user=request.user, today=timezone.localdate())
    return discussion_form_page(request, form, page)


@require_POST
def discussion_reopen(request: Request, pk: int) -> HttpResponse:
    discussion = discussion_of(Discussion.objects.concludable_by(request.user), pk)
    by = author_of(request.user, discussion.action.plan.territory_id)
    try:
        discussing.reopen(discussion, by=by, at=timezone.now(), seen=version_seen(request))
    except Conflict as conflict:
        who = conflict.clashes[0].author
        messages.warning(request, f"Rien n’est changé\u00a0: {who} vient de conclure autrement.")
    else:
        messages.success(request, "Échange rouvert\u00a0: on peut y répondre de nouveau.")
    return redirect(discussion)


@page_or_post
def discussion_trash(request: Request, pk: int) -> HttpResponse:
    discussion = discussion_of(Discussion.objects.trashable_by(request.user), pk)
    action = discussion.action
    count = discussion.messages.current().count()
    answers = f"Ses {count} messages partent" if count > 1 else "Son message part"
    consequences = [f"{answers} avec la question.", KEPT] if count else [KEPT]
    return trash_page(
        request,
        discussion,
        action.plan,
        links=file_links(action),
        consequences=consequences,
        then=file_address(action),
    )


@page_or_post
def message_add(request: Request, pk: int) -> HttpResponse:
    discussion = discussion_of(Discussion.objects.visible_to(request.user), pk)
    return message_page(request, Message(discussion=discussion), said="Réponse enregistrée.")


@page_or_post
def message_edit(request: Request, pk: int) -> HttpResponse:
    return message_page(request, message_of(request, pk), said="Message enregistré.")


@require_POST
def message_trash(request: Request, pk: int) -> HttpResponse:
    message = message_of(request, pk)
    discussion = message.discussion
    return trash_at_once(request, discussion.action.plan, message, back=discussion.get_absolute_url())


def message_page(request: Request, message: Message, *, said: str) -> HttpResponse:
    """Open the form in its place under the question; once it is right, save it.

    An answer to what was concluded meanwhile is kept: nobody writes for nothing.
    """
    form = MessageForm(typed(request), instance=message)
    discussion = message.discussion
    if not form.is_bound:
        return file_page(request, discussion.action_id, message_form=form)
    if not form.is_valid():
        return file_page(request, discussion.action_id, message_form=form, status=422)
    try:
        form.commit(request)
    except Conflict as conflict:
        return conflict_page(request, form, conflict, back=discussion.get_absolute_url())
    messages.success(request, said)
    return redirect(discussion)


def message_of(request: Request, pk: int) -> Message:
    """A message that the person may change."""
    editable = Message.objects.editable_by(request.user).select_related("discussion__action__plan")
    return get_object_or_404(editable, pk=pk)


def discussion_of(found: QuerySet[Discussion], pk: int) -> Discussion:
    return get_object_or_404(found.select_related("action__plan__territory", "decision"), pk=pk)


def discussion_form_page(request: Request, form: TrackedForm[Any], page: FormPage) -> HttpResponse:
    plan = form.instance.action.plan
    return form_page(request, form, page, territory=plan.territory, plan=plan)


def file_address(action: Action) -> str:
    return reverse("actions:action_file", args=[action.pk])


def file_links(action: Action) -> list[Link]:
    """The pages above those of a discussion or of a document of an action."""
    plan = action.plan
    return [
        Link(plan.title, plan.get_absolute_url()),
        Link(f"Action {action.number}", action.get_absolute_url()),
        Link("Décisions, échanges et documents", file_address(action)),
    ]
