"""The actions of a timeline under what they are ranged by: ambitions, themes or porteurs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from partners.models import User

from ..gists import Gist
from ..models import Ambition, Part, Theme
from ..models.heading import Heading
from ..reading import Reading, names_of

BY_AMBITION, BY_THEME, BY_LEAD = "ambition", "theme", "porteur"
WAYS = (BY_AMBITION, BY_THEME, BY_LEAD)


@dataclass
class Group:
    title: str
    gists: list[Gist] = field(default_factory=list)


def way_asked(reading: Reading, asked: str) -> str:
    """By what the address ranges the actions; when it does not say, as the plan itself is read."""
    if asked in WAYS:
        return asked
    return BY_AMBITION if reading.is_strategic else BY_THEME


def groups_of(reading: Reading, way: str, user: User) -> list[Group]:
    """Every heading of the plan in its order, the empty ones too, unless a filter is in force."""
    kept = [gist for gist in reading.gists if gist.pk in reading.filter.kept]
    if way == BY_LEAD:
        return _by_lead(reading, kept)
    titles = names_of(_headings(reading, way, user))
    groups = {key: Group(title) for key, title in titles.items()}
    loose = Group("À classer dans cette lecture")
    for gist in kept:
        groups.get((gist.ambition if way == BY_AMBITION else gist.theme) or 0, loose).gists.append(gist)
    everything = [*groups.values(), *([loose] if loose.gists else [])]
    if reading.filter.is_active:
        return [group for group in everything if group.gists]
    return everything


def _headings(reading: Reading, way: str, user: User) -> Sequence[Heading]:
    if (way == BY_AMBITION) == reading.is_strategic:
        return reading.headings
    model: type[Ambition] | type[Theme] = Ambition if way == BY_AMBITION else Theme
    return list(model.objects.visible_to(user).filter(plan=reading.plan))


def _by_lead(reading: Reading, kept: Sequence[Gist]) -> list[Group]:
    """An action that several organisations lead stands under each of them."""
    groups: dict[str, Group] = {}
    loose = Group("Sans porteur")
    for gist in kept:
        leads = [c.name for c in reading.carriers.get(gist.pk, ()) if c.part == Part.LEAD]
        for name in leads:
            groups.setdefault(name, Group(name)).gists.append(gist)
        if not leads:
            loose.gists.append(gist)
    named = [groups[name] for name in sorted(groups, key=str.casefold)]
    return [*named, *([loose] if loose.gists else [])]
