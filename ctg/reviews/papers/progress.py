"""Where the plan stands: one sentence, a drawing, and what is under each heading."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ctg.documents.papers.blocks import Block, Column, Drawing, Passage, Section, Table
from ctg.reviews.facts.shapes import Counts, ReviewFacts, Tally
from ctg.reviews.facts_in_words import say_counts, tallied
from ctg.web.words import in_plural
from indicators.figures import charts
from indicators.figures.charts import INSET, PLOT, STEP, TOP, Chart, Scale


def progress_of(facts: ReviewFacts) -> Iterator[Section]:
    progress = facts.progress
    blocks: list[Block] = [Passage("", facts.texts.progress)] if facts.texts.progress else []
    if progress.whole.total:
        drawing = Drawing(_chart(progress.whole), f"{say_counts(progress.whole)}.")
        blocks += [drawing, *_counted(progress.whole)]
    yield Section(2, "Où en est le plan", progress.sentence, blocks)
    for label, groups in (
        (facts.identity.ambition_label, progress.by_ambition),
        (facts.identity.theme_label, progress.by_theme),
    ):
        if groups:
            yield Section(3, f"Par {label.lower()}", blocks=[_grouped(label, groups)])


def _chart(counts: Counts) -> Chart:
    """A bar for each status."""
    scale = Scale.of([Decimal(one.count) for one in counts.statuses], top=TOP, plot=PLOT)
    columns = []
    for rank, one in enumerate(counts.statuses):
        y, height = scale.bar(Decimal(one.count))
        look = "whole" if one.count else "start"
        x, text_y = STEP * rank + INSET, y - charts.GAP
        columns.append(charts.Column(one.words, x, look, y, height, str(one.count), text_y))
    return Chart(columns, scale.y(Decimal(0)))


def _counted(counts: Counts) -> list[Table]:
    statuses = [*counts.statuses, Tally("late", "en retard", counts.late)]
    return [
        _row("Actions", counts.total, statuses, "Actions par statut"),
        _row("Météo des actions", counts.total, counts.confidences, "Actions par météo"),
    ]


def _row(label: str, total: int, tallies: Sequence[Tally], caption: str) -> Table:
    """One row of numbers, under the words that they count."""
    share = 84 // (len(tallies) or 1)
    columns = (Column(label, 16), *(Column(one.words, share) for one in tallies))
    return Table(caption, columns, [[f"{total} en tout", *(str(one.count) for one in tallies)]])


def _grouped(label: str, groups: Sequence[Counts]) -> Table:
    columns = (
        *(Column(label, 34), Column("Actions", 9), Column("Statuts", 26), Column("Météo", 21)),
        Column("En retard", 10),
    )
    rows = [
        [
            group.title,
            str(group.total),
            tallied(group.statuses) or "–",
            tallied(group.confidences) or "–",
            str(group.late),
        ]
        for group in groups
    ]
    return Table(f"Avancement des {in_plural(label).lower()}", columns, rows)
