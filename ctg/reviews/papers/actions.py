"""The actions one by one: where each stands, what was done, its figures, and what comes next."""

from collections.abc import Iterator, Sequence

from actions.models import Part
from ctg.documents.papers.blocks import Block, Column, Fact, Passage, Section, Standing, Table
from ctg.documents.papers.entries import fact
from ctg.documents.plan_reading import UNCLASSIFIED
from ctg.documents.wording import role_label
from ctg.reviews.facts.shapes import ActionFact, IndicatorFact, ReviewFacts
from ctg.reviews.facts_in_words import confidence_of, entered, name_of, say_day, state_of_milestone

DONE = "Ce qui a été fait"
MILESTONES = (
    *(Column("Jalon", 42), Column("Échéance", 18), Column("Où en est-on", 22)),
    Column("Responsable", 18),
)


def actions_of(facts: ReviewFacts) -> Iterator[Section]:
    if not facts.actions:
        yield Section(2, "Action par action", "Le plan ne compte encore aucune action.")
        return
    yield Section(2, "Action par action", starts_page=True)
    groups = _grouped(facts.actions)
    for title, actions in groups.items():
        if len(groups) > 1 or title:
            yield Section(3, title or UNCLASSIFIED)
        level = 4 if len(groups) > 1 or title else 3
        for action in actions:
            yield Section(level, name_of(action), blocks=_blocks(action, facts))


def _grouped(actions: Sequence[ActionFact]) -> dict[str, list[ActionFact]]:
    """Under their ambitions, or under their themes where a plan has no ambition."""
    by_ambition = any(action.ambition for action in actions)
    groups: dict[str, list[ActionFact]] = {}
    for action in actions:
        groups.setdefault(action.ambition if by_ambition else action.theme, []).append(action)
    return groups


def _blocks(action: ActionFact, facts: ReviewFacts) -> list[Block]:
    return [
        _standing(action),
        *_place(action, facts),
        *_achieved(action),
        *_milestones(action, facts),
        *_figures(action, facts),
        *fact("Freins", *action.brakes),
        *fact("Leviers", *action.levers),
        *fact("Freins ou leviers", *action.factors),
        *_written("Difficultés", action.difficulties),
        *_written("Perspectives", action.outlook),
    ]


def _standing(action: ActionFact) -> Standing:
    return Standing(
        action.status,
        action.status_words,
        confidence_of(action),
        action.progress,
        action.lateness,
        action.reason,
    )


def _place(action: ActionFact, facts: ReviewFacts) -> list[Fact]:
    identity = facts.identity
    return [
        *fact(identity.orientation_label, action.orientation),
        *fact(identity.theme_label, action.theme),
        *fact("Calendrier", action.calendar),
        *fact(role_label(Part.LEAD, action.leads), ", ".join(action.leads)),
        *fact(role_label(Part.PARTNER, action.partners), ", ".join(action.partners)),
        *fact("Publics", action.audiences),
    ]


def _achieved(action: ActionFact) -> list[Block]:
    """What the coordination wrote; else the notes of the year, each with its day and its signature."""
    if action.achieved:
        return [Passage(DONE, action.achieved)]
    if not action.notes:
        return [Fact(DONE, ["rien n’a été noté cette année"])]
    return [Passage(", ".join([f"Le {say_day(one.on)}", one.author]), one.text) for one in action.notes]


def _milestones(action: ActionFact, facts: ReviewFacts) -> list[Block]:
    rows = [
        [
            one.title,
            say_day(one.due_on) or "sans date",
            state_of_milestone(one, facts.identity.data_on),
            one.owner or "–",
        ]
        for one in action.milestones
    ]
    return [Table("Jalons", MILESTONES, rows)] if rows else []


def _figures(action: ActionFact, facts: ReviewFacts) -> list[Block]:
    """What its indicators are worth; findings are told with all the others."""
    columns = (
        *(Column("Indicateur", 36), Column(f"Valeur {facts.identity.year}", 20)),
        *(Column("Cible", 20), Column("Ce que la valeur contient", 24)),
    )
    served = [one for one in facts.indicators if action.number in one.actions]
    return [Table("Indicateurs", columns, [_row(one) for one in served])] if served else []


def _row(indicator: IndicatorFact) -> list[str]:
    aim = "\n".join(filter(None, [indicator.target, indicator.comparison]))
    wording = f"{indicator.wording} (indicateur clé)" if indicator.is_key else indicator.wording
    return ["\n".join(filter(None, [wording, entered(indicator)])), indicator.value, aim, indicator.contents]


def _written(label: str, text: str) -> list[Passage]:
    return [Passage(label, text)] if text else []
