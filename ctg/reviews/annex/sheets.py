"""What each sheet of the annex holds."""

from collections.abc import Sequence
from dataclasses import astuple
from decimal import Decimal

from ctg.documents.workbooks.cells import Value
from ctg.reviews.annex.tables import FIGURE, PERCENT, Column, Table
from ctg.reviews.facts.shapes import ActionFact, ChangeFact, Counts, IndicatorFact, Note, ReviewFacts, Tally
from ctg.reviews.facts_in_words import confidence_of, numbers, parse_day, reached, say_day


def progress_sheet(facts: ReviewFacts) -> Table:
    whole = facts.progress.whole
    tallies = [*whole.statuses, *whole.confidences]
    columns = [
        *(Column("Regroupement", 16), Column("Intitulé", 50), Column("Actions", 9, FIGURE)),
        *(Column(one.words, 13, FIGURE) for one in tallies),
        Column("en retard", 10, FIGURE),
    ]
    identity, progress = facts.identity, facts.progress
    rows = [
        _counts("Plan", whole, tallies),
        *(_counts(identity.ambition_label, one, tallies) for one in progress.by_ambition),
        *(_counts(identity.theme_label, one, tallies) for one in progress.by_theme),
    ]
    return Table("Avancement", "Combien d’actions, par statut et par météo.", columns, rows, "C2")


def _counts(label: str, counts: Counts, tallies: Sequence[Tally]) -> list[Value]:
    """The row of a heading, in the columns of the whole plan."""
    own = {one.code: one.count for one in (*counts.statuses, *counts.confidences)}
    return [label, counts.title, counts.total, *(own.get(one.code, 0) for one in tallies), counts.late]


def action_sheet(facts: ReviewFacts) -> Table:
    identity = facts.identity
    columns = (
        *(Column("N°", 6, FIGURE), Column("Action", 40), Column(identity.ambition_label, 26)),
        *(Column(identity.orientation_label, 26), Column(identity.theme_label, 18)),
        *(Column("Statut", 12), Column("Météo", 13), Column("Avancement", 11, PERCENT)),
        *(Column("Retard", 18), Column("Motif", 24), Column("Calendrier", 16)),
        *(Column("Porteurs", 24), Column("Partenaires", 30), Column("Publics", 24)),
    )
    rows = [_action(one) for one in facts.actions]
    return Table("Actions", "Où en est chaque action, et qui la fait.", columns, rows, "C2")


def _action(action: ActionFact) -> list[Value]:
    return [
        action.number,
        action.title,
        action.ambition,
        action.orientation,
        action.theme,
        action.status_words,
        confidence_of(action),
        action.progress,
        action.lateness,
        action.reason,
        action.calendar,
        ", ".join(action.leads),
        ", ".join(action.partners),
        action.audiences,
    ]


def work_sheet(facts: ReviewFacts) -> Table:
    columns = (
        *(Column("N°", 6, FIGURE), Column("Action", 36), Column("Ce qui a été fait", 72)),
        *(Column("Difficultés et leviers", 50), Column("Perspectives", 44)),
    )
    about = "Ce qui a été fait, ce qui a freiné, ce qui vient."
    return Table("Action par action", about, columns, [_work(one) for one in facts.actions], "C2")


def _work(action: ActionFact) -> list[Value]:
    achieved = action.achieved or "\n".join(map(_signed, action.notes))
    slowed = "\n".join([*_slowed(action), *filter(None, [action.difficulties])])
    return [action.number, action.title, achieved, slowed, action.outlook]


def _signed(note: Note) -> str:
    return f"Le {say_day(note.on)}, {note.author}\u00a0: {note.text}"


def _slowed(action: ActionFact) -> list[str]:
    kinds = (("Frein", action.brakes), ("Levier", action.levers), ("Frein ou levier", action.factors))
    return [f"{kind}\u00a0: {one}" for kind, found in kinds for one in found]


def milestone_sheet(facts: ReviewFacts) -> Table:
    columns = (
        *(Column("Action", 8, FIGURE), Column("Jalon", 70), Column("Échéance", 12, FIGURE)),
        *(Column("Atteint le", 12, FIGURE), Column("Responsable", 40)),
    )
    rows = [
        [action.number, one.title, parse_day(one.due_on), parse_day(one.reached_on), one.owner]
        for action in facts.actions
        for one in action.milestones
    ]
    return Table("Jalons", "Les jalons des actions, prévus et atteints.", columns, rows)


