"""What a territory has already of what a package names: found again by its name, and left as it is."""

from typing import Any

from ctg.documents.models import Letterhead
from ctg.web.text import fold
from indicators.models import Category, CommonIndicator, Dimension
from partners.models import Alias, Organisation, Territory

from .rows import Read


class Known:
    """Organisations, ventilations, common indicators and the letterhead of where a package goes.

    Each is found once: two organisations of a package never become one. Nothing is known of a territory
    that does not exist yet.
    """

    def __init__(self, territory: Territory | None) -> None:
        self.territory = territory
        organisations = Organisation.objects.current().filter(territory=territory).order_by("-pk")
        self._organisations = {fold(one.name): one for one in organisations}
        self._aliases = {
            fold(alias.name): alias.organisation
            for alias in Alias.objects.filter(organisation__in=organisations).select_related("organisation")
        }
        self._dimensions = Dimension.objects.current().filter(territory=territory).order_by("pk")
        self._common = {one.wording: one for one in CommonIndicator.objects.all()}
        self._taken: set[int] = set()

    def find(self, read: Read, owner: Any, members: list[str]) -> Any:
        """What a row became here, or nothing; `owner` is what stands here for what the row belongs to.

        `members` are the categories of a dimension.
        """
        match read.thing:
            case Organisation() as thing if thing.trashed_at is None:
                return self._once(
                    self._organisations.get(fold(thing.name)) or self._aliases.get(fold(thing.name))
                )
            case Dimension() as thing if thing.trashed_at is None:
                return self._once(self._same_dimension(thing.name, members))
            case Category() as thing if owner is not None:
                return Category.objects.filter(dimension=owner, name=thing.name).first()
            case CommonIndicator() as thing:
                return self._common.get(thing.wording)
            case Letterhead():
                return Letterhead.objects.filter(territory=self.territory).first()
        return None

    def _once(self, found: Any) -> Any:
        if found is None or found.pk in self._taken:
            return None
        self._taken.add(found.pk)
        return found

    def _same_dimension(self, name: str, members: list[str]) -> Dimension | None:
        """One of the same name that has all these categories."""
        for one in self._dimensions:
            theirs = set(one.categories.values_list("name", flat=True))
            if fold(one.name) == fold(name) and set(members) <= theirs:
                return one
        return None
