"""The next plan, made of what was kept and adapted; the plan that it renews is left as it is."""

import datetime as dt
import uuid
from typing import Any, TypeVar

from django.db import transaction

from actions.models import Action, Body, CustomField, Factor, Plan, Status
from actions.models.heading import Heading
from ctg.cycle.models import Renewal, RenewalChoice, Verdict
from partners import tracking
from partners.models import Tracked
from partners.tracking import Author

from .choosing import choices_of
from .copying import Copier
from .series import go_on

T = TypeVar("T", bound=Tracked)

#: A convention that begins: nothing is done, and its calendar is to write.
FRESH: dict[str, Any] = {
    "status": Status.PLANNED,
    "status_reason": "",
    "confidence": "",
    "progress": None,
    "calendar_text": "",
    "dates_given": False,
    "starts_on": None,
    "ends_on": None,
    "precision": "",
}

#: What only the document that was voted says.
OF_THE_DOCUMENT: dict[str, Any] = {"heading": "", "dated_text": "", "dated_on": None}


class Undecided(Exception):
    """Of some actions nobody has said what they become."""


def create_next_plan(renewal: Renewal, *, by: Author, at: dt.datetime) -> Plan:
    """Create the plan, all or nothing; asked again, answer the one that was created.

    Raise `Undecided` as long as an action waits for a verdict.
    """
    with transaction.atomic():
        now = tracking.lock(renewal)
        if now.created and now.is_done:
            return now.created
        actions = list(now.plan.actions.current().select_related("plan"))
        choices = choices_of(now, actions)
        if any(not choice.verdict for choice in choices):
            raise Undecided
        copier = Copier(by, at, uuid.uuid4())
        plan = _Creation(now, choices, copier).run()
        tracking.change(now, {"created": plan}, by=by, at=at, batch=copier.batch)
    return plan


class _Creation:
    """One plan on its way, and what the things of the plan before became in it."""

    def __init__(self, renewal: Renewal, choices: list[RenewalChoice], copier: Copier) -> None:
        self.renewal, self.before = renewal, renewal.plan
        self.choices, self.copier = choices, copier

    def run(self) -> Plan:
        renewal = self.renewal
        years = {"first_year": renewal.first_year, "last_year": renewal.last_year}
        self.plan = self.copier.copy(self.before, title=renewal.title, **years, **OF_THE_DOCUMENT)
        self._bodies()
        self._fields()
        self._headings()
        actions = {
            choice.action_id: self._action(choice.action)
            for choice in self.choices
            if choice.verdict != Verdict.DROP
        }
        go_on(self.before, self.plan, actions, self.copier)
        return self.plan

    def _bodies(self) -> None:
        for body in Body.objects.of_plan(self.before):
            again = self.copier.copy(body, plan=self.plan)
            for seat in body.seats.current():
                self.copier.copy(seat, body=again)

    def _fields(self) -> None:
        """Those that the plan adds to its sheets; a value whose field is in the trash stays behind."""
        fields = CustomField.objects.of_plan(self.before)
        self.custom = {self.copier.copy(field, plan=self.plan).name for field in fields}

    def _headings(self) -> None:
        """Every line of the plan, those that hold no action any more included."""
        before = self.before
        self.ambitions = self._lines(before.ambitions.current())
        self.orientations = {
            line.pk: self.copier.copy(line, plan=self.plan, ambition=self.ambitions[line.ambition_id])
            for line in before.orientations.current()
            if line.ambition_id in self.ambitions
        }
        self.themes = self._lines(before.themes.current())
        self.needs = self._lines(before.needs.current())
        self.objectives = self._lines(before.objectives.current())

    def _lines(self, headings: Any) -> dict[int | None, Heading]:
        return {line.pk: self.copier.copy(line, plan=self.plan) for line in headings}

    def _action(self, action: Action) -> Action:
        again = self.copier.copy(
            action,
            plan=self.plan,
            ambition=self.ambitions.get(action.ambition_id),
            orientation=self.orientations.get(action.orientation_id or 0),
            theme=self.themes.get(action.theme_id),
            need=self.needs.get(action.need_id),
            objective=self.objectives.get(action.objective_id),
            custom_values={name: held for name, held in action.custom_values.items() if name in self.custom},
            **FRESH,
        )
        for factor in Factor.objects.current().filter(action=action, removed_on=None):
            self.copier.copy(factor, action=again)
        return again
