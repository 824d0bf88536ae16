"""S3: what each person sees of each model, to the unit; and what the pages say they hold."""

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from actions.models import (
    Action,
    AgendaItem,
    Ambition,
    Attachment,
    Attendance,
    Blockage,
    Body,
    BudgetLine,
    CustomField,
    Decision,
    Discussion,
    Factor,
    Involvement,
    Meeting,
    Message,
    Milestone,
    Need,
    Objective,
    Orientation,
    Plan,
    ProgressNote,
    SavedView,
    Seat,
    Theme,
)
from ctg.cycle.models import Renewal, RenewalChoice
from ctg.dashboards.models import PublicPage, ReadLink
from ctg.documents.models import Letterhead
from ctg.reviews.models import (
    Evaluation,
    FrozenDocument,
    FrozenFile,
    Highlight,
    Review,
    ReviewedAction,
)
from indicators.models import (
    Campaign,
    CommonIndicator,
    Dimension,
    EntryLink,
    Evidence,
    Indicator,
    Measurement,
    Question,
    Solicitation,
    State,
)
from partners import tracking
from partners.models import Change, Membership, Organisation, Territory
from partners.tracking import Author
from tests import factories as f
from tests.htmx import soup

PEOPLE = ("camille", "paul", "ines", "elise", "karim", "nadia", "alex")
HERE = ("camille", "paul", "ines", "elise", "karim")


def everybody_here(here, elsewhere):
    """The same count for all who belong to the territory; Nadia sees hers, Alex nothing."""
    return dict.fromkeys(HERE, here) | {"nadia": elsewhere, "alex": 0}


COUNTS = {
    Territory: everybody_here(1, 1),
    Plan: everybody_here(1, 1),
    Ambition: everybody_here(1, 1),
    Orientation: everybody_here(1, 0),
    Theme: everybody_here(1, 0),
    Need: everybody_here(1, 0),
    Objective: everybody_here(1, 0),
    Action: everybody_here(3, 1),
    Involvement: everybody_here(1, 0),
    Milestone: everybody_here(1, 1),
    Factor: everybody_here(1, 0),
    CustomField: everybody_here(1, 1),
    # The plan from elsewhere keeps no budget: what it held before is not read.
    BudgetLine: everybody_here(1, 0),
    # One of three is kept among coordinators, and Paul wrote another of those.
    ProgressNote: everybody_here(1, 0) | {"camille": 3, "paul": 2},
    Body: everybody_here(1, 1),
    Seat: everybody_here(1, 1),
    Meeting: everybody_here(1, 1),
    AgendaItem: everybody_here(1, 1),
    Attendance: everybody_here(1, 1),
    Decision: everybody_here(1, 1),
    Blockage: everybody_here(1, 1),
    Discussion: everybody_here(1, 1),
    Message: everybody_here(1, 1),
    # One of three is kept among coordinators.
    Attachment: everybody_here(2, 1) | {"camille": 3},
    # Paul's own, and the one that all share.
    SavedView: everybody_here(1, 1) | {"paul": 2},
    # What the coordination handed out, and the calendar that Paul follows.
    ReadLink: everybody_here(0, 1) | {"camille": 2, "paul": 1},
    PublicPage: everybody_here(1, 1),
    Letterhead: everybody_here(1, 1),
    # What is in preparation is for the coordination; what is frozen, for all.
    Review: everybody_here(0, 1) | {"camille": 1},
    Highlight: everybody_here(0, 1) | {"camille": 1},
    ReviewedAction: everybody_here(0, 1) | {"camille": 1},
    Evaluation: everybody_here(0, 1) | {"camille": 1},
    # The next convention is prepared by the coordination.
    Renewal: everybody_here(0, 1) | {"camille": 1},
    RenewalChoice: everybody_here(0, 1) | {"camille": 1},
    FrozenDocument: everybody_here(1, 1),
    FrozenFile: everybody_here(1, 1),
    Indicator: everybody_here(2, 1),
    # A draft of Paul's service is for it and for the coordination.
    Measurement: everybody_here(1, 1) | {"camille": 2, "paul": 2},
    Evidence: everybody_here(1, 0),
    Campaign: everybody_here(1, 0),
    # What is asked of Paul's service is between it and the coordination.
    Solicitation: everybody_here(0, 0) | {"camille": 1, "paul": 1},
    Question: everybody_here(0, 0) | {"camille": 1, "paul": 1},
    # Links open what an organisation enters.
    EntryLink: everybody_here(0, 0) | {"camille": 1},
    Dimension: everybody_here(1, 0),
    CommonIndicator: dict.fromkeys(PEOPLE, 1),
    Organisation: everybody_here(2, 0),
    Membership: everybody_here(5, 1),
    # What happened to a private note is for the coordination.
    Change: everybody_here(1, 1) | {"camille": 2},
}


