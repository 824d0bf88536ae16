import json
import uuid
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from actions.models import Plan
from ctg.documents.plan_files import PlanFileError
from ctg.intake.jobs import NOTHING
from ctg.intake.previewing.outcome import Choices
from ctg.intake.previewing.preview import Preview
from ctg.intake.previewing.report import report_of, write_report
from ctg.intake.reading import read_safely
from ctg.intake.returned import without_marks
from ctg.intake.tables import Refusal
from ctg.intake.writing.importing import NothingToCreate, write
from partners.models import Territory
from partners.tracking import Author


class Command(BaseCommand):
    help = "Lit un plan d’actions dans un fichier Excel, CSV ou Word, et dit ce qui en deviendrait un plan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--territory", metavar="NOM", help="territoire qui existe ; sinon, le seul")
        where.add_argument("--new-territory", metavar="NOM", help="territoire à créer")
        where.add_argument("--into", type=int, metavar="ID", help="plan existant auquel ajouter les actions")
        parser.add_argument("--title", default="", help="intitulé du plan ; sinon, celui du fichier")
        parser.add_argument(
            "--without-errors", action="store_true", help="laisse aussi de côté les actions en erreur"
        )
        parser.add_argument(
            "--renumber", action="store_true", help="donne un autre numéro aux actions dont le leur est pris"
        )
        parser.add_argument("--apply", action="store_true", help="crée les actions ; sinon, rien n’est écrit")
        parser.add_argument("--json", action="store_true", help="écrit le rapport en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        into = self._plan(options["into"]) if options["into"] is not None else None
        territory = into.territory if into else self._territory(**options)
        file: Path = options["file"]
        choices = Choices(options["without_errors"], options["renumber"])
        try:
            source = without_marks(read_safely(file.read_bytes(), file.name))
            preview = Preview(source, {}, territory, into=into)
            report = report_of(preview, choices, in_detail=options["json"])
        except OSError as error:
            raise CommandError(f"{file} : {error.strerror}.") from error
        except Refusal as refusal:
            raise CommandError(f"{file} : {refusal}") from refusal
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(write_report(report))
        if options["apply"]:
            self._apply(preview, options["title"] or preview.title, file.name, choices)
        elif not options["json"]:
            self.stdout.write("Rien n’a été écrit. Ajoutez --apply pour créer les actions.")

    def _plan(self, pk: int) -> Plan:
        plan = Plan.objects.current().filter(pk=pk).select_related("territory").first()
        if plan is None:
            raise CommandError(f"Aucun plan ne porte l’identifiant {pk}.")
        return plan

    def _territory(
        self, territory: str | None, new_territory: str | None, *, apply: bool, **others: Any
    ) -> Territory:
        """One that exists, or one without key, which writing creates; a dry run asks for none."""
        if new_territory:
            if Territory.objects.filter(name=new_territory).exists():
                raise CommandError(f"Un territoire s’appelle déjà « {new_territory} » : dites --territory.")
            return Territory(name=new_territory)
        found = Territory.objects.filter(name=territory) if territory else Territory.objects.all()
        if len(standing := list(found[:2])) == 1:
            return standing[0]
        if territory:
            raise CommandError(f"Aucun territoire ne s’appelle « {territory} ».")
        if apply:
            raise CommandError(
                "Dites où va ce fichier : --territory, --new-territory, ou --into pour un plan."
            )
        return Territory()

    def _apply(self, preview: Preview, title: str, name: str, choices: Choices) -> None:
        outcome = preview.outcome(choices)
        by = Author(f"Import de {name}"[:300])
        try:
            plan = write(preview, outcome, title=title, by=by, at=timezone.now(), batch=uuid.uuid4())
        except PlanFileError as error:
            raise CommandError(str(error)) from error
        except NothingToCreate as error:
            raise CommandError(NOTHING) from error
        self.stderr.write(f"Plan : {plan} ({len(outcome.created)} actions créées).")
