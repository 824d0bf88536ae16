from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import models

from partners.models import Tracked

from .custom_field import PREFIX, CustomField

if TYPE_CHECKING:
    from .plan import Plan


class CustomValues(Tracked):
    """What an action says in the fields of its plan, each tracked under the name of its field.

    Values are plain JSON in the row of the action: two people who fill two fields merge, and a field
    that goes to the trash leaves its values where they are, to be read again when it comes back.
    """

    custom_values = models.JSONField("champs du plan", default=dict, editable=False)

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        plan: models.ForeignKey[Plan, Plan]

    @cached_property
    def _custom_fields(self) -> dict[str, CustomField]:
        """Those of the trash too: the history speaks of them."""
        return {field.name: field for field in self.plan.custom_fields.all()}

    def tracks(self, name: str) -> bool:
        return name.startswith(PREFIX) or super().tracks(name)

    def read_tracked(self, name: str) -> Any:
        if name.startswith(PREFIX):
            return self.custom_values.get(name)
        return super().read_tracked(name)

    def write_tracked(self, name: str, value: Any) -> bool:
        if not name.startswith(PREFIX):
            return super().write_tracked(name, value)
        kept = {key: held for key, held in self.custom_values.items() if key != name}
        self.custom_values = kept if value is None else kept | {name: value}
        return False

    def describe_tracked(self, name: str, value: Any) -> str:
        if name.startswith(PREFIX):
            return self._custom_fields[name].say(value)
        return super().describe_tracked(name, value)

    def label_tracked(self, name: str) -> str:
        if name.startswith(PREFIX):
            return self._custom_fields[name].label
        return super().label_tracked(name)
