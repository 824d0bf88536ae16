"""Read what anyone sends in a process of its own, which cannot harm this one and is ended when it lasts."""

import json
import logging
import subprocess
import sys
from pathlib import Path

from ctg.intake.tables import SourceFile

from .damage import too_heavy
from .limits import MOST_BYTES, MOST_SECONDS
from .wire import read_answer

_logger = logging.getLogger(__name__)
_ROOT = Path(__file__).parents[3]
_COMMAND = (sys.executable, "-s", "-B", "-X", "utf8", "-m", "ctg.intake.reading.child")


def read_safely(content: bytes, name: str) -> SourceFile:
    """Do as `direct.read_file`, whatever the file does to the process that reads it."""
    # One byte beyond the limit is enough for that process to refuse.
    return _ask("file", content[: MOST_BYTES + 1], name)


def read_pasted(text: str, html: str = "") -> SourceFile:
    """Read what a clipboard holds, as text and as HTML; raise `Refusal` when it holds no table."""
    return _ask("clipboard", json.dumps([text, html]).encode(), "")


def _ask(what: str, content: bytes, name: str) -> SourceFile:
    try:
        # Without environment: no secret is at hand of what reads.
        child = subprocess.run(
            (*_COMMAND, what),
            input=content,
            capture_output=True,
            cwd=_ROOT,
            env={},
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as expired:
        raise too_heavy() from expired
    try:
        return read_answer(child.stdout.splitlines(), name)
    except (ValueError, KeyError, TypeError) as cut:
        end = child.stderr[-2000:].decode(errors="replace")
        _logger.warning("the reading of a %s ended with %s: %s", what, child.returncode, end)
        raise too_heavy() from cut
