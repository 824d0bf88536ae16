from .evaluation import Evaluation, Moment
from .frozen import FrozenDocument, FrozenFile, FrozenKind
from .review import Highlight, Review, ReviewedAction

__all__ = [
    "Evaluation",
    "FrozenDocument",
    "FrozenFile",
    "FrozenKind",
    "Highlight",
    "Review",
    "ReviewedAction",
    "Moment",
]
