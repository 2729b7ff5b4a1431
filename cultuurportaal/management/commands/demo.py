"""`manage.py demo`: (re)fill the demo city."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cultuurportaal import demo


class Command(BaseCommand):
    help = "Vult de demostad (opnieuw) en toont de accounts. Weigert in productie."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IN_PRODUCTION:
            raise CommandError("Dit is productie: hier komt geen demo in. Gebruik een andere database.")
        demo.load()
        for line in demo.accounts():
            self.stdout.write(line)
