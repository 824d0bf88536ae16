"""The thematic reading: three lists of the plan, joined by its actions, not levels of one tree."""

from django.db import models

from .heading import Heading, HeadingQuerySet
from .plan import Plan


class Theme(Heading):
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="themes")

    objects = HeadingQuerySet["Theme"].as_manager()

    class Meta(Heading.Meta):
        verbose_name = "thématique"


class Need(Heading):
    """A need found by the diagnosis; it may come back under several themes."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="needs")

    objects = HeadingQuerySet["Need"].as_manager()

    class Meta(Heading.Meta):
        verbose_name = "besoin repéré"


class Objective(Heading):
    """A change that is sought; it may answer several needs, under several themes."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="objectives")

    objects = HeadingQuerySet["Objective"].as_manager()

    class Meta(Heading.Meta):
        verbose_name = "objectif"
