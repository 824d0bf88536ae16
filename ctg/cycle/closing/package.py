"""The package of a plan: one zip from which people read it, and from which another installation takes it."""

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Protocol
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils import timezone

from actions.models import Plan
from ctg.documents.exports import where
from ctg.documents.pdf.progress import pages_told
from ctg.web.uploads import open_stored

from .bundled import Bundled
from .content import Content, content_of
from .documents import Document, documents_of
from .label import CONTENT, LABEL, README, Entry, Label
from .readme import write_readme


class Telling(Protocol):
    """Says how far the package is: the same as `partners.jobs.Progress`."""

    def __call__(self, done: int, total: int, said: str) -> None: ...


@dataclass(frozen=True)
class Package:
    """`file` is at its beginning, and gone once it is closed."""

    name: str
    file: IO[bytes]
    sha256: str
    size: int


def say_nothing(done: int, total: int, said: str) -> None:
    """For whoever waits without looking."""


def write_package(plan: Plan, *, at: dt.datetime, tell: Telling = say_nothing) -> Package:
    """Write the package of a plan whose door was passed, with what the coordination alone reads."""
    today = timezone.localdate(at)
    asked = list(documents_of(plan, today=today))
    total = len(asked) + 2
    tell(0, total, "Lecture de tout le plan.")
    content = content_of(plan)
    written = dict(_write(document, rank, total, tell) for rank, document in enumerate(asked, 1))
    written[CONTENT] = content.text.encode()
    tell(total - 1, total, f"Copie de {len(content.files)} fichiers.")
    file = tempfile.TemporaryFile()  # noqa: SIM115, whoever receives it closes it
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive_of = _Archive(archive, timezone.localtime(at))
        entries = [Entry.of(path, made) for path, made in written.items()]
        entries += [Entry(one.path, one.size, one.sha256) for one in content.files]
        readme = write_readme(plan, content, entries, at=at)
        # What one reads first stands first.
        entries.insert(0, Entry.of(README, readme))
        for path, made in {README: readme, **written}.items():
            archive_of.add(path, made)
        for bundled in content.files:
            archive_of.copy(bundled)
        archive_of.add(LABEL, _label(plan, content, entries, at).as_json().encode())
    tell(total, total, "Enregistrement du paquet.")
    size = file.tell()
    file.seek(0)
    return Package(f"paquet-ctg-{where(plan)}-{today.isoformat()}.zip", file, content.sha256, size)


def _write(document: Document, rank: int, total: int, tell: Telling) -> tuple[str, bytes]:
    said = f"Écriture\u00a0: {document.told}"
    tell(rank, total, f"{said}.")
    with pages_told(lambda page: tell(rank, total, f"{said}, page {page}."), lambda: None):
        export = document.write()
    return f"{document.folder}/{export.name}", export.content


def _label(plan: Plan, content: Content, entries: list[Entry], at: dt.datetime) -> Label:
    return Label(plan.territory.name, plan.title, plan.years, at, content.sha256, tuple(entries))


class _Archive:
    """Adds files to a zip, all of the same day."""

    def __init__(self, archive: ZipFile, at: dt.datetime) -> None:
        self._archive, self._date = archive, at.timetuple()[:6]

    def add(self, path: str, content: bytes) -> None:
        with self._open(path) as target:
            target.write(content)

    def copy(self, bundled: Bundled) -> None:
        with self._open(bundled.path) as target, open_stored(bundled.stored_as) as source:
            shutil.copyfileobj(source, target)

    @contextmanager
    def _open(self, path: str) -> Iterator[IO[bytes]]:
        entry = ZipInfo(path, self._date)
        entry.compress_type = ZIP_DEFLATED
        with self._archive.open(entry, "w") as target:
            yield target
