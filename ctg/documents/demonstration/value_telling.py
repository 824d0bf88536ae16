"""The indicators and the values of the demonstration, asked and answered as people would have."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from actions.models import Plan
from indicators.campaigns import lifecycle, mails
from indicators.definition.recognition import likely_kind
from indicators.models import (
    Campaign,
    Category,
    Channel,
    CommonIndicator,
    Dimension,
    Frequency,
    Indicator,
    Nature,
    State,
)
from indicators.periods import ONCE_KEY, period_of
from indicators.values import entry
from partners import tracking
from partners.models import Organisation, User
from partners.signing import author_of
from partners.tracking import Author

from .day import Day
from .script import PlanStory
from .value_script import CampaignStory, CommonStory, IndicatorStory, PlanValues, ValueStory

#: From this month on, the year under way is the one that is collected; before, it is the last one.
COLLECTING_FROM = 7

#: After how many days organisations answer, one after the other, and the coordination reads them again.
ANSWER_DAYS = (3, 4, 6, 7, 9)
REVIEW_DAYS = 3


def share(stories: Iterable[CommonStory]) -> None:
    """Fill the catalogue that all territories have in common."""
    for told in stories:
        CommonIndicator.objects.create(
            wording=told.wording, theme=told.theme, unit=told.unit, guidance=told.guidance
        )


class ValueTelling:
    def __init__(
        self, story: PlanValues, plan_story: PlanStory, plan: Plan, day: Day, people: dict[str, User]
    ) -> None:
        self.story = story
        self.plan = plan
        self.day = day
        self.year = day.today.year - (day.today.month < COLLECTING_FROM)
        self.coordinator = people[plan_story.coordinator]
        self.coordination = author_of(self.coordinator, plan.territory_id)
        self.settled_at = day.at(3 - plan_story.days_old)
        self.users = {user.email: user for user in people.values()}
        self.actions = {action.number: action for action in plan.actions.all()}
        organisations = Organisation.objects.current().filter(territory=plan.territory)
        self.organisations = {organisation.name: organisation for organisation in organisations}
        self.categories: dict[str, Category] = {}

    def tell(self) -> None:
        for contact in self.story.contacts:
            details = {"contact_name": contact.name, "contact_email": contact.email}
            self._change(self.organisations[contact.organisation], details)
        dimensions = {
            told.name: self._dimension(told.name, told.categories) for told in self.story.dimensions
        }
        defined = [
            (told, self._define(told, rank, dimensions)) for rank, told in enumerate(self.story.indicators, 1)
        ]
        for campaign in self.story.campaigns:
            asked = self._ask(campaign)
            for told, indicator in defined:
                for rank, value in enumerate(told.values):
                    if value.year == campaign.year:
                        self._answer(indicator, value, campaign, rank)
            if campaign.closes < 0:
                # Its mails left long ago: closing drops those that the loading has just written.
                lifecycle.close(asked, by=self.coordination, at=self.day.at(campaign.closes))

    def _change(self, thing: Any, values: dict[str, Any]) -> None:
        tracking.change(thing, values, by=self.coordination, at=self.settled_at)

    def _dimension(self, name: str, categories: tuple[str, ...]) -> Dimension:
        dimension = Dimension(territory=self.plan.territory, name=name)
        links = {"categories": list(categories)}
        tracking.create(dimension, by=self.coordination, at=self.settled_at, links=links)
        self.categories |= {category.name: category for category in dimension.categories.all()}
        return dimension

    def _define(self, told: IndicatorStory, rank: int, dimensions: dict[str, Dimension]) -> Indicator:
        actions = [self.actions[number] for number in told.actions]
        values: dict[str, Any] = {
            "unit": told.unit,
            "is_key": told.key,
            "numerator_label": told.numerator,
            "denominator_label": told.denominator,
            **{name: getattr(told, name) for name in ("guidance", "exclusions", "source", "method")},
            **{name: getattr(told, name) for name in ("keeper", "available", "frequency")},
            "direction": told.direction or "",
            "accrual": told.accrual or "",
            "is_without_target": told.without_target,
            "contributors": [self.organisations[name] for name in told.contributors],
            "targets": [
                [None if target.year is None else self.year + target.year, target.value, None]
                for target in told.targets
            ],
        }
        if told.common:
            values["common"] = CommonIndicator.objects.get(wording=told.common)
        if told.dimensions:
            values["first_dimension"] = dimensions[told.dimensions[0]]
        if told.baseline:
            values |= {
                "baseline": Decimal(told.baseline.value),
                "baseline_on": dt.date(self.year - 2, 12, 31),
                "baseline_source": told.baseline.source,
            }
        indicator = Indicator.objects.current().filter(actions=actions[0], wording=told.wording).first()
        if indicator is None:
            kind = told.kind or likely_kind(told.wording, Nature.QUANTITATIVE)
            indicator = Indicator(plan=self.plan, wording=told.wording, kind=kind, position=rank)
            links = {"actions": actions}
            tracking.create(indicator, by=self.coordination, at=self.settled_at, links=links)
        self._change(indicator, values)
        return indicator

    def _ask(self, told: CampaignStory) -> Campaign:
        new = Campaign(
            plan=self.plan,
            period=str(self.year + told.year),
            opens_on=self.day.on(told.opens),
            closes_on=self.day.on(told.closes),
            sender_name=str(self.coordinator),
            sender_contact=self.coordinator.email,
            subject="Vos valeurs {periode} pour la CTG",
            message=mails.default_text("invitation"),
            reminder_subject="Il reste {nombre} à saisir pour la CTG",
            reminder_message=mails.default_text("reminder"),
            reminder_days="10, 3",
        )
        at = self.day.at(told.opens)
        campaign = lifecycle.prepare(new, by=self.coordination, at=at)
        lifecycle.launch(campaign, by=self.coordination, at=at)
        return campaign

    def _answer(self, indicator: Indicator, told: ValueStory, campaign: CampaignStory, rank: int) -> None:
        organisation = self.organisations[told.by]
        channel, author = self._who_answers(organisation)
        day = min(-1, campaign.opens + ANSWER_DAYS[(organisation.pk + rank) % len(ANSWER_DAYS)])
        at, read_at = self.day.at(day), self.day.at(min(-1, day + REVIEW_DAYS))
        measurement = entry.answer(
            indicator,
            organisation,
            self._period(indicator, told),
            self._values(told),
            year=self.year + told.year,
            channel=channel,
            by=author,
            at=at,
        )
        if told.state == State.DRAFT:
            return
        entry.submit([measurement], by=author, at=at)
        if told.state == State.RETURNED:
            entry.send_back(measurement, note=told.note, by=self.coordination, at=read_at)
        elif told.state == State.VALIDATED:
            entry.validate([measurement], by=self.coordination, at=read_at)

    def _who_answers(self, organisation: Organisation) -> tuple[Channel, Author]:
        user = self.users.get(organisation.contact_email)
        if user:
            return Channel.ACCOUNT, author_of(user, self.plan.territory_id)
        if organisation.contact_name:
            return Channel.LINK, Author(f"{organisation.contact_name}, {organisation.name}")
        return Channel.COORDINATION, self.coordination

    def _period(self, indicator: Indicator, told: ValueStory) -> str:
        if indicator.rhythm == Frequency.ONCE:
            return ONCE_KEY
        return period_of(indicator.rhythm, self.year + told.year, told.part).key

    def _values(self, told: ValueStory) -> dict[str, Any]:
        values: dict[str, Any] = {
            "amount": Decimal(told.amount) if told.amount else None,
            "base": Decimal(told.base) if told.base else None,
            "finding": told.finding,
            "verbatims": told.verbatims,
            "absence": told.absence or "",
            "comment": told.comment,
        }
        if told.portions:
            values["portions"] = [
                [self.categories[name].pk, None, amount, None] for name, amount in told.portions
            ]
        return values
