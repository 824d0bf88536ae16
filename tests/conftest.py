import gc
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from hypothesis import settings

from ctg.web.storage import OneStylesheetStorage
from partners.models import Role

from . import factories as f

# Thousands of short lives in one process: looked for less often, what is left behind costs a tenth less time.
gc.set_threshold(100_000, 50, 100)

# The same examples each time, however slow the machine: a failure must be about the change at hand.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")


def pytest_collection_modifyitems(items):
    """What asks for no database is `once` of itself."""
    for item in items:
        asks = {"db", "transactional_db", "django_db_setup"} & set(item.fixturenames)
        if not asks and item.get_closest_marker("django_db") is None:
            item.add_marker("once")


@pytest.fixture(scope="session")
def collected(tmp_path_factory):
    """The static files as production serves them: hashed, compressed, in one stylesheet."""
    storage = OneStylesheetStorage(location=tmp_path_factory.mktemp("static"), base_url="/static/")
    found = {path: (source, path) for finder in finders.get_finders() for path, source in finder.list([])}
    for path, (source, _) in found.items():
        with source.open(path) as file:
            storage.save(path, file)
    failures = [result for _, _, result in storage.post_process(found) if isinstance(result, Exception)]
    assert not failures
    return storage


@pytest.fixture
def client_of():
    """A browser of its own for each person who signs in."""

    def signed_in(user):
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def world(db):
    """Two territories that know nothing of each other, and people who stand in different places to them.

    Camille coordinates, Paul is of the service that carries `action` and was asked for its value, Inès of
    a partner that carries nothing, Élise is an élue, Karim of the Caf, Alex administers; Nadia coordinates
    elsewhere.
    """
    cache.clear()
    here = f.TerritoryFactory(name="Pays de Rivemont")
    elsewhere = f.TerritoryFactory(name="Vallée de Hautepierre")
    service = f.OrganisationFactory(territory=here, name="Service Jeunesse")
    partner = f.OrganisationFactory(territory=here, name="Mission locale")
    plan = f.PlanFactory(territory=here)
    ambition = f.AmbitionFactory(plan=plan, title="Renforcer le lien social", number=1)
    orientation = f.OrientationFactory(plan=plan, ambition=ambition, title="Animer des lieux ouverts")
    theme = f.ThemeFactory(plan=plan, title="JEUNESSE")
    need = f.NeedFactory(plan=plan, title="Des jeunes sans lieu")
    objective = f.ObjectiveFactory(plan=plan, title="Accueillir les jeunes")
    action = f.ActionFactory(
        plan=plan,
        number=1,
        title="Ouvrir un café des jeunes",
        ambition=ambition,
        orientation=orientation,
        theme=theme,
        need=need,
        objective=objective,
        calendar_text="2026",
    )
    f.InvolvementFactory(action=action, organisation=service)
    foreign_plan = f.PlanFactory(territory=elsewhere, title="Plan de la vallée")
    people = {
        "camille": (here, Role.COORDINATOR, None),
        "paul": (here, Role.MEMBER, service),
        "ines": (here, Role.MEMBER, partner),
        "elise": (here, Role.OFFICIAL, None),
        "karim": (here, Role.CAF, None),
        "nadia": (elsewhere, Role.COORDINATOR, None),
    }
    users = {"alex": f.UserFactory(first_name="Alex", is_administrator=True)}
    memberships = {}
    for name, (territory, role, organisation) in people.items():
        users[name] = f.UserFactory(first_name=name.capitalize(), email=f"{name}@exemple.fr")
        memberships[name] = f.MembershipFactory(
            territory=territory, user=users[name], role=role, organisation=organisation
        )
    indicator = f.IndicatorFactory(plan=plan, actions=[action], contributors=[service])
    campaign = f.CampaignFactory(plan=plan)
    solicitation = f.SolicitationFactory(campaign=campaign, organisation=service, indicators=[indicator])
    return SimpleNamespace(
        territory=here,
        elsewhere=elsewhere,
        service=service,
        partner=partner,
        plan=plan,
        ambition=ambition,
        orientation=orientation,
        theme=theme,
        need=need,
        objective=objective,
        action=action,
        milestone=f.MilestoneFactory(action=action, title="Bail signé"),
        factor=f.FactorFactory(action=action, text="Pas de local"),
        note=f.ProgressNoteFactory(action=action, author=users["camille"], text="Visite faite."),
        indicator=indicator,
        campaign=campaign,
        solicitation=solicitation,
        question=solicitation.questions.get(),
        measurement=f.MeasurementFactory(indicator=indicator, organisation=service),
        foreign_plan=foreign_plan,
        foreign_action=f.ActionFactory(plan=foreign_plan, title="Canari de la vallée"),
        memberships=memberships,
        **users,
    )
