"""Keeping what a person says of the packed cells of a file, page after page."""

from collections.abc import Callable, Sequence

from django.db import transaction

from ctg.intake.models import DroppedFile
from ctg.intake.previewing.corrections import Corrections
from ctg.intake.previewing.preview import Preview

#: So that a page stays below a thousand fields, whatever the cells hold.
_MOST_ACTIONS, _MOST_PIECES = 25, 150


def correct(dropped: DroppedFile, tell: Sequence[Callable[[Corrections], None]]) -> None:
    """Add to what was said before, even a moment ago on another page; not once the file is in a plan."""
    with transaction.atomic():
        now = DroppedFile.objects.select_for_update(of=("self",)).get(pk=dropped.pk)
        corrections = Corrections.read(now.corrections)
        for one in tell:
            one(corrections)
        if not now.is_imported:
            now.corrections = corrections.write()
            now.save(update_fields=["corrections"])


def pages_of(preview: Preview) -> list[list[int]]:
    """The ranks of the actions that have something to confirm, as many as a page holds."""
    pages: list[list[int]] = [[]]
    pieces = 0
    for rank, cut in enumerate(preview.proposed):
        count = len(cut.indicators) + len(cut.factors)
        if not count:
            continue
        if pages[-1] and (len(pages[-1]) == _MOST_ACTIONS or pieces + count > _MOST_PIECES):
            pages.append([])
            pieces = 0
        pages[-1].append(rank)
        pieces += count
    return pages
