"""What a calendar says, whichever way the file writes it."""

from actions.calendar import Period
from actions.calendar_reading import read_period


def read_calendar(text: str) -> Period | None:
    """Its lines read together, or the first one that says a period; none is better than a wrong one."""
    joined = ", ".join(line.strip() for line in text.split("\n") if line.strip())
    return read_period(joined) or read_period(text.split("\n")[0])
