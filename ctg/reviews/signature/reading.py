"""The plan as it is being signed, from a reading of which the files are written too."""

import datetime as dt
from collections.abc import Sequence

from actions.calendar import say
from actions.models import Action, Plan
from ctg.documents.papers.entries import passages_of
from ctg.documents.plan_reading import PlanReading
from ctg.reviews.signature.shapes import SignedPlan, VotedAction, VotedAmbition, VotedRole, VotedText
from indicators.models import Nature

LABELS = ("ambition", "orientation", "theme", "need", "objective", "priority")


def tell_plan(
    reading: PlanReading, *, version: str, signed_on: dt.date, signatories: Sequence[str]
) -> SignedPlan:
    plan = reading.plan
    return SignedPlan(
        version=version,
        territory=plan.territory.name,
        title=plan.full_title,
        years=plan.years,
        heading=plan.heading,
        dated=dated(plan),
        signed_on=signed_on.isoformat(),
        signatories=tuple(signatories),
        labels={name: getattr(plan, f"{name}_label") for name in LABELS},
        ambitions=tuple(_ambitions(reading)),
        themes=tuple(group.heading.title for group in reading.themes if group.heading),
        actions=tuple(_actions(reading)),
    )


def dated(plan: Plan) -> str:
    return plan.dated_text or (f"daté du {say(plan.dated_on)}" if plan.dated_on else "")


def _ambitions(reading: PlanReading) -> list[VotedAmbition]:
    return [
        VotedAmbition(
            number=group.ambition.number,
            title=group.ambition.title,
            impacts=tuple(group.ambition.impacts),
            orientations=tuple(below.heading.title for below in group.orientations if below.heading),
        )
        for group in reading.ambitions
        if group.ambition
    ]


def _actions(reading: PlanReading) -> list[VotedAction]:
    ambitions, orientations, themes = _places(reading)
    return [
        _action(
            reading,
            action,
            ambition=ambitions.get(action.pk, ""),
            orientation=orientations.get(action.pk, ""),
            theme=themes.get(action.pk, ""),
        )
        for action in reading.actions
    ]


def _places(reading: PlanReading) -> tuple[dict[int, str], dict[int, str], dict[int, str]]:
    """Under which headings each action stands; one in the trash holds none."""
    ambitions: dict[int, str] = {}
    orientations: dict[int, str] = {}
    themes: dict[int, str] = {}
    for group in reading.ambitions:
        for below in group.orientations:
            for action in below.actions:
                ambitions[action.pk] = group.ambition.title if group.ambition else ""
                orientations[action.pk] = below.heading.title if below.heading else ""
    for under in reading.themes:
        themes |= {action.pk: under.heading.title for action in under.actions if under.heading}
    return ambitions, orientations, themes


def _action(
    reading: PlanReading, action: Action, *, ambition: str, orientation: str, theme: str
) -> VotedAction:
    return VotedAction(
        number=action.number,
        title=action.title,
        ambition=ambition,
        orientation=orientation,
        theme=theme,
        need=reading.needs.get(action.need_id or 0, ""),
        objective=reading.objectives.get(action.objective_id or 0, ""),
        priority=action.priority,
        priority_reason=action.priority_reason,
        texts=tuple(VotedText(passage.label, passage.text) for passage in passages_of(action)),
        roles=tuple(VotedRole(str(part.label), tuple(names)) for part, names in reading.roles(action)),
        partners_text=action.partners_text,
        factors=tuple(reading.factors(action)),
        factors_text=action.factors_text,
        quantitative=tuple(reading.indicators(action, Nature.QUANTITATIVE)),
        quantitative_text=action.quantitative_text,
        qualitative=tuple(reading.indicators(action, Nature.QUALITATIVE)),
        qualitative_text=action.qualitative_text,
        calendar_text=action.calendar_text,
        starts_on=action.starts_on.isoformat() if action.starts_on else "",
        ends_on=action.ends_on.isoformat() if action.ends_on else "",
        recurring=action.recurring,
        audiences=action.audiences,
        municipalities=action.municipalities,
        elected_lead=action.elected_lead,
    )
