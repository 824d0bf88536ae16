"""The door for every text that a person types or pastes, and the form under which texts are compared."""

import re
from unicodedata import category, normalize

# Word and PowerPoint paste their soft line breaks as vertical tabs; both separators end a line as well.
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

# What XML 1.0, PostgreSQL or a reader's eye cannot take: controls, lone surrogates, noncharacters, zero-width
# spaces, soft hyphens, bidirectional embeddings and overrides, and the placeholder of a picture left in Word.
_JUNK = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u202a-\u202e\u2060\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffc\ufffe\uffff]"
)

# A joiner holds a family of emojis together and shapes Persian or Indic words; around Latin letters it is
# only an invisible difference between two words that look the same.
_JOINED = "\u0590-\u1dff\u2190-\U0010ffff"
_STRAY_JOINERS = re.compile(f"(?<![{_JOINED}])[\u200c\u200d]+|[\u200c\u200d]++(?![{_JOINED}])")

# Almost every French text: nothing in it to clean or compose. A workbook cleans thousands of them again.
_ALREADY_CLEAN = re.compile("[\t\n\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u202f-\u205e\u25a0-\u25ff€]*")

_SPACES = re.compile(r"\s+")
_NO_BREAK_SPACES = re.compile("[\u00a0\u202f]")


def clean(text: str) -> str:
    """Return text that XML, every database and every document writer accept, one newline sign, NFC.

    What a person wrote and can see stays; cleaning twice changes nothing more.
    """
    if _ALREADY_CLEAN.fullmatch(text):
        return text
    text = normalize("NFC", _LINE_BREAKS.sub("\n", text))
    # Composing again joins the letters that a removed sign kept apart.
    return normalize("NFC", _STRAY_JOINERS.sub("", _JUNK.sub("", text)))


def clean_line(text: str) -> str:
    """Return clean text on one trimmed line, each run of spaces folded into one.

    A no-break space is French typography (« 12 % », « : »): a run that holds one becomes that one.
    """
    return _SPACES.sub(_one_space, clean(text)).strip()


def _one_space(run: re.Match[str]) -> str:
    no_break = _NO_BREAK_SPACES.search(run[0])
    return no_break[0] if no_break else " "


def fold(text: str) -> str:
    """Return the words of a text as search and aliases compare them: no accent, no case, no punctuation."""
    # Folding the case of a few letters (İ, ŉ) brings out marks, hence the second decomposition.
    letters = normalize("NFKD", normalize("NFKD", text).casefold())
    return " ".join(letters.translate(_FOLDED_SIGNS).split())


def _folded_sign(sign: str) -> str:
    if category(sign)[0] == "M" or category(sign) == "Cf":
        return ""
    return sign if sign.isalnum() else " "


class _FoldedSigns(dict[int, str]):
    """What each sign becomes; rare signs are worked out each time rather than remembered without limit."""

    def __missing__(self, code: int) -> str:
        return _folded_sign(chr(code))


_FOLDED_SIGNS = _FoldedSigns({code: _folded_sign(chr(code)) for code in range(0x2200)})
# Letters that Unicode does not decompose.
_FOLDED_SIGNS.update(str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"}))
