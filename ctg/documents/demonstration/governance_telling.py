"""The governance of the demonstration: bodies, meetings and what they decided, blockages, discussions."""

import datetime as dt
import uuid
from collections.abc import Mapping

from actions.models import (
    AgendaItem,
    Attachment,
    Attendance,
    Blockage,
    Body,
    Decision,
    Discussion,
    Meeting,
    Message,
    Outcome,
    Plan,
    Presence,
    Seat,
)
from partners import tracking
from partners.models import Organisation, User
from partners.signing import author_of

from .day import Day
from .governance_script import (
    BlockageStory,
    BodyStory,
    DecisionStory,
    DiscussionStory,
    LinkStory,
    MeetingStory,
    PlanGovernance,
)
from .script import PlanStory

#: How many days before a meeting it was called.
NOTICE = 30


class GovernanceTelling:
    """The meetings of one plan, told as its people would have: dated, signed, through the history."""

    def __init__(
        self,
        story: PlanGovernance,
        plan_story: PlanStory,
        plan: Plan,
        day: Day,
        people: Mapping[str, User],
    ) -> None:
        self.story = story
        self.plan = plan
        self.day = day
        self.authors = {key: author_of(user, plan.territory_id) for key, user in people.items()}
        self.coordination = self.authors[plan_story.coordinator]
        self.settled_at = day.at(2 - plan_story.days_old)
        self.actions = {action.number: action for action in plan.actions.all()}
        organisations = Organisation.objects.current().filter(territory=plan.territory)
        self.organisations = {organisation.name: organisation for organisation in organisations}
        self.bodies: dict[str, Body] = {}
        self.seats: dict[tuple[str, str], Seat] = {}
        self.meetings: dict[str, Meeting] = {}
        self.decisions: dict[str, Decision] = {}

    def tell(self) -> None:
        for body in self.story.bodies:
            self._found(body)
        for meeting in self.story.meetings:
            self._call(meeting)
        for decision in self.story.decisions:
            self._decide(decision)
        for meeting in self.story.meetings:
            self._hold(meeting)
        for blockage in self.story.blockages:
            self._block(blockage)
        for discussion in self.story.discussions:
            self._discuss(discussion)
        for link in self.story.links:
            self._attach(link)

    def _found(self, told: BodyStory) -> None:
        body = Body(plan=self.plan, kind=told.kind, name=told.name, mission=told.mission)
        self.bodies[told.key] = tracking.create(body, by=self.coordination, at=self.settled_at)
        for one in told.seats:
            organisation = self.organisations.get(one.organisation)
            seat = Seat(
                body=body, name=one.name, function=one.function, organisation=organisation, email=one.email
            )
            self.seats[told.key, one.name] = tracking.create(seat, by=self.coordination, at=self.settled_at)

    def _call(self, told: MeetingStory) -> None:
        meeting = Meeting(
            body=self.bodies[told.body],
            held_on=self.day.on(told.day),
            starts_at=dt.time(told.hour),
            place_text=told.place,
            introduction=told.introduction,
        )
        called_at = max(self.settled_at, self.day.at(min(told.day - NOTICE, -1)))
        self.meetings[told.key] = tracking.create(meeting, by=self.coordination, at=called_at)

    def _decide(self, told: DecisionStory) -> None:
        decision = Decision(
            plan=self.plan,
            subject=self.day.write(told.subject),
            context=self.day.write(told.context),
            asked_of=self.bodies[told.asked_of],
            asked_on=self.day.on(told.asked),
        )
        links = {"actions": [self.actions[number] for number in told.actions]}
        asked_at = max(self.settled_at, self.day.at(told.asked))
        self.decisions[told.key] = tracking.create(decision, by=self.coordination, at=asked_at, links=links)
        if told.outcome == Outcome.PENDING:
            return
        meeting = self.meetings[told.meeting]
        values = {
            "outcome": told.outcome,
            "ruling": self.day.write(told.ruling),
            "decided_on": meeting.held_on,
            "meeting": meeting,
            "owner": self.organisations.get(told.owner),
            "due_on": None if told.due is None else self.day.on(told.due),
        }
        held = next(one.day for one in self.story.meetings if one.key == told.meeting)
        tracking.change(decision, values, by=self.coordination, at=self.day.at(held))
        if told.done is not None:
            done = {"done_on": self.day.on(told.done)}
            tracking.change(decision, done, by=self.coordination, at=self.day.at(told.done))

    def _hold(self, told: MeetingStory) -> None:
        """Its agenda and, once it was held, who was there, what was said, and its minutes."""
        meeting, was_held, batch = self.meetings[told.key], told.day < 0, uuid.uuid4()
        at = self.day.at(told.day if was_held else -1)
        for position, point in enumerate(told.items, start=1):
            item = AgendaItem(
                meeting=meeting,
                position=position,
                title=point.title,
                action=self.actions[point.action] if point.action else None,
                decision=self.decisions.get(point.decision),
                summary=point.summary,
            )
            tracking.create(item, by=self.coordination, at=at, batch=batch)
        if not was_held:
            return
        for presence in (Presence.PRESENT, Presence.REPRESENTED, Presence.EXCUSED):
            for name in getattr(told, presence.value):
                there = Attendance(meeting=meeting, seat=self.seats[told.body, name], presence=presence)
                tracking.create(there, by=self.coordination, at=at, batch=batch)
        for guest in told.guests:
            tracking.create(
                Attendance(meeting=meeting, guest=guest), by=self.coordination, at=at, batch=batch
            )
        said = {"minutes": told.minutes, "concluded_at": at + dt.timedelta(hours=1)}
        tracking.change(meeting, said, by=self.coordination, at=at, batch=batch)

    def _block(self, told: BlockageStory) -> None:
        author = self.authors[told.by]
        blockage = Blockage(
            action=self.actions[told.action],
            reason=told.reason,
            since=self.day.on(told.day),
            decision=self.decisions.get(told.decision),
        )
        tracking.create(blockage, by=author, at=self.day.at(told.day))
        if told.lifted is not None:
            lifted = {"lifted_on": self.day.on(told.lifted), "lifted_by": told.lifted_by}
            tracking.change(blockage, lifted, by=author, at=self.day.at(told.lifted))

    def _discuss(self, told: DiscussionStory) -> None:
        author, opened_at = self.authors[told.by], self.day.at(told.day)
        discussion = Discussion(
            action=self.actions[told.action],
            subject=told.subject,
            opened_by=author.user,
            opened_label=author.label,
            opened_at=opened_at,
        )
        tracking.create(discussion, by=author, at=opened_at)
        for one in told.messages:
            writer, at = self.authors[one.by], self.day.at(one.day)
            message = Message(
                discussion=discussion,
                text=one.text,
                author=writer.user,
                author_label=writer.label,
                written_at=at,
            )
            tracking.create(message, by=writer, at=at)
        if told.concluded is not None:
            at = self.day.at(told.concluded)
            concluded = {"concluded_at": at, "conclusion": told.conclusion}
            tracking.change(discussion, concluded, by=self.coordination, at=at)

    def _attach(self, told: LinkStory) -> None:
        author, at = self.authors[told.by], self.day.at(told.day)
        attachment = Attachment(
            plan=self.plan,
            action=self.actions[told.action] if told.action else None,
            meeting=self.meetings.get(told.meeting),
            kind=told.kind,
            title=told.title,
            url=told.url,
            added_by=author.user,
            added_label=author.label,
            added_at=at,
        )
        tracking.create(attachment, by=author, at=at)
