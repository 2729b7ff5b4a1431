"""A new name, or a picture that took its time, reaches what is public: refresh releases, by written rules."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Func, JSONField, Q, QuerySet

from agenda.models import Activity, Listing, Picture, Release, Scope
from agenda.services import comakers, exposure, publication, snapshot, window
from agenda.services.amendment import Patch, amend
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
    exposure.show_all(Listing.objects.filter(organisation=organisation))
    touched = _activities(Q(organisation=organisation), Q(snapshot__maker__id=organisation.pk))
    changed = sum(_refresh(pk, MakerPatch(organisation.pk, shown), now=now) for pk in touched)
    return changed + comakers.refresh(organisation, shown=shown, now=now)


def refresh_picture(key: str, *, now: datetime) -> int:
    """A picture that was still being made when it was let through is there now; how many changed."""
    picture = Picture.objects.filter(pk=key, status=Picture.Status.READY).first()
    if picture is None:
        return 0
    rows = Activity.objects.filter(picture=picture).exclude(releases=None).distinct()
    touched = list(rows.order_by("pk").values_list("pk", flat=True))
    rule = Release.Rule.PICTURE
    return sum(_refresh(pk, PicturePatch(picture), rule=rule, now=now) for pk in touched)


def catch_up(now: datetime) -> int:
    """What changed while its nudge was lost: other names in the window than in the rows, and pictures.

    How many activities changed; pictures that a suspension took away, or left, are put right as well.
    """
    listings = Listing.objects.filter(withdrawn_at=None)
    renamed = ~Q(document__maker__name=F("maker_name")) | ~Q(organisation__replaced_by=None)
    makers = listings.annotate(maker_name=_as_json("organisation__name")).filter(renamed)
    places = listings.annotate(place_name=_as_json("venue__name")).exclude(
        document__place__name=F("place_name")
    )
    organisations = Organisation.objects.filter(pk__in=makers.values("organisation"))
    venues = Venue.objects.filter(pk__in=places.exclude(venue=None).values("venue"))
    changed = sum(refresh_organisation(organisation, now=now) for organisation in organisations)
    changed += sum(refresh_venue(venue, now=now) for venue in venues)
    changed += sum(refresh_picture(str(picture.pk), now=now) for picture in _late_pictures())
    with transaction.atomic():
        publication.lock_catalogue()
        exposure.settle()
    return changed


def _late_pictures() -> "QuerySet[Picture]":
    """Ready, and let through before they were."""
    unseen = Listing.objects.filter(withdrawn_at=None, document__image__renditions={})
    activities = Activity.objects.filter(uuid__in=unseen.values("uuid"))
    return Picture.objects.filter(pk__in=activities.values("picture"), status=Picture.Status.READY)


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


class PicturePatch:
    """The picture of a document with its renditions."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture

    def __call__(self, document: dict[str, Any]) -> dict[str, Any]:
        image = document["image"]
        if not image or image["id"] != str(self.picture.pk):
            return document
        return {**document, "image": snapshot.image(self.picture, image["alt"])}


class MakerPatch:
    """The maker of a document as it is called today."""

    def __init__(self, old_id: int, shown: Organisation) -> None:
        self.old_id, self.shown = old_id, shown

    def __call__(self, document: dict[str, Any]) -> dict[str, Any]:
        if document["maker"]["id"] != self.old_id:
            return document
        return {**document, "maker": snapshot.maker(self.shown)}


def as_of_today(activity: Activity, document: dict[str, Any]) -> dict[str, Any]:
    """What was off the pages and now comes back: its text, with the makers and the place as they are now."""
    maker = Organisation.objects.select_related("replaced_by").get(pk=document["maker"]["id"])
    document = MakerPatch(maker.pk, maker.replaced_by or maker)(document)
    place = document["place"] or {}
    venue = Venue.objects.filter(pk=place["id"]).first() if place.get("id") else None
    document = VenuePatch(venue)(document) if venue else document
    return {**document, "co_makers": snapshot.co_makers(activity)}


def _activities(shown: Q, waiting: Q) -> list[int]:
    """Those with a listing that is `shown`, and those with an open release that is `waiting`."""
    public = Listing.objects.filter(shown, withdrawn_at=None).values("uuid")
    inside = Release.objects.open().filter(waiting).values("activity")
    rows = Activity.objects.filter(Q(uuid__in=public) | Q(pk__in=inside))
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _refresh(pk: int, patch: Patch, *, rule: str = Release.Rule.RENAMED, now: datetime) -> bool:
    """One activity in a transaction of its own: a thousand of them never hold up a publication."""
    publication.lock_catalogue()
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=pk)
    return amend(activity, patch, kind=Release.Kind.REFRESH, rule=rule, by=None, now=now) is not None


@transaction.atomic
def visibility_changed(organisation: Organisation) -> None:
    """Suspended or restored: every cached page and stored feed that shows it is old, at once.

    So are its pictures when it is suspended; they come back with `refresh_organisation`.
    """
    publication.lock_catalogue()
    exposure.hide_those_of(organisation)
    slugs = Listing.objects.filter(organisation=organisation).values_list("slug", flat=True)
    venues = Venue.objects.filter(listings__organisation=organisation).values_list("slug", flat=True)
    names = {Scope.AGENDA, Scope.of_maker(organisation.slug), *map(Scope.of_activity, slugs)}
    names |= set(map(Scope.of_venue, venues))
    window.raise_scopes(names, number=window.next_change_number(), at=publication.moment())
