from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from partners.models import Place, Tracked, TrackedQuerySet, User

from .action import Action
from .decision import Decision
from .follow_up import Entry, EntryQuerySet


class DiscussionQuerySet(EntryQuerySet["Discussion"]):
    def editable_by(self, user: User) -> Self:
        """Its question: by whoever asked it, and by the coordination."""
        return self.visible_to(user).filter(self._coordinated(user) | Q(opened_by=user))

    def concludable_by(self, user: User) -> Self:
        return self.current().filter(self._coordinated(user))

    def trashable_by(self, user: User) -> Self:
        """By whoever asked it as long as nobody else has answered, and by the coordination."""
        answered = Message.objects.current().filter(discussion=OuterRef("pk")).exclude(author=user)
        return self.visible_to(user).filter(self._coordinated(user) | Q(opened_by=user) & ~Exists(answered))

    def restorable_by(self, user: User) -> Self:
        own = Q(opened_by=user, action__in=Action.objects.visible_to(user))
        return self.in_trash().filter(self._coordinated(user) | own)

    @staticmethod
    def _coordinated(user: User) -> Q:
        return Q(action__in=Action.objects.editable_by(user))


class Discussion(Entry):
    """A question about an action and what was answered; it may end with a decision."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="discussions")
    subject = models.CharField("question ou sujet", max_length=300)
    opened_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_label = models.CharField("ouverte par", max_length=300)
    opened_at = models.DateTimeField("ouverte le")
    concluded_at = models.DateTimeField("conclue le", null=True, blank=True)
    conclusion = models.TextField("conclusion", blank=True)
    decision = models.ForeignKey(
        Decision,
        on_delete=models.PROTECT,
        related_name="discussions",
        null=True,
        blank=True,
        verbose_name="décision",
    )

    objects = DiscussionQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = ("subject", "concluded_at", "conclusion", "decision")

    class Meta:
        verbose_name = "échange"
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return f"{reverse('actions:action_file', args=[self.action_id])}#discussion-{self.pk}"


class MessageQuerySet(TrackedQuerySet["Message"]):
    def visible_to(self, user: User) -> Self:
        return self.current().filter(discussion__in=Discussion.objects.visible_to(user))

    def editable_by(self, user: User) -> Self:
        """One's own messages, and for the coordination all of them."""
        coordinated = Q(discussion__action__in=Action.objects.editable_by(user))
        return self.visible_to(user).filter(Q(author=user) | coordinated)

    def restorable_by(self, user: User) -> Self:
        coordinated = Q(discussion__action__in=Action.objects.editable_by(user))
        own = Q(author=user, discussion__in=Discussion.objects.visible_to(user))
        return self.in_trash().filter(coordinated | own)


class Message(Tracked):
    """What one person wrote in a discussion."""

    discussion = models.ForeignKey(Discussion, on_delete=models.PROTECT, related_name="messages")
    text = models.TextField("message")
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="messages")
    author_label = models.CharField("auteur", max_length=300)
    written_at = models.DateTimeField("écrit le")

    objects = MessageQuerySet.as_manager()

    tracked_fields: ClassVar[tuple[str, ...]] = ("text",)

    class Meta:
        verbose_name = "message"
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"Message du {self.written_at:%d/%m/%Y}"

    def place(self) -> Place:
        return self.discussion.place()
