"""What a value cannot be (an error), and what would surprise (a question that never blocks)."""

from .errors import impossible
from .surprises import INVITATION, unusual

__all__ = ["INVITATION", "impossible", "unusual"]
