"""Nothing of a person is published, nothing that could name one, and nothing of elsewhere."""

import datetime as dt
import json

import pytest

from actions.models import Status
from ctg.dashboards.public.masking import REMOVED
from indicators.models import Kind, State
from tests import factories as f
from tests.opendata.files import everything, files_of, whole_of
from tests.routes import furnish, neighbours

CANARY = "Zénobie Canari"
CONTACTS = ("zenobie@mairie.fr", "06 12 34 56 78")


@pytest.fixture
def full(world):
    """A plan in which a person is named wherever one may be."""
    furnish(world)
    neighbours(world)
    action = world.action
    action.elected_lead = action.status_reason = action.priority_reason = action.factors_text = CANARY
    action.partners_text = action.methods = action.content = action.effects = CANARY
    action.status, action.confidence = Status.SUSPENDED, "hard"
    contacts = f"Écrire à {CONTACTS[0]} ou au {CONTACTS[1]}."
    for name in ("title", "purpose", "audiences", "municipalities", "calendar_text"):
        setattr(action, name, contacts)
    action.save()
    for thing, names in {
        world.plan: ("title",),
        world.ambition: ("title",),
        world.orientation: ("title",),
        world.theme: ("title",),
        world.milestone: ("title",),
        world.indicator: ("wording", "numerator_label", "denominator_label"),
        world.service: ("name",),
    }.items():
        for name in names:
            setattr(thing, name, contacts)
        thing.save()
    world.indicator.keeper = world.indicator.source = world.indicator.guidance = CANARY
    world.indicator.method = world.indicator.exclusions = world.indicator.available = CANARY
    world.indicator.unit = contacts
    world.indicator.save()
    world.service.contact_name, world.service.contact_email = CANARY, "contact@canari.fr"
    world.service.save()
    world.territory.note = CANARY
    world.territory.save()
    for name in ("comment", "verbatims", "return_note", "entered_label", "reviewed_label"):
        setattr(world.measurement, name, CANARY)
    world.measurement.state = State.VALIDATED
    world.measurement.save()
    finding = f.IndicatorFactory(
        plan=world.plan, kind=Kind.FINDING, actions=[action], wording="Ce que l’on voit"
    )
    f.MeasurementFactory(
        indicator=finding, organisation=world.service, amount=None, finding=CANARY, state=State.VALIDATED
    )
    f.ProgressNoteFactory(action=action, text=CANARY, author_label=CANARY)
    f.FactorFactory(action=action, text=CANARY, handler=CANARY)
    f.SeatFactory(body=world.body, name=CANARY, email="siege@canari.fr")
    f.DecisionFactory(plan=world.plan, subject=CANARY, actions=[action])
    f.BlockageFactory(action=action, reason=CANARY)
    f.MessageFactory(discussion=world.discussion, text=CANARY, author_label=CANARY)
    f.MilestoneFactory(action=action, title="Jeté", trashed_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    return world.plan


def test_nobody_is_in_any_file(full):
    files = files_of(full)
    text = everything(files)
    for hidden in ("Canari", "@", CONTACTS[1], "Camille", "Visite faite.", "Pas de local", "Jeté"):
        assert hidden not in text, hidden


def test_contacts_are_said_to_have_been_there(full):
    action = whole_of(full)["actions"][0]
    assert action["intitule"] == f"Écrire à {REMOVED} ou au {REMOVED}."
    assert action["porteurs"] == [f"Écrire à {REMOVED} ou au {REMOVED}."]


def test_what_is_in_the_trash_or_withheld_from_inhabitants_is_not_published(world):
    trashed = f.ActionFactory(plan=world.plan, number=8, title="Jetée", trashed_at=dt.datetime.now(dt.UTC))
    hidden = f.ActionFactory(plan=world.plan, number=9, title="Gardée", theme=world.theme)
    f.MilestoneFactory(action=hidden, title="Jalon gardé")
    for action in (trashed, hidden):
        f.IndicatorFactory(plan=world.plan, actions=[action], wording="Indicateur gardé")
    f.IndicatorFactory(plan=world.plan, actions=[hidden, world.action], wording="Indicateur des deux")
    f.PublicPageFactory(plan=world.plan).withheld.set([hidden])
    whole = whole_of(world.plan)
    assert [one["numero"] for one in whole["actions"]] == [1]
    assert [one["intitule"] for one in whole["jalons"]] == ["Bail signé"]
    assert [one["actions"] for one in whole["indicateurs"]] == [[1], [1]]
    assert "gardé" not in json.dumps(whole, ensure_ascii=False)


def test_a_heading_in_the_trash_is_not_published(world):
    world.theme.trashed_at = dt.datetime.now(dt.UTC)
    world.theme.save()
    assert whole_of(world.plan)["actions"][0]["thematique"] == ""
