"""Play the script: the plans as they were voted, then all that happened to them until today."""

import datetime as dt
from typing import Protocol

from django.db import transaction

from actions.models import Plan
from ctg.documents.plan_files import IMPORT, load_plan, read_plan_file
from partners import tracking
from partners.models import Membership, Organisation, Territory, User
from partners.signing import author_of

from .accounts import open_account
from .day import Day
from .field_script import read_field_script
from .field_telling import tell_fields
from .governance_script import read_governance_script
from .governance_telling import GovernanceTelling
from .script import FIXTURES, PlanStory, Script, read_script
from .telling import Telling
from .value_script import read_value_script
from .value_telling import ValueTelling, share


class Sequel(Protocol):
    """What a higher floor adds to the story of a plan: when it is signed, and once all else is told."""

    def signed(self, telling: Telling) -> None: ...

    def told(self, telling: Telling) -> None: ...


SEQUELS: list[Sequel] = []


def is_loaded() -> bool:
    return User.objects.filter(is_demo=True).exists()


def load_demonstration(*, today: dt.date) -> list[Plan]:
    script = read_script()
    with transaction.atomic():
        people = {person.key: open_account(person) for person in script.people}
        plans = [(story, *_load_voted(story, Day(today))) for story in script.plans]
        # Coordinations first: they sign the organisations to which the other people belong.
        _give_access(script, people, in_organisation=False)
        for story, plan, day in plans:
            _add_organisations(story, plan, day, people)
        _give_access(script, people, in_organisation=True)
        tellings = [Telling(story, plan, day, people) for story, plan, day in plans]
        fields = {told.file: told for told in read_field_script().plans}
        for telling in tellings:
            telling.date()
            if added := fields.get(telling.story.file):
                tell_fields(added, telling)
            for sequel in SEQUELS:
                sequel.signed(telling)
        for telling in tellings:
            telling.tell()
        script_of_values = read_value_script()
        share(script_of_values.common)
        values = {told.file: told for told in script_of_values.plans}
        for story, plan, day in plans:
            if told := values.get(story.file):
                ValueTelling(told, story, plan, day, people).tell()
        meetings = {told.file: told for told in read_governance_script().plans}
        for story, plan, day in plans:
            if governed := meetings.get(story.file):
                GovernanceTelling(governed, story, plan, day, people).tell()
        for telling in tellings:
            for sequel in SEQUELS:
                sequel.told(telling)
        last_visit = Day(today).at(-1)
        User.objects.filter(is_demo=True).update(last_login=last_visit)
    return [plan for _, plan, _ in plans]


def _load_voted(story: PlanStory, day: Day) -> tuple[Plan, Day]:
    plan_file = read_plan_file(FIXTURES / story.file)
    day = day.since(plan_file.plan.dated_on, story.days_old)
    return load_plan(plan_file, by=IMPORT, at=day.at(-story.days_old)), day


def _give_access(script: Script, people: dict[str, User], *, in_organisation: bool) -> None:
    territories = {territory.name: territory for territory in Territory.objects.all()}
    for person in script.people:
        for access in person.access:
            if bool(access.organisation) != in_organisation:
                continue
            territory = territories[access.territory]
            organisation = None
            if in_organisation:
                organisation = Organisation.objects.get(territory=territory, name=access.organisation)
            Membership.objects.create(
                user=people[person.key], territory=territory, role=access.role, organisation=organisation
            )


def _add_organisations(story: PlanStory, plan: Plan, day: Day, people: dict[str, User]) -> None:
    author = author_of(people[story.coordinator], plan.territory_id)
    for entry in story.organisations:
        organisation = Organisation(
            territory=plan.territory,
            name=entry.name,
            kind=entry.kind,
            contact_name=entry.contact_name,
            contact_email=entry.contact_email,
        )
        links = {"aliases": entry.aliases}
        tracking.create(organisation, by=author, at=day.at(1 - story.days_old), links=links)
