"""The demo's meetings: those of the scenario, in this season and the next."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from netwerk.models import Meeting
from netwerk.season import Season
from partners.demo import scenario
from partners.models import City, Organisation, Room, Venue

OPEN_TO_ALL = {
    "cultuurontbijt-het-nieuwe-seizoen",
    "cultuureducatie-aanbod-en-vraag",
    "zomerborrel-cultuur-en-bedrijfsleven",
}
WEEKS_A_YEAR = 52  # so that a Tuesday stays a Tuesday


def load(now: datetime) -> None:
    """Make or refresh the meetings; needs the organisations and venues of floor 1's demo."""
    first = Season.of(datetime.fromisoformat(scenario()["netwerkbijeenkomsten"][0]["start"]))
    for season in (Season.of(now), Season.of(now).next):
        for row in scenario()["netwerkbijeenkomsten"]:
            _meeting(row, season, weeks=WEEKS_A_YEAR * (season.year - first.year))


def _meeting(row: dict[str, Any], season: Season, *, weeks: int) -> None:
    venue = Venue.objects.filter(slug=slugify(_named("locaties", row["locatie"]))).first()
    fields = {
        "city": City.objects.here(),
        "title": row["titel"],
        "kind": Meeting.Kind.BUSINESS if row["met_bedrijfsleven"] else Meeting.Kind.CULTURE,
        "status": Meeting.Status.PLANNED,
        "start": _later(row["start"], weeks),
        "end": _later(row["einde"], weeks),
        "venue": venue,
        "room": Room.objects.filter(venue=venue).order_by("-capacity").first(),
        "programme": "\n".join(row["agenda"]),
        "capacity": row["capaciteit"],
        "is_public": row["id"] in OPEN_TO_ALL,
        "is_demo": True,
    }
    meeting, _made = Meeting.objects.update_or_create(slug=f"{row['id']}-{season.year}", defaults=fields)
    names = [
        _named("organisaties", one["id"]) for one in row["aanmeldingen"] if one["soort"] == "organisatie"
    ]
    meeting.invited.set(Organisation.objects.filter(slug__in=map(slugify, names)))


def _named(kind: str, key: str) -> str:
    name: str = next(row["naam"] for row in scenario()[kind] if row["id"] == key)
    return name


def _later(text: str, weeks: int) -> datetime:
    """The same hour on the clock so many weeks later."""
    local = timezone.localtime(datetime.fromisoformat(text)).replace(tzinfo=None)
    return timezone.make_aware(local + timedelta(weeks=weeks))
