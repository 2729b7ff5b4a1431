"""Places as their makers know them: proposed by members, at once by editors; facts carry source and date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cultuurportaal.workflow import NotAllowed
from partners import signals
from partners.models import (
    AccessFact,
    AccessStatement,
    City,
    District,
    Organisation,
    PlaceProposal,
    Room,
    User,
    Venue,
)
from partners.permissions import may_edit_venue, may_propose_change, may_propose_venue
from partners.services.organisations import free_slug

VENUE_FIELDS = frozenset({"name", "street", "postcode", "town", "district", "description"})
ROOM_FIELDS = frozenset({"name", "capacity"})


@transaction.atomic
def propose(  # noqa: PLR0913 - all are named
    *,
    venue: Venue | None,
    room: Room | None = None,
    is_about_room: bool = False,
    organisation: Organisation | None = None,
    is_own: bool = False,
    fields: Mapping[str, Any],
    access: Mapping[str, str],
    by: User,
    now: datetime,
) -> PlaceProposal:
    """Say how a place is. What an editor says is so at once; else one reads it first.

    `fields` in JSON (`district` is its code), `access` is answers by fact. What waits for an editor holds
    only what differs from how the place stands now, so that it undoes nothing that is corrected meanwhile.
    Raises NotAllowed ("venue").
    """
    may = may_propose_venue(by) if venue is None else may_propose_change(by, venue)
    if not may or not (ROOM_FIELDS if is_about_room else VENUE_FIELDS).issuperset(fields):
        raise NotAllowed("venue", step="propose")
    is_at_once = may_edit_venue(by, venue)
    row = room if is_about_room else venue
    if row and venue and not is_at_once:
        fields, access = _new(row, fields), _new_answers(venue, room, access)
    proposal = PlaceProposal.objects.create(
        venue=venue,
        room=room,
        is_about_room=is_about_room,
        organisation=organisation,
        is_own=is_own,
        by=by,
        said={"fields": dict(fields), "access": dict(access)},
        created_at=now,
    )
    if is_at_once:
        take_over(proposal, by=by, now=now)
    return proposal


def _new(row: Venue | Room, fields: Mapping[str, Any]) -> dict[str, Any]:
    now = {name: getattr(row, name) for name in fields}
    if "district" in now:
        now["district"] = now["district"].code if now["district"] else ""
    return {name: value for name, value in fields.items() if value != now[name]}


def _new_answers(venue: Venue, room: Room | None, access: Mapping[str, str]) -> dict[str, str]:
    now = dict(venue.access.filter(room=room).values_list("fact__code", "answer"))
    unknown = AccessStatement.Answer.UNKNOWN
    return {code: answer for code, answer in access.items() if answer != now.get(code, unknown)}


@transaction.atomic
def take_over(proposal: PlaceProposal, *, by: User, now: datetime) -> Venue:
    """What was proposed is so, and reaches what is public. NotAllowed: "venue", "already", "room"."""
    _decide(proposal, by=by, accepted_at=now)
    venue = proposal.venue or _new_venue(proposal)
    room = _room(proposal, venue) if proposal.is_about_room else None
    if proposal.venue and not proposal.is_about_room:
        _set(venue, _in_rows(venue.city, proposal.said["fields"]))
    _state(proposal, venue, room)
    PlaceProposal.objects.filter(pk=proposal.pk).update(venue=venue, room=room)
    signals.venue_changed.send(sender=Venue, instance=venue)
    return venue


@transaction.atomic
def refuse(proposal: PlaceProposal, *, by: User, now: datetime) -> None:
    """The place stays as it is."""
    _decide(proposal, by=by, refused_at=now)


def _decide(proposal: PlaceProposal, *, by: User, **fields: Any) -> None:
    if not may_edit_venue(by, proposal.venue):
        raise NotAllowed("venue", step="decide")
    if not PlaceProposal.objects.open().filter(pk=proposal.pk).update(decided_by=by, **fields):
        raise NotAllowed("already", step="decide")


def _new_venue(proposal: PlaceProposal) -> Venue:
    city, fields = City.objects.here(), proposal.said["fields"]
    return Venue.objects.create(
        city=city,
        slug=free_slug(fields["name"], Venue),
        organisation=proposal.organisation if proposal.is_own else None,
        **_in_rows(city, fields),
    )


def _room(proposal: PlaceProposal, venue: Venue) -> Room:
    room = proposal.room or Room(venue=venue)
    twin = venue.rooms.filter(name=proposal.said["fields"].get("name", room.name)).exclude(pk=room.pk)
    if twin.exists():
        raise NotAllowed("room", step="take_over")
    _set(room, proposal.said["fields"])
    return room


def _set(row: Venue | Room, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


def _in_rows(city: City, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The district, if there is word of it, as a row instead of its code."""
    if "district" not in fields:
        return dict(fields)
    district = District.objects.filter(city=city, code=fields["district"] or "").first()
    return {**fields, "district": district}


def _state(proposal: PlaceProposal, venue: Venue, room: Room | None) -> None:
    """Each answer with who gave it and on which day; what nobody knew and nobody knows makes no row."""
    source = str(proposal.organisation or proposal.decided_by or proposal.by or "")[:120]
    said = {"source": source or "redactie", "checked_on": timezone.localdate(proposal.created_at)}
    known = set(venue.access.filter(room=room).values_list("fact__code", flat=True))
    for fact in AccessFact.objects.filter(city=venue.city, code__in=proposal.said["access"]):
        answer = proposal.said["access"][fact.code]
        if answer != AccessStatement.Answer.UNKNOWN or fact.code in known:
            AccessStatement.objects.update_or_create(
                venue=venue, room=room, fact=fact, defaults={"answer": answer, **said}
            )


@dataclass(frozen=True)
class Change:
    """One thing that a proposal says otherwise: its name, what stands there now, what it would become."""

    label: str
    old: str
    new: str


def changes(proposal: PlaceProposal) -> list[Change]:
    """What an editor must look at."""
    row: Venue | Room | None = proposal.room if proposal.is_about_room else proposal.venue
    model = Room if proposal.is_about_room else Venue
    said = dict(proposal.said["fields"])
    if "district" in said:
        found = District.objects.filter(code=said["district"], city__slug=settings.STAD).first()
        said["district"] = str(found or "")
    labels = {field.name: str(field.verbose_name) for field in model._meta.fields}
    facts = [
        Change(labels[name], _text(getattr(row, name, None)), _text(value)) for name, value in said.items()
    ]
    return [fact for fact in [*facts, *_answers(proposal)] if fact.old != fact.new]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _answers(proposal: PlaceProposal) -> list[Change]:
    """Answers about getting in, in words."""
    words = dict(AccessStatement.Answer.choices)
    rows = AccessStatement.objects.filter(venue=proposal.venue, room=proposal.room)
    is_known = proposal.room or not proposal.is_about_room
    now = dict(rows.values_list("fact__code", "answer")) if proposal.venue and is_known else {}
    unknown = AccessStatement.Answer.UNKNOWN
    facts = AccessFact.objects.filter(code__in=proposal.said["access"], city__slug=settings.STAD)
    return [
        Change(
            str(fact),
            str(words[now.get(fact.code, unknown)]),
            str(words[proposal.said["access"][fact.code]]),
        )
        for fact in facts
    ]
