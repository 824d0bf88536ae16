"""What the tests of the mails share: gestures of people at a moment, and runs of the command at another."""

import datetime as dt

import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from partners import tracking
from partners.signing import author_of
from tests import factories as f

PARIS = timezone.get_default_timezone()


def paris(*moment):
    return dt.datetime(*moment, tzinfo=PARIS)


def run(*moment):
    """The command at a moment of Paris; the mails that left."""
    before = len(mail.outbox)
    with time_machine.travel(paris(*moment), tick=False):
        call_command("send_news")
    return mail.outbox[before:]


def to(person, mails):
    return [message for message in mails if message.to == [person.email]]


def move(world, at, *, by="camille", action=None, **values):
    """Change the follow-up of an action."""
    person = getattr(world, by)
    action = action or world.action
    values = values or {"status": "done" if action.status == "ongoing" else "ongoing"}
    tracking.change(action, values, by=author_of(person, action.plan.territory_id), at=at)


def block(world, at, *, by="camille", action=None, reason="Le bail n’est pas signé"):
    action = action or world.action
    blockage = f.BlockageFactory.build(action=action, reason=reason)
    return tracking.create(blockage, by=author_of(getattr(world, by), action.plan.territory_id), at=at)
