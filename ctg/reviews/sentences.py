"""What each section of a review says in one sentence: on its page, in the contents, as a first draft."""

from collections import Counter
from collections.abc import Sequence

from actions.models import Outcome
from ctg.reviews.facts.shapes import ActionFact, DecisionFact, MeetingFact, ReviewFacts, RoadStep
from ctg.web.templatetags.ui import plural
from ctg.web.words import listing

NO_CHANGE = "Le plan n’a pas changé."


def say_governance(meetings: Sequence[MeetingFact], decisions: Sequence[DecisionFact], year: int) -> str:
    """« En 2026, 2 réunions se sont tenues (COPIL : 2) ; 4 décisions ont été prises, 1 reste à prendre. »"""
    if not meetings and not decisions:
        return f"En {year}, ni réunion ni décision n’est notée."
    taken = sum(one.outcome == Outcome.TAKEN and one.decided_on.startswith(str(year)) for one in decisions)
    pending = sum(one.outcome == Outcome.PENDING for one in decisions)
    held = "aucune réunion n’est notée"
    if meetings:
        by_body = Counter(meeting.body for meeting in meetings)
        bodies = ", ".join(f"{body}\u00a0: {count}" for body, count in by_body.items())
        count = len(meetings)
        held = f"{count} réunion{plural(count)} {plural(count, 's’est tenue,se sont tenues')} ({bodies})"
    decided = "aucune décision n’a été prise"
    if taken:
        decided = f"{taken} décision{plural(taken)} {plural(taken, 'a été prise,ont été prises')}"
    waiting = f", {pending} reste{plural(pending, ',nt')} à prendre" if pending else ""
    return f"En {year}, {held}\u00a0; {decided}{waiting}."


def say_difficulties(actions: Sequence[ActionFact]) -> str:
    """« 12 freins et 8 leviers sont suivis, dans 9 actions. »"""
    brakes = sum(len(action.brakes) for action in actions)
    levers = sum(len(action.levers) for action in actions)
    concerned = sum(bool(action.brakes or action.levers) for action in actions)
    if not concerned:
        return "Aucun frein ni levier n’est suivi dans les actions."
    words = [
        f"{count} {word}{plural(count)}" for count, word in ((brakes, "frein"), (levers, "levier")) if count
    ]
    verb = "est suivi" if brakes + levers == 1 else "sont suivis"
    return f"{listing(words)} {verb}, dans {concerned} action{plural(concerned)}."


def say_road_map(steps: Sequence[RoadStep], year: int) -> str:
    """« En 2027 : 5 jalons, 3 actions qui commencent ou se terminent, 2 décisions à appliquer. »"""
    if not steps:
        return f"Rien n’est encore daté de {year + 1}."
    kinds = Counter("jalon" if step.what == "jalon" else step.what.partition(" ")[0] for step in steps)
    milestones, decisions = kinds["jalon"], kinds["décision"]
    turns = len(steps) - milestones - decisions
    begins = plural(turns, "commence ou se termine,commencent ou se terminent")
    words = [
        f"{milestones} jalon{plural(milestones)}" if milestones else "",
        f"{turns} action{plural(turns)} qui {begins}" if turns else "",
        f"{decisions} décision{plural(decisions)} à appliquer" if decisions else "",
    ]
    return f"En {year + 1}\u00a0: {', '.join(filter(None, words))}."


def say_changes(facts: ReviewFacts) -> str:
    moved = facts.since_last_year or facts.since_signature
    return moved.sentence if moved else NO_CHANGE
