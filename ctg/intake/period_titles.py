"""Titles that name a year, a quarter, a month: what stands below is when an action takes place."""

import re

from ctg.web.text import fold

_MONTHS: tuple[str, ...] = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet")
_MONTHS += ("aout", "septembre", "octobre", "novembre", "decembre")
_SHORT = ("janv", "jan", "fev", "fevr", "mar", "avr", "jun", "juil", "jul", "sept", "oct", "nov", "dec")
_NAMES = frozenset(_MONTHS + _SHORT)
_PART = re.compile(r"^(?:[tsq]|trim[a-z]*|sem[a-z]*)\s*[1-4]$|^[1-4]\s*(?:er|e|eme|nd)?\s*(?:trim|sem)")
_YEAR = re.compile(r"^(?:(?:annee|an)\s*)?20\d\d(?:\s+(?:20)?\d\d)?$")
_OF_A_YEAR = re.compile(r"^20\d\d\s+|\s*(?:20)?\d\d$")


def names_a_part_of_a_year(title: str) -> bool:
    """« T1 », « 2e semestre », « sept. »"""
    folded = fold(title)
    return folded in _NAMES or bool(_PART.search(folded))


def names_a_period(title: str) -> bool:
    """The same, with its year or not, or a year alone."""
    folded = fold(title)
    if _YEAR.match(folded) or names_a_part_of_a_year(title):
        return True
    return names_a_part_of_a_year(_OF_A_YEAR.sub("", folded))
