"""How the history names what happened."""

from django import template
from django.apps import apps
from django.utils.text import capfirst

from ..models import Change
from ..models.change import Event

register = template.Library()

#: Nouns agree with whatever they happen to.
EVENTS = {
    Event.CREATED: "Création",
    Event.TRASHED: "Mise à la corbeille",
    Event.RESTORED: "Sortie de la corbeille",
    Event.MERGED: "Fusion",
    Event.REMOVED: "Retrait",
}


@register.filter
def subject(change: Change) -> str:
    """What changed: « Action 3 : Créer un guichet », « Jalon : Ouverture du guichet ».

    A change that comes with a `kind_label` is of a thing that its plan calls in its own words.
    """
    kinds = {model._meta.model_name: model._meta.verbose_name for model in apps.get_models()}
    kind = getattr(change, "kind_label", "") or capfirst(str(kinds.get(change.kind, change.kind)))
    return change.name if change.name.startswith(kind) else f"{kind}\N{NO-BREAK SPACE}: {change.name}"


@register.filter
def rubric(change: Change) -> str:
    """Which of its fields changed, or what became of the whole."""
    return capfirst(change.label) or EVENTS.get(Event(change.event), "")
