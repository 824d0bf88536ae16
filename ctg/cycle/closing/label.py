"""`paquet.json`: what a package is, which files it holds, and the digest of each.

`contenu.json` says nothing of the installation; what does stands here.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from ctg.reviews.facts.canonical import canonical_json, digest_of

FORMAT = "plan-ctg/paquet"
VERSION = 1

LABEL, CONTENT, README = "paquet.json", "contenu.json", "LISEZ-MOI.txt"


@dataclass(frozen=True)
class Entry:
    path: str
    size: int
    sha256: str

    @classmethod
    def of(cls, path: str, content: bytes) -> "Entry":
        return cls(path, len(content), hashlib.sha256(content).hexdigest())


@dataclass(frozen=True)
class Label:
    """`entries` are all the files but the label itself."""

    territory: str
    plan: str
    years: str
    written_at: dt.datetime
    sha256: str
    entries: tuple[Entry, ...]

    def as_json(self) -> str:
        """The label under its own digest, so that nothing of it changes unseen."""
        told = {"format": FORMAT, "version": VERSION, **asdict(self)}
        told |= {"written_at": self.written_at.isoformat()}
        return json.dumps(told | {"seal": _seal(told)}, ensure_ascii=False, indent=1)


def read_label(text: str) -> Label:
    """The label that a text holds; ValueError, KeyError or TypeError for any other text."""
    told = json.loads(text)
    seal = told.pop("seal")
    if seal != _seal(told):
        raise ValueError("The label was changed.")
    names = ("territory", "plan", "years", "sha256")
    if not all(isinstance(told[name], str) for name in names):
        raise ValueError("The label says what is no text.")
    return Label(
        **{name: told[name] for name in names},
        written_at=dt.datetime.fromisoformat(told["written_at"]),
        entries=tuple(_entries(told["entries"])),
    )


def version_of(text: str) -> int:
    """The version of what calls itself a package."""
    told = json.loads(text)
    if told["format"] != FORMAT or not isinstance(told["version"], int):
        raise ValueError("This is no label.")
    version: int = told["version"]
    return version


def _entries(told: Iterable[dict[str, Any]]) -> Iterable[Entry]:
    for one in told:
        entry = Entry(**one)
        if not (isinstance(entry.path, str) and isinstance(entry.size, int) and entry.size >= 0):
            raise ValueError("An entry is no file.")
        yield entry


def _seal(told: dict[str, Any]) -> str:
    return digest_of(canonical_json({name: value for name, value in told.items() if name != "seal"}))
