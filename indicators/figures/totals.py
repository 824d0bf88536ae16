"""What the values of several contributors make together, and who is in it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ctg.web.words import listing


@dataclass(frozen=True)
class Total:
    """A figure, or why there is none; it always says what it contains.

    A share is in per cent, with its two parts; a weighted mean has the sum of its weights as
    `denominator`; a deliverable is 1 once all have done it, out of how many, with the last date.
    """

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    done_on: dt.date | None = None
    #: Those with a value in it, in order of names.
    included: Sequence[str] = ()
    #: Those from whom nothing came, « CCAS », or not for all periods, « CCAS (mars 2026) ».
    missing: Sequence[str] = ()
    #: Those who said why they have no value.
    absent: Sequence[tuple[str, str]] = ()
    #: Those who said that they are not concerned: neither in, nor missing.
    unconcerned: Sequence[str] = ()
    #: How many contributors are concerned.
    expected: int = 0
    to_validate: int = 0
    why_not: str = ""
    #: Whether the values are read one by one, by rule: it has no figure and lacks none.
    stays_apart: bool = False
    #: Whether what is missing can only make it greater.
    is_floor: bool = False

    @property
    def is_partial(self) -> bool:
        """Whether a value that is expected is not in it."""
        return bool(self.missing or self.absent)

    @property
    def is_complete(self) -> bool:
        has_all = bool(self.included) and not self.is_partial
        return has_all and (self.value is not None or self.stays_apart)

    @property
    def contents(self) -> str:
        """« 3 porteurs sur 5, dont 1 valeur à valider ; il manque CCAS et Mission locale »."""
        values = "valeurs" if self.to_validate > 1 else "valeur"
        return self._contents(f"dont {self.to_validate} {values} à valider", self.lacking)

    @property
    def contents_in_short(self) -> str:
        """The same where one line must do: « 3 porteurs sur 5, 1 à valider ; il manque CCAS et 2 autres »."""
        names = [*self.missing, *(name for name, _ in self.absent)]
        more = len(names) - 1
        lacking = f"{names[0]} et {more} autres" if more > 1 else listing(names)
        return self._contents(f"{self.to_validate} à valider", lacking)

    def _contents(self, to_validate: str, lacking: str) -> str:
        if not self.expected:
            return "sans objet pour tous les porteurs" if self.unconcerned else "aucun porteur attendu"
        who = f"{len(self.included)} porteur{'s' if len(self.included) > 1 else ''} sur {self.expected}"
        if self.to_validate:
            who += f", {to_validate}"
        return f"{who}\u00a0; il manque {lacking}" if self.is_partial else who

    @property
    def lacking(self) -> str:
        """« CCAS et Mission locale (la donnée arrive plus tard) »."""
        return listing([*self.missing, *(f"{name} ({reason})" for name, reason in self.absent)])
