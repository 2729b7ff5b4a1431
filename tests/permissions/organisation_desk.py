"""The addresses of an organisation's own desk, filled in, and what a well-meant POST sends there."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from agenda.models import Activity, CoMaker, Sample
from partners.models import Claim, PlaceProposal, Room, Space
from partners.services import claims, invitations
from tests import make
from tests.permissions.world import World


def arguments(world: World, live: Activity) -> dict[str, list[Any]]:
    own, owner = world.own, world.users["owner_own"]
    invitation = invitations.invite(own, email="gast@demo.example", by=owner, now=timezone.now())
    claim = claim_of(world)
    row = own.memberships.get(user=world.users["user_deactivated"])
    venue = make.venue("Eigen zaal", organisation=own)
    room = Room.objects.create(venue=venue, name="Klein")
    proposal = PlaceProposal.objects.create(
        venue=venue,
        organisation=own,
        said={"fields": {"name": "Anders"}, "access": {}},
        created_at=timezone.now(),
    )
    sample = Sample.objects.create(release=live.releases.get(), drawn_at=timezone.now())
    make.organisation("Derde Koor")
    co_maker = CoMaker.objects.create(activity=live, organisation=world.other, asked_at=timezone.now())
    space = Space.objects.create(organisation=own, kind="need", what="Zaal", created_at=timezone.now())
    return {
        "partners:own_spaces": [own.slug],
        "agenda:mail_in": [own.slug],
        "partners:take_off_space": [own.slug, space.pk],
        "agenda:together": [live.uuid],
        "agenda:drop_co_maker": [live.uuid, co_maker.pk],
        "agenda:co_maker": [co_maker.pk],
        "agenda:check_sample": [sample.pk],
        "partners:places": [own.slug],
        "partners:venue": [venue.slug],
        "partners:new_room": [venue.slug],
        "partners:room": [venue.slug, room.pk],
        "partners:decide_place": [proposal.uuid],
        "partners:organisation": [own.slug],
        "partners:members": [own.slug],
        "partners:member": [own.slug, row.pk],
        "partners:revoke": [own.slug, invitation.pk],
        "partners:claim": [own.slug],
        "partners:confirm_claim": [claims.token_for(claim)],
        "partners:decide_claim": [claim.uuid],
        "partners:step": [own.slug],
        "partners:invitation": [invitations.token_for(invitation)],
    }


def claim_of(world: World) -> Claim:
    """Somebody without an account, who confirmed it."""
    words = {"email": "club@demo.example", "name": "Kim", "why": "Voorzitter"}
    found = claims.ask(world.own, **words, by=None, now=timezone.now())
    claims.confirm(found, now=timezone.now())
    return found


def posted(world: World) -> dict[str, dict[str, Any]]:
    return {
        "partners:organisation": {"version": world.own.version, "name": world.own.name},
        "partners:members": {"email": "nieuw@demo.example", "role": "member"},
        "partners:member": {"role": "owner"},
        "partners:claim": {"email": "ander@demo.example", "name": "Bo", "why": "Dirigent"},
        "partners:decide_claim": {"role": "owner"},
        "partners:step": {"stap": "trust"},
        "partners:venue": {"name": "Eigen zaal"},
        "partners:new_room": {"name": "Groot"},
        "partners:room": {"name": "Klein", "capacity": "40"},
        "partners:propose_venue": {"name": "Nieuwe plek"},
        "partners:erase_account": {"zeker": "ja"},
        "partners:own_spaces": {"kind": "offer", "what": "Oefenruimte"},
        "agenda:together": {"name": "Derde Koor"},
        "agenda:co_maker": {"antwoord": "ja"},
        "partners:apply": {"name": "Nieuw Koor"},
    }


def with_words(world: World, live: Activity, words: str) -> Iterator[tuple[str, str]]:
    """Who asks for which page of the desk, where these words stand everywhere that people may write."""
    own, now = world.own, timezone.now()
    said = {"fields": {"name": words[:80], "description": words}, "access": {}}
    PlaceProposal.objects.create(venue=world.venue, organisation=own, said=said, created_at=now)
    Space.objects.create(organisation=own, kind="need", what=words, when_text=words, created_at=now)
    claim = claims.ask(own, email="club@demo.example", name=words, why=words, by=None, now=now)
    claims.confirm(claim, now=now)
    co_maker = CoMaker.objects.create(activity=live, organisation=world.other, asked_at=now)
    for name in ("organisation", "members", "places", "own_spaces"):
        yield "owner_own", reverse(f"partners:{name}", args=[own.slug])
    yield "owner_own", reverse("partners:spaces")
    yield "owner_own", reverse("agenda:together", args=[live.uuid])
    yield "owner_other", reverse("agenda:co_maker", args=[co_maker.pk])
    yield "owner_other", "/mijn/"
    yield "member_own", reverse("partners:my_data")
    yield "editor", reverse("partners:desk")
    yield "editor", reverse("partners:venue", args=[world.venue.slug])
    yield "anon", reverse("partners:claim", args=[own.slug])
    yield "anon", reverse("partners:confirm_claim", args=[claims.token_for(claim)])
