from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse

from partners.models import User


class Command(BaseCommand):
    help = "Ouvre, ou rouvre, un compte d’administration : le premier d’une nouvelle installation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--first-name", default="")
        parser.add_argument("--last-name", default="")

    def handle(self, email: str, first_name: str, last_name: str, **options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email} n’est pas une adresse électronique.") from error
        user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email)
        user.first_name = first_name or user.first_name
        user.last_name = last_name or user.last_name
        user.is_active = user.is_administrator = True
        user.save(update_fields=["first_name", "last_name", "is_active", "is_administrator"])
        address = settings.BASE_URL + reverse("account_request_login_code")
        self.stdout.write(f"{user} administre Plan CTG. Pour se connecter, demander un code : {address}")