def indicator_sheet(facts: ReviewFacts) -> Table:
    columns = (
        *(Column("Indicateur", 44), Column("Clé", 6), Column("Actions", 11), Column("Type", 14)),
        *(Column("Unité", 14), Column(f"Chiffre {facts.identity.year}", 12, FIGURE)),
        *(Column(f"Valeur {facts.identity.year}", 24), Column("Ce que la valeur contient", 34)),
        *(Column("Cible", 20), Column("Rapport à la cible", 24), Column("Cible atteinte", 13)),
        *(Column("Évolution", 24), Column("Constats", 50)),
    )
    rows = [_indicator(one) for one in facts.indicators]
    about = "Les valeurs de l’année, leurs cibles, et qui y est compté."
    return Table("Indicateurs", about, columns, rows, "B2")


def _indicator(indicator: IndicatorFact) -> list[Value]:
    findings = [f"{one.organisation}\u00a0: {one.text}" for one in indicator.findings]
    return [
        indicator.wording,
        "oui" if indicator.is_key else "",
        numbers(indicator.actions),
        indicator.kind_words,
        indicator.unit,
        Decimal(indicator.number) if indicator.number else None,
        indicator.value,
        indicator.contents,
        indicator.target,
        indicator.comparison,
        reached(indicator),
        indicator.trend,
        "\n".join(findings),
    ]


def governance_sheet(facts: ReviewFacts) -> Table:
    columns = (
        *(Column("Nature", 11), Column("Date", 12, FIGURE), Column("Instance ou réunion", 30)),
        *(Column("Objet", 44), Column("Ce qui est décidé", 44), Column("Où elle en est", 20)),
        *(Column("Qui s’en charge", 22), Column("Pour le", 12, FIGURE), Column("Appliquée le", 12, FIGURE)),
        *(Column("Actions", 10), Column("Présents", 9, FIGURE), Column("Points", 9, FIGURE)),
        Column("Décisions", 10, FIGURE),
    )
    meetings: list[list[Value]] = [
        [
            *("Réunion", parse_day(one.on), one.body, one.kind_words),
            *([None] * 6),
            *(one.present, one.points, one.decisions),
        ]
        for one in facts.meetings
    ]
    decisions: list[list[Value]] = [
        [
            *("Décision", parse_day(one.decided_on), one.meeting, one.subject, one.ruling, one.state),
            *(one.owner, parse_day(one.due_on), parse_day(one.done_on), numbers(one.actions)),
            *([None] * 3),
        ]
        for one in facts.decisions
    ]
    about = "Ce que les instances ont tenu et décidé dans l’année."
    return Table("Réunions et décisions", about, columns, [*meetings, *decisions])


def change_sheet(facts: ReviewFacts) -> Table:
    columns = (
        *(Column("Depuis", 30), Column("Action", 8, FIGURE), Column("Titre", 40)),
        *(Column("Ce qui change", 26), Column("Avant", 28), Column("Après", 28)),
        *(Column("Le", 12, FIGURE), Column("Pourquoi", 36), Column("Décidé par", 30)),
    )
    known = [one for one in (facts.since_signature, facts.since_last_year) if one]
    rows = [_change(since.since_words, one) for since in known for one in since.changes]
    return Table("Modifications", "Ce qui a bougé dans le plan, et pourquoi.", columns, rows)


def _change(since: str, change: ChangeFact) -> Sequence[Value]:
    _, words, number, title, before, after, on, reason, decided_by = astuple(change)
    return [since, number, title, words, before, after, parse_day(on), reason, decided_by]


def road_map_sheet(facts: ReviewFacts) -> Table:
    columns = (
        *(Column("Quand", 24), Column("Action", 8, FIGURE), Column("Quoi", 60)),
        *(Column("De quoi il s’agit", 34), Column("Qui", 36)),
    )
    rows = [[one.when, one.number, one.title, one.what, one.who] for one in facts.road_map]
    about = f"Ce que {facts.identity.year + 1} prévoit déjà."
    return Table("Feuille de route", about, columns, rows)


SHEETS = (
    *(progress_sheet, action_sheet, work_sheet, milestone_sheet, indicator_sheet),
    *(governance_sheet, change_sheet, road_map_sheet),
)
