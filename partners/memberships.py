"""Who enters a territory and who leaves it, each time written down in its history."""

import datetime as dt
import logging
import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from . import mail_choices, receipts
from .models import Change, Membership, Organisation, Role, Territory, User
from .models.change import Event
from .tracking import Author

logger = logging.getLogger(__name__)


class LastCoordinator(Exception):
    """Without this person, nobody would keep the territory any more."""


def invite(
    *,
    token: uuid.UUID,
    email: str,
    first_name: str,
    last_name: str,
    territory: Territory,
    role: str,
    organisation: Organisation | None,
    by: Author,
    at: dt.datetime,
) -> bool:
    """Open a territory to somebody and mail her; the same `token` twice does it once.

    An account that exists is used as it is: nothing tells the inviter that it did. Return whether the
    mail left.
    """
    assert by.user is not None

    def open_to_her() -> Membership:
        names = {"first_name": first_name, "last_name": last_name}
        user, _ = User.objects.get_or_create(
            email__iexact=email, defaults={"email": email.lower(), "password": make_password(None), **names}
        )
        membership, _ = Membership.objects.get_or_create(
            user=user, territory=territory, role=role, organisation=organisation
        )
        record(membership, Event.CREATED, by=by, at=at, after_text=_words(membership))
        return membership

    membership, is_new = receipts.once(
        token, by.user, make=open_to_her, found=lambda pk: Membership.objects.get(pk=pk)
    )
    return _send_invitation(membership, by=by, at=at) if is_new else True


def remind(membership: Membership, *, token: uuid.UUID, by: Author, at: dt.datetime) -> bool:
    """Mail an invitation again, once for each `token`. Return whether the mail left."""
    assert by.user is not None

    def write_down() -> Membership:
        record(membership, Event.CHANGED, by=by, at=at, label="invitation", after_text="envoyée de nouveau")
        return membership

    _, is_new = receipts.once(token, by.user, make=write_down, found=lambda pk: membership)
    return _send_invitation(membership, by=by, at=at) if is_new else True


def change_role(membership: Membership, values: Mapping[str, Any], *, by: Author, at: dt.datetime) -> None:
    """Write the role and the organisation; raise `LastCoordinator` rather than leave nobody."""
    with transaction.atomic():
        now = Membership.objects.select_related("user", "organisation").get(pk=membership.pk)
        if values["role"] != Role.COORDINATOR:
            _keep_a_coordinator(now)
        before = _words(now)
        now.role, now.organisation = values["role"], values["organisation"]
        if _words(now) == before:
            return
        now.save(update_fields=["role", "organisation"])
        record(now, Event.CHANGED, by=by, at=at, label="rôle", before_text=before, after_text=_words(now))


def revoke(membership: Membership, *, by: Author, at: dt.datetime) -> None:
    """Close the territory to somebody, from her next request on; her account and her words stay."""
    with transaction.atomic():
        _keep_a_coordinator(membership)
        record(membership, Event.REMOVED, by=by, at=at, before_text=_words(membership))
        mail_choices.forget_waiting(membership.user)
        membership.delete()


def hand_over(source: Organisation, target: Organisation, *, by: Author, at: dt.datetime) -> None:
    """Move the accesses of one organisation to another; somebody who has both keeps one."""
    for membership in source.memberships.select_related("user", "organisation"):
        before = _words(membership)
        same = target.memberships.filter(user=membership.user, role=membership.role)
        if same.exists():
            record(membership, Event.REMOVED, by=by, at=at, before_text=before)
            membership.delete()
            continue
        membership.organisation = target
        membership.save(update_fields=["organisation"])
        after = _words(membership)
        record(membership, Event.CHANGED, by=by, at=at, label="rôle", before_text=before, after_text=after)


def record(membership: Membership, event: Event, *, by: Author, at: dt.datetime, **details: Any) -> None:
    Change.objects.create(
        territory=membership.territory,
        kind="membership",
        object_id=membership.pk,
        name=str(membership.user),
        event=event,
        version=1,
        is_private=True,
        author=by.user,
        author_label=by.label,
        at=at,
        **details,
    )


def _keep_a_coordinator(membership: Membership) -> None:
    """Two coordinators who remove each other at once wait here for one another."""
    coordinators = Membership.objects.filter(territory=membership.territory_id, role=Role.COORDINATOR)
    held = coordinators.select_for_update(of=("self",)).select_related("user")
    others = [other for other in held if other.user.is_active and other.pk != membership.pk]
    if membership.role == Role.COORDINATOR and not others:
        raise LastCoordinator


def _words(membership: Membership) -> str:
    """« membre d’un organisme, CCAS »."""
    role = membership.get_role_display()
    return f"{role}, {membership.organisation}" if membership.organisation else role


def _send_invitation(membership: Membership, *, by: Author, at: dt.datetime) -> bool:
    context = {
        "membership": membership,
        "role": _words(membership),
        "inviter": by.label,
        "address": settings.BASE_URL + reverse("account_request_login_code"),
    }
    mail = EmailMessage(
        subject=f"Votre accès au plan CTG : {membership.territory}",
        body=render_to_string("partners/email/invitation.txt", context),
        to=[membership.user.email],
    )
    try:
        mail.send()
    except OSError:
        logger.exception("The invitation of membership %s did not leave", membership.pk)
        return False
    membership.invited_at = at
    membership.save(update_fields=["invited_at"])
    return True
