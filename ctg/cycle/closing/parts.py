"""What goes into a package, model by model, and what does not: the one register of both.

Parts stand in the order in which they are written and loaded: what a row names comes before it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models

from actions import models as actions
from ctg.cycle.models import Renewal, RenewalChoice
from ctg.dashboards.models import PublicPage
from ctg.documents.models import Letterhead
from ctg.reviews import models as reviews
from indicators import models as indicators
from partners.models import Alias, Change, Organisation, Territory

#: Given by where a package is loaded: rows do not say them, nor who had an account here.
AROUND = {Territory, actions.Plan}

#: A model without the file that it keeps, which travels beside `contenu.json`.
STORED = "stored_as"


@dataclass(frozen=True)
class Part:
    """The rows of one model: `way` leads from a row to its plan.

    Without a way, the model belongs to the territory, and only what the plan names of it goes in.
    """

    name: str
    model: type[models.Model]
    way: str = ""
    without: tuple[str, ...] = ()
    #: Where the files of its rows go, and the field that gives them a name.
    folder: str = ""
    named_by: str = ""

    @cached_property
    def columns(self) -> list[Any]:
        """The fields of a row that are written, in order of name."""
        return sorted(filter(self._is_written, self.model._meta.concrete_fields), key=lambda one: one.name)

    @cached_property
    def lists(self) -> list[Any]:
        """Its relations to many that have no model of their own."""
        many: Any = self.model._meta.local_many_to_many
        return [field for field in many if field.remote_field.through._meta.auto_created]

    @cached_property
    def relations(self) -> list[Any]:
        """The columns that name a row of another part, or another row of this one."""
        return [field for field in self.columns if field.is_relation]

    def _is_written(self, field: Any) -> bool:
        if field.primary_key or field.name in (*self.without, STORED):
            return False
        if not field.is_relation:
            return True
        target = field.remote_field.model
        return target not in AROUND and target._meta.label != settings.AUTH_USER_MODEL


def _of_plan(way: str, **named: type[models.Model]) -> Iterator[Part]:
    """Parts whose rows lead to the plan in the same way, and have nothing of their own to say here."""
    return (Part(name, model, way) for name, model in named.items())


PARTS: tuple[Part, ...] = (
    Part("organisations", Organisation),
    Part("aliases", Alias),
    Part("dimensions", indicators.Dimension),
    Part("categories", indicators.Category),
    Part("common_indicators", indicators.CommonIndicator),
    Part("letterheads", Letterhead, folder="papier-a-en-tete"),
    # The plan that it goes on with is another package.
    Part("plans", actions.Plan, "pk", without=("renewed_from",)),
    *_of_plan(
        "plan",
        ambitions=actions.Ambition,
        orientations=actions.Orientation,
        themes=actions.Theme,
        needs=actions.Need,
        objectives=actions.Objective,
        custom_fields=actions.CustomField,
    ),
    # What is searched follows from the texts.
    Part("actions", actions.Action, "plan", without=("renewed_from", "search_text")),
    *_of_plan(
        "action__plan",
        involvements=actions.Involvement,
        milestones=actions.Milestone,
        factors=actions.Factor,
        notes=actions.ProgressNote,
        budget_lines=actions.BudgetLine,
    ),
    Part("bodies", actions.Body, "plan"),
    *_of_plan("body__plan", seats=actions.Seat, meetings=actions.Meeting),
    Part("decisions", actions.Decision, "plan"),
    *_of_plan("meeting__body__plan", agenda_items=actions.AgendaItem, attendances=actions.Attendance),
    *_of_plan("action__plan", blockages=actions.Blockage, discussions=actions.Discussion),
    Part("messages", actions.Message, "discussion__action__plan"),
    Part("attachments", actions.Attachment, "plan", folder="pieces-jointes", named_by="title"),
    Part("indicators", indicators.Indicator, "plan", without=("renewed_from",)),
    *_of_plan("indicator__plan", targets=indicators.Target, measurements=indicators.Measurement),
    Part("portions", indicators.Portion, "measurement__indicator__plan"),
    Part(
        *("evidence", indicators.Evidence, "measurement__indicator__plan"),
        folder="justificatifs",
        named_by="name",
    ),
    Part("campaigns", indicators.Campaign, "plan"),
    Part("solicitations", indicators.Solicitation, "campaign__plan"),
    Part("questions", indicators.Question, "solicitation__campaign__plan"),
    *_of_plan("plan", reviews=reviews.Review, evaluations=reviews.Evaluation),
    *_of_plan("review__plan", highlights=reviews.Highlight, reviewed_actions=reviews.ReviewedAction),
    Part("frozen_documents", reviews.FrozenDocument, "plan"),
    Part("frozen_files", reviews.FrozenFile, "document__plan", folder="documents-figes", named_by="name"),
    Part("renewals", Renewal, "plan"),
    Part("renewal_choices", RenewalChoice, "renewal__plan"),
    # An address belongs to an installation, and whoever coordinates there opens it or not.
    Part("public_pages", PublicPage, "plan", without=("slug", "is_open")),
    # What names things by their keys is written by `history`.
    Part(
        *("history", Change, "plan_id"),
        without=("plan_id", "action_id", "object_id", "before", "after"),
    ),
)

PART_OF: dict[type[models.Model], Part] = {part.model: part for part in PARTS}
BY_NAME: dict[str, Part] = {part.name: part for part in PARTS}

#: The models that do not go in, and why.
LEFT_OUT: dict[str, str] = {
    "partners.Territory": "the package is loaded into one; its name is on the label",
    "partners.User": "accounts stay where they are; what people wrote bears their name",
    "partners.Membership": "rights are given anew where the plan goes",
    "partners.Session": "an account here",
    "partners.MailChoice": "an account here",
    "partners.Receipt": "proves that a form was received here",
    "partners.Letter": "mails of this installation, with their links",
    "partners.Job": "work of this installation",
    "actions.SavedView": "habits of an account; the filters name keys of here",
    "indicators.EntryLink": "opens a page here; who answered is signed on each value",
    "dashboards.ReadLink": "opens a page here",
    "answerbooks.ReturnedAnswers": "a workbook on its way in; the values that it gave are in the plan",
    "answerbooks.DroppedValues": "a file on its way in; the values that it gave are in the plan",
    "intake.DroppedFile": "a file on its way in; what was taken of it is in the plan",
    "intake.ReturnedPlan": "a workbook on its way back; what was taken of it is in the plan and its history",
}

#: The applications of others, whose models are all about accounts.
LEFT_OUT_APPS = frozenset({"auth", "contenttypes", "account"})
