"""Rows for tests, made the way the portal makes them; every function takes what matters and fills in the rest."""

from datetime import UTC, datetime, time, timedelta
from itertools import count
from typing import Any

from agenda.models import Activity, Moment
from partners.models import City, CityRole, Kind, Membership, Organisation, User, Venue

NUMBERS = count(1)
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def city(slug: str = "zoetermeer") -> City:
    return City.objects.get_or_create(
        slug=slug,
        defaults={
            "name": slug.title(),
            "uid_domain": f"{slug}.cultuur.example",
            "holiday_region": "Midden",
            "languages": ["nl", "en"],
            "working_days": [1, 2, 3, 4, 5],
            "desk_deadline": time(12),
            "mail": "redactie@demo.example",
        },
    )[0]


def user(email: str = "", *, role: str = "", **fields: Any) -> User:
    """A user; `role` is a city role such as 'editor'."""
    made = User.objects.create_user(email or f"iemand{next(NUMBERS)}@demo.example", **fields)
    if role:
        CityRole.objects.create(user=made, city=city(), role=role)
    return made


def organisation(
    name: str = "", *, owner: User | None = None, member: User | None = None, **fields: Any
) -> Organisation:
    number = next(NUMBERS)
    fields = {"slug": f"organisatie-{number}", "status": Organisation.Status.ACTIVE, **fields}
    made = Organisation.objects.create(city=city(), name=name or f"Organisatie {number}", **fields)
    for who, membership in ((owner, Membership.Role.OWNER), (member, Membership.Role.MEMBER)):
        if who:
            Membership.objects.create(user=who, organisation=made, role=membership)
    return made


def venue(name: str = "", **fields: Any) -> Venue:
    number = next(NUMBERS)
    fields = {"slug": f"plek-{number}", **fields}
    return Venue.objects.create(city=city(), name=name or f"Plek {number}", **fields)


def kind(code: str = "concert", name: str = "Concert", **fields: Any) -> Kind:
    return Kind.objects.get_or_create(city=city(), code=code, defaults={"name": name, **fields})[0]


def activity(title: str = "", *, starts: list[datetime] | None = None, **fields: Any) -> Activity:
    """A confirmed draft with a kind, a place and one moment tomorrow evening, unless told otherwise."""
    owner = fields.pop("organisation", None) or organisation()
    fields = {"kind": kind(), "place_text": "Buurthuis", "price_kind": "free", "confirmed_at": NOW, **fields}
    made = Activity.objects.create(
        city=city(), organisation=owner, title=title or f"Activiteit {next(NUMBERS)}", **fields
    )
    for start in starts if starts is not None else [NOW + timedelta(days=1, hours=10)]:
        Moment.objects.create(activity=made, start=start, end=start + timedelta(hours=2))
    return made
