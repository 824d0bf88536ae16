from django.db import models

from .territory import Territory


class Letter(models.Model):
    """A mail to be sent, written down in the same transaction as what it tells.

    `key` says what it is about, so that the same mail is never written twice. `{lien}` in the body
    stands for the address `link_path` of this installation followed by the token of `link_seed`
    (`partners.tokens`): it is put in when the mail leaves, and is stored nowhere.
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="letters", null=True)
    key = models.CharField(max_length=200, unique=True)
    to_name = models.CharField("destinataire", max_length=200, blank=True)
    to_email = models.EmailField("adresse")
    reply_to = models.EmailField("réponse à", blank=True)
    subject = models.CharField("objet", max_length=200)
    body = models.TextField("texte")
    link_path = models.CharField(max_length=200, blank=True)
    link_seed = models.CharField(max_length=40, blank=True)
    #: Where one click stops mails of this sort, without signing in; kept as `link_path` and `link_seed` are.
    stop_path = models.CharField(max_length=200, blank=True)
    stop_seed = models.CharField(max_length=40, blank=True)
    written_at = models.DateTimeField("écrit le")
    due_at = models.DateTimeField("à envoyer à partir du")
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField("envoyé le", null=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    last_error = models.TextField("dernière erreur", blank=True)

    class Meta:
        verbose_name = "courriel à envoyer"
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(sent_at=None), name="letters_to_send")]

    def __str__(self) -> str:
        return f"{self.subject} ({self.to_email})"
