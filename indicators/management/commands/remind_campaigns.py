from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from indicators.campaigns.reminders import write_due_reminders
from partners.outbox import deliver


class Command(BaseCommand):
    help = (
        "Écrit les relances des campagnes qui sont dues, puis envoie tous les courriels en attente. "
        "À lancer aussi souvent que voulu\u00a0: chaque courriel part une fois."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        reminded, sent = write_due_reminders(at=at), deliver(at=at)
        self.stdout.write(f"{reminded} relance(s) écrite(s), {sent} courriel(s) envoyé(s).")
