"""What the follow-up shows: what is done, what was put off, what the work around the plan takes."""

import datetime as dt
from collections import Counter

from actions.models import Attendance, Blockage, Decision, Meeting, Outcome, Plan, Presence
from ctg.reviews.evaluation.shapes import Exhibit
from ctg.reviews.facts.shapes import Changes, Counts, IndicatorFact, IndicatorSummary, Progress
from ctg.web.templatetags.ui import plural
from ctg.web.words import listing


def standing(progress: Progress, ambition_label: str, theme_label: str) -> Exhibit:
    """Where the actions stand, under the headings that the plan was voted with."""
    groups = progress.by_ambition or progress.by_theme
    label = ambition_label if progress.by_ambition else theme_label
    rows = tuple(_counts(counts) for counts in [*groups, progress.whole])
    return Exhibit(
        "Où en sont les actions", progress.sentence, (label, "Actions", "Statuts", "En retard"), rows
    )


def _counts(counts: Counts) -> tuple[str, ...]:
    """« 2 à venir, 4 en cours » : nine columns of figures would leave no room for words."""
    said = ", ".join(f"{tally.count} {tally.words}" for tally in counts.statuses if tally.count)
    return (counts.title, str(counts.total), said or "–", str(counts.late))


def targets(summary: IndicatorSummary, indicators: tuple[IndicatorFact, ...]) -> Exhibit:
    """The indicators that aim at something, the key ones first."""
    aimed = sorted((one for one in indicators if one.has_target), key=lambda one: not one.is_key)
    rows = tuple(
        (one.wording, one.value, one.target, one.comparison, one.contents if one.number else "")
        for one in aimed
    )
    columns = ("Indicateur", "Valeur", "Cible", "Écart", "Ce que la valeur contient")
    return Exhibit(
        "Les indicateurs au regard de leurs cibles", summary.sentence, columns if rows else (), rows
    )


def postponements(changes: Changes | None) -> Exhibit:
    """The calendars that moved since the signature, and what was dropped."""
    title = "Ce qui a été repoussé ou abandonné"
    if changes is None:
        return Exhibit(title, "Aucune version signée du plan n’est gardée dans l’outil.")
    moved = [change for change in changes.changes if change.kind in ("calendar", "dropped", "status")]
    rows = tuple(
        (f"{change.number}. {change.title}", change.before, change.after, change.reason) for change in moved
    )
    count = len(moved)
    sentence = f"{count} changement{plural(count)} de calendrier ou de statut depuis {changes.since_words}."
    return Exhibit(title, sentence, ("Action", "Avant", "Après", "Pourquoi") if rows else (), rows)


def gatherings(plan: Plan, today: dt.date) -> Exhibit:
    """How often each body met, and what came out of it."""
    held = Meeting.objects.of_plan(plan).filter(held_on__lte=today)
    bodies = Counter(held.values_list("body__name", flat=True))
    there = Attendance.objects.current().filter(meeting__in=held, presence=Presence.PRESENT)
    present = Counter(there.values_list("meeting__body__name", flat=True))
    taken = Decision.objects.of_plan(plan).filter(meeting__in=held, outcome=Outcome.TAKEN)
    decided = Counter(taken.values_list("meeting__body__name", flat=True))
    rows = tuple(
        (body, str(count), str(present[body]), str(decided[body])) for body, count in sorted(bodies.items())
    )
    total = bodies.total()
    sentence = f"{total} réunion{plural(total)} depuis le début du plan."
    if not total:
        sentence = "Aucune réunion n’est notée."
    columns = ("Instance", "Réunions", "Présences", "Décisions prises")
    return Exhibit("Le temps passé ensemble", sentence, columns if rows else (), rows)


def obstacles(plan: Plan, today: dt.date) -> Exhibit:
    """What blocked actions, and for how long."""
    found = list(Blockage.objects.of_plan(plan).select_related("action"))
    standing_still = sum(one.lifted_on is None for one in found)
    rows = tuple(
        (
            f"{one.action.number}. {one.action.title}",
            one.reason,
            f"{one.days(today)} jour{plural(one.days(today))}",
            "levé" if one.lifted_on else "en cours",
        )
        for one in found
    )
    words = [f"{len(found)} blocage{plural(len(found))} noté{plural(len(found))}"]
    words += [f"dont {standing_still} en cours"] if standing_still else []
    sentence = f"{', '.join(words)}." if found else "Aucun blocage n’a été noté."
    columns = ("Action", "Ce qui bloque", "Durée", "Où en est-on")
    return Exhibit("Ce qui a freiné les actions", sentence, columns if rows else (), rows)


def completeness(summary: IndicatorSummary) -> Exhibit:
    """How far the figures can be believed."""
    parts = (
        (summary.complete, "complet", "complets"),
        (summary.partial, "partiel", "partiels"),
        (summary.empty, "sans valeur", "sans valeur"),
    )
    said = listing([f"{count} {plural(count, f'{one},{many}')}" for count, one, many in parts])
    sentence = f"Sur {summary.total} indicateur{plural(summary.total)}\u00a0: {said}."
    if not summary.total:
        sentence = "Le plan n’a pas d’indicateur."
    return Exhibit("Ce que valent les chiffres", sentence)
