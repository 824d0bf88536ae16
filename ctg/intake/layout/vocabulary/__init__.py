"""How plans name their columns, their levels and the parts of an action.

A phrase is found in a title when its words come in this order, small words and plurals aside. Its weight
says how sure it is alone; the order of words, the share of the title and its place do the rest.
"""

from ..fields import Field
from . import follow_up, headings, texts
from .words import ACTION_WORDS, ASIDE, LEVEL_WORDS, THEMES

PHRASES: dict[Field, dict[float, str]] = {**headings.PHRASES, **texts.PHRASES, **follow_up.PHRASES}

__all__ = ["ACTION_WORDS", "ASIDE", "LEVEL_WORDS", "PHRASES", "THEMES"]
