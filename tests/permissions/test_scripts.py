"""T08: a script that somebody stores is text on every page, at the desk, in mail, prompts and conflicts."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agenda.models import Activity
from agenda.services import moderation
from cultuurportaal.models import OutboxMail
from netwerk.models import Meeting
from partners.models import Organisation, User, Venue
from tests import make
from tests.agenda.test_mine import page_of
from tests.agenda.test_submit import answers
from tests.permissions import organisation_desk, states
from tests.permissions.world import World, holder, soon, taken_back

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
PAYLOAD = f"{SCRIPT}<img src=x onerror=alert(1)><svg/onload=alert(1)>{{{{7*7}}}}${{7*7}}{{% debug %}}"
LIVE = (SCRIPT, "<img src=x", "<svg/onload", "$49")
SHOWN = "{{7*7}}"
Page = tuple[Client, str]


def poisoned(world: World) -> dict[str, Any]:
    """Everywhere that words of people end up."""
    Organisation.objects.filter(pk=world.own.pk).update(name=PAYLOAD, description=PAYLOAD)
    Venue.objects.filter(pk=world.venue.pk).update(
        name=PAYLOAD, description=PAYLOAD, street=PAYLOAD, town=PAYLOAD[:80]
    )
    User.objects.filter(pk=world.users["member_own"].pk).update(name=PAYLOAD)
    for row in (world.own, world.venue, world.users["member_own"]):
        row.refresh_from_db()
    words = (
        "summary",
        "description",
        "note",
        "price_note",
        "when_text",
        "sender_organisation",
    )
    return dict.fromkeys(words, PAYLOAD)


def pages(world: World, words: dict[str, Any]) -> Iterator[Page]:
    """Who asks for which address."""
    made = {"by": world.users["member_own"], "organisation": world.own, "venue": world.venue}
    live = make.published(PAYLOAD, starts=[soon()], **made, **words)
    waiting = make.submitted(PAYLOAD, starts=[soon(), soon(8)], **made, **words)
    asked = make.submitted(PAYLOAD, starts=[soon()], **made, **words)
    moderation.ask_changes(
        asked,
        version=asked.version,
        reason=None,
        text=PAYLOAD,
        by=world.users["editor"],
        now=timezone.now(),
    )
    talk = make.meeting(PAYLOAD, is_public=True, programme=PAYLOAD, venue=world.venue, start=soon())
    Meeting.objects.filter(pk=talk.pk).update(end=soon(7))
    visitor, maker, editor, operator = (
        world.client(name) for name in ("anon", "member_own", "editor", "administrator")
    )
    for address in (
        "/",
        "/en/",
        "/makers/",
        "/plekken/",
        "/netwerk/",
        world.own.get_absolute_url(),
        world.venue.get_absolute_url(),
        talk.get_absolute_url(),
        reverse("agenda:activity", args=[live.slug]),
    ):
        yield visitor, address
    for activity in (live, waiting, asked):
        yield maker, reverse("agenda:my_activity", args=[activity.uuid])
        yield maker, reverse("agenda:withdraw", args=[activity.uuid])
        yield maker, reverse("agenda:sent", args=[activity.uuid])
        yield editor, reverse("agenda:review", args=[activity.uuid])
    yield maker, reverse("agenda:urgent", args=[live.uuid, live.moments.get().uuid])
    for name, address in organisation_desk.with_words(world, live, PAYLOAD):
        yield world.client(name), address
    yield maker, "/mijn/"
    yield maker, f"/toevoegen/?net_als={live.uuid}"
    yield editor, "/redactie/"
    yield editor, reverse("agenda:correct", args=[waiting.uuid])
    for name, row in (
        ("agenda_activity", live),
        ("partners_organisation", world.own),
        ("netwerk_meeting", talk),
    ):
        yield operator, reverse(f"admin:{name}_change", args=[row.pk])
        yield operator, reverse(f"admin:{name}_changelist")
    yield operator, reverse("admin:netwerk_meeting_delete", args=[talk.pk])
    yield operator, reverse("admin:agenda_release_change", args=[live.releases.get().pk])


def runs(text: str) -> list[str]:
    return [live for live in LIVE if live in text]


def test_pages_show_it_as_text(world: World) -> None:
    with taken_back():
        seen = 0
        for client, address in pages(world, poisoned(world)):
            response = client.get(address)
            assert response.status_code == 200, address
            assert runs(response.text) == [], address
            seen += SHOWN in response.text
        assert seen >= 25


def test_conflicts_and_refused_forms_show_it_as_text(world: World) -> None:
    with taken_back():
        words = poisoned(world)
        mine = states.draft(world, **{**words, "when_text": ""})
        old = {"version": mine.version - 1, "title": PAYLOAD, "summary": PAYLOAD, "stap": "bewaar"}
        maker, editor = world.client("member_own"), world.client("editor")
        address = reverse("agenda:my_activity", args=[mine.uuid])
        waiting = states.edited_while_waiting(world)
        kind = waiting.kind.code if waiting.kind else ""
        stale = {"version": waiting.version - 1, "title": PAYLOAD, "kind": kind}
        for client, place, data, status in (
            (maker, address, page_of(mine, **{**old, "title": f"{PAYLOAD[:90]}…"}), 409),
            (maker, address, page_of(mine, title=PAYLOAD, tekst=PAYLOAD, version=mine.version), 422),
            (maker, address, page_of(mine, title="", place=PAYLOAD, booking_url=PAYLOAD), 422),
            (editor, reverse("agenda:correct", args=[waiting.uuid]), stale, 409),
            (editor, reverse("agenda:reject", args=[waiting.uuid]), {**stale, "text": PAYLOAD}, 409),
            (world.client("anon"), "/toevoegen/", answers(title=PAYLOAD, sender_mail=PAYLOAD), 422),
        ):
            response = client.post(place, data)
            assert (place, response.status_code) == (place, status)
            assert runs(response.text) == [], place
            assert "&lt;" in response.text, place


def test_expired_form_shows_it_as_text(world: World) -> None:
    with taken_back():
        client = Client(enforce_csrf_checks=True)
        text = client.post("/toevoegen/", answers(title=PAYLOAD)).text
        assert runs(text) == []
        assert SHOWN in text


def test_search_shows_it_as_text(world: World) -> None:
    with taken_back():
        for address in ("/", "/en/"):
            text = world.client("anon").get(address, {"q": PAYLOAD}).text
            assert runs(text) == []
            assert SHOWN in text


def test_mails_have_it_as_words_in_one_line_of_subject(world: World) -> None:
    """Mails are plain text: what was typed stands there as it was typed."""
    with taken_back():
        for _client, _address in pages(world, poisoned(world)):
            pass
        rows = list(OutboxMail.objects.all())
        assert any(PAYLOAD in row.text for row in rows)
        assert [row.key for row in rows if "&lt;" in row.text or "\n" in row.subject] == []


def test_feeds_are_never_read_as_a_page(world: World) -> None:
    with taken_back():
        for _client, _address in pages(world, poisoned(world)):
            pass
        live = Activity.objects.get(status="approved", title=PAYLOAD)
        for address in ("/agenda.ics", reverse("agenda:activity_feed", args=[live.slug])):
            response = world.client("anon").get(address)
            assert response["Content-Type"].startswith("text/calendar")
            assert response["X-Content-Type-Options"] == "nosniff"


def test_machine_readable_part_of_a_page_cannot_be_left(world: World) -> None:
    with taken_back():
        words = poisoned(world)
        live = make.published(
            PAYLOAD, by=world.users["member_own"], organisation=world.own, starts=[soon()], **words
        )
        text = world.client("anon").get(reverse("agenda:activity", args=[live.slug])).text
        _before, _tag, rest = text.partition('<script type="application/ld+json"')
        assert "\\u003Cscript" in rest.partition("</script>")[0]


def test_guest_sees_it_as_text(world: World) -> None:
    with taken_back():
        guest = states.unlinked(world, title=PAYLOAD)
        text = holder(guest).get(reverse("agenda:my_activity", args=[guest.uuid])).text
        assert runs(text) == []
        assert SHOWN in text
