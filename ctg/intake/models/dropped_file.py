import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse

from actions.models import Plan
from partners.models import Territory, User
from partners.models.tracked import TRASH_DAYS


class DroppedFileQuerySet(models.QuerySet["DroppedFile"]):
    def editable_by(self, user: User) -> Self:
        """What was brought to the territories that one coordinates."""
        return self.filter(territory__in=Territory.objects.editable_by(user))

    def beside(self, territory: Territory, plan: Plan | None) -> Self:
        """What was brought to a plan, or to the territory when there is none, the last first."""
        if plan is None:
            return self.filter(territory=territory)
        return self.filter(models.Q(plan=plan) | models.Q(into=plan))

    def stale(self, before: dt.datetime) -> Self:
        """Brought before then, or taken back before then, and of which nothing is in a plan."""
        waiting = models.Q(undone_at=None) | models.Q(undone_at__lt=before)
        return self.filter(waiting, imported_at=None, dropped_at__lt=before)


class DroppedFile(models.Model):
    """A file of somebody’s making on its way to a plan: what was read of it, and how one said to read it.

    `tables` is what `ctg.intake.reading.wire` writes; the file itself is kept beside it, outside the web.
    `choices` corrects the recognised columns, by their keys; the next file of this `shape` begins with them.
    It becomes a plan of its own (`plan`), or adds its actions to one that exists (`into`); `batch` names
    what taking it in wrote, and `outcome` keeps how many actions were created, were there, were left aside.
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="dropped_files")
    name = models.CharField("fichier", max_length=200)
    stored_as = models.CharField(max_length=64)
    tables = models.TextField()
    shape = models.CharField(max_length=64)
    choices = models.JSONField(default=dict)
    #: What a person said of the packed cells, action by action; see `ctg.intake.previewing.corrections`.
    corrections = models.JSONField(default=dict)
    plan = models.OneToOneField(
        Plan, on_delete=models.PROTECT, related_name="dropped_file", null=True, blank=True
    )
    into = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="files_dropped_into", null=True, blank=True
    )
    batch = models.UUIDField(null=True, editable=False)
    outcome = models.JSONField(default=dict)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    dropped_at = models.DateTimeField("apporté le")
    imported_at = models.DateTimeField("repris le", null=True)
    undone_at = models.DateTimeField("repris en arrière le", null=True)

    objects = DroppedFileQuerySet.as_manager()

    class Meta:
        verbose_name = "fichier apporté"
        ordering = ["-dropped_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("intake:preview", args=[self.pk])

    @property
    def is_imported(self) -> bool:
        return self.imported_at is not None

    @property
    def target(self) -> Plan | None:
        """The plan that it became, or the one in which its actions are or will be."""
        return self.plan or self.into

    @property
    def undoable_until(self) -> dt.datetime | None:
        return self.imported_at + dt.timedelta(days=TRASH_DAYS) if self.imported_at else None
