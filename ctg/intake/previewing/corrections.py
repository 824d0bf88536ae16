"""What a person said of the packed cells: kept beside the file, applied to whatever the rules propose.

Each correction bears the words that the rules proposed. Read again with other columns, a file keeps those
whose words are proposed still; the others wait, and do nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from actions.models import FactorKind
from ctg.intake.content import ReadAction
from ctg.intake.content.splitting import (
    KnownOrganisation,
    ProposedFactor,
    ProposedIndicator,
    ProposedOrganisation,
    ProposedPart,
)
from ctg.intake.previewing.packed import Split
from ctg.web.text import fold
from indicators.models import Nature
from partners.models import OrganisationKind


@dataclass(frozen=True)
class NamedAs:
    """The name that an organisation takes, known or new; a blank one leaves it in the text."""

    name: str
    kind: str = ""


@dataclass(frozen=True)
class WordedAs:
    """An indicator as it is to be; a blank wording drops it."""

    wording: str
    nature: str


@dataclass
class OfAction:
    """For one action: its cells kept packed, or its indicators and its freins and leviers one by one."""

    is_packed: bool = False
    indicators: dict[str, WordedAs] = field(default_factory=dict)
    factors: dict[str, str] = field(default_factory=dict)


@dataclass
class Corrections:
    organisations: dict[str, NamedAs] = field(default_factory=dict)
    actions: dict[str, OfAction] = field(default_factory=dict)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        return cls(
            {name: NamedAs(**said) for name, said in kept.get("organisations", {}).items()},
            {
                key: OfAction(
                    said["is_packed"],
                    {name: WordedAs(**one) for name, one in said["indicators"].items()},
                    dict(said["factors"]),
                )
                for key, said in kept.get("actions", {}).items()
            },
        )

    def write(self) -> dict[str, Any]:
        """As plain JSON, without what says nothing."""
        actions = {key: asdict(said) for key, said in self.actions.items() if said != OfAction()}
        organisations = {name: asdict(said) for name, said in self.organisations.items()}
        return {"organisations": organisations, "actions": actions}

    def apply(
        self, actions: Sequence[ReadAction], splits: Sequence[Split], known: Iterable[KnownOrganisation]
    ) -> list[Split]:
        names = {fold(name): one for one in known for name in (*one.aliases, one.name)}
        keys = keys_of(actions)
        return [self._applied(key, cut, names) for key, cut in zip(keys, splits, strict=True)]

    def _applied(self, key: str, cut: Split, names: Mapping[str, KnownOrganisation]) -> Split:
        said = self.actions.get(key, OfAction())
        parts: list[ProposedPart] = []
        for one in cut.parts:
            organisation = self._named(one.organisation, names)
            if organisation and all(
                (organisation.name, one.part) != (kept.organisation.name, kept.part) for kept in parts
            ):
                parts.append(replace(one, organisation=organisation))
        indicators = [] if said.is_packed else [_worded(said, one) for one in cut.indicators]
        factors = [] if said.is_packed else [_sorted(said, one) for one in cut.factors]
        return Split(tuple(parts), tuple(factors), tuple(one for one in indicators if one))

    def _named(
        self, one: ProposedOrganisation, names: Mapping[str, KnownOrganisation]
    ) -> ProposedOrganisation | None:
        said = self.organisations.get(fold(one.name))
        if said is None:
            return one
        if not said.name:
            return None
        if known := names.get(fold(said.name)):
            return replace(one, name=known.name, kind=known.kind, is_known=True)
        kind = OrganisationKind(said.kind) if said.kind else one.kind
        return replace(one, name=said.name, kind=kind, is_known=False)


def keys_of(actions: Iterable[ReadAction]) -> list[str]:
    """What an action is known by whatever its columns: its title, and its rank among those of that title."""
    keys: list[str] = []
    counts: dict[str, int] = {}
    for action in actions:
        title = fold(action.title)
        counts[title] = counts.get(title, 0) + 1
        keys.append(f"{title} {counts[title]}")
    return keys


def _worded(said: OfAction, one: ProposedIndicator) -> ProposedIndicator | None:
    worded = said.indicators.get(fold(one.wording))
    if worded is None:
        return one
    return replace(one, wording=worded.wording, nature=Nature(worded.nature)) if worded.wording else None


def _sorted(said: OfAction, one: ProposedFactor) -> ProposedFactor:
    kind = said.factors.get(fold(one.text))
    return one if kind is None else replace(one, kind=FactorKind(kind) if kind else None)
