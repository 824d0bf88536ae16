"""Where the names of organisations begin and end in a cell, whoever they are."""

import re
from collections.abc import Collection, Sequence

from ctg.web.text import fold

from .cutting import cut

#: « Caf + MSA », but not « collèges REP+ ».
_COMMAS = re.compile(r"\s*[,|]\s*|\s*\+\s*(?=\w)|\s*/\s*(?!\d)")
#: « À définir » names nobody.
_NOBODY = re.compile(r"^(?:a|reste a) (?:definir|preciser|determiner|completer|confirmer|identifier)$|^$")
_AND = re.compile(r"\s+(?:et|&)\s+", re.IGNORECASE)
#: What a comma only carries on: « professionnels de l’enfance, de la famille ».
_CARRIES_ON = re.compile(r"^(?:de|du|des|d['’]|au|aux|à|en|pour|notamment|dont|etc)\b")
#: « Mme Petit, adjointe » is one person.
_PERSON = re.compile(r"\b(?:M\.|Mme|Mr|Monsieur|Madame)\s+[A-ZÀ-Ü][\w'’-]*$")
_ACRONYM = re.compile(r"^[A-Z][A-Z0-9&.'’]{1,7}$")
#: Names that mean one institution wherever they stand.
_USUAL = frozenset(
    {"education nationale", "mission locale", "france services", "france travail", "departement", "region"}
    | {"conseil departemental", "centre social", "centres sociaux", "pole emploi", "prefecture", "etat"}
)
#: A text so long is a sentence.
_MOST_WORDS = 24
_ONE_NAME = re.compile(r"^(?:service|direction|pole|maison|relais|mission|comite|federation|association)\b")
#: What belongs to who is named before it.
_OWN_SERVICE = re.compile(r"^(?:service|direction|pole|bureau|cellule|antenne|mission)\b")
GENERIC = re.compile(
    r"^(?:(?:les|l|autres?|tou(?:te)?s) )*(?:partenaires?|associations?|habitants?|familles?|parents?"
    r"|jeunes|usagers?"
    r"|acteurs?|professionnels?|elus?|structures?|benevoles?|etablissements?|ecoles?|colleges?|lycees?|services?"
    r"|bailleurs?|entreprises?|medecins?|animateurs?|citoyens?|seniors|aines|communes?|mairies)"
    r"(?: (?:(?:du|de|des|d|la|le|l|les|et) )*(?:locaux|locales|associatifs?|communes?|territoire"
    r"|secteur|concernee?s?"
    r"|sociaux|proximites?|enfance|sante|medicaux|social|famille|medical|judiciaire|membres|partenaires?|municipaux"
    r"|culturelles|sportives|scolaires|petite|jeunesse|elus|benevoles|professionnels?))*$"
)


def names_in(text: str, known: Collection[str]) -> list[str]:
    """Each name of a cell, in order; `known` are folded names that are never cut."""
    pieces = _with_services(text, cut(text, are_names=True))
    names = [name for piece in pieces for name in _names_in(piece, known)]
    return [name for name in names if not _NOBODY.match(fold(name))]


def _names_in(piece: str, known: Collection[str]) -> list[str]:
    """Cut at commas and slashes, then where « et » or a mere space stands between names that are sure."""
    if fold(piece) in known:
        return [piece]
    parts: list[str] = []
    for part in _outside_brackets(piece):
        if parts and (_CARRIES_ON.match(part) or (_PERSON.search(parts[-1]) and part[:1].islower())):
            parts[-1] = piece[piece.index(parts[-1]) : piece.index(part, piece.index(parts[-1])) + len(part)]
        elif part.strip(" ."):
            parts.append(part.strip())
    if len(parts) > 1:
        parts = [*parts[:-1], *_last_two(parts[-1], known)]
    return [name for part in parts for name in _parted(part, known)]


def _last_two(part: str, known: Collection[str]) -> list[str]:
    """« IEN, écoles maternelles et assistantes maternelles »: « et » ends a list, unless it is in a name."""
    sides = _AND.split(part)
    is_list = len(sides) == 2 and (len(sides[1].split()) > 1 or any(_is_sure(side, known) for side in sides))
    return sides if is_list and not _ONE_NAME.match(fold(part)) else [part]


def _outside_brackets(piece: str) -> list[str]:
    hidden = re.findall(r"\([^()]*\)", piece)
    parts = _COMMAS.split(re.sub(r"\([^()]*\)", "\x00", piece))
    shown = iter(hidden)
    return [re.sub("\x00", lambda _: next(shown), part) for part in parts if part]


def _parted(part: str, known: Collection[str]) -> list[str]:
    if fold(part) in known:
        return [part]
    sides = _AND.split(part)
    if len(sides) > 1 and (all(_is_sure(side, known) for side in sides) or _are_two(sides, known)):
        return [name for side in sides for name in _parted(side, known)]
    if GENERIC.match(fold(part)):  # « Parents élus » are not two.
        return [part]
    return _spaced(part.split(), known) or [part]


def _are_two(sides: Sequence[str], known: Collection[str]) -> bool:
    """« Relais petite enfance et Département (PMI) »: both begin as names do, and the last one is sure."""
    last = re.sub(r"\s*\([^()]*\)$", "", sides[-1])
    return len(sides) == 2 and all(side[:1].isupper() for side in sides) and _is_sure(last, known)


def _is_sure(text: str, known: Collection[str]) -> bool:
    folded = fold(text)
    return folded in known or folded in _USUAL or bool(_ACRONYM.match(text) or GENERIC.match(folded))


def _spaced(words: list[str], known: Collection[str]) -> list[str]:
    """« CAF MDS CCAS » is three, if every word of it belongs to a name that is sure; the longest first.

    « DGA Famille » is one: a word for one of many says whose it is.
    """
    if not words or len(words) > _MOST_WORDS:
        return []
    for end in range(len(words), 0, -1):
        first = " ".join(words[:end])
        if fold(first) in known or fold(first) in _USUAL or (end == 1 and _stands_alone(first, known)):
            rest = _spaced(words[end:], known)
            if rest or end == len(words):
                return [first, *rest]
    return []


def _stands_alone(word: str, known: Collection[str]) -> bool:
    return _is_sure(word, known) and (word.endswith("s") or not GENERIC.match(fold(word)))


def _with_services(text: str, pieces: list[str]) -> list[str]:
    """« Ville de Laon – Service jeunesse » is one, alone in its line; with more signs, it is a list."""
    joined: list[str] = []
    whole = [line.strip() for line in text.split("\n")]
    for piece in pieces:
        line = next((line for line in whole if line.endswith(piece)), "")
        sides = re.split(r"\s[-–—]\s", line)
        is_one = len(sides) == 2 and joined and sides[0].endswith(joined[-1]) and not re.search("[,;/]", line)
        if is_one and _OWN_SERVICE.match(fold(piece)):
            joined[-1] = f"{joined[-1]}{line[line.index(joined[-1]) + len(joined[-1]) :]}"
        else:
            joined.append(piece)
    return joined
