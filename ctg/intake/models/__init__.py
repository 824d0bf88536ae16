from .dropped_file import DroppedFile
from .returned_plan import ReturnedPlan

__all__ = ["DroppedFile", "ReturnedPlan"]
