"""`/gezond/`: one JSON line for whoever guards the portal; 200 only when every part is well."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.models.functions import Now
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe
from redis import RedisError

from cultuurportaal.models import Heartbeat
from cultuurportaal.nudge import broker_answers

log = logging.getLogger(__name__)
LATE = timedelta(minutes=5)


@login_not_required
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """`?deel=web` answers for the web process alone: a proxy must not drop it for a broker's fault."""
    parts = {"web": "goed"}
    if request.GET.get("deel") != "web":
        parts |= {name: "goed" if is_well(check) else "niet goed" for name, check in CHECKS.items()}
    all_well = set(parts.values()) == {"goed"}
    response = JsonResponse({"gezond": all_well, "delen": parts}, status=200 if all_well else 503)
    response["Cache-Control"] = "no-store"
    return response


def is_well(check: Callable[[], bool]) -> bool:
    """A check that cannot be made is not well either."""
    try:
        return check()
    except (DatabaseError, RedisError, OSError):
        return False


def database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def sweeper() -> bool:
    """Every sweep has ended a round in the last two minutes, by the clock of the database."""
    recent = Heartbeat.objects.filter(name__in=settings.SWEEPS, at__gte=Now() - timedelta(minutes=2))
    return recent.count() == len(settings.SWEEPS)


def nothing_late() -> bool:
    """No release has been open for more than five minutes past its moment."""
    found = [import_string(name)() for name in settings.HEALTH_CHECKS]
    return all(moment is None or moment > timezone.now() - LATE for moment in found)


CHECKS: dict[str, Callable[[], bool]] = {
    "database": database,
    "broker": broker_answers,
    "veger": sweeper,
    "vrijgaven": nothing_late,
}
