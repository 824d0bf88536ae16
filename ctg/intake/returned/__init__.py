"""The workbooks of a plan that come back: found again, compared with what stands, taken in line by line."""

from .recognising import plan_of, without_marks

__all__ = ["plan_of", "without_marks"]
