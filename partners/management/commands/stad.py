"""`manage.py stad [naam]`: put the data of a city in; repeat it safely after an update."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from partners.services.city import load_city


class Command(BaseCommand):
    help = "Zet de gegevens van een stad klaar: woordenlijsten, wijken, feestdagen en vakanties."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("stad", nargs="?", default=settings.STAD, help="map in partners/cities/")
        parser.add_argument(
            "--bijwerken",
            action="store_true",
            help="verander ook woorden die er al staan (ook met de hand gewijzigde)",
        )

    def handle(self, *, stad: str, bijwerken: bool, **options: Any) -> None:
        try:
            city = load_city(stad, overwrite=bijwerken)
        except FileNotFoundError as error:
            raise CommandError(f"Er is geen map met gegevens voor '{stad}' in partners/cities/.") from error
        self.stdout.write(f"{city.name} staat klaar.")
