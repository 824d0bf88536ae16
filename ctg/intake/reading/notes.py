"""What could not be taken as it stands, said once for all the places where it occurs."""

from collections.abc import Iterator

from ctg.intake.tables import Place

from .limits import MOST_PLACES_TOLD


class Notes:
    def __init__(self) -> None:
        #: For each sentence, the places that it is about, in order and each once.
        self._places: dict[str, dict[str, None]] = {}

    def tell(self, sentence: str) -> None:
        self._places.setdefault(sentence, {})

    def tell_of(self, table: str, what: str, where: Place | str | int) -> None:
        """« Plan », formules sans résultat : C12, D4. »"""
        self._places.setdefault(f"«\u00a0{table}\u00a0», {what}", {})[str(where)] = None

    def __iter__(self) -> Iterator[str]:
        return (_sentence(what, list(places)) for what, places in self._places.items())


def _sentence(what: str, places: list[str]) -> str:
    if not places:
        return what
    told = ", ".join(places[:MOST_PLACES_TOLD])
    others = len(places) - MOST_PLACES_TOLD
    more = f" et {others} autre{'s' if others > 1 else ''}" if others > 0 else ""
    return f"{what}\u00a0: {told}{more}."
