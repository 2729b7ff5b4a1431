"""A renamed venue or organisation reaches what is public of it: refresh releases, by a written rule."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Func, JSONField, Q

from agenda.models import Activity, Listing, Release, Scope
from agenda.services import publication, snapshot, window
from agenda.services.amendment import amend
from partners.models import Organisation, Room, Venue


def refresh_venue(venue: Venue, *, now: datetime) -> int:
    """Every activity let through at `venue` says so with today's facts; how many changed."""
    touched = _activities(Q(venue=venue), Q(snapshot__place__id=venue.pk))
    return sum(_refresh(pk, VenuePatch(venue), now=now) for pk in touched)


def refresh_organisation(organisation: Organisation, *, now: datetime) -> int:
    """The same for a maker; a merged one is replaced by the other, at the desk as well."""
    shown = organisation.replaced_by or organisation
    if shown != organisation:
        Activity.objects.filter(organisation=organisation).update(organisation=shown)
    touched = _activities(Q(organisation=organisation), Q(snapshot__maker__id=organisation.pk))
    return sum(_refresh(pk, MakerPatch(organisation.pk, shown), now=now) for pk in touched)


def catch_up(now: datetime) -> int:
    """Renames whose nudge was lost: whoever is called otherwise in the window than in their own row."""
    listings = Listing.objects.filter(withdrawn_at=None)
    renamed = ~Q(document__maker__name=F("maker_name")) | ~Q(organisation__replaced_by=None)
    makers = listings.annotate(maker_name=_as_json("organisation__name")).filter(renamed)
    places = listings.annotate(place_name=_as_json("venue__name")).exclude(
        document__place__name=F("place_name")
    )
    organisations = Organisation.objects.filter(pk__in=makers.values("organisation"))
    venues = Venue.objects.filter(pk__in=places.exclude(venue=None).values("venue"))
    changed = sum(refresh_organisation(organisation, now=now) for organisation in organisations)
    return changed + sum(refresh_venue(venue, now=now) for venue in venues)


def _as_json(name: str) -> Func:
    return Func(F(name), function="to_jsonb", output_field=JSONField())


class VenuePatch:
    """The place of a document as it is called today; which room it was stays."""

    def __init__(self, venue: Venue) -> None:
        self.venue = venue
        self.rooms = {room.name: room for room in venue.rooms.all()}

    def __call__(self, document: dict[str, Any]) -> dict[str, Any]:
        place = document["place"]
        if not place or place.get("id") != self.venue.pk:
            return document
        room: Room | None = self.rooms.get(place["room"])
        return {**document, "place": {**snapshot.place(self.venue, room), "room": place["room"]}}


class MakerPatch:
    """The maker of a document as it is called today."""

    def __init__(self, old_id: int, shown: Organisation) -> None:
        self.old_id, self.shown = old_id, shown

    def __call__(self, document: dict[str, Any]) -> dict[str, Any]:
        if document["maker"]["id"] != self.old_id:
            return document
        return {**document, "maker": snapshot.maker(self.shown)}


def _activities(shown: Q, waiting: Q) -> list[int]:
    """Those with a listing that is `shown`, and those with an open release that is `waiting`."""
    public = Listing.objects.filter(shown, withdrawn_at=None).values("uuid")
    inside = Release.objects.open().filter(waiting).values("activity")
    rows = Activity.objects.filter(Q(uuid__in=public) | Q(pk__in=inside))
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _refresh(pk: int, patch: VenuePatch | MakerPatch, *, now: datetime) -> bool:
    """One activity in a transaction of its own: a thousand of them never hold up a publication."""
    publication.lock_catalogue()
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=pk)
    kinds = {"kind": Release.Kind.REFRESH, "rule": Release.Rule.RENAMED}
    return amend(activity, patch, **kinds, by=None, now=now) is not None


@transaction.atomic
def visibility_changed(organisation: Organisation) -> None:
    """Suspended or restored: every cached page and stored feed that shows it is old, at once."""
    publication.lock_catalogue()
    slugs = Listing.objects.filter(organisation=organisation).values_list("slug", flat=True)
    venues = Venue.objects.filter(listings__organisation=organisation).values_list("slug", flat=True)
    names = {Scope.AGENDA, Scope.of_maker(organisation.slug), *map(Scope.of_activity, slugs)}
    names |= set(map(Scope.of_venue, venues))
    window.raise_scopes(names, number=window.next_change_number(), at=publication.moment())
