import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from ctg.web.uploads import describe

from .territory import Territory
from .user import User


class JobState(models.TextChoices):
    WAITING = "waiting", "en attente de son tour"
    RUNNING = "running", "en train de se faire"
    DONE = "done", "prêt à télécharger"
    FAILED = "failed", "non abouti"


#: How many jobs run at the same moment: pages keep the rest of the machine.
LANES = (1, 2)

#: How long a finished job and its file stay.
KEPT = dt.timedelta(days=7)

ALIVE = Q(state__in=[JobState.WAITING, JobState.RUNNING])
RUNNING = Q(state=JobState.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    def held_by(self, user: User) -> Self:
        """One's own, of territories that one still belongs to: a right that ends takes the files with it."""
        return self.filter(owner=user, territory__in=Territory.objects.visible_to(user))

    def alive(self) -> Self:
        return self.filter(ALIVE)

    def kept(self, now: dt.datetime) -> Self:
        """What has not left yet, whether or not somebody came to take it away."""
        return self.filter(ALIVE | Q(finished_at__gt=now - KEPT))

    def expired(self, now: dt.datetime) -> Self:
        return self.filter(~ALIVE, finished_at__lte=now - KEPT)


class Job(models.Model):
    """Something long that a person asked for, done outside the request (`partners.jobs`, `partners.working`).

    `kind` names the function that does it, `params` holds keys only: what they lead to, and whether the
    owner may still read it, is asked when the work runs. A running job holds one of the `LANES` and renews
    `beat_at`; when it no longer does, whoever was doing it is dead.
    """

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="jobs")
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="jobs")
    kind = models.CharField(max_length=40)
    title = models.CharField("titre", max_length=300)
    params = models.JSONField(default=dict)
    #: The same for the same kind with the same params.
    fingerprint = models.CharField(max_length=64)
    state = models.CharField("état", max_length=20, choices=JobState, default=JobState.WAITING)
    lane = models.PositiveSmallIntegerField(null=True)
    steps_done = models.PositiveIntegerField(default=0)
    steps_total = models.PositiveIntegerField(default=0)
    said = models.CharField("avancement", max_length=200, blank=True)
    error = models.CharField("ce qui a échoué", max_length=300, blank=True)
    result_name = models.CharField("fichier", max_length=200, blank=True)
    stored_as = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    created_at = models.DateTimeField("demandé le")
    started_at = models.DateTimeField("commencé le", null=True)
    beat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField("terminé le", null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "travail en cours"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "fingerprint"], condition=ALIVE, name="one_such_job_at_once_for_a_person"
            ),
            models.UniqueConstraint(fields=["owner"], condition=RUNNING, name="one_running_job_for_a_person"),
            models.UniqueConstraint(fields=["lane"], condition=RUNNING, name="one_running_job_in_a_lane"),
            models.CheckConstraint(
                condition=~RUNNING | Q(lane__in=LANES, beat_at__isnull=False),
                name="a_running_job_holds_a_lane",
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.DONE) | ~Q(stored_as=""), name="a_finished_job_has_a_file"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("partners:job_detail", args=[self.pk])

    @property
    def is_alive(self) -> bool:
        return self.state in (JobState.WAITING, JobState.RUNNING)

    @property
    def is_waiting(self) -> bool:
        return self.state == JobState.WAITING

    @property
    def is_done(self) -> bool:
        return self.state == JobState.DONE

    @property
    def file_text(self) -> str:
        """« PDF, 240 Ko »"""
        return describe(self.media_type, self.size)

    @property
    def kept_until(self) -> dt.datetime | None:
        return self.finished_at + KEPT if self.finished_at else None
