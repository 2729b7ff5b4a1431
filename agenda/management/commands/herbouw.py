"""`manage.py herbouw`: make the window again from the releases, without downtime."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from agenda.services import rebuild


class Command(BaseCommand):
    help = "Maakt alles wat openbaar is opnieuw uit de vrijgaven. Lezers merken er niets van."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--vergelijk", action="store_true", help="verander niets, toon alleen verschillen"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["vergelijk"]:
            self.stdout.write(f"Klaar: {rebuild.rebuild()} vrijgaven opnieuw afgespeeld.")
            return
        found = rebuild.differences()
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"{len(found)} verschillen.")
        self.stdout.write("Geen verschil.")
