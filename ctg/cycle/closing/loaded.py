"""The line that a loaded package leaves in the history of its plan.

It tells of an installation, not of the plan: it does not go into the next package.
"""

import datetime as dt

from actions.models import Plan
from partners.models import Change, Territory
from partners.models.change import Event
from partners.tracking import Author

#: The kind under which the history names a package.
LOADED = "package"


def tell_loaded(plan: Plan, sha256: str, *, by: Author, at: dt.datetime) -> None:
    """« Créé : chargé depuis un paquet, empreinte 3f2a… », by which the same one is known again."""
    Change.objects.create(
        territory_id=plan.territory_id,
        plan_id=plan.pk,
        kind=LOADED,
        object_id=plan.pk,
        name=plan.title,
        event=Event.CREATED,
        after=sha256,
        after_text=f"chargé depuis un paquet, empreinte {sha256}",
        version=plan.version,
        author=by.user,
        author_label=by.label,
        at=at,
    )


def plan_loaded_from(territory: Territory, sha256: str) -> Plan | None:
    """The plan that this very package made in a territory, unless it was thrown away since."""
    keys = Change.objects.filter(territory=territory, kind=LOADED, after=sha256).values("object_id")
    return Plan._base_manager.filter(pk__in=keys, trashed_at=None).first()
