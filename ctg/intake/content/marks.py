"""Crosses and ticks, under the title of a column that they choose."""

import re

_MARK = re.compile(r"^(?:[xX×✓✔●•■▪☒☑✗✘√*+]+|oui|ok|1(?:\.0)?|VRAI|true|fait|prévu)$", re.IGNORECASE)
_NO_MARK = re.compile(r"^(?:non|0(?:\.0)?|☐|FAUX|false|-|–|/)$", re.IGNORECASE)


def is_mark(text: str) -> bool:
    return bool(_MARK.match(text.strip()))


def is_no_mark(text: str) -> bool:
    return bool(_NO_MARK.match(text.strip()))
