"""Read over a thousand hostile files, each in its own process as in production; print what they cost.

Run it with `python -m bench.hostile_files [how many of each small kind]`.
"""

import os
import resource
import sys
import time
from collections import Counter
from pathlib import Path
from threading import Thread

from ctg.intake.reading import read_safely
from ctg.intake.tables import Refusal
from tests.intake import hostile
from tests.intake.heavy import QUICK, SLOW

_NAMED = 10


def main():
    each = int(sys.argv[1]) if len(sys.argv) > 1 else 70
    files = [(name, lambda content=content: content) for name, content in hostile.light(each)]
    outcomes, costs = Counter(), []
    grown = 0
    for name, make in [*files, *QUICK.items(), *SLOW.items()]:
        content, before = make(), own_peak()
        outcome, seconds, processor, memory = measure(content)
        grown += own_peak() - before
        outcomes[outcome] += 1
        costs.append((seconds, processor, memory, name))
    print(f"{len(costs)} files: {dict(outcomes)}")
    largest = max(memory for _, _, memory, _ in costs)
    print(f"this process grew by {grown / 1024:.0f} MB; the largest reader took {largest:.0f} MB")
    print("the longest:")
    for seconds, processor, memory, name in sorted(costs, reverse=True)[:_NAMED]:
        print(f"  {seconds:5.1f} s, processor {processor:4.1f} s, {memory:4.0f} MB  {name}")


def measure(content):
    """What became of a file, the seconds of clock and processor that it took, and its reader's memory."""
    peak = Peak()
    peak.start()
    started, used = time.monotonic(), children()
    try:
        read_safely(content, "")
        outcome = "read"
    except Refusal:
        outcome = "refused"
    seconds, processor = time.monotonic() - started, children() - used
    peak.is_over = True
    peak.join()
    return outcome, seconds, processor, peak.kilobytes / 1024


class Peak(Thread):
    """The most memory that a child of this process is seen to hold."""

    is_over, kilobytes = False, 0

    def run(self):
        while not self.is_over:
            for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
                self.kilobytes = max(self.kilobytes, resident(child))
            time.sleep(0.02)


def resident(process):
    """The memory of a reader; before it starts, it is a copy of this process and counts for nothing."""
    try:
        folder = Path(f"/proc/{process}")
        if b"ctg.intake.reading.child" not in (folder / "cmdline").read_bytes():
            return 0
        lines = (folder / "status").read_text().splitlines()
        return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
    except OSError:
        return 0


def own_peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
