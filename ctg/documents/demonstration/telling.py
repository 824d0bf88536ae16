import uuid
from typing import Any

from actions.models import Action, Confidence, Factor, Milestone, Plan, ProgressNote, Status
from actions.models.status import CAN_BE_LATE, NEEDS_REASON
from partners import tracking
from partners.models import Organisation, User
from partners.signing import author_of

from .day import Day
from .script import ActionStory, FactorStory, MilestoneStory, PlanStory, Step

ENDED = "Action terminée\u00a0: son bilan est présenté aux partenaires."


class Telling:
    """The story of one plan, written as its people would have: dated, signed, through the history."""

    def __init__(self, story: PlanStory, plan: Plan, day: Day, people: dict[str, User]) -> None:
        self.story = story
        self.plan = plan
        self.day = day
        self.authors = {key: author_of(user, plan.territory_id) for key, user in people.items()}
        self.coordination = self.authors[story.coordinator]
        self.settled_at = day.at(2 - story.days_old)
        organisations = Organisation.objects.current().filter(territory=plan.territory)
        self.organisations = {organisation.name: organisation for organisation in organisations}
        self.actions = {action.number: action for action in plan.actions.all()}

    def date(self) -> None:
        """The years that the voted document does not say."""
        if self.story.first_year:
            years = {
                "first_year": int(self.day.write(self.story.first_year)),
                "last_year": int(self.day.write(self.story.last_year)),
            }
            tracking.change(self.plan, years, by=self.coordination, at=self.settled_at)

    def tell(self) -> None:
        for told in self.story.actions:
            action = self.actions[told.number]
            self._settle(action, told)
            for milestone in told.milestones:
                self._place(action, milestone)
            for factor in told.factors:
                self._qualify(action, factor)
            for step in self._steps(action, told):
                self._take(action, step)

    def _settle(self, action: Action, told: ActionStory) -> None:
        """What the coordination completes on the voted sheet before the follow-up begins."""
        values: dict[str, Any] = {
            part: [self.organisations[name] for name in names]
            for part in ("leads", "co_leads", "partners", "funders")
            if (names := getattr(told, part))
        }
        values |= {
            name: value
            for name in ("recurring", "audiences", "municipalities", "elected_lead")
            if (value := getattr(told, name))
        }
        if told.calendar:
            values["calendar_text"] = self.day.write(told.calendar)
        tracking.change(action, values, by=self.coordination, at=self.settled_at)

    def _place(self, action: Action, told: MilestoneStory) -> None:
        milestone = Milestone(
            action=action,
            title=self.day.write(told.title),
            due_on=self.day.on(told.due),
            owner=self.organisations.get(told.owner),
        )
        tracking.create(milestone, by=self.coordination, at=self.settled_at)
        if told.reached is not None:
            reached = {"reached_on": self.day.on(told.reached)}
            tracking.change(milestone, reached, by=self.coordination, at=self.day.at(told.reached))

    def _qualify(self, action: Action, told: FactorStory) -> None:
        since = None if told.since is None else self.day.on(told.since)
        details = {"kind": told.kind, "since": since, "handler": self.day.write(told.handler)}
        noted_at = self.settled_at if told.since is None else max(self.settled_at, self.day.at(told.since))
        if told.voted:
            factor = Factor.objects.get(action=action, position=told.voted)
            tracking.change(factor, details, by=self.coordination, at=noted_at)
        else:
            text, position = self.day.write(told.text), action.factors.count() + 1
            factor = Factor(action=action, text=text, position=position, **details)
            tracking.create(factor, by=self.coordination, at=noted_at)
        if told.removed is not None:
            removed = {"removed_on": self.day.on(told.removed)}
            tracking.change(factor, removed, by=self.coordination, at=self.day.at(told.removed))

    def _steps(self, action: Action, told: ActionStory) -> list[Step]:
        """The steps as told; the last one ends an action whose voted range is over by now."""
        statuses = [Status(action.status), *(step.status for step in told.steps if step.status)]
        if told.late or statuses[-1] not in CAN_BE_LATE or not action.is_late(self.day.today):
            return list(told.steps)
        *before, last = told.steps or [Step(day=-30, by=self.story.coordinator)]
        ended = Step(
            day=last.day,
            by=self.story.coordinator,
            status=Status.DONE,
            confidence=Confidence.FINE,
            progress=100,
            note=ENDED,
        )
        return [*before, ended]

    def _take(self, action: Action, step: Step) -> None:
        author, at, batch = self.authors[step.by], self.day.at(step.day), uuid.uuid4()
        reason = self.day.write(step.reason)
        values: dict[str, Any] = {}
        if step.status:
            values |= {"status": step.status, "status_reason": reason if step.status in NEEDS_REASON else ""}
        if step.confidence:
            values["confidence"] = step.confidence
        if step.progress is not None:
            values["progress"] = step.progress
        if step.calendar:
            values["calendar_text"] = self.day.write(step.calendar)
        tracking.change(action, values, by=author, at=at, reason=reason, batch=batch)
        if step.note:
            note = ProgressNote(
                action=action,
                text=self.day.write(step.note),
                audience=ProgressNote.Audience.COORDINATORS
                if step.private
                else ProgressNote.Audience.EVERYONE,
                author=author.user,
                author_label=author.label,
                written_at=at,
                batch=batch,
            )
            tracking.create(note, by=author, at=at, batch=batch)
