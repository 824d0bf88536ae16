"""Files of unknown origin, read into tables of texts: safely, without inventing nor losing anything."""

from .direct import read_file
from .safely import read_pasted, read_safely

__all__ = ["read_file", "read_pasted", "read_safely"]
