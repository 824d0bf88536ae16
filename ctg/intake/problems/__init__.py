"""What is wrong in a file, or worth knowing before it becomes a plan: all at once, in three grades."""

from .against import Standing, standing_in, there_already
from .found import Found
from .looking import problems_of
from .rest import nearest

__all__ = ["Found", "Standing", "nearest", "problems_of", "standing_in", "there_already"]
