"""The personal links of a solicitation: made, found again by what a visitor brings, revoked."""

import datetime as dt

from django.db import transaction

from partners import tracking
from partners.tokens import digest_of, fresh_seed, token_of
from partners.tracking import Author

from ..models import EntryLink, Solicitation

#: What precedes the token in the address of a link; the letters of the outbox add the token.
LINK_PATH = "/repondre/"


def link_for(solicitation: Solicitation, *, email: str, name: str, by: Author, at: dt.datetime) -> EntryLink:
    """The link of this person to what is asked: the same address has one live link, and keeps it."""
    with transaction.atomic():
        # Held, so that two at once do not make two links.
        tracking.lock(solicitation)
        live = solicitation.links.filter(email__iexact=email, revoked_at=None).first()
        if live is not None:
            return live
        seed = fresh_seed()
        return EntryLink.objects.create(
            solicitation=solicitation,
            email=email,
            name=name,
            seed=seed,
            digest=digest_of(token_of(seed)),
            created_at=at,
            created_label=by.label,
        )


def find_link(token: str) -> EntryLink | None:
    """The link of this token with all that decides whether it opens; None if it was revoked or removed."""
    return (
        EntryLink.objects.filter(
            digest=digest_of(token),
            revoked_at=None,
            solicitation__trashed_at=None,
            solicitation__campaign__trashed_at=None,
            solicitation__campaign__plan__trashed_at=None,
            solicitation__organisation__trashed_at=None,
        )
        .select_related("solicitation__campaign__plan__territory", "solicitation__organisation")
        .first()
    )


def sign_link(link: EntryLink) -> Author:
    """« Camille Berthier, CCAS de Maule »: as she said, or else as the link was addressed."""
    name = link.respondent_name or link.name or link.email
    return Author(f"{name}, {link.solicitation.organisation}")


def revoke(link: EntryLink, *, at: dt.datetime) -> None:
    """Close a link at once; the first date stays."""
    if link.revoked_at is None:
        link.revoked_at = at
        link.save(update_fields=["revoked_at"])


def identify(link: EntryLink, *, name: str, email: str) -> None:
    """Keep who said that she answers."""
    link.respondent_name, link.respondent_email = name, email
    link.save(update_fields=["respondent_name", "respondent_email"])
