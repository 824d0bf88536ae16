"""What was decided of the actions of a convention, once the next one is created."""

from collections.abc import Sequence
from dataclasses import dataclass

from actions.models import Action
from ctg.cycle.models import Renewal, RenewalChoice, Verdict
from ctg.web.templatetags.ui import plural


@dataclass(frozen=True)
class Outcome:
    """The actions that had one verdict, in the order of the plan, each with what it became."""

    verdict: Verdict
    rows: Sequence[tuple[RenewalChoice, Action | None]]

    @property
    def words(self) -> str:
        """« 3 reconduites »."""
        count = len(self.rows)
        ending = "" if self.verdict == Verdict.ADAPT else plural(count)
        return f"{count} {WORDS[self.verdict]}{ending}"


#: What was not taken over first: it is what an evaluation looks for.
WORDS = {Verdict.DROP: "non reprise", Verdict.ADAPT: "à adapter", Verdict.KEEP: "reconduite"}


def read_record(renewal: Renewal) -> list[Outcome]:
    made = renewal.choices.current().select_related("action").order_by("action__position", "action__number")
    choices = [choice for choice in made if choice.verdict]
    assert renewal.created is not None
    became = {
        action.renewed_from_id: action
        for action in renewal.created.actions.current().filter(renewed_from__isnull=False)
    }
    groups = {
        verdict: [(one, became.get(one.action_id)) for one in choices if one.verdict == verdict]
        for verdict in WORDS
    }
    return [Outcome(verdict, rows) for verdict, rows in groups.items() if rows]


def tell_record(renewal: Renewal) -> str:
    """The same as plain text, a line for each action."""
    lines = [renewal.title]
    for outcome in read_record(renewal):
        lines += ["", f"{outcome.words}\u00a0:"]
        for choice, _ in outcome.rows:
            action = f"{choice.action.number}. {choice.action.title}"
            lines.append(f"- {action} ({choice.reason})" if choice.reason else f"- {action}")
    return "\n".join([*lines, ""])
