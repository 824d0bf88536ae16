import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ctg.documents.demonstration.accounts import accounts, password
from ctg.documents.demonstration.script import read_script


class Command(BaseCommand):
    help = "Écrit en JSON les comptes de la démonstration, une ligne par personne et par territoire."
    # They follow from the script and the secret key: no database is needed.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--lisible", action="store_true", help="en clair plutôt qu’en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Ces comptes n’existent que dans la démonstration : lancez bin/demo.")
        listed = list(accounts(read_script()))
        if options["lisible"]:
            for account in listed:
                self.stdout.write(f"  {account.email:<36} {account.in_words}")
            self.stdout.write(f"  Mot de passe de tous les comptes : {password()}")
        else:
            self.stdout.write(
                json.dumps([asdict(account) for account in listed], ensure_ascii=False, indent=2)
            )
