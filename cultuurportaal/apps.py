"""The app of floor 0: registers the checks of a deployment."""

from importlib import import_module

from django.apps import AppConfig


class CultuurportaalConfig(AppConfig):
    name = "cultuurportaal"

    def ready(self) -> None:
        import_module("cultuurportaal.checks")
