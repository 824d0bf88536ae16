"""The indicators of the year: the key ones first, and what people say beside the figures."""

from collections.abc import Iterator, Sequence

from ctg.documents.papers.blocks import Block, Column, Passage, Section, Table
from ctg.reviews.facts.shapes import IndicatorFact, IndicatorSummary, ReviewFacts
from ctg.reviews.facts_in_words import entered, numbers


def indicators_of(facts: ReviewFacts) -> Iterator[Section]:
    texts: list[Block] = [Passage("", facts.texts.findings)] if facts.texts.findings else []
    counted = [_counted(facts.indicator_summary)] if facts.indicators else []
    yield Section(2, "Indicateurs", facts.indicator_summary.sentence, [*texts, *counted])
    key = [one for one in facts.indicators if one.is_key]
    others = [one for one in facts.indicators if not one.is_key]
    rest = "Autres indicateurs" if key else "Tous les indicateurs"
    for title, found in (("Indicateurs clés", key), (rest, others)):
        if found:
            table = _table(title, found, facts.identity.year)
            yield Section(3, title, blocks=[table, *_findings(found)])


def _counted(summary: IndicatorSummary) -> Table:
    counted = (
        ("Indicateurs", 15, summary.total),
        ("Valeur complète", 17, summary.complete),
        ("Valeur partielle", 17, summary.partial),
        ("Sans valeur", 17, summary.empty),
        ("Avec une cible", 17, summary.with_target),
        ("Cible atteinte", 17, summary.reached),
    )
    columns = [Column(title, share) for title, share, _ in counted]
    return Table("Indicateurs renseignés", columns, [[str(count) for *_, count in counted]])


def _table(title: str, indicators: Sequence[IndicatorFact], year: int) -> Table:
    columns = (
        *(Column("Indicateur", 32), Column("Actions", 9), Column(f"Valeur {year}", 19)),
        *(Column("Cible", 18), Column("Ce que la valeur contient", 22)),
    )
    return Table(title, columns, [_row(one) for one in indicators])


def _row(indicator: IndicatorFact) -> list[str]:
    return [
        _lines(indicator.wording, entered(indicator)),
        numbers(indicator.actions) or "–",
        _lines(indicator.value, indicator.trend),
        _lines(indicator.target, indicator.comparison),
        indicator.contents,
    ]


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))


def _findings(indicators: Sequence[IndicatorFact]) -> list[Passage]:
    """Texts: these are not put into the cells of a table."""
    return [
        Passage(", ".join([one.wording, finding.organisation]), finding.text)
        for one in indicators
        for finding in one.findings
    ]
