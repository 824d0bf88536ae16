from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from partners.outbox import deliver


class Command(BaseCommand):
    help = "Envoie les courriels en attente. À lancer aussi souvent que voulu\u00a0: chacun part une fois."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{deliver(at=timezone.now())} courriel(s) envoyé(s).")
