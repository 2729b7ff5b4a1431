"""Rows for tests, made the way the portal makes them; each takes what matters and fills in the rest."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from agenda.models import Activity, Moment, Release
from agenda.services import moderation, publication, submission
from netwerk.models import Meeting
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


def submitted(title: str = "", *, by: User | None = None, **fields: Any) -> Activity:
    """Sent by a member of its organisation, waiting for an editor."""
    sender = by or user(name="Sam de Maker")
    made = activity(title, sender=sender, sender_mail=sender.email, sender_name=sender.name, **fields)
    if made.organisation and not made.organisation.memberships.filter(user=sender).exists():
        Membership.objects.create(user=sender, organisation=made.organisation)
    return submission.submit(made, seen=made.version, by=sender, now=timezone.now() - timedelta(minutes=2))


def editor() -> User:
    """The one editor of these tests."""
    found = User.objects.filter(email="redactie@demo.example").first()
    return found or user("redactie@demo.example", role="editor")


def approved(title: str = "", *, now: datetime | None = None, **fields: Any) -> Release:
    """Let through a minute ago, by the clock that the database has too, so it is due and not yet public."""
    waiting = submitted(title, **fields)
    moment = now or timezone.now() - timedelta(minutes=1)
    return moderation.approve(waiting, version=waiting.version, by=editor(), now=moment)


def published(title: str = "", **fields: Any) -> Activity:
    """In the agenda."""
    release = approved(title, **fields)
    assert publication.publish(release)
    release.activity.refresh_from_db()
    return release.activity


def meeting(title: str = "", *, invited: Iterable[Organisation] = (), **fields: Any) -> Meeting:
    """A planned meeting of this season that only invited people see, unless told otherwise."""
    number = next(NUMBERS)
    start = fields.pop("start", NOW + timedelta(days=20))
    fields = {"slug": f"bijeenkomst-{number}", "status": Meeting.Status.PLANNED, **fields}
    made = Meeting.objects.create(
        city=city(),
        title=title or f"Bijeenkomst {number}",
        start=start,
        end=fields.pop("end", start + timedelta(hours=2)),
        **fields,
    )
    made.invited.set(invited)
    return made
