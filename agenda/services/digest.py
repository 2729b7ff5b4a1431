"""Telling the editors of new work: at most one mail per working half-day, none when nothing came in."""

from datetime import UTC, datetime, time

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone

from agenda import queue
from agenda.models import Activity
from cultuurportaal.mail import queue_mail
from cultuurportaal.models import OutboxMail
from partners.models import City, CityRole, DayOff, User

HALF_DAYS = ((time(8), time(12)), (time(12), time(18)))
KEY = "editors-digest"
SHOWN = 10


@transaction.atomic
def send_digest(now: datetime) -> int:
    """Put a mail about what came in since the last one in the outbox of every editor; returns how many.

    The lock on the city's row makes two clocks that tick at once wait for one another.
    """
    city = City.objects.select_for_update().get(pk=City.objects.here().pk)
    start, last = half_day(city, now), _last_sent()
    if start is None or (last and last >= start):
        return 0
    fresh = _came_in(since=last)
    if not fresh:
        return 0
    return _write(fresh, waiting=queue.counts(now)["all"], now=now)


def half_day(city: City, now: datetime) -> datetime | None:
    """When the half-day of `now` began; None outside working hours, on weekends and public holidays."""
    local = timezone.localtime(now)
    if not DayOff.objects.is_working_day(city, local.date()):
        return None
    began = next((start for start, end in HALF_DAYS if start <= local.time() < end), None)
    return datetime.combine(local.date(), began, local.tzinfo) if began else None


def _last_sent() -> datetime | None:
    """The moment stands in the key, so that rows keep their order of time."""
    key = (
        OutboxMail.objects.filter(key__startswith=f"{KEY}/")
        .order_by("-key")
        .values_list("key", flat=True)
        .first()
    )
    return datetime.fromisoformat(key.split("/")[1]) if key else None


def _came_in(since: datetime | None) -> list[Activity]:
    """What began to wait after `since`: sent, or confirmed when that came later."""
    rows = Activity.objects.waiting().annotate(came_in=Greatest("submitted_at", "confirmed_at"))
    fresh = rows.filter(came_in__gt=since) if since else rows
    return list(fresh.select_related("organisation").order_by("promised_at", "pk"))


def _write(fresh: list[Activity], *, waiting: int, now: datetime) -> int:
    moment = now.astimezone(UTC).isoformat(timespec="microseconds")
    context = {
        "activities": fresh[:SHOWN],
        "fresh": len(fresh),
        "more": len(fresh) - SHOWN,
        "waiting": waiting,
    }
    editors = _editors()
    for editor in editors:
        queue_mail(
            key=f"{KEY}/{moment}/{editor.pk}",
            to=editor.email,
            template="agenda/digest",
            context={**context, "editor": editor},
            now=now,
        )
    return len(editors)


def _editors() -> QuerySet[User]:
    roles = CityRole.objects.filter(role=CityRole.Role.EDITOR, city=City.objects.here())
    return User.objects.filter(is_active=True, pk__in=roles.values("user")).order_by("pk")
