"""The compact list: one row per action, for a meeting or a wall."""

from collections.abc import Sequence

from actions.models import Action
from ctg.documents.order import Order
from ctg.documents.papers.blocks import Column, Table
from ctg.documents.wording import calendar

VOTED = (Column("N°", 5), Column("Action", 50), Column("Porteurs", 28), Column("Calendrier", 17))
FOLLOWED = (
    *(Column("N°", 4), Column("Action", 31), Column("Porteurs", 19), Column("Calendrier", 11)),
    *(Column("Statut", 9), Column("Météo", 9), Column("Avancement", 8), Column("Retard", 9)),
)
TITLE = 1


def listing_of(order: Order, actions: Sequence[Action], title: str) -> list[Table]:
    if not actions:
        return []
    columns = FOLLOWED if order.with_follow_up else VOTED
    rows = [_row(order, action) for action in actions]
    return [Table(title, columns, rows, heading_column=TITLE)]


def _row(order: Order, action: Action) -> list[str]:
    carriers = ", ".join(order.reading.carriers(action)) or action.partners_text
    row = [str(action.number), action.title, carriers, action.calendar_text or calendar(action)]
    if order.with_follow_up:
        row += [
            str(action.get_status_display()),
            str(action.get_confidence_display()) if action.confidence else "sans avis",
            "" if action.progress is None else f"{action.progress}\u00a0%",
            action.lateness(order.today).removeprefix("En retard "),
        ]
    return row
