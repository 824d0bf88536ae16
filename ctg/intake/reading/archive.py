"""The zip archive that a workbook or a text is: limited before it is unpacked, known by its parts."""

from collections.abc import Iterator
from io import BytesIO
from posixpath import dirname, join, normpath
from xml.etree.ElementTree import Element
from zipfile import ZipFile, ZipInfo

from ctg.intake.tables import Refusal

from .damage import PROTECTED, damaged, too_heavy
from .limits import MOST_RATIO, MOST_TEXT_PARTS, MOST_UNPACKED, MOST_WORKBOOK_PARTS
from .xml import pieces

_IS_ENCRYPTED = 1


class Archive:
    """The parts of an archive by their names, which are compared without case as Office does."""

    def __init__(self, content: bytes) -> None:
        self._file = ZipFile(BytesIO(content))
        entries = [entry for entry in self._file.infolist() if not entry.is_dir()]
        _check_size(entries, len(content))
        self._entries = {_normal(entry.filename): entry for entry in entries}
        if len(self._entries) < len(entries):
            raise damaged()
        self.check_parts(MOST_TEXT_PARTS)

    @property
    def names(self) -> list[str]:
        return list(self._entries)

    def check_parts(self, most: int = MOST_WORKBOOK_PARTS) -> None:
        if len(self._entries) > most:
            raise Refusal(
                f"Ce fichier est fait de {len(self._entries)} parties\u00a0; {most} au plus sont lues. "
                "Copiez le tableau du plan dans un fichier neuf."
            )

    def has(self, name: str) -> bool:
        return _normal(name) in self._entries

    def start_of(self, name: str, size: int = 256 * 1024) -> bytes:
        with self._file.open(self._entries[_normal(name)]) as part:
            return part.read(size)

    def pieces(self, name: str, *wanted: str) -> Iterator[Element]:
        """The wanted elements of a part of XML; a part that is not there has none."""
        if entry := self._entries.get(_normal(name)):
            with self._file.open(entry) as part:
                yield from pieces(part, *wanted)

    def relations_of(self, name: str) -> dict[str, tuple[str, str]]:
        """For each relation of a part, by its identifier, its kind and the part where it leads.

        What leads out of the file is left aside.
        """
        folder, _, own = name.rpartition("/")
        found = {}
        for one in self.pieces(join(folder, "_rels", f"{own}.rels"), "Relationship"):
            if one.get("TargetMode") != "External":
                target = normpath(join("/", dirname(name), one.get("Target", "").replace("\\", "/")))
                found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], target.lstrip("/"))
        return found


def _check_size(entries: list[ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * packed:
        raise too_heavy()
    if any(entry.flag_bits & _IS_ENCRYPTED for entry in entries):
        raise Refusal(PROTECTED)


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
