"""The plan as a paper: title page, then its actions in the order of one of the two source documents."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from actions.calendar import say
from actions.models import Action, Ambition
from ctg.documents.order import Layout, Order
from ctg.documents.papers.blocks import Cover, Fact, Paper, Section
from ctg.documents.papers.entries import blocks_of, fact
from ctg.documents.papers.figures import figures_of
from ctg.documents.papers.listing import listing_of
from ctg.documents.plan_reading import UNCLASSIFIED
from ctg.documents.wording import count_in_words, tally

TOP, MIDDLE = 2, 3
MISSING = "à préciser"


def plan_paper(order: Order) -> Paper:
    sections = list(_by_ambition(order) if order.layout is Layout.STRATEGIC else _by_theme(order))
    if order.with_follow_up and not order.as_list:
        sections += _key_figures(order)
    return Paper(cover_of(order), sections, has_title_page=not order.as_list, is_landscape=order.as_list)


def cover_of(order: Order) -> Cover:
    plan = order.plan
    heading = plan.ambition_label if order.layout is Layout.STRATEGIC else plan.theme_label
    what = "Plan et suivi" if order.with_follow_up else "Plan voté"
    form = "liste courte" if order.as_list else ""
    dated = plan.dated_text or (f"daté du {say(plan.dated_on)}" if plan.dated_on else "")
    return Cover(
        territory=plan.territory.name,
        title=plan.full_title,
        subtitle=", ".join(filter(None, [what, f"par {heading.lower()}", form])),
        running=f"{plan.territory.label} · {plan.full_title}",
        data_on=order.today,
        facts=[
            *fact("Période", plan.years),
            *fact("Document voté", " – ".join(filter(None, [plan.heading, dated]))),
            *fact("Contenu", _count(order, order.reading.actions)),
            *fact("Filtres", order.filters),
        ],
    )


def _by_ambition(order: Order) -> Iterator[Section]:
    for group in order.reading.ambitions:
        ambition = group.ambition
        actions = [action for below in group.orientations for action in below.actions]
        title = f"{ambition.number}. {ambition.title}" if ambition else UNCLASSIFIED
        yield _top(order, title, actions, _impacts(ambition))
        for below in group.orientations:
            if below.heading:
                subtitle = f"{order.plan.orientation_label}\u00a0: {below.heading.title}"
            else:
                is_lacking = ambition and below.actions and order.reading.has_orientations
                subtitle = f"{order.plan.orientation_label} {MISSING}" if is_lacking else ""
            yield from _below(order, subtitle, below.actions)


def _by_theme(order: Order) -> Iterator[Section]:
    for group in order.reading.themes:
        title = group.heading.title if group.heading else UNCLASSIFIED
        yield _top(order, title, group.actions)
        # Needs and objectives come back under several themes: they follow the order of the actions.
        for (need, objective), actions in groupby(group.actions, key=lambda a: (a.need_id, a.objective_id)):
            lines = (
                (order.plan.need_label, order.reading.needs.get(need or 0, "")),
                (order.plan.objective_label, order.reading.objectives.get(objective or 0, "")),
            )
            said = [(label, words) for label, words in lines if words]
            subtitle = "\u00a0: ".join(said[0]) if said else ""
            facts = [Fact(label, [words]) for label, words in said[1:]]
            yield from _below(order, subtitle, list(actions), facts)


def _top(order: Order, title: str, actions: Sequence[Action], facts: Sequence[Fact] = ()) -> Section:
    blocks = listing_of(order, actions, title) if order.as_list else facts
    # Ambitions are few and long, themes many and short: these would leave half of their pages blank.
    starts_page = order.layout is Layout.STRATEGIC and not order.as_list
    return Section(TOP, title, _count(order, actions), blocks, starts_page)


def _below(
    order: Order, title: str, actions: Sequence[Action], facts: Sequence[Fact] = ()
) -> Iterator[Section]:
    """A heading under a top one, then its actions; without a title, they stand one level higher."""
    if order.as_list:
        return
    if title:
        yield Section(MIDDLE, title, "" if actions else _count(order, actions), facts)
    for action in actions:
        blocks = blocks_of(order.reading, action, order.today, with_follow_up=order.with_follow_up)
        level = MIDDLE + 1 if title else MIDDLE
        yield Section(level, f"Action {action.number}\u00a0: {action.title}", blocks=blocks)


def _key_figures(order: Order) -> list[Section]:
    """What the key indicators are worth this year; nothing where none was chosen."""
    keys = order.reading.key_indicators(order.today)
    year = order.today.year
    blocks = figures_of(keys, year)
    return [Section(TOP, f"Indicateurs clés en {year}", blocks=blocks, starts_page=True)] if keys else []


def _count(order: Order, actions: Sequence[Action]) -> str:
    """Lateness is not in what was voted."""
    return tally(actions, order.today) if order.with_follow_up else count_in_words(actions)


def _impacts(ambition: Ambition | None) -> list[Fact]:
    return fact("Impacts recherchés", *ambition.impacts) if ambition else []
