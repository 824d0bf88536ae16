"""An evaluation as a paper: each question with its answer, then what supports it."""

from collections.abc import Iterator
from datetime import date

from ctg.documents.papers.blocks import Block, Column, Cover, Fact, Paper, Passage, Section, Table
from ctg.reviews.evaluation.shapes import Answer, EvaluationFacts, Exhibit
from ctg.reviews.keeping.seal import Seal

UNANSWERED = "Cette question n’a pas encore de réponse."

#: Of the width of a table, in hundredths, what its first column takes: it holds names.
FIRST = 40


def evaluation_paper(facts: EvaluationFacts, seal: Seal | None) -> Paper:
    sections = [section for answer in facts.answers for section in _answered(answer)]
    closing = [Passage("", facts.conclusion)] if facts.conclusion else []
    sections += [Section(2, "Conclusion", "" if closing else UNANSWERED, closing)]
    return Paper(_cover(facts, seal), sections)


def _cover(facts: EvaluationFacts, seal: Seal | None) -> Cover:
    identity = facts.identity
    lines = (("Période", identity.years), ("Document voté", identity.dated))
    return Cover(
        territory=identity.territory,
        title=facts.name,
        subtitle=identity.plan,
        running=f"{identity.territory_label} · {facts.name}",
        data_on=date.fromisoformat(identity.data_on),
        facts=[
            *(Fact(label, [words]) for label, words in lines if words),
            *(seal.as_facts() if seal else [Fact("État", ["Projet, non arrêté"])]),
        ],
    )


def _answered(answer: Answer) -> Iterator[Section]:
    blocks = [Passage("", answer.text)] if answer.text else []
    summary = answer.question if answer.text else f"{answer.question} {UNANSWERED}"
    yield Section(2, answer.title, summary, blocks, starts_page=True)
    for exhibit in answer.exhibits:
        yield Section(3, exhibit.title, exhibit.sentence, list(_table(exhibit)))


def _table(exhibit: Exhibit) -> Iterator[Block]:
    if not exhibit.rows:
        return
    others = len(exhibit.columns) - 1
    shares = [FIRST if others else 100, *([(100 - FIRST) // others] * others if others else [])]
    columns = [Column(title, share) for title, share in zip(exhibit.columns, shares, strict=True)]
    yield Table(exhibit.title, columns, exhibit.rows)
