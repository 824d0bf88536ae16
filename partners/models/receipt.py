from django.db import models

from .user import User


class Receipt(models.Model):
    """Proof that a form was already received: sent twice, it answers with what it made the first time."""

    token = models.UUIDField(unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField(null=True)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "accusé de réception"

    def __str__(self) -> str:
        return str(self.token)
