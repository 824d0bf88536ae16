"""Read in this very process: what one made oneself, and what `child` was started to read."""

from collections.abc import Iterator
from contextlib import contextmanager

from ctg.intake.tables import Refusal, SourceFile

from .damage import FAULTS, damaged, too_heavy
from .limits import MOST_BYTES
from .markup import read_markup
from .pasted import NAME, read_pasted_text
from .recognition import read_by_content


def read_file(content: bytes, name: str) -> SourceFile:
    """Read the tables of a file whatever its name; raise `Refusal` with what to do when it cannot be read."""
    _check_size(len(content), "Ce fichier dépasse")
    with _refusals():
        return read_by_content(content, name)


def read_clipboard(text: str, html: str) -> SourceFile:
    """Read the formatted form when it holds a table: it alone knows merged cells and paragraphs in cells."""
    _check_size(len(text) + len(html), "Ce que vous collez dépasse")
    with _refusals():
        return read_markup(html, NAME) if "<table" in html.lower() else read_pasted_text(text)


def _check_size(size: int, what: str) -> None:
    if size > MOST_BYTES:
        raise Refusal(
            f"{what} 5\u00a0Mo. Enlevez les images, ou copiez la seule feuille du plan dans un fichier neuf."
        )


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (MemoryError, RecursionError) as fault:
        raise too_heavy() from fault
    except FAULTS as fault:
        raise damaged() from fault
