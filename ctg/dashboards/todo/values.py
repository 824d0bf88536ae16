"""Values asked in campaigns: received and to read again, returned, to enter, not begun, nobody to ask."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from ctg.web.templatetags.ui import day, plural
from ctg.web.words import listing
from indicators.campaigns.mails import last_day_of
from indicators.models import Campaign, Measurement, Solicitation, State
from indicators.models.measurement import SHOWN

from .desk import Desk
from .lines import Batch, Button, Line

#: How many organisations a line names.
NAMED = 4


def read_asked(desk: Desk) -> Sequence[Any]:
    """What each organisation was asked and how far it is: in one query, whatever was asked of how many."""
    nothing = Q(state=State.DRAFT, amount=None, finding="", absence="")
    return list(
        Solicitation.objects.visible_to(desk.user)
        .filter(campaign__plan=desk.plan, campaign__launched_at__isnull=False)
        .select_related("campaign", "organisation")
        .annotate(
            asked=Count("questions", filter=Q(questions__indicator__trashed_at=None)),
            begun=Count("questions", filter=_answered(~nothing)),
            sent=Count("questions", filter=_answered(Q(state__in=SHOWN))),
            received=Count("questions", filter=_answered(Q(state=State.SUBMITTED))),
            returned=Count("questions", filter=_answered(Q(state=State.RETURNED))),
        )
        .order_by("campaign__closes_on", "organisation__name", "pk")
    )


def received(desk: Desk, asked: Sequence[Any]) -> Batch:
    lines = [_received(one) for one in asked if desk.coordinates and one.received]
    campaign = next((one.campaign for one in asked if one.received), None)
    return Batch(lines, f"{campaign.get_absolute_url()}?voir=a-valider" if campaign else "")


def returned(desk: Desk, asked: Sequence[Any]) -> Batch:
    """Values of her organisations about which the coordination asks something."""
    return Batch([_returned(one) for one in _hers(desk, asked) if one.returned])


def to_enter(desk: Desk, asked: Sequence[Any]) -> Batch:
    hers = _hers(desk, asked)
    return Batch([_to_enter(one) for one in hers if one.asked > one.sent + one.returned])


def not_begun(desk: Desk, asked: Sequence[Any]) -> Batch:
    """One line for each open campaign of which some organisations have written nothing."""
    campaigns = _open(desk, [one for one in asked if one.asked and not one.begun])
    return Batch([_not_begun(campaign, late) for campaign, late in campaigns.items()])


def without_contact(desk: Desk, asked: Sequence[Any]) -> Batch:
    campaigns = _open(desk, [one for one in asked if not one.contact_email])
    return Batch([_without_contact(campaign, alone) for campaign, alone in campaigns.items()])


def _answered(wanted: Q) -> Q:
    """The questions whose answer is as `wanted`."""
    found = Measurement.objects.current().filter(
        wanted,
        indicator=OuterRef("questions__indicator"),
        organisation=OuterRef("organisation"),
        period=OuterRef("questions__period"),
    )
    return Q(questions__indicator__trashed_at=None) & Q(Exists(found))


def _hers(desk: Desk, asked: Sequence[Any]) -> list[Any]:
    return [one for one in asked if one.organisation_id in desk.organisations and one.is_open(desk.at)]


def _open(desk: Desk, asked: Sequence[Any]) -> dict[Campaign, list[Any]]:
    found: dict[Campaign, list[Any]] = defaultdict(list)
    for one in asked:
        if desk.coordinates and one.is_open(desk.at):
            found[one.campaign].append(one)
    return found


def _received(one: Any) -> Line:
    count, many = one.received, plural(one.received)
    title = f"{count} valeur{many} reçue{many} de {one.organisation}"
    url = reverse("indicators:solicitation_detail", args=[one.pk])
    verb = "Relire" if count == 1 else f"Relire les {count}"
    return Line("Valeurs", title, url, f"{one.campaign}.", [Button(verb, url, str(one.organisation))])


def _returned(one: Any) -> Line:
    many = plural(one.returned)
    title = f"{one.returned} valeur{many} retournée{many} avec une question"
    why = f"{one.campaign}, {one.organisation}\u00a0: la coordination attend votre réponse."
    url = one.get_absolute_url()
    return Line("Valeurs", title, url, why, [Button("Répondre", url, str(one.organisation))])


def _to_enter(one: Any) -> Line:
    count = one.asked - one.sent - one.returned
    title = f"{count} valeur{plural(count)} à saisir pour {one.organisation}"
    why = f"{one.campaign}, jusqu’au {day(last_day_of(one))} inclus."
    url = one.get_absolute_url()
    return Line("Saisie", title, url, why, [Button("Saisir", url, str(one.organisation))])


def _not_begun(campaign: Campaign, late: Sequence[Any]) -> Line:
    many = len(late) > 1
    title = f"{len(late)} organisme{'s' if many else ''} n’{'ont' if many else 'a'} pas commencé la saisie"
    url = f"{campaign.get_absolute_url()}?voir=en-attente"
    why = f"{campaign}, jusqu’au {day(campaign.closes_on)}\u00a0: {_names(late)}."
    return Line("Campagne", title, url, why, [Button("Voir qui", url, str(campaign))])


def _without_contact(campaign: Campaign, alone: Sequence[Any]) -> Line:
    title = f"{len(alone)} organisme{plural(len(alone))} sans contact"
    url = f"{campaign.get_absolute_url()}?voir=sans-contact"
    add = reverse("indicators:solicitation_edit", args=[alone[0].pk])
    why = f"{campaign}, personne à qui écrire\u00a0: {_names(alone)}."
    return Line("Campagne", title, url, why, [Button("Ajouter le contact", add, str(alone[0].organisation))])


def _names(asked: Sequence[Any]) -> str:
    names = [str(one.organisation) for one in asked[:NAMED]]
    others = len(asked) - len(names)
    return listing([*names, f"{others} autre{plural(others)}"] if others else names)
