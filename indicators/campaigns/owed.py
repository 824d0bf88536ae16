"""Who owes which values for a period, and what of it has not come yet."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from actions.models import Plan
from partners.models import Organisation

from ..models import Campaign, Indicator, Measurement, Question, Solicitation, State
from ..models.measurement import SHOWN
from ..periods import ONCE_KEY, keys_within, read_period

Owed = dict[Organisation, list[tuple[Indicator, str]]]


def expected_questions(plan: Plan, period: str) -> Owed:
    """What each contributor owes for a period; what is entered once is owed until it is validated."""
    owed: Owed = defaultdict(list)
    entered = set(
        Measurement.objects.current()
        .filter(indicator__plan=plan, period=ONCE_KEY, state=State.VALIDATED)
        .values_list("indicator_id", "organisation_id")
    )
    for indicator in askable(plan, period):
        for organisation in indicator.contributors.all():
            for key in keys_of(indicator, period):
                if key != ONCE_KEY or (indicator.pk, organisation.pk) not in entered:
                    owed[organisation].append((indicator, key))
    return dict(sorted(owed.items(), key=lambda item: (item[0].name, item[0].pk)))


def askable(plan: Plan, period: str) -> list[Indicator]:
    """The indicators that have a value to enter within a period, with their contributors."""
    contributors = Prefetch("contributors", Organisation.objects.current())
    indicators = Indicator.objects.current().filter(plan=plan).prefetch_related(contributors)
    return [indicator for indicator in indicators if keys_of(indicator, period)]


def keys_of(indicator: Indicator, period: str) -> list[str]:
    """The periods of an indicator that fall within that of a campaign."""
    whole = read_period(period)
    assert whole is not None, period
    return keys_within(indicator.rhythm, whole)


def without_contributor(plan: Plan, period: str) -> list[Indicator]:
    """The indicators of the period that nobody will be asked for."""
    return [indicator for indicator in askable(plan, period) if not indicator.contributors.all()]


def count_received(campaigns: Collection[Campaign]) -> dict[int, tuple[int, int]]:
    """How many values each campaign has received, and how many it asks for."""
    answer = Measurement.objects.current().filter(
        indicator=OuterRef("indicator"),
        organisation=OuterRef("solicitation__organisation"),
        period=OuterRef("period"),
        state__in=SHOWN,
    )
    questions = Question.objects.current().filter(
        solicitation__campaign__in=campaigns, solicitation__trashed_at=None
    )
    counted = (
        questions.order_by()
        .annotate(is_received=Exists(answer))
        .values("solicitation__campaign")
        .annotate(received=Count("pk", filter=Q(is_received=True)), asked=Count("pk"))
    )
    counts = {row["solicitation__campaign"]: (row["received"], row["asked"]) for row in counted}
    return {campaign.pk: counts.get(campaign.pk, (0, 0)) for campaign in campaigns}


def count_remaining(solicitations: Collection[Solicitation]) -> dict[int, int]:
    """How many values each of them still owes; a value counts once it was sent, « non disponible » too."""
    questions = Question.objects.current().filter(solicitation__in=solicitations)
    asked = questions.values_list(
        "solicitation_id", "indicator_id", "solicitation__organisation_id", "period"
    )
    organisations = {solicitation.organisation_id for solicitation in solicitations}
    sent = set(
        Measurement.objects.current()
        .filter(organisation__in=organisations, state__in=SHOWN)
        .values_list("indicator_id", "organisation_id", "period")
    )
    remaining = dict.fromkeys((solicitation.pk for solicitation in solicitations), 0)
    for pk, *key in asked:
        remaining[pk] += tuple(key) not in sent
    return remaining
