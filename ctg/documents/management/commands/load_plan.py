from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from actions.models import Action, Plan
from ctg.documents.plan_files import IMPORT, PlanFileError, load_plan, read_plan_file
from indicators.models import Indicator


class Command(BaseCommand):
    help = "Charge des plans d’actions depuis leurs fichiers : tous, ou aucun si l’un d’eux ne convient pas."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="fichier.toml")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        now = timezone.now()
        try:
            plan_files = [read_plan_file(path) for path in files]
            with transaction.atomic():
                plans = [load_plan(plan_file, by=IMPORT, at=now) for plan_file in plan_files]
        except PlanFileError as error:
            raise CommandError(str(error)) from error
        for plan in plans:
            self.stdout.write(_summary(plan))


def _summary(plan: Plan) -> str:
    actions = Action.objects.current().filter(plan=plan).count()
    indicators = Indicator.objects.current().filter(plan=plan).count()
    return f"{plan.territory}, « {plan} » : {actions} actions et {indicators} indicateurs chargés."
