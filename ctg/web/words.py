"""French as pages need it, where a word is the territory's own and cannot be written beforehand."""

import re

#: From here on, a noun phrase is a complement and stays as it is: « priorités de travail ».
COMPLEMENT = re.compile(r"^(?:de|du|des|à|au|aux|en|pour|sur|par|d['’].*|l['’].*)$", re.IGNORECASE)


def in_plural(label: str) -> str:
    """« Besoin repéré » → « Besoins repérés », « Axe de travail » → « Axes de travail »."""
    words = label.split(" ")
    end = next((rank for rank, word in enumerate(words) if COMPLEMENT.match(word)), len(words))
    return " ".join([*(_plural(word) for word in words[:end]), *words[end:]])


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z")) or not word[-1:].isalpha():
        return word
    if word.endswith(("eau", "eu")):
        return f"{word}x"
    return f"{word[:-2]}aux" if word.endswith("al") else f"{word}s"
