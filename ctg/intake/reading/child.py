"""The process that reads one file and ends: little memory, little time, no other file, no network.

`python -m ctg.intake.reading.child file` takes a file on its input, `… clipboard` a text and its HTML as
JSON; both answer lines of JSON.
"""

import codecs
import gc
import json
import resource
import sys
from contextlib import suppress

from ctg.intake.reading.direct import read_clipboard, read_file
from ctg.intake.reading.limits import MOST_BYTES, MOST_MEMORY, MOST_PROCESSOR
from ctg.intake.reading.wire import write_answer, write_refusal
from ctg.intake.tables import Refusal, SourceFile

#: Loaded beforehand, as nothing can be opened later: what Windows writes, and what names parts of archives.
_ENCODINGS = ("cp1252", "cp437", "utf-8-sig", "utf-16", "latin-1", "iso8859-15", "ascii")


def main(what: str) -> None:
    for encoding in _ENCODINGS:
        codecs.lookup(encoding)
    confine()
    gc.disable()  # Nothing made here goes in circles, and the process ends anyway.
    try:
        for line in write_answer(_read(what)):
            sys.stdout.write(f"{line}\n")
    except Refusal as refusal:
        sys.stdout.write(f"{write_refusal(refusal)}\n")
    sys.stdout.flush()


def confine() -> None:
    """Give up, for good, what reading does not need."""
    _limit(resource.RLIMIT_AS, MOST_MEMORY)
    _limit(resource.RLIMIT_CPU, MOST_PROCESSOR)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NPROC, 0)
    _limit(resource.RLIMIT_NOFILE, 0)


def _read(what: str) -> SourceFile:
    if what == "clipboard":
        text, html = json.load(sys.stdin.buffer)
        return read_clipboard(text, html)
    return read_file(sys.stdin.buffer.read(MOST_BYTES + 1), "")


def _limit(what: int, most: int) -> None:
    """Systems other than Linux know fewer limits; the clock of whoever asked is then the last one."""
    allowed = resource.getrlimit(what)[1]
    if allowed != resource.RLIM_INFINITY:
        most = min(most, allowed)
    with suppress(ValueError, OSError):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main(sys.argv[1])
