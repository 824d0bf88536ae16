from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from actions.models import Meeting, Plan
from ctg.web.uploads import describe
from partners.models import User

from .evaluation import Evaluation
from .review import Review


class FrozenKind(models.TextChoices):
    SIGNED_PLAN = "signed_plan", "plan signé"
    AMENDMENT = "amendment", "avenant"
    REVIEW = "review", "bilan annuel"
    EVALUATION = "evaluation", "évaluation"
    ERRATUM = "erratum", "erratum"


class FrozenDocumentQuerySet(models.QuerySet["FrozenDocument"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(plan__in=Plan.objects.visible_to(user))

    def correctable_by(self, user: User) -> Self:
        """What the coordination may add an erratum to; an erratum is corrected by another of the same."""
        return self.filter(plan__in=Plan.objects.editable_by(user)).exclude(kind=FrozenKind.ERRATUM)

    def of_plan(self, plan: Plan) -> Self:
        return self.filter(plan=plan)


class FrozenDocument(models.Model):
    """What was validated, as it was that day: written once, never changed, never deleted.

    `facts` is canonical JSON, of which `sha256` is the digest; every file was written from it
    (`ctg.reviews.keeping.freezing`). Numbers run over all kinds of one plan.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="frozen_documents")
    kind = models.CharField("nature", max_length=20, choices=FrozenKind)
    number = models.PositiveIntegerField("numéro")
    title = models.CharField("intitulé", max_length=300)
    review = models.OneToOneField(
        Review, on_delete=models.PROTECT, related_name="frozen", null=True, blank=True
    )
    evaluation = models.OneToOneField(
        Evaluation, on_delete=models.PROTECT, related_name="frozen", null=True, blank=True
    )
    #: What an erratum corrects, what an amendment amends.
    about = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="followers", null=True, blank=True
    )
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        related_name="frozen_documents",
        null=True,
        blank=True,
        verbose_name="adopté par",
    )
    adopted_on = models.DateField("adopté ou signé le", null=True, blank=True)
    facts = models.TextField("contenu")
    sha256 = models.CharField("empreinte", max_length=64)
    frozen_at = models.DateTimeField("figé le")
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    frozen_label = models.CharField("figé par", max_length=300)

    objects = FrozenDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document figé"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_frozen_document_per_number"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(kind=FrozenKind.SIGNED_PLAN), name="one_signed_plan"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[FrozenKind.ERRATUM, FrozenKind.AMENDMENT]) ^ Q(about=None),
                name="an_erratum_and_an_amendment_follow_something",
            ),
            models.CheckConstraint(
                condition=Q(kind=FrozenKind.REVIEW) ^ Q(review=None), name="a_frozen_review_names_it"
            ),
            models.CheckConstraint(
                condition=Q(kind=FrozenKind.EVALUATION) ^ Q(evaluation=None),
                name="a_frozen_evaluation_names_it",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reviews:frozen_detail", args=[self.pk])


class FrozenFileQuerySet(models.QuerySet["FrozenFile"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(document__in=FrozenDocument.objects.visible_to(user))


class FrozenFile(models.Model):
    """One of the files of a frozen document, kept outside the web root: the same bytes for ever."""

    document = models.ForeignKey(FrozenDocument, on_delete=models.PROTECT, related_name="files")
    name = models.CharField("fichier", max_length=200)
    stored_as = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField("empreinte", max_length=64)

    objects = FrozenFileQuerySet.as_manager()

    class Meta:
        verbose_name = "fichier figé"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["document", "name"], name="one_frozen_file_per_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reviews:frozen_file", args=[self.pk])

    @property
    def description(self) -> str:
        return describe(self.media_type, self.size)
