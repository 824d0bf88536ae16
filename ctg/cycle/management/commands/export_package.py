from argparse import ArgumentParser
from pathlib import Path
from shutil import copyfileobj
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ctg.cycle.closing.package import write_package
from ctg.documents.management.commands.export_plan import find_plan


class Command(BaseCommand):
    help = "Écrit le paquet d’une convention : tout le plan, ses documents et son historique, en un fichier."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("plan", help="numéro du plan, ou nom ou sigle de son territoire")
        parser.add_argument(
            "--output", type=Path, help="fichier à écrire ; sinon, un nom daté dans le dossier courant"
        )

    def handle(self, *, plan: str, output: Path | None, **options: Any) -> None:
        package = write_package(find_plan(plan), at=timezone.now())
        path = output or Path(package.name)
        try:
            with package.file as source, path.open("wb") as target:
                copyfileobj(source, target)
        except OSError as error:
            raise CommandError(f"{path} : {error.strerror}") from error
        self.stdout.write(f"{path} ({package.size} octets)")
        self.stdout.write(f"Empreinte du contenu : {package.sha256}")
