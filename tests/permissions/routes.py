"""Every address of the portal: found in the URL resolver, filled in with things that exist, and asked."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from agenda import signatures
from agenda.models import Activity, Release
from agenda.services import moderation
from partners.services import signin
from tests import make
from tests.agenda.test_mine import page_of
from tests.agenda.test_options import line as pencil_line
from tests.agenda.test_options import pencilled_in
from tests.agenda.test_submit import answers
from tests.permissions import organisation_desk
from tests.permissions.states import draft as kept
from tests.permissions.states import pictured, source_of
from tests.permissions.world import World, meeting, soon

INNER = ("admin",)  # Django's own pages behind /beheer/: one door, tested as admin:index
DOORS = ("admin:index", "admin:login")
METHODS = ("GET", "POST")


def names(patterns: Any = None, space: str = "") -> Iterator[str]:
    """The names of all routes; one without a name is named by its pattern, so it cannot hide."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace in INNER:
                yield from DOORS
                continue
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, inner)
        else:
            assert isinstance(pattern, URLPattern)
            yield f"{space}{pattern.name or pattern.pattern}"


def fill_in(world: World) -> tuple[dict[str, list[Any]], dict[str, dict[str, Any]]]:
    """By route: what stands in its address, and what a well-meant POST sends."""
    member = world.users["member_own"]
    waiting = make.submitted("Wachtende", by=member, organisation=world.own, starts=[soon()])
    live = make.published("Geplaatste", by=member, organisation=world.own, starts=[soon()], venue=world.venue)
    draft = make.activity("Concept", organisation=world.own, starts=[soon()], sender=member)
    with_photo = pictured(world, kept)
    agenda: list[tuple[str, list[Any]]] = [
        ("activity activity_feed", [live.slug]),
        ("maker maker_feed", [world.own.slug]),
        ("venue venue_feed", [world.venue.slug]),
        ("review approve ask reject link_organisation correct sent", [waiting.uuid]),
        ("undo retry", [_approved(world).uuid]),
        ("confirm", [signatures.link_token(_without_account())]),
        ("my_activity", [draft.uuid]),
        ("source", [source_of(world.own).uuid]),
        ("option", [pencilled_in(world.own).uuid]),
        ("picture", [with_photo.uuid, "4x3-320.jpeg"]),
        ("withdraw", [live.uuid]),
        ("urgent", [live.uuid, live.moments.get().uuid]),
        ("urgent_line", [signatures.urgent_token(live)]),
        ("recheck", [signatures.recheck_token(live, member.email)]),
        ("my_recheck", [live.uuid]),
    ]
    arguments = {f"agenda:{name}": filled for names_, filled in agenda for name in names_.split()}
    arguments |= {
        "agenda:table_rows": [uuid4()],
        "agenda:table_faults": [uuid4()],
        "media": ["niet/bestaand.jpg"],
        "partners:sign_in_link": [signin.token_for(member)],
        "netwerk:meeting": [meeting(world, is_public=True).slug],
        "mfa_edit_webauthn": [1],
        "mfa_remove_webauthn": [1],
        "postbox_mail": ["niets.0"],
    }
    arguments |= organisation_desk.arguments(world, live)
    seen = {"version": waiting.version}
    posted: dict[str, dict[str, Any]] = {
        "agenda:approve": seen,
        "agenda:ask": {**seen, "text": "Hoe laat?"},
        "agenda:reject": {**seen, "text": "Past niet."},
        "agenda:link_organisation": {"organisation": world.own.slug},
        "agenda:my_activity": page_of(draft, stap="bewaar"),
        "agenda:urgent": {"change": "sold_out"},
        "agenda:urgent_line": {"change": "sold_out"},
        "agenda:submit": answers(organisation=world.own.slug),
        "agenda:paste": {"plak": "Concert zaterdag 12 december 20.00 uur"},
        "agenda:draft": {"title": "Begin"},
        "agenda:sources": {"url": "https://koor.example/a.ics", "organisation": world.own.slug},
        "agenda:source": {"stap": "stop"},
        "agenda:options": pencil_line(),
        "agenda:option": {"stap": "weg"},
        **organisation_desk.posted(world),
        "agenda:example": {"title": "Begin"},
        "agenda:neighbours": {"title": "Geplaatste"},
    }
    return arguments, posted


def _approved(world: World) -> Release:
    """Let through by the subject called editor, and not public yet."""
    member, editor = world.users["member_own"], world.users["editor"]
    sent = make.submitted("Goedgekeurde", by=member, organisation=world.own, starts=[soon()])
    return moderation.approve(sent, version=sent.version, by=editor, now=timezone.now())


def _without_account() -> Activity:
    return make.submitted("Zonder account", sender_organisation="Koor")


def ask(client: Client, method: str, address: str, data: dict[str, Any]) -> str:
    return in_a_word(client.post(address, data) if method == "POST" else client.get(address))


def in_a_word(response: HttpResponse) -> str:
    """A status, or where somebody was sent to pass the door first."""
    place = response.headers.get("Location", "")
    if response.status_code == 302 and place.startswith((reverse("account_login"), reverse("admin:login"))):
        return "login"
    if response.status_code == 302 and place.startswith(
        (reverse("mfa_index"), reverse("mfa_reauthenticate"))
    ):
        return "factor"
    return str(response.status_code)
