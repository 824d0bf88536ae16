"""The one place that writes tracked things past `partners.tracking`: a package as the plan that it was.

A loaded plan keeps the versions, the dates and the history that it had; through the one door it would be
born today, signed by whoever loads it. Nothing else may call this: `loading` does, in its transaction.
"""

import secrets
from collections import defaultdict
from typing import Any

from django.db import models

from actions.models import Plan
from ctg.dashboards.models import PublicPage
from ctg.intake.tables import Refusal
from partners.models import Alias, Change, Territory, Tracked

from .known import Known
from .names import MODEL_OF, renamed
from .parts import PARTS, Part
from .rows import WRONG, Read


class Restoring:
    """Writes the rows of one package into one territory."""

    def __init__(self, rows: dict[str, list[Read]], territory: Territory) -> None:
        self._rows = rows
        self._territory = territory
        self._known = Known(territory)
        self._keys: dict[type[models.Model], list[int | None]] = defaultdict(list)
        self._found: dict[type[models.Model], dict[int, Any]] = defaultdict(dict)

    @property
    def has_found(self) -> bool:
        """Whether something of the package stood here already, and was left as it is."""
        return any(self._found.values())

    def restore(self) -> Plan:
        for part in PARTS:
            self._write_part(part)
        return Plan._base_manager.get(pk=self._key(Plan, 1))

    def _write_part(self, part: Part) -> None:
        reads = self._rows[part.name]
        names_itself = any(field.related_model is part.model for field in part.relations)
        if part.way and not names_itself:
            things = [self._tied(part, read) for read in reads]
            part.model._base_manager.bulk_create(things)
            self._keys[part.model] = [thing.pk for thing in things]
        else:
            for rank, read in enumerate(reads, 1):
                self._keys[part.model].append(self._write_one(part, read, rank))
        if names_itself:
            self._name_later_ones(part)
        for field in part.lists:
            self._write_list(part, field)

    def _write_one(self, part: Part, read: Read, rank: int) -> int | None:
        """The key of a row: of what stands here already, else of what is made now."""
        owner = self._owner_found(part, read)
        if part.model is Alias and owner is not None:
            return None
        if not part.way and (found := self._known.find(read, owner, self._members(part, rank))):
            self._found[part.model][rank] = found
            return int(found.pk)
        thing = self._tied(part, read)
        thing.save(force_insert=True)
        return int(thing.pk)

    def _owner_found(self, part: Part, read: Read) -> Any:
        """What stands here already for what a row belongs to: an organisation, a dimension."""
        for field in part.relations:
            if owner := self._found[field.related_model].get(read.names.get(field.name, 0)):
                return owner
        return None

    def _members(self, part: Part, rank: int) -> list[str]:
        if part.name != "dimensions":
            return []
        categories = self._rows["categories"]
        return [read.thing.name for read in categories if read.names.get("dimension") == rank]

    def _tied(self, part: Part, read: Read) -> Any:
        """The thing of a row with all that it names, ready to be written."""
        thing = read.thing
        if isinstance(thing, Tracked):
            _derive(part, thing)
        for field in part.model._meta.concrete_fields:
            if field.is_relation and not field.null and field.related_model is Territory:
                thing.territory = self._territory
            elif field.is_relation and not field.null and field.related_model is Plan:
                setattr(thing, field.attname, self._key(Plan, 1))
        for field in part.relations:
            rank = read.names.get(field.name)
            if rank is not None and not self._comes_later(part, field, rank):
                setattr(thing, field.attname, self._key(field.related_model, rank))
        if isinstance(thing, PublicPage):
            thing.slug = f"plan-{secrets.token_hex(8)}"
        if isinstance(thing, Change):
            self._tie_history(thing, read.names)
        return thing

    def _tie_history(self, change: Change, names: dict[str, Any]) -> None:
        model = MODEL_OF.get(change.kind)
        change.plan_id = self._key(Plan, 1)
        change.action_id = self._key(MODEL_OF["action"], names["action"]) if "action" in names else None
        # What the history names and the package has not is nothing here.
        change.object_id = self._key(model, names["object"]) if model and "object" in names else 0
        change.before = renamed(change.kind, change.field, names.get("before"), self._key)
        change.after = renamed(change.kind, change.field, names.get("after"), self._key)

    def _comes_later(self, part: Part, field: Any, rank: int) -> bool:
        return field.related_model is part.model and rank > len(self._keys[part.model])

    def _name_later_ones(self, part: Part) -> None:
        """Rows that name one of their own part may have been written before it."""
        for field in part.relations:
            for rank, read in enumerate(self._rows[part.name], 1):
                named: Any = read.names.get(field.name)
                is_late = field.related_model is part.model and named is not None and named >= rank
                if is_late and rank not in self._found[part.model]:
                    row = part.model._base_manager.filter(pk=self._keys[part.model][rank - 1])
                    row.update(**{field.attname: self._key(part.model, named)})

    def _write_list(self, part: Part, field: Any) -> None:
        through = field.remote_field.through
        own, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        through._base_manager.bulk_create(
            through(**{own: self._key(part.model, rank), other: self._key(field.related_model, member)})
            for rank, read in enumerate(self._rows[part.name], 1)
            for member in read.names.get(field.name, ())
        )

    def _key(self, model: type[models.Model], rank: int) -> int:
        """The key that the row of this rank has here."""
        keys = self._keys[model]
        key = keys[rank - 1] if type(rank) is int and 0 < rank <= len(keys) else None
        if key is None:
            raise Refusal(f"{WRONG}\u00a0: une ligne en nomme une autre qui n’y est pas.")
        return key


def _derive(part: Part, thing: Tracked) -> None:
    """Compute what follows from other fields and was left out; what the package says stands."""
    said = {column.attname: getattr(thing, column.attname) for column in part.columns}
    thing.derive()
    for name, value in said.items():
        setattr(thing, name, value)
