"""The Celery application: JSON only, a static beat, the database as the truth (docs/decisions/0003)."""

import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cultuurportaal.settings")

app = Celery("cultuurportaal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect  # type: ignore[untyped-decorator]
def keep_logging_of_django(**_: object) -> None:
    """That somebody listens to this signal keeps Celery from laying out logs of its own."""
