"""Does it stand there already? What somebody types, beside the agenda and what is theirs at the desk.

Of others only what the public sees is ever asked for: the window, never their desk.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from agenda import workflow
from agenda.days import day_of
from agenda.document import Document
from agenda.likeness import is_alike
from agenda.models import Activity, Listing, Moment, Occurrence
from agenda.when import Slot
from partners.models import Venue

MOST, MOST_DAYS = 6, 14
NEAR = timedelta(days=1)
OWN = (workflow.DRAFT, workflow.SUBMITTED, workflow.CHANGES_ASKED, workflow.APPROVED)


@dataclass(frozen=True)
class Typed:
    """What stands in the form now. `makers`: keys of organisations; `itself`: the activity it is kept as."""

    title: str
    slots: tuple[Slot, ...]
    venue: Venue | None = None
    place_text: str = ""
    makers: frozenset[int] = frozenset()
    maker_name: str = ""
    itself: UUID | None = None

    @property
    def days(self) -> set[date]:
        """The first days of it in the agenda."""
        return {day_of(slot.start, is_all_day=slot.all_day) for slot in self.slots[:MOST_DAYS]}


@dataclass(frozen=True)
class Double:
    """One that may be the same. `link`: its page outside, or for its own maker the page to change it on."""

    uuid: UUID
    title: str
    start: datetime
    is_all_day: bool
    place: str
    maker: str
    link: str
    is_own: bool = False


def doubles(typed: Typed, own: "QuerySet[Activity]") -> list[Double]:
    """The first few, their own before what only stands in the agenda; `own`: what this maker may change."""
    if not typed.title or not typed.slots:
        return []
    mine = [one for one in _own(typed, own) if one.uuid != typed.itself]
    seen = {one.uuid for one in mine} | {typed.itself}
    return [*mine, *(one for one in _public(typed) if one.uuid not in seen)][:MOST]


def _around(typed: Typed) -> set[date]:
    return {day + shift for day in typed.days for shift in (-NEAR, timedelta(0), NEAR)}


def _own(typed: Typed, own: "QuerySet[Activity]") -> list[Double]:
    around = _around(typed)
    first = datetime.combine(min(around), datetime.min.time(), timezone.get_current_timezone())
    moments = (
        Moment.objects.filter(activity__in=own.filter(status__in=OWN))
        .filter(start__gte=first, start__lt=first + (max(around) - min(around)) + 2 * NEAR)
        .select_related("activity__venue", "activity__organisation")
    )
    found: dict[UUID, Double] = {}
    for moment in sorted(moments, key=lambda one: _day_of(one) not in typed.days):
        activity = moment.activity
        if _day_of(moment) in around and activity.uuid not in found and is_alike(typed.title, activity.title):
            found[activity.uuid] = _of_own(activity, moment)
    return list(found.values())


def _day_of(moment: Moment) -> date:
    return day_of(moment.start, is_all_day=moment.is_all_day)


def _of_own(activity: Activity, moment: Moment) -> Double:
    return Double(
        uuid=activity.uuid,
        title=activity.title,
        start=moment.start,
        is_all_day=moment.is_all_day,
        place=activity.venue.name if activity.venue else activity.place_text,
        maker=activity.maker_name,
        link=activity.get_absolute_url(),
        is_own=True,
    )


def _public(typed: Typed) -> Iterator[Double]:
    """Alike by title first, for that needs one narrow row of each; then by place and maker.

    Of several dates the one on the very day is shown.
    """
    rows = Occurrence.objects.public().filter(day__in=_around(typed)).in_order()
    found: dict[UUID, tuple[datetime, bool]] = {}
    columns = rows.values_list("day", "listing_id", "listing__title", "start", "is_all_day")
    for _day, uuid, title, start, is_all_day in sorted(columns, key=lambda row: row[0] not in typed.days):
        if uuid not in found and is_alike(typed.title, title):
            found[uuid] = (start, is_all_day)
    listings = Listing.objects.live().filter(pk__in=found).select_related("organisation")
    for listing in sorted(listings, key=lambda one: found[one.pk]):
        document = _document(listing)
        if document and _is_place_or_maker(typed, listing, document):
            start, is_all_day = found[listing.pk]
            yield Double(
                uuid=listing.pk,
                title=document.title,
                start=start,
                is_all_day=is_all_day,
                place=document.place.name if document.place else "",
                maker=document.maker.name,
                link=listing.get_absolute_url(),
            )


def _document(listing: Listing) -> Document | None:
    """None when its text is broken: the page of whoever adds something does not wait for that."""
    try:
        return Document.read(listing.document)
    except (KeyError, TypeError, ValueError):
        return None


def _is_place_or_maker(typed: Typed, listing: Listing, document: Document) -> bool:
    """The same place or the same maker. As long as nobody said where it is, it may be anywhere."""
    if listing.organisation_id in typed.makers or _same(typed.maker_name, document.maker.name):
        return True
    if typed.venue:
        return listing.venue_id == typed.venue.pk
    if typed.place_text:
        return document.place is not None and _same(typed.place_text, document.place.name)
    return True


def _same(one: str, other: str) -> bool:
    return bool(one) and one.casefold() == other.casefold()


def same_place(activity: Activity) -> Q | None:
    """Which others are in the same place; None when it is nowhere yet."""
    if activity.venue_id:
        return Q(venue=activity.venue_id)
    return Q(venue=None, place_text__iexact=activity.place_text) if activity.place_text else None
