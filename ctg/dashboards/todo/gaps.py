"""What the plan still lacks, one line for each thing: nothing presses, and the plan gains by it."""

from collections.abc import Iterator

from django.urls import reverse

from actions.sections import PARTS_OF, lack_in, missing
from ctg.web.templatetags.ui import plural
from indicators.definition.completeness import BASELINE, GAPS, count_gaps
from indicators.models import Indicator

from .desk import Desk
from .lines import Batch, Button, Line

#: How many actions a line names.
NAMED = 12


def sheets(desk: Desk) -> Batch:
    """One line for each essential that some sheets lack, with a link to each place where it is written."""
    if not desk.coordinates:
        return Batch()
    lacking: dict[str, list[int]] = {words: [] for words in PARTS_OF}
    for pk, case in desk.cases.items():
        for words in missing(case, organisations=case.is_carried, indicators=case.has_indicators):
            lacking[words].append(pk)
    return Batch([_sheets(desk, words, actions) for words, actions in lacking.items() if actions])


def definitions(desk: Desk) -> Batch:
    """What the indicators lack: each thing is filled for many of them on one page."""
    if not desk.coordinates:
        return Batch()
    counts = count_gaps(Indicator.objects.of_plan(desk.plan))
    return Batch([*_definitions(desk, counts)])


def _sheets(desk: Desk, words: str, actions: list[int]) -> Line:
    first, count = actions[0], len(actions)
    place = _place(words, first)
    noun = f"{count} fiches" if count > 1 else f"La fiche {desk.cases[first].number}"
    verb = "manquent" if words.startswith("les ") else "manque"
    said = lack_in(desk.plan, words)
    links = [Button(f"action\u00a0{desk.cases[pk].number}", _place(words, pk)) for pk in actions[:NAMED]]
    others = count - len(links)
    return Line(
        "Fiche",
        f"{noun} où {verb} {said}",
        place,
        f"et {others} autre{plural(others)}" if others else "",
        [Button("Compléter", place, f"{said}, action {desk.cases[first].number}")],
        links,
    )


def _place(words: str, action: int) -> str:
    if part := PARTS_OF[words]:
        return reverse("actions:action_edit", args=[action, part])
    return reverse("indicators:indicator_add", args=[action])


def _definitions(desk: Desk, counts: dict[str, int]) -> Iterator[Line]:
    page = reverse("indicators:definition_fill", args=[desk.plan.pk])
    for slug, gap in GAPS.items():
        if count := counts[slug]:
            lacked = "valeur de départ" if gap is BASELINE else gap.name
            title = f"{count} indicateur{plural(count)} sans {lacked}"
            url = f"{page}?etape={slug}"
            yield Line("Indicateurs", title, url, gap.question, [Button("Compléter", url, lacked)])
