"""Who answers what is asked of an organisation, by which way, and under which name.

A personal link opens one solicitation, and the values that it asks for; an account opens those of its
organisations; the coordination enters for everybody. Rights are read again at each request.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse

from ctg.web.http import Visit
from partners.models import User
from partners.signing import author_of
from partners.tokens import token_of
from partners.tracking import Author

from ..campaigns.links import find_link, sign_link
from ..models import Channel, EntryLink, Solicitation

#: The cookie outlives the delay a little: a form sent too late is told why, and shown again.
GRACE = dt.timedelta(days=1)

_COOKIE = settings.SESSION_COOKIE_NAME.replace("session", "reponse-")


@dataclass(frozen=True)
class Answerer:
    """Somebody who may answer, now, for the organisation of a solicitation."""

    solicitation: Solicitation
    by: Author
    channel: Channel
    at: dt.datetime
    link: EntryLink | None = None

    @property
    def name(self) -> str:
        """« Camille Berthier, CCAS de Maule »."""
        return self.by.label

    @property
    def person(self) -> str:
        """« Camille Berthier »."""
        if self.link:
            return self.link.respondent_name or self.link.name
        return str(self.by.user or "")

    @property
    def email(self) -> str:
        """Where the receipt goes; nobody needs one of what the coordination enters."""
        if self.link:
            return self.link.respondent_email or self.link.email
        return self.by.user.email if self.by.user and self.channel == Channel.ACCOUNT else ""

    @property
    def is_known(self) -> bool:
        """Whether the person has said who she is."""
        return self.link is None or bool(self.link.respondent_name)


def answerer_of(visit: Visit, pk: int, *, at: dt.datetime) -> Answerer | None:
    """Who answers solicitation `pk`: by its link, by her organisation, or for it; None for a stranger.

    Whether the solicitation is open is another question (`Solicitation.is_open`).
    """
    link = link_of(visit, pk)
    if link is not None:
        return Answerer(link.solicitation, sign_link(link), Channel.LINK, at, link)
    if not isinstance(visit.user, User):
        return None
    doors = (
        (Channel.ACCOUNT, Solicitation.objects.answerable_by(visit.user)),
        (Channel.COORDINATION, Solicitation.objects.editable_by(visit.user)),
    )
    for channel, solicitations in doors:
        found = solicitations.filter(pk=pk).select_related(
            "campaign__plan__territory", "organisation__territory"
        )
        for solicitation in found:
            by = author_of(visit.user, solicitation.campaign.plan.territory_id)
            return Answerer(solicitation, by, channel, at)
    return None


def cookie_of(solicitation_id: int) -> str:
    return f"{_COOKIE}{solicitation_id}"


def remember(response: HttpResponse, link: EntryLink) -> None:
    """Let this browser answer until the solicitation closes, without the token in any address."""
    response.set_cookie(
        cookie_of(link.solicitation_id),
        token_of(link.seed),
        expires=link.solicitation.closes_at + GRACE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def link_of(visit: Visit, pk: int) -> EntryLink | None:
    """The live link to solicitation `pk` that this browser was given."""
    token = visit.COOKIES.get(cookie_of(pk), "")
    link = find_link(token) if token else None
    return link if link is not None and link.solicitation_id == pk else None


def links_of(visit: Visit) -> Iterator[EntryLink]:
    for name in visit.COOKIES:
        number = name.removeprefix(_COOKIE)
        if name != number and number.isdecimal() and (link := link_of(visit, int(number))):
            yield link


def had_a_link(visit: Visit, pk: int) -> bool:
    """Whether this browser was given a link to solicitation `pk`, live or not."""
    return cookie_of(pk) in visit.COOKIES
