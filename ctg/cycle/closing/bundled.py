"""The files that a plan keeps, under names that every system can write and a person can read."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from ctg.web.text import fold
from ctg.web.uploads import EXTENSIONS, open_stored

from .parts import Part

#: Long enough to tell files apart, short enough for the deepest folder.
LONGEST = 60


@dataclass(frozen=True)
class Bundled:
    """A file of the plan, where it stands in the package and where it is kept here."""

    path: str
    stored_as: str
    size: int
    sha256: str


class Bundling:
    """Gathers files as rows name them."""

    def __init__(self) -> None:
        self.files: list[Bundled] = []
        #: Where those would stand that the disk has lost.
        self.lost: list[str] = []

    def add(self, part: Part, rank: int, name: str, stored_as: str, media_type: str) -> dict[str, Any]:
        """What the row says of its file; one that the disk has lost is named without a digest."""
        path = path_of(part, rank, name, media_type)
        try:
            with open_stored(stored_as) as file:
                content = file.read()
        except FileNotFoundError:
            self.lost.append(path)
            return {"path": path}
        sha256 = hashlib.sha256(content).hexdigest()
        self.files.append(Bundled(path, stored_as, len(content), sha256))
        return {"path": path, "sha256": sha256}


def path_of(part: Part, rank: int, name: str, media_type: str) -> str:
    """« pieces-jointes/003-deliberation-du-12-mars.pdf »: letters, digits and dashes, whatever was typed."""
    extension = EXTENSIONS.get(media_type, ".bin")
    stem = name.removesuffix(extension)
    words = [*([f"{rank:03}"] if rank else []), slugify(fold(stem))[:LONGEST].strip("-")]
    return f"{part.folder}/{'-'.join(filter(None, words))}{extension}"
