import os
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from partners import jobs
from partners.working import lower_limits, work_all

#: Of addresses, about half of which are really used: the PDF of 560 actions takes 0.6 GiB of them.
MEMORY = 3 * 1024**3 // 2


class Command(BaseCommand):
    help = (
        "Fait les travaux en attente. Le serveur la lance lui-même\u00a0; elle s’arrête quand rien n’attend."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        lower_limits(MEMORY)
        self.stdout.write(f"{work_all(timezone.now, on_overtime=give_up)} travail(aux) fait(s).")


def give_up() -> None:
    """Leave the others to a fresh process: only the end of this one stops what it is doing."""
    jobs.spawn()
    os._exit(1)