@pytest.fixture
def full(world):
    """Something of everything here and elsewhere, something in the trash, something private."""
    f.ActionFactory(plan=world.plan, number=2, ambition=world.ambition)
    f.ActionFactory(plan=world.plan, number=3)
    f.ActionFactory(plan=world.plan, number=4, trashed_at=timezone.now())
    f.AmbitionFactory(plan=world.plan, trashed_at=timezone.now())
    f.AmbitionFactory(plan=world.foreign_plan)
    f.MilestoneFactory(action=world.action, trashed_at=timezone.now())
    f.MilestoneFactory(action=world.foreign_action)
    private = {"action": world.action, "audience": ProgressNote.Audience.COORDINATORS}
    kept = f.ProgressNoteFactory(author=world.camille, **private)
    f.ProgressNoteFactory(author=world.paul, **private)
    f.IndicatorFactory(plan=world.plan, actions=[world.action])
    f.IndicatorFactory(plan=world.foreign_plan, actions=[world.foreign_action])
    f.MeasurementFactory(indicator=world.indicator, organisation=world.service, year=2020, state=State.DRAFT)
    f.MeasurementFactory(
        indicator=f.IndicatorFactory(plan=world.foreign_plan, trashed_at=timezone.now()),
        organisation=world.service,
    )
    f.MeasurementFactory(
        indicator=world.foreign_plan.indicators.current().get(),
        organisation=f.OrganisationFactory(territory=world.elsewhere, trashed_at=timezone.now()),
    )
    f.EvidenceFactory(measurement=world.measurement)
    f.EvidenceFactory(measurement=world.measurement, removed_at=timezone.now())
    f.EntryLinkFactory(solicitation=world.solicitation)
    f.DimensionFactory(territory=world.territory)
    f.CommonIndicatorFactory()
    world.plan.has_budget = True
    world.plan.save()
    f.CustomFieldFactory(plan=world.plan, trashed_at=timezone.now())
    f.BudgetLineFactory(action=world.action, trashed_at=timezone.now())
    for plan, action in ((world.plan, world.action), (world.foreign_plan, world.foreign_action)):
        f.CustomFieldFactory(plan=plan)
        f.BudgetLineFactory(action=action)
        body = f.BodyFactory(plan=plan)
        f.SeatFactory(body=body)
        f.SeatFactory(body=body, trashed_at=timezone.now())
        meeting = f.MeetingFactory(body=body)
        f.AgendaItemFactory(meeting=meeting)
        f.AttendanceFactory(meeting=meeting)
        f.DecisionFactory(plan=plan, actions=[action])
        f.BlockageFactory(action=action)
        f.MessageFactory(discussion=f.DiscussionFactory(action=action))
        f.PublicPageFactory(plan=plan)
        f.LetterheadFactory(territory=plan.territory)
        review = f.ReviewFactory(plan=plan)
        f.HighlightFactory(review=review)
        f.ReviewedActionFactory(review=review, action=action)
        f.EvaluationFactory(plan=plan)
        f.RenewalChoiceFactory(renewal=f.RenewalFactory(plan=plan), action=action)
        f.FrozenFileFactory(document=f.FrozenDocumentFactory(plan=plan))
        f.ReadLinkFactory(plan=plan)
        f.SavedViewFactory(plan=plan, is_shared=True)
        f.AttachmentFactory(action=action)
    f.AgendaItemFactory(meeting=f.MeetingFactory(body=world.plan.bodies.get(), trashed_at=timezone.now()))
    f.AttachmentFactory(action=None, meeting=world.plan.bodies.get().meetings.current().get())
    f.AttachmentFactory(action=world.action, audience=ProgressNote.Audience.COORDINATORS)
    f.SavedViewFactory(plan=world.plan, owner=world.paul)
    f.ReadLinkFactory(plan=world.plan, opens="calendar", owner=world.paul)
    now, by = timezone.now(), Author("Camille", world.camille)
    tracking.change(world.action, {"status": "ongoing"}, by=by, at=now)
    tracking.change(kept, {"text": "Entre nous."}, by=by, at=now)
    tracking.change(world.foreign_action, {"status": "ongoing"}, by=by, at=now)
    return world


def test_every_model_with_a_door_is_counted():
    doors = {model for model in apps.get_models() if hasattr(model._default_manager, "visible_to")}
    assert doors == set(COUNTS)


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("model", COUNTS, ids=lambda model: model.__name__)
def test_each_person_sees_so_many(full, model, person):
    assert model.objects.visible_to(getattr(full, person)).distinct().count() == COUNTS[model][person]


PAGES = {
    # page: (address, what counts on it, how many)
    "plan": (lambda w: w.plan.get_absolute_url(), ".ledger__row th a", 3),
    "themes": (lambda w: w.plan.get_absolute_url() + "?lecture=themes", ".ledger__row th a", 3),
    "search": (lambda w: w.plan.get_absolute_url() + "?q=faire", ".ledger__row th a", 2),
    "indicators": (lambda w: reverse("indicators:indicator_list", args=[w.plan.pk]), "tbody tr", 2),
    "organisations": (
        lambda w: reverse("partners:organisation_list", args=[w.territory.pk]),
        "tbody a[href^='/organismes/']",
        2,
    ),
    "milestones": (lambda w: w.action.get_absolute_url(), "#milestones .milestone", 1),
}


@pytest.mark.parametrize("person", HERE)
@pytest.mark.parametrize("page", PAGES)
def test_each_page_shows_so_many(full, client_of, page, person):
    address, selector, count = PAGES[page]
    shown = soup(client_of(getattr(full, person)).get(address(full))).select(selector)
    assert len(shown) == count, [item.get_text(" ", strip=True)[:80] for item in shown]


@pytest.mark.parametrize(
    ("person", "count"), [("camille", 3), ("paul", 2), ("ines", 1), ("elise", 1), ("karim", 1)]
)
def test_the_sheet_shows_the_notes_of_its_reader(full, client_of, person, count):
    page = soup(client_of(getattr(full, person)).get(full.action.get_absolute_url()))
    assert len(page.select("#notes .timeline__item")) == count
