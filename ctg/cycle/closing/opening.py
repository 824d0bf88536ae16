"""A package that somebody brings: limited before it is unpacked, and refused unless every byte is right.

Nothing of it is written under the names that it gives, and nothing is kept before all of it was checked.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile, ZipInfo

from ctg.cycle.closing import content, label
from ctg.cycle.closing.label import CONTENT, LABEL, Label, read_label, version_of
from ctg.intake.reading.damage import FAULTS
from ctg.intake.reading.limits import MOST_RATIO
from ctg.intake.tables import Refusal

#: Bytes of the file, of all that it unpacks to, of its two texts; and how many files it holds.
MOST_PACKED = 1024**3
MOST_UNPACKED = 2 * 1024**3
MOST_CONTENT = 256 * 1024**2
MOST_LABEL = 16 * 1024**2
MOST_ENTRIES = 10_000

CHUNK = 1024**2

_SAFE = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]*/){0,2}[A-Za-z0-9][A-Za-z0-9._-]*")
_IS_ENCRYPTED = 1

NO_PACKAGE = "Ce fichier n’est pas un paquet de Plan CTG, ou il est abîmé."
ALTERED = "Ce paquet a été modifié ou abîmé depuis qu’il fut écrit"
NEWER = (
    "Ce paquet vient d’une version plus récente de Plan CTG. Mettez cette installation à jour, "
    "puis recommencez."
)


@dataclass(frozen=True)
class Opened:
    """A package that was checked whole; `parts` are the rows of its content."""

    path: Path
    label: Label
    parts: dict[str, list[dict[str, Any]]]

    @contextmanager
    def open(self, path: str) -> Iterator[IO[bytes]]:
        with ZipFile(self.path) as archive, archive.open(path) as file:
            yield file


def open_package(path: Path) -> Opened:
    """Check a package from end to end; raise Refusal, in words for whoever brought it."""
    if path.stat().st_size > MOST_PACKED:
        raise Refusal(f"Ce fichier pèse plus de {MOST_PACKED // 1024**2}\u00a0Mo\u00a0: il n’est pas lu.")
    try:
        with ZipFile(path) as archive:
            entries = _entries_of(archive, path.stat().st_size)
            told = _label_of(archive, entries)
            _check_files(archive, entries, told)
            return Opened(path, told, _parts_of(archive, told))
    except Refusal:
        raise
    except (*FAULTS, RecursionError, TypeError) as fault:
        raise Refusal(NO_PACKAGE) from fault


def _entries_of(archive: ZipFile, packed: int) -> dict[str, ZipInfo]:
    """The files of the archive, whose table of contents alone was read so far."""
    listed = [entry for entry in archive.infolist() if not entry.is_dir()]
    unpacked = sum(entry.file_size for entry in listed)
    if len(listed) > MOST_ENTRIES or unpacked > min(MOST_UNPACKED, MOST_RATIO * packed):
        raise Refusal("Ce fichier est trop gros une fois ouvert\u00a0: il n’est pas lu.")
    if any(not _SAFE.fullmatch(entry.filename) for entry in archive.infolist() if not entry.is_dir()):
        raise Refusal("Ce paquet contient un fichier dont le nom mène ailleurs\u00a0: il est refusé.")
    if any(entry.flag_bits & _IS_ENCRYPTED for entry in listed):
        raise Refusal("Ce fichier est protégé par un mot de passe.")
    entries = {entry.filename: entry for entry in listed}
    if len({name.casefold() for name in entries}) < len(listed):
        raise Refusal("Ce paquet contient deux fois le même fichier\u00a0: il est refusé.")
    return entries


def _label_of(archive: ZipFile, entries: dict[str, ZipInfo]) -> Label:
    if LABEL not in entries or entries[LABEL].file_size > MOST_LABEL:
        raise Refusal(NO_PACKAGE)
    text = archive.read(LABEL).decode()
    if version_of(text) > label.VERSION:
        raise Refusal(NEWER)
    return read_label(text)


def _check_files(archive: ZipFile, entries: dict[str, ZipInfo], told: Label) -> None:
    """Compare what there is with what the label says, name by name and byte by byte."""
    expected = {entry.path: entry for entry in told.entries}
    for path in sorted(expected.keys() - entries.keys()):
        raise Refusal(f"{ALTERED}\u00a0: il y manque «\u00a0{path}\u00a0».")
    for path in sorted(entries.keys() - expected.keys() - {LABEL}):
        raise Refusal(f"{ALTERED}\u00a0: «\u00a0{path}\u00a0» n’en fait pas partie.")
    for path, entry in expected.items():
        if entries[path].file_size != entry.size or _digest_of(archive, path) != entry.sha256:
            raise Refusal(f"{ALTERED}\u00a0: «\u00a0{path}\u00a0» n’est plus le même.")


def _digest_of(archive: ZipFile, path: str) -> str:
    """The digest of a file, or nothing when it does not unpack."""
    digest = hashlib.sha256()
    try:
        with archive.open(path) as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except FAULTS:
        return ""
    return digest.hexdigest()


def _parts_of(archive: ZipFile, told: Label) -> dict[str, list[dict[str, Any]]]:
    if archive.getinfo(CONTENT).file_size > MOST_CONTENT:
        raise Refusal("Le contenu de ce paquet est trop gros\u00a0: il n’est pas lu.")
    text = archive.read(CONTENT).decode()
    whole = json.loads(text)
    if whole["format"] != content.FORMAT or hashlib.sha256(text.encode()).hexdigest() != told.sha256:
        raise Refusal(NO_PACKAGE)
    if whole["version"] > content.VERSION:
        raise Refusal(NEWER)
    parts: dict[str, list[dict[str, Any]]] = whole["parts"]
    return parts
