"""Values that came back to an organisation, and those that reached the coordination."""

from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse

from indicators.models import Channel, Measurement, State
from partners.signing import sign

from .items import News, Weight
from .readers import Reader
from .wording import brief, counted, quote


def returned(reader: Reader) -> Iterator[News]:
    """Values that came back to her organisation; who sent them herself got a mail at once."""
    found = (
        Measurement.objects.answerable_by(reader.user)
        .filter(state=State.RETURNED, reviewed_at__gt=reader.since, reviewed_at__lte=reader.until)
        .exclude(channel=Channel.ACCOUNT, entered_by=reader.user)
        .select_related("indicator", "organisation")
    )
    for value in found:
        plan_id = value.indicator.plan_id
        if not reader.is_new(plan_id, value.reviewed_at):
            continue
        territory = reader.plans[plan_id].territory_id
        if value.reviewed_label == sign(reader.user, reader.signature_in(territory)).label:
            continue
        said = f"Valeur retournée à {value.organisation}\u00a0: {quote(value.return_note)}"
        yield News(Weight.RETURNED, plan_id, brief(value.indicator.wording), value.get_absolute_url(), said)


def received(reader: Reader) -> Iterator[News]:
    """What waits to be read again, by organisation."""
    found = (
        Measurement.objects.editable_by(reader.user)
        .filter(state=State.SUBMITTED, submitted_at__gt=reader.since, submitted_at__lte=reader.until)
        .exclude(entered_by=reader.user)
        .order_by("organisation__name", "organisation", "pk")
        .values_list("indicator__plan", "organisation__name", "submitted_at")
    )
    counts: dict[tuple[int, str], int] = defaultdict(int)
    for plan_id, organisation, submitted_at in found:
        if reader.is_new(plan_id, submitted_at):
            counts[plan_id, organisation] += 1
    for (plan_id, organisation), count in counts.items():
        url = reverse("indicators:campaign_list", args=[plan_id])
        text = f"{organisation}\u00a0: {counted(count, 'valeur')} à relire."
        yield News(Weight.RECEIVED, plan_id, "Valeurs reçues", url, text)
