"""The Celery application: JSON only, a static beat, the database as the truth (docs/decisions/0003)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cultuurportaal.settings")

app = Celery("cultuurportaal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
