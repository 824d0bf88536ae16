from typing import Self

from django.db import models

from .user import User


class MailChoiceQuerySet(models.QuerySet["MailChoice"]):
    def held_by(self, user: User) -> Self:
        return self.filter(user=user)


class MailChoice(models.Model):
    """Which mails a person wants; without a row she gets both.

    The token of « Ne plus recevoir ces courriels » follows from `seed` (`partners.tokens`), and stops
    them in one click, without signing in.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="mail_choice")
    wants_news = models.BooleanField("ce qui m’attend, le jour même", default=True)
    wants_digest = models.BooleanField("le résumé de la semaine, le lundi", default=True)
    seed = models.CharField(max_length=40, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    #: What happened until then was told.
    told_until = models.DateTimeField(null=True, editable=False)

    objects = MailChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = "choix des courriels"

    def __str__(self) -> str:
        return str(self.user)
