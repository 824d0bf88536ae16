from typing import Self

from django.db import models
from django.urls import reverse

from indicators.models import EntryLink, Solicitation
from partners.models import User

from .brought import Brought, BroughtQuerySet


class ReturnedAnswersQuerySet(BroughtQuerySet["ReturnedAnswers"]):
    def editable_by(self, user: User) -> Self:
        """What came back to the campaigns that one coordinates."""
        return self.filter(solicitation__in=Solicitation.objects.editable_by(user))


class ReturnedAnswers(Brought):
    """A workbook in which an organisation answered, and that came back."""

    solicitation = models.ForeignKey(Solicitation, on_delete=models.CASCADE, related_name="returned_answers")
    #: The personal link by which somebody without an account brought it.
    link = models.ForeignKey(EntryLink, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = ReturnedAnswersQuerySet.as_manager()

    class Meta(Brought.Meta):
        verbose_name = "classeur de réponses revenu"

    def get_absolute_url(self) -> str:
        return reverse("answerbooks:returned_answers", args=[self.pk])
