"""Search that forgives accents, case and one typing mistake per word, the same on every database."""

from collections.abc import Iterable
from functools import cached_property

from ctg.web.text import fold

EXACT, BEGINNING, MISTYPED = range(3)  # how well a word is found, best first
MAX_WORDS = 12
SHORTEST_MISTYPED_WORD = 4
SHORTEST_MISTYPED_BEGINNING = 6


class Index:
    """Search a few thousand short texts that `fold` has already folded."""

    def __init__(self, rows: Iterable[tuple[int, str]]) -> None:
        # The spaces around a text let " word " mean a whole word everywhere in it.
        self._rows = [(pk, f" {text} ") for pk, text in rows]

    def find(self, query: str) -> list[int]:
        """Return the ids of the texts that hold every word, best first; of all texts when nothing is asked.

        First the exact phrase, then all words whole, then beginnings of words, then typing mistakes; equals
        keep the order of the rows. A word with a digit is only found exactly. Words beyond the twelfth are
        ignored.
        """
        words = asked_words(query)
        phrase = f" {fold(query)} "
        ranks = {pk: EXACT for pk, _ in self._rows}
        rows = self._rows
        for word in words:
            found = self._rank(word, rows)
            rows = [(pk, text) for pk, text in rows if pk in found]
            ranks = {pk: max(ranks[pk], found[pk]) for pk, _ in rows}
        return [pk for pk, text in sorted(rows, key=lambda row: (phrase not in row[1], ranks[row[0]]))]

    def _rank(self, word: str, rows: list[tuple[int, str]]) -> dict[int, int]:
        """Tell how well each text that holds the word holds it."""
        whole, beginning = f" {word} ", f" {word}"
        if not word.isalpha():
            return {pk: EXACT for pk, text in rows if whole in text}
        ranks = {pk: EXACT if whole in text else BEGINNING for pk, text in rows if beginning in text}
        if len(word) >= SHORTEST_MISTYPED_WORD and len(ranks) < len(rows):
            lookalikes = self._lookalikes(word)
            for pk, _ in rows:
                if pk not in ranks and not lookalikes.isdisjoint(self._words[pk]):
                    ranks[pk] = MISTYPED
        return ranks

    def _lookalikes(self, word: str) -> set[str]:
        # One mistake leaves one half of the word whole, which is far cheaper to see than the mistake.
        half = len(word) // 2
        start, end = word[:half], word[half + 1 :]
        return {
            other
            for other in self._vocabulary
            if (other.startswith(start) or end in other) and is_mistyped(word, other)
        }

    @cached_property
    def _words(self) -> dict[int, set[str]]:
        return {pk: set(text.split()) for pk, text in self._rows}

    @cached_property
    def _vocabulary(self) -> set[str]:
        return set().union(*self._words.values())


def asked_words(query: str) -> list[str]:
    """Return the words to look for; a lone letter is what remains of an elision (« l’accueil »)."""
    words = fold(query).split()
    return [word for word in words if len(word) > 1 or word.isdigit()][:MAX_WORDS] or words[:1]


def is_mistyped(word: str, other: str) -> bool:
    """Tell whether one letter added, missing, wrong or swapped with its neighbour turns `word` into `other`.

    A long word may also be mistyped at the beginning of `other`: « acceui » finds « accueillir ».
    """
    is_long = len(word) >= SHORTEST_MISTYPED_BEGINNING
    if not (-1 <= len(other) - len(word) <= 1 or (is_long and len(other) > len(word))):
        return False
    at = 0
    for letter, other_letter in zip(word, other, strict=False):
        if letter != other_letter:
            break
        at += 1
    # Whatever the mistake, it stands where the two words part, and all that follows is the same.
    rests = [(word[at + 1 :], other[at + 1 :]), (word[at + 1 :], other[at:]), (word[at:], other[at + 1 :])]
    if word[at : at + 2] == other[at : at + 2][::-1]:
        rests.append((word[at + 2 :], other[at + 2 :]))
    return any(
        rest == other_rest or (is_long and rest != "" and other_rest.startswith(rest))
        for rest, other_rest in rests
    )
