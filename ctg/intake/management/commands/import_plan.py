import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ctg.documents.plan_files import PlanFileError, load_plan
from ctg.intake.importing import Preview
from ctg.intake.reading import read_safely
from ctg.intake.report import report_of, write_report
from ctg.intake.tables import Refusal
from partners.models import Territory
from partners.tracking import Author


class Command(BaseCommand):
    help = "Lit un plan d’actions dans un fichier Excel, CSV ou Word, et dit ce qui en deviendrait un plan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--territory", required=True, help="nom du territoire, qui existe déjà")
        parser.add_argument("--title", default="", help="intitulé du plan ; sinon, celui du fichier")
        parser.add_argument("--apply", action="store_true", help="crée le plan ; sans cela, rien n’est écrit")
        parser.add_argument("--json", action="store_true", help="écrit le rapport en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        territory = Territory.objects.filter(name=options["territory"]).first()
        if territory is None:
            raise CommandError(f"Aucun territoire ne s’appelle « {options['territory']} ».")
        file: Path = options["file"]
        try:
            preview = Preview(read_safely(file.read_bytes(), file.name), {}, territory)
            report = report_of(preview)
        except OSError as error:
            raise CommandError(f"{file} : {error.strerror}.") from error
        except Refusal as refusal:
            raise CommandError(f"{file} : {refusal}") from refusal
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(write_report(report))
        if options["apply"]:
            self._apply(preview, options["title"] or preview.title, file.name)
        elif not options["json"]:
            self.stdout.write("Rien n’a été écrit. Ajoutez --apply pour créer le plan.")

    def _apply(self, preview: Preview, title: str, name: str) -> None:
        by = Author(f"Import de {name}"[:300])
        try:
            plan = load_plan(preview.plan_file(title), by=by, at=timezone.now())
        except PlanFileError as error:
            raise CommandError(str(error)) from error
        self.stderr.write(f"Plan créé : {plan} ({plan.actions.count()} actions).")
