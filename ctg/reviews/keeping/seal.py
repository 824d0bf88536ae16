"""What a frozen document prints of itself, so that paper and file can be told from any other."""

import datetime as dt
from dataclasses import dataclass

from actions.calendar import say
from ctg.documents.papers.blocks import Fact


@dataclass(frozen=True)
class Seal:
    """`sha256` is the digest of the facts; `adopted` says by whom and when, in words, or nothing."""

    number: int
    frozen_on: dt.date
    adopted: str
    sha256: str
    #: « Corrige le document n° 3 », for what follows another.
    about: str = ""

    @property
    def sentence(self) -> str:
        return f"Document n°\u00a0{self.number}, figé le {say(self.frozen_on)}."

    def as_facts(self) -> list[Fact]:
        lines = (
            ("Document figé", f"n°\u00a0{self.number}, le {say(self.frozen_on)}"),
            ("Adoption", self.adopted),
            ("Objet", self.about),
            ("Empreinte SHA-256", self.sha256),
        )
        return [Fact(label, [words]) for label, words in lines if words]
