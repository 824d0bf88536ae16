"""The indicators, organisations, periods and categories of a plan, found by what people call them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple, TypeVar

from actions.models import Plan
from ctg.web.text import fold
from indicators.models import Category, Frequency, Indicator
from indicators.periods import ONCE_KEY, keys_within, period_label, period_of, read_period
from partners.models import Organisation, User

T = TypeVar("T")


class Unknown(Exception):
    """A name leads to nothing, or to several things; the message is a French sentence."""


class When(NamedTuple):
    period: str
    year: int


class Names:
    """What a plan knows, read once, in three queries."""

    def __init__(self, plan: Plan, user: User) -> None:
        related = ("first_dimension__categories", "second_dimension__categories", "targets", "actions")
        seen = Indicator.objects.visible_to(user).filter(plan=plan).prefetch_related("contributors", *related)
        self.indicators = {one.pk: one for one in seen}
        held = Organisation.objects.visible_to(user).filter(territory=plan.territory_id)
        self.organisations = {one.pk: one for one in held.prefetch_related("aliases")}

    def indicator(self, number: str, wording: str) -> Indicator:
        """By its number when there is one, else by its wording."""
        if number:
            key = number.removesuffix(".0")
            found = self.indicators.get(int(key)) if key.isdecimal() and len(key) < 10 else None
            if found is None:
                raise Unknown(f"Aucun indicateur de ce plan ne porte le n° {number[:20]}.")
            return found
        return _only(self._wordings, wording, "indicateur")

    def organisation(self, name: str) -> Organisation:
        return _only(self._names, name, "organisme")

    @cached_property
    def _wordings(self) -> dict[str, list[Indicator]]:
        return _by_name(self.indicators.values(), lambda one: [one.wording])

    @cached_property
    def _names(self) -> dict[str, list[Organisation]]:
        return _by_name(
            self.organisations.values(), lambda one: [one.name, *(alias.name for alias in one.aliases.all())]
        )


def read_when(text: str, indicator: Indicator, *, today: dt.date) -> When:
    """« 2026 », « 2026-T3 », « 3e trimestre 2026 », as often as the indicator is entered."""
    digits = text.removesuffix(".0")
    year = next((int(word) for word in fold(text).split() if word.isdecimal() and len(word) == 4), None)
    if year is None or not 1900 <= year <= 2200 or year > today.year + 1:
        raise Unknown(
            f"«\u00a0{text[:40]}\u00a0» n’est pas une période\u00a0: écrivez par exemple {today.year}."
        )
    keys = keys_within(indicator.rhythm, period_of(Frequency.YEAR, year))
    if keys == [ONCE_KEY]:
        return When(ONCE_KEY, year)
    written = {form: key for key in keys for form in (fold(key), fold(period_label(key)), *_short(key))}
    if found := written.get(fold(digits)):
        return When(found, year)
    accepted = ", ".join(keys[:4])
    raise Unknown(f"Cet indicateur se saisit pour\u00a0: {accepted}{'…' if len(keys) > 4 else ''}.")


def read_category(text: str, indicator: Indicator) -> str:
    """The pair of keys as the fields of the page carry it: « 12-0 », « 12-15 »."""
    firsts, seconds = _categories(indicator, "first"), _categories(indicator, "second")
    pairs = {fold(f"{one.name} {two.name}"): (one, two) for one in firsts for two in seconds}
    known: dict[str, tuple[Category, Category | None]] = {**pairs}
    if not seconds:
        known = {fold(one.name): (one, None) for one in firsts}
    found = known.get(fold(text))
    if found is None:
        if not known:
            raise Unknown("Cet indicateur n’est pas ventilé\u00a0: laissez la catégorie vide.")
        accepted = ", ".join(_said(pair) for pair in list(known.values())[:8])
        raise Unknown(f"«\u00a0{text[:60]}\u00a0» n’est pas une catégorie. Catégories\u00a0: {accepted}.")
    first, second = found
    return f"{first.pk}-{second.pk if second else 0}"


def _categories(indicator: Indicator, rank: str) -> list[Category]:
    dimension = indicator.first_dimension if rank == "first" else indicator.second_dimension
    return [one for one in dimension.categories.all() if not one.is_retired] if dimension else []


def _said(pair: tuple[Category, Category | None]) -> str:
    return " / ".join(one.name for one in pair if one)


def _short(key: str) -> list[str]:
    """« T3 2026 » for the key « 2026-T3 »."""
    year, _, part = key.partition("-")
    return [fold(f"{part} {year}")] if part and read_period(key) else []


def _by_name(things: Iterable[T], names: Callable[[T], list[str]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for thing in things:
        for name in {fold(name) for name in names(thing)}:
            found[name].append(thing)
    return found


def _only(known: dict[str, list[T]], name: str, what: str) -> T:
    found = known.get(fold(name), [])
    if len(found) == 1:
        return found[0]
    if not name:
        raise Unknown(f"Il manque l’{what}.")
    if found:
        raise Unknown(f"Plusieurs {what}s portent ce nom\u00a0: précisez leur numéro ou leur nom complet.")
    raise Unknown(f"Aucun {what} de ce plan ne s’appelle «\u00a0{name[:80]}\u00a0».")
