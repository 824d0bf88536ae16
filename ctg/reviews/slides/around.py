"""What moved, what was decided, what comes: the second half of the presentation."""

from actions.models import Outcome
from actions.past import ShiftKind
from ctg.reviews.facts.shapes import ChangeFact, DecisionFact, MeetingFact, ReviewFacts
from ctg.reviews.facts_in_words import moved, name_of, say_day, title_of
from ctg.reviews.keeping.seal import Seal
from ctg.reviews.sentences import say_governance, say_road_map
from ctg.reviews.slides.fitting import flat
from ctg.reviews.slides.shapes import Grid, Item, Lists, Slide

#: What changes the plan comes before what is its life: the météo, milestones reached or missed.
FIRST = (ShiftKind.ADDED, ShiftKind.DROPPED, ShiftKind.CALENDAR, ShiftKind.STATUS)
LAST = (ShiftKind.CONFIDENCE, ShiftKind.REACHED, ShiftKind.MISSED)


def _weight(change: ChangeFact) -> tuple[bool, bool, bool]:
    """Those that somebody decided or explained first."""
    return change.kind in LAST, change.kind not in FIRST, not (change.decided_by or change.reason)


def changes_slide(facts: ReviewFacts) -> Slide | None:
    """Since the last review; where there is none, since the signature."""
    found = facts.since_last_year or facts.since_signature
    if not found or not found.changes:
        return None
    titles = (("Action", 44), ("Ce qui change", 30), ("Décidé par", 26))
    rows = [
        [name_of(one), moved(one) or one.words, one.decided_by or "–"]
        for one in sorted(found.changes, key=_weight)
    ]
    title = f"Ce qui a changé depuis {found.since_words}"
    notes = [title, found.sentence, facts.texts.changes]
    for one in found.changes:
        why = ", ".join(filter(None, [say_day(one.on), one.reason, one.decided_by]))
        notes.append(f"{name_of(one)}\u00a0: {one.words}, {moved(one)} ({why})")
    return Slide("Ce qui a changé", found.sentence, Grid(title, titles, rows, most=5), notes)


def governance_slide(facts: ReviewFacts) -> Slide | None:
    """The decisions that were made; else the meetings."""
    decided = [one for one in facts.decisions if one.outcome != Outcome.PENDING]
    sentence = say_governance(facts.meetings, facts.decisions, facts.identity.year)
    notes = [sentence, facts.texts.governance]
    notes += map(_held, facts.meetings)
    notes += map(_said, decided)
    if decided:
        rows = [[one.subject, one.state, one.owner or "à désigner"] for one in decided]
        grid = Grid(
            "Décisions de l’année", (("Décision", 48), ("Où elle en est", 28), ("Qui", 24)), rows, most=6
        )
    elif facts.meetings:
        rows = [[say_day(one.on), one.body, str(one.present)] for one in facts.meetings]
        grid = Grid("Réunions de l’année", (("Date", 30), ("Instance", 50), ("Présents", 20)), rows)
    else:
        return None
    return Slide("Gouvernance et décisions", sentence, grid, notes)


def _held(meeting: MeetingFact) -> str:
    counts = f"{meeting.present} présents, {meeting.points} points, {meeting.decisions} décisions"
    return f"{say_day(meeting.on)}, {meeting.body}\u00a0: {counts}"


def _said(decision: DecisionFact) -> str:
    about = ", ".join(filter(None, [decision.state, decision.owner, say_day(decision.due_on)]))
    return f"{decision.subject}\u00a0: {decision.ruling or 'sans relevé'} ({about})"


def road_map_slide(facts: ReviewFacts) -> Slide | None:
    year, steps = facts.identity.year + 1, facts.road_map
    written = facts.texts.outlook
    if not steps and not written:
        return None
    title = f"Feuille de route {year}"
    sentence = say_road_map(steps, facts.identity.year)
    notes = [sentence, written]
    notes += [", ".join(filter(None, [one.when, name_of(one), one.what, one.who])) for one in steps]
    if not steps:
        return Slide(title, sentence, Lists([("", [Item(flat(written))])]), notes)
    rows = [[one.when, name_of(one), one.who or "–"] for one in steps]
    grid = Grid(title, (("Quand", 24), ("Quoi", 50), ("Qui", 26)), rows, most=7)
    return Slide(title, flat(written) or sentence, grid, notes)


def closing_slide(facts: ReviewFacts, seal: Seal | None) -> Slide:
    """What is asked of those who look, the adoption of the review first as long as it is a draft."""
    pending = [one for one in facts.decisions if one.outcome == Outcome.PENDING]
    title = title_of(facts.identity)
    items = [] if seal else [Item(f"Adopter le {title[:1].lower()}{title[1:]}")]
    items += [Item(one.subject, one.owner) for one in pending]
    adopted = f"{title} adopté\u00a0: {seal.adopted}." if seal and seal.adopted else ""
    lead = adopted or (seal.sentence if seal else "Ce que le comité est invité à décider.")
    if not items:
        items = [Item("Aucune décision n’attend.")]
    heading = "Décisions à prendre" if seal else "Décisions demandées"
    notes = [lead, *(one.whole for one in items)]
    return Slide(heading, lead, Lists([("", items)], most=7), notes)
