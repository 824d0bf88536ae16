"""The presentation of a review: at most ten slides, whatever the plan."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctg.reviews.facts.shapes import ReviewFacts
    from ctg.reviews.keeping.seal import Seal


def write_slides(facts: "ReviewFacts", seal: "Seal | None") -> bytes:
    """python-pptx is imported when slides are asked for."""
    from ctg.reviews.slides.show import write_show

    return write_show(facts, seal)
