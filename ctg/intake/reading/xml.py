"""XML of unknown origin, piece by piece: no entity, no document type, bounded depth and size.

Elements and attributes go by their bare names: Excel, LibreOffice, Google and the strict form of the
standard differ by namespaces alone.
"""

from collections.abc import Collection, Iterator
from typing import IO
from xml.etree.ElementTree import Element, TreeBuilder

from defusedxml.ElementTree import XMLParser

from .damage import damaged, too_heavy
from .limits import MOST_DEPTH, MOST_ELEMENTS, MOST_TAG

_CHUNK = 256 * 1024


def pieces(stream: IO[bytes], *wanted: str) -> Iterator[Element]:
    """Yield each element that bears a wanted name and stands in no other one, complete, and forget it."""
    gathering = _Gathering(wanted)
    parser = XMLParser(target=gathering, forbid_dtd=True)
    fed = 0
    while chunk := stream.read(_CHUNK):
        parser.feed(chunk)
        fed += len(chunk)
        # The parser reads a tag that has not ended from its start again, at each chunk.
        if fed - parser.parser.CurrentByteIndex > MOST_TAG:
            raise too_heavy()
        yield from gathering.hand_over()
    parser.close()
    yield from gathering.hand_over()


class _Gathering:
    """What the parser talks to: builds the wanted elements and lets everything else pass."""

    def __init__(self, wanted: Collection[str]) -> None:
        self.wanted = frozenset(wanted)
        self.done: list[Element] = []
        self.builder: TreeBuilder | None = None
        self.depth = self.top = self.count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        self.depth += 1
        self.count += 1
        if self.depth > MOST_DEPTH:
            raise damaged()
        if self.count > MOST_ELEMENTS:
            raise too_heavy()
        if self.builder is None:
            if name not in self.wanted:
                return
            self.builder, self.top = TreeBuilder(), self.depth
        if attributes:
            attributes = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        self.builder.start(name, attributes)

    def end(self, tag: str) -> None:
        if self.builder is not None:
            self.builder.end(tag.rpartition("}")[2])
            if self.depth == self.top:
                self.done.append(self.builder.close())
                self.builder = None
        self.depth -= 1

    def data(self, text: str) -> None:
        if self.builder is not None:
            self.builder.data(text)

    def hand_over(self) -> list[Element]:
        done, self.done = self.done, []
        return done
