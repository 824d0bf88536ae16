"""An erratum as a paper: which document it corrects, what is wrong there, what to read instead."""

import datetime as dt
from dataclasses import dataclass

from actions.calendar import say
from ctg.documents.papers.blocks import Cover, Fact, Paper, Passage, Section
from ctg.reviews.keeping.seal import Seal


@dataclass(frozen=True)
class ErratumFacts:
    """The document that is corrected, as its readers know it, and the correction."""

    territory: str
    territory_label: str
    plan: str
    number: int
    title: str
    frozen_on: str
    sha256: str
    wrong: str
    right: str


def erratum_paper(facts: ErratumFacts, seal: Seal) -> Paper:
    frozen_on = dt.date.fromisoformat(facts.frozen_on)
    corrected = [
        Fact("Document", [f"n°\u00a0{facts.number}\u00a0: {facts.title}"]),
        Fact("Figé le", [say(frozen_on)]),
        Fact("Empreinte SHA-256", [facts.sha256]),
    ]
    cover = Cover(
        territory=facts.territory,
        title=f"Erratum au document n°\u00a0{facts.number}",
        subtitle=facts.plan,
        running=f"{facts.territory_label} · Erratum, document n°\u00a0{seal.number}",
        data_on=seal.frozen_on,
        facts=seal.as_facts(),
    )
    sections = [
        Section(2, "Document corrigé", blocks=corrected),
        Section(2, "Ce qui est faux", blocks=[Passage("", facts.wrong)]),
        Section(2, "Ce qu’il faut lire", blocks=[Passage("", facts.right)]),
    ]
    return Paper(cover, sections, has_title_page=False)
