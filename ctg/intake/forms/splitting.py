"""What the rules made of packed cells, row by row, to be confirmed or said otherwise."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from actions.models import FactorKind
from ctg.intake.content import ReadAction
from ctg.intake.content.splitting import ProposedOrganisation
from ctg.intake.previewing.corrections import Corrections, NamedAs, OfAction, WordedAs, keys_of
from ctg.intake.previewing.packed import Split
from ctg.intake.previewing.preview import Preview
from ctg.web.forms import HouseForm
from ctg.web.text import clean_line, fold
from indicators.models import Nature
from partners.models import OrganisationKind

#: An action with more pieces than that is confirmed elsewhere: in its cells, or once it is created.
MOST_PIECES = 100

NATURES = [*Nature.choices, ("", "ne pas créer")]
KINDS = [*FactorKind.choices, ("", "non précisé")]


class OrganisationRow(HouseForm):
    """One organisation as the file names it: under which name, of which kind, or not at all."""

    name = forms.CharField(label="Nom à retenir", max_length=200, required=False)
    kind = forms.ChoiceField(label="Type", choices=OrganisationKind.choices, required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        proposed: ProposedOrganisation,
        said: NamedAs | None,
        near: str,
        **kwargs: Any,
    ) -> None:
        self.proposed, self.said, self.near = proposed, said, near
        kind = (said and said.kind) or proposed.kind or OrganisationKind.OTHER
        name = said.name if said else proposed.name[:200]
        initial = {"name": name, "kind": str(kind)}
        super().__init__(data, prefix=f"o{_short(fold(proposed.name))}", initial=initial, **kwargs)
        self.fields["name"].widget.attrs |= {"list": "known-names", "autocomplete": "off"}
        if proposed.is_known and not said:
            del self.fields["kind"]

    @property
    def kind_field(self) -> Any:
        """None for an organisation that is known: its kind is."""
        return self["kind"] if "kind" in self.fields else None

    def tell(self, corrections: Corrections) -> None:
        key, proposed = fold(self.proposed.name), self.proposed
        name, kind = self.cleaned_data["name"], self.cleaned_data.get("kind", "")
        if name == proposed.name[:200] and kind in ("", proposed.kind or OrganisationKind.OTHER):
            corrections.organisations.pop(key, None)
        else:
            corrections.organisations[key] = NamedAs(name, kind)


class ActionRow(HouseForm):
    """The indicators, and the freins and leviers, that the cells of one action were cut into."""

    is_packed = forms.BooleanField(label="Garder ces cellules en texte, sans les découper", required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        key: str,
        action: ReadAction,
        cut: Split,
        said: OfAction,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, prefix=f"a{_short(key)}", **kwargs)
        self.key, self.action = key, action
        self.fields["is_packed"].initial = said.is_packed
        #: What the rules propose, by the names of its fields.
        self.indicators: dict[str, Any] = {}
        self.factors: dict[str, Any] = {}
        for rank, one in enumerate(cut.indicators[:MOST_PIECES]):
            worded = said.indicators.get(fold(one.wording), WordedAs(one.wording, one.nature))
            self.indicators[f"i{rank}"] = one
            area = forms.Textarea(attrs={"rows": 1})
            self.fields[f"i{rank}-wording"] = forms.CharField(
                label="Indicateur", initial=worded.wording or one.wording, required=False, widget=area
            )
            self.fields[f"i{rank}-nature"] = forms.ChoiceField(
                label="Nature",
                choices=NATURES,
                initial=worded.nature if worded.wording else "",
                required=False,
            )
        for rank, factor in enumerate(cut.factors[:MOST_PIECES]):
            kind = said.factors.get(fold(factor.text), factor.kind or "")
            self.factors[f"f{rank}"] = factor
            self.fields[f"f{rank}-kind"] = forms.ChoiceField(
                label="Frein ou levier", choices=KINDS, initial=str(kind), required=False
            )

    def indicator_fields(self) -> Iterator[tuple[str, Any, Any]]:
        for name, one in self.indicators.items():
            yield one.wording, self[f"{name}-wording"], self[f"{name}-nature"]

    def factor_fields(self) -> Iterator[tuple[str, Any]]:
        for name, one in self.factors.items():
            yield one.text, self[f"{name}-kind"]

    def tell(self, corrections: Corrections) -> None:
        said = OfAction(self.cleaned_data["is_packed"])
        for name, one in self.indicators.items():
            nature = self.cleaned_data[f"{name}-nature"]
            wording = clean_line(self.cleaned_data[f"{name}-wording"]) if nature else ""
            if (wording, nature) != (clean_line(one.wording), one.nature):
                said.indicators[fold(one.wording)] = WordedAs(wording, nature)
        for name, factor in self.factors.items():
            kind = self.cleaned_data[f"{name}-kind"]
            if kind != (factor.kind or ""):
                said.factors[fold(factor.text)] = kind
        corrections.actions[self.key] = said


def organisation_rows(
    preview: Preview, near: Mapping[str, str], data: QueryDict | None = None
) -> list[OrganisationRow]:
    """One for each name that the cells say, the new ones first."""
    corrections = Corrections.read(preview.corrections)
    found = {part.organisation.name: part.organisation for one in preview.proposed for part in one.parts}
    names = sorted(found.values(), key=lambda one: (one.is_known, one.name.casefold()))
    return [
        OrganisationRow(
            data,
            proposed=one,
            said=corrections.organisations.get(fold(one.name)),
            near=near.get(one.name, ""),
        )
        for one in names
    ]


def action_rows(preview: Preview, ranks: Sequence[int], data: QueryDict | None = None) -> list[ActionRow]:
    corrections, keys = Corrections.read(preview.corrections), keys_of(preview.read.actions)
    return [
        ActionRow(
            data,
            key=keys[rank],
            action=preview.read.actions[rank],
            cut=preview.proposed[rank],
            said=corrections.actions.get(keys[rank], OfAction()),
        )
        for rank in ranks
    ]


def _short(key: str) -> str:
    """The same for the same words, whatever else the page holds."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]
