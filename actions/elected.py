"""The élu référent of an action is a text, written by hand: whom it names."""

from ctg.web.text import fold


def names(text: str, person: str) -> bool:
    """Whether « Mme Élise Roche, vice-présidente » is « Élise Roche »; it is no « Élise Rocher »."""
    name = fold(person)
    return bool(name) and f" {name} " in f" {fold(text)} "
