"""A title that was changed wherever it stood, as a change of its heading."""

from typing import Any

from actions.models import Ambition
from ctg.documents.workbooks.marks import digest, said
from ctg.web.text import clean
from partners import tracking
from partners.models.change import Event

from .headings import Level
from .reading import Entry
from .reasons import STRUCTURE
from .shapes import Line, NotTaken, Theirs
from .wording import label_of


def renaming(level: Level, pk: int, entry: Entry, place: str) -> Line:
    heading = level.standing.headings[level.name][pk]
    with_impacts = level.name == "ambition" and level.is_shared
    values = _ambition(heading, entry.text) if with_impacts else {"title": clean(entry.text).strip()}
    values = {name: value for name, value in values.items() if value != heading.read_tracked(name)}
    if not values:
        raise NotTaken(STRUCTURE)
    told = "\n".join([heading.title, *getattr(heading, "impacts", [])]) if with_impacts else heading.title
    theirs = None
    if digest(said(told)) != entry.left_as:
        rows = tracking.history_of(heading).filter(event=Event.CHANGED, field__in=values).order_by("pk")
        last = rows.last()
        theirs = Theirs.of(last) if last else Theirs(told, "quelqu’un", None)
    return Line(
        key=f"{level.name}-{pk}",
        label=label_of(level.name, level.standing.plan),
        before=" · ".join(
            filter(None, (heading.describe_tracked(n, heading.read_tracked(n)) for n in values))
        ),
        after=" · ".join(filter(None, (heading.describe_tracked(n, values[n]) for n in values))),
        thing=heading,
        values=values,
        place=place,
        theirs=theirs,
    )


def _ambition(heading: Any, text: str) -> dict[str, Any]:
    """The title, then one impact on each line, as the strategic layout tells them."""
    assert isinstance(heading, Ambition)
    if "\n" in heading.title or any("\n" in impact for impact in heading.impacts):
        raise NotTaken(STRUCTURE)
    title, *impacts = [line.strip() for line in text.split("\n") if line.strip()]
    return {"title": title, "impacts": impacts}
