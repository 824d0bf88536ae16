"""What a convention should have settled before it is archived."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from actions.models import Decision, Plan
from ctg.reviews.models import FrozenDocument, FrozenKind, Moment
from indicators.models import Campaign, Stage
from partners.models import User


@dataclass(frozen=True)
class Step:
    """« Campagnes : closes », or « à clore » and where one does it."""

    label: str
    done: str
    to_do: str
    is_done: bool
    url: str


def steps_of(plan: Plan, user: User) -> list[Step]:
    """In the order in which one takes them, in three queries."""
    register = reverse("reviews:register", args=[plan.pk])
    frozen = FrozenDocument.objects.visible_to(user).filter(plan=plan)
    kept = set(frozen.values_list("kind", "review__year", "evaluation__moment"))
    is_signed = any(kind == FrozenKind.SIGNED_PLAN for kind, _, _ in kept)
    is_reviewed = any(year == plan.last_year for _, year, _ in kept)
    is_evaluated = any(moment == Moment.FINAL for _, _, moment in kept)
    return [
        _campaigns(plan, user),
        _decisions(plan, user),
        Step("Plan signé", "figé", "à figer", is_signed, register),
        Step(f"Bilan {plan.last_year}", "figé", "à figer", is_reviewed, register),
        Step("Évaluation finale", "figée", "à figer", is_evaluated, register),
    ]


def _campaigns(plan: Plan, user: User) -> Step:
    now = timezone.now()
    campaigns = Campaign.objects.visible_to(user).filter(plan=plan)
    running = any(campaign.stage(now) in (Stage.OPEN, Stage.SCHEDULED) for campaign in campaigns)
    url = reverse("indicators:campaign_list", args=[plan.pk])
    return Step("Campagnes", "closes", "à clore", not running, url)


def _decisions(plan: Plan, user: User) -> Step:
    waiting = Decision.objects.visible_to(user).filter(plan=plan).pending().exists()
    url = reverse("actions:decision_list", args=[plan.pk])
    return Step("Décisions demandées", "toutes rendues", "à rendre", not waiting, url)
