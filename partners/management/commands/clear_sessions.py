from typing import Any

from django.core.management.base import BaseCommand

from partners.sessions import SessionStore


class Command(BaseCommand):
    help = "Efface les sessions terminées. À lancer une fois par semaine."

    def handle(self, *args: Any, **options: Any) -> None:
        SessionStore.clear_expired()
