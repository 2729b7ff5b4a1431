"""`manage.py controleer`: do desk, window, search, feeds and pages tell the same story?"""

from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agenda.management import surfaces
from agenda.services import reconcile


class Command(BaseCommand):
    help = "Vergelijkt bureau, agenda, zoeken, feeds en pagina's. Stopt met een fout als er iets verschilt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--paginas", type=int, default=100, help="zoveel pagina's worden opgevraagd (100)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        found = 0
        for line in chain(reconcile.differences(now), surfaces.differences(now, options["paginas"])):
            self.stdout.write(line)
            found += 1
        if found:
            raise CommandError(f"{found} verschillen.")
        self.stdout.write("Alles klopt.")
