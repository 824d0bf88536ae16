"""The mark of a row: what it answers, so that it is known again wherever it was moved."""

import re
from typing import NamedTuple

from django.utils.crypto import constant_time_compare, salted_hmac

_SHAPE = re.compile(r"CTG/(\d{1,9})/([0-9a-f]{12})/(\d{1,9})/([a-z]\w*(?:-\d{1,9}-\d{1,9})?)/(\d{1,9})")


class RowMark(NamedTuple):
    """`field` is one of those of the page where the same question is answered; `version` what was written."""

    solicitation: int
    question: int
    field: str
    version: int

    def __str__(self) -> str:
        seal = seal_of(self.solicitation)
        return f"CTG/{self.solicitation}/{seal}/{self.question}/{self.field}/{self.version}"


def read_mark(text: str) -> RowMark | None:
    """The mark that a cell holds; another installation’s is nobody’s here, as solicitation 0."""
    found = _SHAPE.fullmatch(text.strip())
    if found is None:
        return None
    solicitation, seal, question, field, version = found.groups()
    is_ours = constant_time_compare(seal, seal_of(int(solicitation)))
    return RowMark(int(solicitation) if is_ours else 0, int(question), field, int(version))


def seal_of(solicitation: int) -> str:
    return salted_hmac("ctg.answerbooks", str(solicitation)).hexdigest()[:12]
