"""The app of floor 0: registers the checks of a deployment; and Django's admin with our own site."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class CultuurportaalConfig(AppConfig):
    name = "cultuurportaal"

    def ready(self) -> None:
        import_module("cultuurportaal.checks")


class OperatorsConfig(AdminConfig):
    default_site = "cultuurportaal.operators.OperatorsSite"
