from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from actions.models import Plan
from ctg.documents.exports import PAPER_FORMATS, Format, export_plan
from ctg.documents.order import Layout
from ctg.documents.word.template import TemplateError
from ctg.web.text import fold

EXPORTED = [form.value for form in (Format.XLSX, *PAPER_FORMATS)]


class Command(BaseCommand):
    help = "Écrit un plan en Excel, PDF ou Word, dans la disposition de l’un des deux documents d’origine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("plan", help="numéro du plan, ou nom ou sigle de son territoire")
        parser.add_argument("--layout", choices=[layout.value for layout in Layout], required=True)
        parser.add_argument("--format", choices=EXPORTED, default=Format.XLSX.value, help="xlsx par défaut")
        parser.add_argument("--modele", type=Path, help="document Word dont reprendre les styles")
        parser.add_argument("--suivi", action="store_true", help="ajoute le suivi")
        parser.add_argument(
            "--output", type=Path, help="fichier à écrire ; sinon, un nom daté dans le dossier courant"
        )

    def handle(self, *, plan: str, layout: str, suivi: bool, output: Path | None, **options: Any) -> None:
        found = find_plan(plan)
        try:
            export = export_plan(
                found,
                Layout(layout),
                with_follow_up=suivi,
                today=timezone.localdate(),
                file_format=Format(options["format"]),
                template=options["modele"],
            )
        except TemplateError as error:
            raise CommandError(str(error)) from error
        path = output or Path(export.name)
        try:
            path.write_bytes(export.content)
        except OSError as error:
            raise CommandError(f"{path} : {error.strerror}") from error
        self.stdout.write(f"{found.territory} – {found} : {path}")


def find_plan(words: str) -> Plan:
    """Return the plan that the words name, or list those that they may mean."""
    plans = list(Plan.objects.current().select_related("territory"))
    found = [plan for plan in plans if fold(words) in names_of(plan)]
    if len(found) == 1:
        return found[0]
    what = "Plusieurs plans portent ce nom" if found else f"Aucun plan « {words} »"
    listed = "\n".join(f"  {plan.pk}  {plan.territory} – {plan}" for plan in found or plans)
    raise CommandError(f"{what}. Donnez un numéro :\n{listed}" if listed else f"{what}.")


def names_of(plan: Plan) -> set[str]:
    names = (str(plan.pk), plan.territory.name, plan.territory.short_name)
    return {fold(name) for name in names if name}
