from .letterhead import Letterhead, LetterheadQuerySet

__all__ = ["Letterhead", "LetterheadQuerySet"]
