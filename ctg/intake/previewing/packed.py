"""The packed cells of an action, cut by rules: a proposal, shown before anything is created."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actions.models import FactorKind, Part
from ctg.intake.content import ReadAction
from ctg.intake.content.splitting import (
    KnownOrganisation,
    ProposedFactor,
    ProposedIndicator,
    ProposedPart,
    share_parts,
    split_factors,
    split_indicators,
    split_organisations,
    without_amounts,
)
from indicators.models import Nature
from partners.models import Organisation, OrganisationKind, Territory


@dataclass(frozen=True)
class Split:
    parts: tuple[ProposedPart, ...]
    factors: tuple[ProposedFactor, ...]
    indicators: tuple[ProposedIndicator, ...]


def known_in(territory: Territory) -> list[KnownOrganisation]:
    """None in a territory that is still to be created."""
    current = Organisation.objects.current().filter(territory=territory.pk).prefetch_related("aliases")
    return [
        KnownOrganisation(
            one.name, OrganisationKind(one.kind), tuple(alias.name for alias in one.aliases.all())
        )
        for one in current
    ]


def split(action: ReadAction, known: Sequence[KnownOrganisation]) -> Split:
    return Split(
        parts=tuple(_parts(action, known)),
        factors=(
            *split_factors(action.factors_text),
            *split_factors(action.brakes_text, FactorKind.BRAKE),
            *split_factors(action.levers_text, FactorKind.LEVER),
        ),
        indicators=(
            *split_indicators(action.indicators_text),
            *split_indicators(action.quantitative_text, Nature.QUANTITATIVE),
            *split_indicators(action.qualitative_text, Nature.QUALITATIVE),
        ),
    )


def _parts(action: ReadAction, known: Sequence[KnownOrganisation]) -> Iterable[ProposedPart]:
    yield from share_parts(action.organisations_text, known, is_led=bool(action.leads_text))
    cells = (
        *((action.leads_text, Part.LEAD), (action.co_leads_text, Part.CO_LEAD)),
        *((action.partners_text, Part.PARTNER), (without_amounts(action.funders_text), Part.FUNDER)),
    )
    for text, part in cells:
        for one in split_organisations(text, known):
            yield ProposedPart(one, part)
