"""French as pages need it, where a word is the territory's own and cannot be written beforehand."""

import re
from collections.abc import Sequence

from ctg.web.text import fold

#: From here on, a noun phrase is a complement and stays as it is: « priorités de travail ».
COMPLEMENT = re.compile(r"^(?:de|du|des|à|au|aux|en|pour|sur|par|d['’].*|l['’].*)$", re.IGNORECASE)


#: Endings in s that a singular often has too: « avis », « repas », « accès », « parcours », « rendez-vous ».
SINGULAR_IN_S = re.compile(r"(?:is|as|us|os|ès|ps|cours)$", re.IGNORECASE)


def in_plural(label: str) -> str:
    """« Besoin repéré » → « Besoins repérés », « Axe de travail » → « Axes de travail »."""
    words = label.split(" ")
    end = next((rank for rank, word in enumerate(words) if COMPLEMENT.match(word)), len(words))
    return " ".join([*(_plural(word) for word in words[:end]), *words[end:]])


def in_singular(label: str) -> str:
    """« Réunions publiques » → « Réunion publique »; a word that may end so by itself stays: « temps »."""
    words = label.split(" ")
    end = next((rank for rank, word in enumerate(words) if COMPLEMENT.match(word)), len(words))
    return " ".join(
        [
            *(word if SINGULAR_IN_S.search(word) else word.removesuffix("s") for word in words[:end]),
            *words[end:],
        ]
    )


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z")) or not word[-1:].isalpha():
        return word
    if word.endswith(("eau", "eu")):
        return f"{word}x"
    return f"{word[:-2]}aux" if word.endswith("al") else f"{word}s"


def listing(words: Sequence[str]) -> str:
    """« CCAS », « CCAS et Caf », « CCAS, Caf et Mission locale »."""
    return " et ".join([", ".join(words[:-1]), *words[-1:]] if len(words) > 1 else words)


def to_whom(name: str) -> str:
    """« au CCAS de Maule », « à la Caf », « à l’association »; a mere « à » when the gender is not known."""
    first = fold(name).partition(" ")[0]
    for article, beginnings in _ARTICLES.items():
        if first in beginnings:
            return f"{article}{name}"
    return f"à {name}"


#: How the names of organisations begin, by what goes before them.
_ARTICLES = {
    "au ": (
        *("ccas", "centre", "cias", "club", "college", "comite", "conseil", "departement", "foyer"),
        *("groupe", "lycee", "ministere", "pole", "rectorat", "relais", "reseau", "service", "syndicat"),
    ),
    "à la ": (
        *("caf", "caisse", "carsat", "commune", "communaute", "cpam", "creche", "direction", "federation"),
        *("maison", "mairie", "mediatheque", "mission", "msa", "prefecture", "region", "ville"),
    ),
    "à l’": (
        *("academie", "ademe", "agence", "antenne", "association", "ecole", "education", "epci"),
        *("espace", "etat", "inspection"),
    ),
}
