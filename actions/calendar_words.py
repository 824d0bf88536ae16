"""The words of time as people write them, and the few plain ones into which they are rewritten."""

import re
import unicodedata
from collections.abc import Callable

from .calendar import MONTHS, Precision

ABBREVIATIONS = {
    "janvier": ("janv", "jan"),
    "février": ("fevr", "fev"),
    "mars": (),
    "avril": ("avr",),
    "mai": (),
    "juin": (),
    "juillet": ("juil",),
    "août": (),
    "septembre": ("sept", "sep"),
    "octobre": ("oct",),
    "novembre": ("nov",),
    "décembre": ("dec",),
}


def plain(text: str) -> str:
    """Lower case, no accents, one kind of dash and of space; apostrophes and quotes become spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    letters = re.sub(r"[-=]*>+|[\u2010-\u2015\u2212→➔➜]", "-", letters)
    return " ".join(re.sub(r"['’‘ʼ`\"«»“”]", " ", letters).split())


# Each name is a first month, a number of months and a precision.
NAMES = (
    {
        name: (number, 1, Precision.MONTH)
        for number, (month, short) in enumerate(ABBREVIATIONS.items(), 1)
        for name in (plain(month), *short)
    }
    | {name: (3 * n - 2, 3, Precision.QUARTER) for n in (1, 2, 3, 4) for name in (f"t{n}", f"{n} trimestre")}
    | {name: (6 * n - 5, 6, Precision.SEMESTER) for n in (1, 2) for name in (f"s{n}", f"{n} semestre")}
    | {
        name: (3 * n, 3, Precision.SEASON)
        for n, name in enumerate(("printemps", "ete", "automne", "hiver"), 1)
    }
    | {"rentree": (9, 1, Precision.MONTH)}
    | {
        f"vacances {name}": (month, 2, Precision.SEASON)
        for name, month in (("hiver", 2), ("fevrier", 2), ("printemps", 4), ("ete", 7), ("toussaint", 10))
    }
)
EDGES = {
    "debut": (1, 3, Precision.QUARTER),
    "mi": (4, 6, Precision.SEMESTER),
    "fin": (10, 3, Precision.QUARTER),
}
WHOLE_YEAR = (1, 12, Precision.YEAR)


def one_of(names: list[str]) -> str:
    return rf"(?:{'|'.join(sorted(names, key=len, reverse=True))})\b"


NAME = one_of(list(NAMES))
MONTH = one_of([name for name, (_, months, _) in NAMES.items() if months == 1 and name != "rentree"])
EDGE = one_of(list(EDGES))
YEAR = r"(?<!\d)20\d\d(?!\d)"
JOIN = r"(?: ?[,/-] ?| (?:au?|et|puis) )"

RECURRING = re.compile(
    r"\b(?:(?:\d+ ?(?:x|fois) par|chaque|tou(?:te)?s les)"
    r" (?:annees?|ans?|semestres?|trimestres?|mois|semaines?)\b(?! (?:scol|univ))"
    r"|(?:annuel|semestriel|trimestriel|mensuel)(?:le)?(?:s|ment)?\b|(?:hebdomadaire|recurrente?)s?\b)"
)
CONTINUOUS = re.compile(
    r"\b(?:(?:en |de (?:facon|maniere) )?continue?s?|en permanence|permanente?s?|au fil de l eau"
    rf"|toute l annee(?! {YEAR})"
    r"|(?:(?:pendant|durant|sur) )?(?:toute )?(?:la )?duree"
    r"(?: (?:de la|du) (?:ctg|convention(?: territoriale globale)?|plan(?: d actions?)?|projet))?)\b"
)


def spell_date(day: str, month: str, year: str) -> str:
    """« 15/03/2026 » is « 15 mars 2026 »; an impossible month stays unknown."""
    return f"{day} {plain(MONTHS[int(month) - 1])} {year}" if 1 <= int(month) <= 12 else "?"


def name_last_year(match: re.Match[str]) -> str:
    """« 2025-28 » is « 2025-2028 »; anything else is left as it is."""
    first, last = int(match[1]), int(match[2]) + 2000
    return f"{first}-{last}" if first < last <= first + 10 else match[0]


def name_winter(match: re.Match[str]) -> str:
    """« hiver 2026-2027 » is « hiver 2026 », and so is a rentrée."""
    return f"{match[1]} {match[2]}" if int(match[3]) == int(match[2]) + 1 else match[0]


REWRITES: list[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]] = [
    (re.compile(pattern, re.ASCII), words)
    for pattern, words in (
        (r"[()\[\]:;+&|]", " , "),
        (r"(?<!\d)\.|\.(?!\d)", " "),
        (rf"(?<!\w)({YEAR})-(\d\d)-(\d\d)(?!\w)", lambda match: spell_date(match[3], match[2], match[1])),
        (
            rf"(?<!\w)(\d\d?) ?([/.-]) ?(\d\d?) ?\2 ?({YEAR})",
            lambda match: spell_date(match[1], match[3], match[4]),
        ),
        (r"\b(?:1i?ere?|1re|premiere?)\b", "1"),
        (r"\b(?:2(?:i?eme|e|nde?|d)|seconde?|deuxieme|dernier(?= sem))\b", "2"),
        (r"\b(?:3(?:i?eme|e)|troisieme)\b", "3"),
        (r"\b(?:4(?:i?eme|e)|quatrieme|dernier(?= trim))\b", "4"),
        (r"\b(sem|trim)(?:estre)?s?\b", r"\1estre"),
        (r"\b(semestre|trimestre) ([1-4])\b", r"\2 \1"),
        (r"\b([1-4]) ?t\b|\bq([1-4])\b", r"t\1\2"),
        (r"\b([12]) ?s\b", r"s\1"),
        (rf"({YEAR}) ?[-/] ?(1[3-9]|[2-9]\d)(?!\d)", name_last_year),
        (rf"(?<!\w)(\d\d?) ?[/.-] ?({YEAR})", lambda match: spell_date("", match[1], match[2])),
        (r"\b(?:et )?(?:(?:les )?(?:annees )?suivante?s|au[ -]dela)\b|\bet plus\b", "puis"),
        (r"\btout au long\b", " "),
        (r"\b(?:les?|la|l|de|du|d|en|entre|pour|sur|dans|vers|pendant|durant)\b", " "),
        (r"\b(?:(?:au )?cours|courant|toute|annees?|mois|periode)\b", " "),
        (r"\s+", " "),
        (rf"({NAME}) ?[-/]? ?([23]\d)(?![\w/.-])", r"\1 20\2"),
        (r"\b(?:mi ?-|milieu\b) ?", "mi "),
        (r"\brentree scolaire\b", "rentree"),
        (rf"\brentree (?={NAME})", ""),
        (rf"\b(hiver|rentree) ({YEAR}) ?[-/] ?({YEAR})", name_winter),
        # « du 3 au 5 juin », « 1er et 2e semestre »: the numbers share the last one's noun.
        (rf"(?<!\w)(\d\d?)(?=(?:{JOIN}\d\d?)+ ({NAME}|semestre|trimestre))", r"\1 \2"),
    )
]

TOKEN = re.compile(
    r"(?P<F>\b(?:a partir|a compter|depuis|des)\b)"
    r"|(?P<U>\b(?:jusqu|ici|plus tard|horizon)\b)"
    r"|(?P<B>\bavant\b)"
    r"|(?P<P>\bpuis\b)"
    r"|(?P<A>,|\b(?:et|ou)\b)"
    r"|(?P<T>[/-]|\b(?:aux?|a)\b)"
    r"|(?P<D>"
    rf"\b(?:scolaire|universitaire)s?(?P<school>(?:(?:{JOIN}| ){YEAR})+)"
    rf"|(?<!\w)(?:(?P<edge>{EDGE}) ?)?"
    rf"(?:(?:(?P<day>0?[1-9]|[12]\d|3[01]) (?={MONTH}))?(?P<name>{NAME}) ?)?"
    rf"(?P<year>{YEAR})?\b(?<=\w))",
    re.ASCII,
)
