"""The sheet of an indicator as a paper: what it means, what it is worth, and what each figure contains."""

from collections.abc import Iterator, Sequence

from django.utils import timezone

from actions.calendar import say
from ctg.documents.indicator_reading import IndicatorReading
from ctg.documents.papers.blocks import (
    Block,
    Column,
    Cover,
    Drawing,
    Fact,
    Paper,
    Passage,
    Section,
    Table,
)
from ctg.documents.papers.entries import fact
from ctg.documents.papers.figures import entered
from ctg.web.words import listing
from indicators.definition.words import define
from indicators.figures.reports import Line
from indicators.figures.sentences import say_rules
from indicators.models import Indicator, Kind
from indicators.values.wording import say_number

LEGEND = "Le trait marque la cible\u00a0; une barre en pointillé est partielle."
YEARS = (
    *(Column("Année", 12), Column("Valeur", 22), Column("Ce que la valeur contient", 30)),
    *(Column("Cible", 15), Column("Écart", 21)),
)
CHANGED = (Column("Le", 16), Column("Avant", 26), Column("Après", 26), Column("Motif", 32))


def indicator_paper(reading: IndicatorReading) -> Paper:
    indicator, plan = reading.indicator, reading.indicator.plan
    cover = Cover(
        territory=plan.territory.name,
        title=f"Indicateur\u00a0: {indicator.wording}",
        subtitle=plan.full_title,
        running=f"{plan.territory.label} · Fiche d’indicateur",
        data_on=reading.today,
    )
    sections = [Section(2, title, summary, blocks) for title, summary, blocks in _parts(reading) if blocks]
    return Paper(cover, sections, has_title_page=False)


def _parts(reading: IndicatorReading) -> Iterator[tuple[str, str, Sequence[Block]]]:
    yield "Où en est l’indicateur", "", _standing(reading)
    yield "Ce qu’il veut dire", "", _definition(reading)
    yield (
        "Comment le chiffre se calcule",
        "",
        [Passage("", rule) for rule in say_rules(reading.figures.rules)],
    )
    yield "D’année en année", "", _years(reading)
    yield f"Par organisme, en {reading.year}", "", _organisations(reading)
    for breakdown in reading.breakdowns:
        title = f"Par {breakdown.name.lower()}, en {reading.year}"
        columns = (Column("Catégorie", 50), Column(f"Valeur {reading.year}", 50))
        yield title, breakdown.check, [Table(title, columns, breakdown.rows)]
    yield "Cibles modifiées", "", _past_targets(reading)


def _standing(reading: IndicatorReading) -> list[Block]:
    report = reading.report
    return [
        Passage("", report.sentence),
        *fact("Ce que la valeur contient", report.total.contents if report.total.included else ""),
        *fact("Évolution", report.trend),
    ]


def _definition(reading: IndicatorReading) -> list[Block]:
    indicator = reading.indicator
    dimensions = [str(one) for one in (indicator.first_dimension, indicator.second_dimension) if one]
    return [
        *fact("Type", entered(indicator)),
        *fact("Indicateur clé", "oui" if indicator.is_key else ""),
        *fact("Indicateur commun", str(indicator.common or "")),
        *fact("Sert", _served(reading.served)),
        *(
            Fact(term, words.split("\n") if term == "Cible" else [words])
            for term, words in define(reading.figures)
        ),
        *fact("Départ", ", ".join(filter(None, _start(indicator)))),
        *fact("Ventilations", listing(dimensions)),
    ]


def _served(numbers: Sequence[int]) -> str:
    many = "les actions" if len(numbers) > 1 else "l’action"
    return f"{many} {listing([str(number) for number in numbers])}" if numbers else ""


def _start(indicator: Indicator) -> tuple[str, str]:
    """« 310 participants », and « le 1er janvier 2025 (rapport de la Caf) »; nothing when nobody said."""
    if indicator.baseline is None:
        return "", ""
    day = f"le {say(indicator.baseline_on)}" if indicator.baseline_on else ""
    source = f"({indicator.baseline_source})" if indicator.baseline_source else ""
    return say_number(indicator, indicator.baseline), " ".join(filter(None, [day, source]))


def _years(reading: IndicatorReading) -> list[Block]:
    report = reading.report
    start, since = _start(reading.indicator)
    drawing = [Drawing(report.chart, report.years_sentence, LEGEND)] if report.chart else []
    rows = [["Départ", start, since, "", ""]] if start else []
    rows += [_row(line) for line in reading.lines]
    return [*drawing, Table("Valeur de chaque année, ce qu’elle contient, et sa cible", YEARS, rows)]


def _row(line: Line) -> list[str]:
    figure = line.figure
    year = figure.key if figure.key.isdigit() else "Toutes années"
    said = line.said if figure.is_due else "à venir"
    contents = figure.total.contents if figure.is_due and figure.total.included else ""
    return [year, said, contents, line.target, figure.comparison.words]


def _organisations(reading: IndicatorReading) -> list[Block]:
    """Findings are texts: these are not put into the cells of a table."""
    found = reading.report.by_organisation
    if not found:
        return [Passage("", "Aucun organisme n’est encore attendu pour cet indicateur.")]
    if reading.indicator.kind == Kind.FINDING:
        return [Passage(own.organisation, own.in_words) for own in found]
    columns = (Column("Organisme", 50), Column(f"Valeur {reading.year}", 50))
    rows = [[own.organisation, own.in_words] for own in found]
    return [Table(f"Par organisme, en {reading.year}", columns, rows)]


def _past_targets(reading: IndicatorReading) -> list[Table]:
    rows = [
        [say(timezone.localdate(one.at)), one.before_text, one.after_text or "aucune", one.reason or "–"]
        for one in reading.past_targets
    ]
    return [Table("Cibles modifiées", CHANGED, rows)] if rows else []
