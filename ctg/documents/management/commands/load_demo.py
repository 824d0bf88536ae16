from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ctg.documents.demonstration.loading import is_loaded, load_demonstration
from ctg.documents.plan_files import PlanFileError
from partners.models import Territory, User


class Command(BaseCommand):
    help = "Charge la démonstration : les deux plans, leur suivi fictif et des comptes."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("La démonstration ne se charge que par bin/demo : rien n’a été chargé.")
        if is_loaded():
            self.stdout.write("La démonstration est déjà chargée : rien n’a changé.")
            return
        if Territory.objects.exists() or User.objects.exists():
            raise CommandError("Cette base sert déjà à autre chose : la démonstration n’y entre pas.")
        try:
            plans = load_demonstration(today=timezone.localdate())
        except PlanFileError as error:
            raise CommandError(str(error)) from error
        for plan in plans:
            self.stdout.write(f"{plan.territory}, « {plan} » : chargé, avec un suivi fictif.")
