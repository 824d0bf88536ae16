from .dropped_values import DroppedValues
from .returned_answers import ReturnedAnswers

__all__ = ["DroppedValues", "ReturnedAnswers"]
