"""How far the renderer is, which it tells to its log only."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from partners.jobs import Progress

PAGE = re.compile(r"Page (\d+)")
WRITING = "Step 6"


class _Listener(logging.Handler):
    def __init__(self, on_page: Callable[[int], None], on_writing: Callable[[], None]) -> None:
        super().__init__(logging.INFO)
        self._on_page, self._on_writing = on_page, on_writing

    def emit(self, record: logging.LogRecord) -> None:
        said = record.getMessage()
        if found := PAGE.search(said):
            self._on_page(int(found[1]))
        elif said.startswith(WRITING):
            self._on_writing()


@contextmanager
def pages_told(on_page: Callable[[int], None], on_writing: Callable[[], None]) -> Iterator[None]:
    """Call `on_page` at each page laid out, again for those laid out again, then `on_writing`.

    Only for a process that renders one document at a time: the log is everybody’s.
    """
    log, listener = logging.getLogger("weasyprint.progress"), _Listener(on_page, on_writing)
    level, propagate = log.level, log.propagate
    log.setLevel(logging.INFO)
    log.propagate = False
    log.addHandler(listener)
    try:
        yield
    finally:
        log.removeHandler(listener)
        log.setLevel(level)
        log.propagate = propagate


@contextmanager
def tell_pages(progress: Progress, pages: int) -> Iterator[None]:
    """Tell a job the pages of a document that should have about so many, from its reading to its keeping."""
    total = pages + 2

    def on_page(page: int) -> None:
        progress(min(page, pages), total, f"Mise en page\u00a0: page {page}.")

    def on_writing() -> None:
        progress(pages + 1, total, "Écriture du fichier.")

    with pages_told(on_page, on_writing):
        yield
    progress(total, total, "Enregistrement du fichier.")
