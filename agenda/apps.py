"""The app of floor 2: hears from floor 1 when a venue or an organisation changes."""

from importlib import import_module

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "agenda"

    def ready(self) -> None:
        import_module("agenda.receivers")
