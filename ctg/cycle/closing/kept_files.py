"""The files of a package on the disk, for as long as the rows that tell of them are being written."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from ctg.web import uploads

from .opening import CHUNK, Opened
from .parts import STORED
from .rows import Read, files_of

#: What was kept, and for which row.
Kept = list[tuple[Read, str]]


def keep_files(opened: Opened, rows: dict[str, list[Read]]) -> Kept:
    """Write each file, and tell its row where it is; a process that is killed leaves some without a row."""
    kept: Kept = []
    with dropped_unless_written(kept):
        for read, name, file in files_of(rows):
            stored_as = secrets.token_urlsafe(24)  # Lost before the package was made, it stays lost.
            if file["sha256"]:
                with opened.open(file["path"]) as source:
                    stored_as = uploads.keep_content(iter(partial(source.read, CHUNK), b""))
                kept.append((read, stored_as))
            _name_file(read.thing, name, stored_as)
    return kept


@contextmanager
def dropped_unless_written(kept: Kept) -> Iterator[None]:
    """Take the files away when their rows are not written.

    Enter it within the transaction: when that fails to end, nobody knows what became of the rows, and
    the files stay.
    """
    try:
        yield
    except BaseException:
        for _, stored_as in kept:
            uploads.drop_stored(stored_as)
        raise


def drop_unused(kept: Kept) -> None:
    """Take away those of rows that stood there already, such as another logo."""
    for read, stored_as in kept:
        if read.thing.pk is None:
            uploads.drop_stored(stored_as)


def _name_file(thing: Any, name: str, stored_as: str) -> None:
    if name == STORED:
        thing.stored_as = stored_as
        return
    told = {key: value for key, value in getattr(thing, name).items() if key != "file"}
    setattr(thing, name, told | {STORED: stored_as})
