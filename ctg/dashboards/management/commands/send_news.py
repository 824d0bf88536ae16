from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ctg.dashboards.news.sending import write_news
from indicators.campaigns.reminders import write_due_reminders
from partners.outbox import deliver


class Command(BaseCommand):
    help = (
        "Écrit à chaque personne ce qui est nouveau pour elle, et le lundi le résumé de la semaine, puis "
        "envoie tous les courriels en attente. À lancer aussi souvent que voulu\u00a0: une personne reçoit "
        "au plus un courriel par jour, jamais avant 8\u00a0h."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        # The reminders first: whoever gets one today waits until tomorrow for her news.
        reminded, written = write_due_reminders(at=at), write_news(at=at)
        sent = deliver(at=at)
        self.stdout.write(
            f"{reminded} relance(s) et {written} lettre(s) de nouvelles écrites, {sent} courriel(s) parti(s)."
        )
