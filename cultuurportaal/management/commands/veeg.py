"""`manage.py veeg`: the sweeper, a process of its own that needs only the database."""

import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cultuurportaal import sweeper


class Command(BaseCommand):
    help = "Publiceert wat aan de beurt is en verstuurt de post, elke paar tellen, tot het gestopt wordt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--eenmaal", action="store_true", help="één ronde en dan klaar")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["eenmaal"]:
            done = [sweeper.sweep(name) for name in settings.SWEEPS]
            if not all(done):
                raise CommandError("Niet alles is gelukt: zie de regels hierboven.")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: stop.set())
        sweeper.run(stop)
