"""The demo city: loaded by the steps of DEMO_STEPS, on the first run and by `manage.py demo`."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.module_loading import import_string

from cultuurportaal import sweeper
from cultuurportaal.models import Heartbeat

MARK = "demo"


def is_loaded() -> bool:
    return Heartbeat.objects.filter(name=MARK).exists()


def load() -> None:
    """Runs every step `f(now)`, all or nothing; a step that finds its rows refreshes them.

    What is due is published and mailed at once, so that the first visitor sees the whole city.
    """
    now = timezone.now()
    with transaction.atomic():
        for step in settings.DEMO_STEPS:
            import_string(step)(now)
        Heartbeat.objects.update_or_create(name=MARK, defaults={"at": Now()})
    for name in settings.SWEEPS:
        sweeper.drain(name)


def accounts() -> Iterable[str]:
    """Who can sign in to the demo, a line each, with what the second factor needs."""
    lines: Iterable[str] = import_string(settings.DEMO_ACCOUNTS)()
    return lines
