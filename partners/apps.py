"""Floor 1 in Django's books."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Mensen, organisaties en plekken")

    def ready(self) -> None:
        import_module("partners.receivers")
