"""The reviews of the demonstration: the plan as it was signed, and this year’s review being written."""

import tomllib
from dataclasses import dataclass
from functools import cached_property

from ctg.documents.demonstration.script import FIXTURES
from ctg.documents.demonstration.telling import Telling
from ctg.documents.shapes import read_shape
from ctg.reviews.keeping.freezing import freeze
from ctg.reviews.models import Highlight, Review, ReviewedAction
from partners import tracking


@dataclass(frozen=True)
class HighlightStory:
    title: str
    text: str
    action: int | None = None


@dataclass(frozen=True)
class AccountStory:
    """What the review says of an action."""

    number: int
    achieved: str
    difficulties: str = ""
    outlook: str = ""


@dataclass(frozen=True)
class ReviewStory:
    """`signatories` are one on each line; the texts are those of `Review`, the others are still to write."""

    file: str
    signatories: str
    opening: str = ""
    progress: str = ""
    participation: str = ""
    outlook: str = ""
    highlights: tuple[HighlightStory, ...] = ()
    actions: tuple[AccountStory, ...] = ()


@dataclass(frozen=True)
class ReviewScript:
    """What `fixtures/demonstration-reviews.toml` says."""

    plans: tuple[ReviewStory, ...]


class Reviewed:
    """The sequel that this floor adds to the demonstration."""

    @cached_property
    def _stories(self) -> dict[str, ReviewStory]:
        text = (FIXTURES / "demonstration-reviews.toml").read_text(encoding="utf-8")
        return {told.file: told for told in read_shape(ReviewScript, tomllib.loads(text)).plans}

    def signed(self, telling: Telling) -> None:
        """Freeze the plan before anything happens to it."""
        from ctg.reviews.signature.drafts import draft_plan  # It brings in what writes documents.

        story, user = self._stories[telling.story.file], telling.coordination.user
        assert user is not None
        days = 2 - telling.story.days_old
        params = {
            "signed_on": telling.day.on(days).isoformat(),
            "signatories": story.signatories.splitlines(),
        }
        draft = draft_plan(telling.plan, params, user, telling.day.on(days))
        freeze(telling.plan, draft, by=user, at=telling.day.at(days))

    def told(self, telling: Telling) -> None:
        """Begin the review of the year, a week ago."""
        story, day = self._stories[telling.story.file], telling.day
        names = ("signatories", "opening", "progress", "participation", "outlook")
        texts = {name: day.write(getattr(story, name)) for name in names}
        by, at = telling.coordination, day.at(-7)
        review = tracking.create(Review(plan=telling.plan, year=day.today.year, **texts), by=by, at=at)
        for position, told in enumerate(story.highlights, 1):
            highlight = Highlight(
                review=review,
                title=told.title,
                text=day.write(told.text),
                action=telling.actions[told.action] if told.action else None,
                position=position,
            )
            tracking.create(highlight, by=by, at=at)
        for account in story.actions:
            reviewed = ReviewedAction(
                review=review,
                action=telling.actions[account.number],
                achieved=day.write(account.achieved),
                difficulties=day.write(account.difficulties),
                outlook=day.write(account.outlook),
            )
            tracking.create(reviewed, by=by, at=at)
