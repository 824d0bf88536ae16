"""Makers of what a test is about; they create only what they are asked for."""

import datetime as dt

import factory
from allauth.account.models import EmailAddress
from django.utils import timezone
from factory.django import DjangoModelFactory

from actions.models import (
    Action,
    Ambition,
    Factor,
    Involvement,
    Milestone,
    Need,
    Objective,
    Orientation,
    Part,
    Plan,
    ProgressNote,
    Theme,
)
from indicators.models import Indicator
from partners.models import Membership, Organisation, Role, Territory, User

PASSWORD = "Un mot de passe assez long"


class TerritoryFactory(DjangoModelFactory):
    class Meta:
        model = Territory

    name = factory.Sequence(lambda n: f"Communauté de communes {n}")


class UserFactory(DjangoModelFactory):
    """A person whose address is verified and whose password is PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Martin{n}")
    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")

    @factory.post_generation
    def account(self, create, extracted, **kwargs):
        self.set_password(PASSWORD)
        self.save()
        EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    territory = factory.SubFactory(TerritoryFactory)
    name = factory.Sequence(lambda n: f"Service {n}")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    territory = factory.SubFactory(TerritoryFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.COORDINATOR


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = Plan

    territory = factory.SubFactory(TerritoryFactory)
    title = "Plan d’actions CTG"
    first_year = 2025
    last_year = 2028


class HeadingFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    plan = factory.SubFactory(PlanFactory)
    position = factory.Sequence(lambda n: n)


class AmbitionFactory(HeadingFactory):
    class Meta:
        model = Ambition

    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Ambition {n}")


class OrientationFactory(HeadingFactory):
    class Meta:
        model = Orientation

    ambition = factory.SubFactory(AmbitionFactory, plan=factory.SelfAttribute("..plan"))
    title = factory.Sequence(lambda n: f"Orientation {n}")


class ThemeFactory(HeadingFactory):
    class Meta:
        model = Theme

    title = factory.Sequence(lambda n: f"Thématique {n}")


class NeedFactory(HeadingFactory):
    class Meta:
        model = Need

    title = factory.Sequence(lambda n: f"Besoin {n}")


class ObjectiveFactory(HeadingFactory):
    class Meta:
        model = Objective

    title = factory.Sequence(lambda n: f"Objectif {n}")


class ActionFactory(DjangoModelFactory):
    class Meta:
        model = Action

    plan = factory.SubFactory(PlanFactory)
    number = factory.Sequence(lambda n: n + 1)
    position = factory.SelfAttribute("number")
    title = factory.Sequence(lambda n: f"Faire {n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        action = model_class(*args, **kwargs)
        action.derive()
        action.save()
        return action


class InvolvementFactory(DjangoModelFactory):
    class Meta:
        model = Involvement

    action = factory.SubFactory(ActionFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    part = Part.LEAD


class MilestoneFactory(DjangoModelFactory):
    class Meta:
        model = Milestone

    action = factory.SubFactory(ActionFactory)
    title = factory.Sequence(lambda n: f"Jalon {n}")
    due_on = dt.date(2026, 6, 1)


class FactorFactory(DjangoModelFactory):
    class Meta:
        model = Factor

    action = factory.SubFactory(ActionFactory)
    text = factory.Sequence(lambda n: f"Frein ou levier {n}")


class ProgressNoteFactory(DjangoModelFactory):
    class Meta:
        model = ProgressNote

    action = factory.SubFactory(ActionFactory)
    text = factory.Sequence(lambda n: f"Note {n}")
    author_label = "Camille Martin"
    written_at = factory.LazyFunction(timezone.now)


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = Indicator
        skip_postgeneration_save = True

    plan = factory.SubFactory(PlanFactory)
    wording = factory.Sequence(lambda n: f"Nombre de rencontres {n}")

    @factory.post_generation
    def actions(self, create, extracted, **kwargs):
        self.actions.set(extracted or [])
