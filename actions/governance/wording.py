"""The governance of a plan in sentences."""

import datetime as dt

from ctg.web.templatetags.ui import day, plural
from ctg.web.words import listing

from ..models import Meeting
from .sheet import MeetingSheet


def from_today(days: int) -> str:
    """« dans 12 jours », « demain », « aujourd’hui », « hier », « il y a 12 jours »."""
    near = {0: "aujourd’hui", 1: "demain", -1: "hier"}
    return near.get(days) or (f"dans {days} jours" if days > 0 else f"il y a {-days} jours")


def hour(at: dt.time | None) -> str:
    """« à 14 h 30 », « à 9 h », or nothing."""
    if at is None:
        return ""
    minutes = f"\u00a0{at.minute:02}" if at.minute else ""
    return f"à {at.hour}\u00a0h{minutes}"


def whereabouts(meeting: Meeting) -> str:
    """« le 12 mars 2027 à 14 h, salle du conseil »."""
    when = " ".join(filter(None, [f"le {day(meeting.held_on)}", hour(meeting.starts_at)]))
    return ", ".join(filter(None, [when, meeting.place_text]))


def coming_sentence(meeting: Meeting | None, today: dt.date) -> str:
    if meeting is None:
        return "Aucune réunion n’est prévue."
    away = from_today((meeting.held_on - today).days)
    return f"Prochaine réunion\u00a0: {meeting.body}, {whereabouts(meeting)}, {away}."


def decisions_sentence(pending: int, taken: int, overdue: int) -> str:
    """« 3 décisions à prendre et 2 à appliquer, dont 1 en retard. »"""
    if not pending and not taken:
        return "Aucune décision n’attend."
    said = []
    if pending:
        said.append(f"{pending} décision{plural(pending)} à prendre")
    if taken:
        noun = "" if pending else f" décision{plural(taken)}"
        late = f", dont {overdue} en retard" if overdue else ""
        said.append(f"{taken}{noun} à appliquer{late}")
    return f"{' et '.join(said)}."


def meeting_sentence(meeting: Meeting, sheet: MeetingSheet) -> str:
    """What is to come, or what it has given."""
    if sheet.days > 0 or sheet.days == 0 and not meeting.concluded_at:
        count = len(sheet.points)
        points = f"{count} point{plural(count)} à l’ordre du jour" if count else "Rien à l’ordre du jour"
        asked = f", dont {sheet.to_take} décision{plural(sheet.to_take)} à prendre" if sheet.to_take else ""
        return f"{from_today(sheet.days).capitalize()}. {points}{asked}."
    taken = sheet.taken
    parts = [f"{taken} décision{plural(taken)} prise{plural(taken)}" if taken else "aucune décision prise"]
    if sheet.present:
        parts.append(f"{sheet.present} personne{plural(sheet.present)} présente{plural(sheet.present)}")
    held = f"Tenue {from_today(sheet.days)}\u00a0: {listing(parts)}."
    if meeting.concluded_at:
        return f"{held} Compte rendu arrêté le {day(meeting.concluded_at)}."
    return f"{held} Le compte rendu reste à arrêter."
