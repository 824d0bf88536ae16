"""Questions that wait for an answer: of the coordination, or of the person who is reading."""

from typing import Any

from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from actions.models import Discussion, Message
from ctg.web.templatetags.ui import day
from partners.models import Membership, Role

from .desk import Desk
from .lines import Batch, Button, Line


def to_answer(desk: Desk) -> Batch:
    return Batch([_line(desk, discussion) for discussion in _unanswered(desk)])


def _unanswered(desk: Desk) -> QuerySet[Any]:
    """The open ones whose last word is not of the coordination, or for the others not theirs.

    The coordination answers all of them; the others those that they opened or that speak of their actions.
    """
    last = Message.objects.current().filter(discussion=OuterRef("pk")).order_by("-written_at", "-pk")
    found = (
        Discussion.objects.of_plan(desk.plan)
        .filter(concluded_at=None)
        .annotate(
            speaker=Coalesce(
                Subquery(last.values("author")[:1]), "opened_by", output_field=BigIntegerField()
            ),
            speaker_label=Coalesce(Subquery(last.values("author_label")[:1]), "opened_label"),
            spoken_at=Coalesce(Subquery(last.values("written_at")[:1]), "opened_at"),
        )
        .order_by("spoken_at", "pk")
    )
    if desk.coordinates:
        here = Membership.objects.visible_to(desk.user).filter(
            territory=desk.plan.territory_id, role=Role.COORDINATOR
        )
        return found.filter(Q(speaker=None) | ~Q(speaker__in=here.values("user")))
    concerned = Q(opened_by=desk.user) | Q(action__in=[*desk.kept, *desk.led])
    return found.filter(concerned).filter(Q(speaker=None) | ~Q(speaker=desk.user.pk))


def _line(desk: Desk, discussion: Any) -> Line:
    case = desk.cases[discussion.action_id]
    subject = f"«\u00a0{discussion.subject}\u00a0»"
    url = discussion.get_absolute_url()
    spoken = f"{discussion.speaker_label}, le {day(discussion.spoken_at)}"
    why = f"{spoken}, sur l’action\u00a0{case.number} {case.title}"
    is_told = desk.coordinates or discussion.action_id in desk.kept or discussion.opened_by_id == desk.user.pk
    verb = "Répondre" if is_told else "Lire"
    return Line("Question", subject, url, why, [Button(verb, url, discussion.subject)])
