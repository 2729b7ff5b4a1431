"""`manage.py inloglink E-MAIL`: a one-time sign-in link for somebody who is locked out."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from partners.models import User
from partners.services.signin import token_for


class Command(BaseCommand):
    help = "Maakt een link waarmee iemand één keer kan inloggen, een uur geldig. De tweede stap blijft nodig."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="E-MAIL")

    def handle(self, *, email: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
        if user is None:
            raise CommandError(f"Er is geen open account met het adres {email}.")
        self.stdout.write(settings.SITE_ORIGIN + reverse("partners:sign_in_link", args=[token_for(user)]))
