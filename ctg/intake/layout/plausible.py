"""Whether a table tells of actions, or is an invoice, a budget, a list with columns like theirs."""

import re
from collections.abc import Collection, Sequence

from ctg.web.text import fold

from .fields import Field
from .guessing import begins_with_infinitive

#: Titles of columns that can only be those of actions; « Libellé », « Désignation » stand over anything.
_SAYS_ACTION = re.compile(
    r"\b(?:actions?|projets?|fiches?|mesures?|operations?|chantiers?|demarches?|initiatives?|faire|ferons|faisons"
    r"|fait on|propos\w*|reponses?|pistes?|taches?|activites?|engagements?)\b"
)
#: What invoices and budgets have too.
_COMMON = frozenset(
    {Field.NUMBER, Field.TITLE, Field.BUDGET, Field.TARGET, Field.NOTES, Field.STATUS, Field.CALENDAR}
    | {Field.STARTS, Field.ENDS, Field.FUNDERS, Field.PERIOD, Field.PROGRESS}
)
#: Who does it, when, and how it is followed: a diagnosis says none of these.
_FOLLOWED = frozenset(
    {Field.LEADS, Field.PARTNERS, Field.ORGANISATIONS, Field.CALENDAR, Field.STARTS, Field.PERIOD}
    | {Field.INDICATORS, Field.QUANTITATIVE, Field.QUALITATIVE, Field.STATUS, Field.BUDGET, Field.METHODS}
)
#: What a sheet says of an action, and not of a service or of a person.
_AIMED = frozenset(
    {Field.OBJECTIVE, Field.PURPOSE, Field.INDICATORS, Field.QUANTITATIVE, Field.QUALITATIVE}
    | {Field.EFFECTS, Field.METHODS, Field.NEED}
)


def tells_actions(
    title: str, texts: Sequence[str], fields: Collection[Field | None], *, is_sure: bool
) -> bool:
    """`title` is that of the column of actions, `texts` what is written under it."""
    known = {field for field in fields if field}
    if says_action(title):
        return True
    if not is_sure:
        return bool(known & _FOLLOWED)
    verbs = sum(map(begins_with_infinitive, texts)) / len(texts) if texts else 0
    return verbs >= 0.5 or bool(known - _COMMON)


def says_action(title: str) -> bool:
    return bool(_SAYS_ACTION.search(fold(title)))


def tells_an_action(fields: Collection[Field | None]) -> bool:
    """Whether labels that name neither an action nor its title are those of one."""
    return bool(_AIMED.intersection(fields))
