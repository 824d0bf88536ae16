from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ctg.cycle.closing.loading import forecast, load
from ctg.cycle.closing.opening import Opened, open_package
from ctg.intake.tables import Refusal
from ctg.web.templatetags.ui import plural
from partners.models import Territory
from partners.tracking import Author

#: What is counted aloud, by the name of its part.
TOLD = {
    "actions": "action{s}",
    "indicators": "indicateur{s}",
    "measurements": "valeur{s}",
    "notes": "note{s}",
    "meetings": "réunion{s}",
    "decisions": "décision{s}",
    "attachments": "document{s} joint{s}",
    "frozen_documents": "document{s} figé{s}",
    "history": "ligne{s} d’historique",
}


class Command(BaseCommand):
    help = "Charge le paquet d’une convention, tel qu’une autre installation l’a écrit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--territory", help="numéro ou nom du territoire, qui existe déjà")
        where.add_argument("--new-territory", metavar="NOM", help="nom du territoire à créer")
        parser.add_argument("--apply", action="store_true", help="charge ; sans cela, rien n’est écrit")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        said: str | None = options["territory"]
        territory = find_territory(said) if said else str(options["new_territory"])
        try:
            opened = open_package(file)
            self._tell(opened, territory)
            if options["apply"]:
                by = Author(f"Chargement de {file.name}"[:300])
                plan = load(opened, territory, by=by, at=timezone.now())
                self.stdout.write(f"Plan chargé : {plan} (n° {plan.pk}), {plan.territory}.")
            else:
                self.stdout.write("Rien n’a été écrit. Ajoutez --apply pour charger le plan.")
        except OSError as error:
            raise CommandError(f"{file} : {error.strerror}.") from error
        except Refusal as refusal:
            raise CommandError(f"{file} : {refusal}") from refusal

    def _tell(self, opened: Opened, territory: Territory | str) -> None:
        told = forecast(opened, territory, at=timezone.now())
        label = opened.label
        self.stdout.write(
            f"{label.plan} ({label.years}), {label.territory}, écrit le {label.written_at:%d/%m/%Y}."
        )
        self.stdout.write(f"Empreinte du contenu : {label.sha256}")
        counted = [
            f"{told.counts[name]} {words.format(s=plural(told.counts[name]))}"
            for name, words in TOLD.items()
            if told.counts[name]
        ]
        self.stdout.write(f"Contient {', '.join(counted)}.")
        self.stdout.write(f"Organismes retrouvés : {', '.join(told.found) or 'aucun'}.")
        self.stdout.write(f"Organismes à créer : {', '.join(told.created) or 'aucun'}.")
        if told.running:
            self.stdout.write(
                f"Attention : {', '.join(told.running)} en cours. Des relances partiront aussi d’ici, dès "
                "que quelqu’un coordonnera ce territoire : closez-la dans l’une des deux installations."
            )


def find_territory(said: str) -> Territory:
    found = Territory.objects.filter(pk=said) if said.isdigit() else Territory.objects.filter(name=said)
    if not (territory := found.first()):
        raise CommandError(f"Aucun territoire « {said} ».")
    return territory
