"""Klopt dit nog? What lasts long is confirmed every few weeks, or leaves the pages after a warning."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agenda import ical, signatures
from agenda.models import Activity, CoMaker, Listing, Occurrence, Recheck, Release
from agenda.services import comakers, moderation, rechecks, reconcile, submission
from cultuurportaal.models import OutboxMail
from cultuurportaal.workflow import NotAllowed
from partners.models import Membership, Organisation, Venue
from tests import make
from tests.agenda.desk.steps import text

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LIMIT = rechecks.EVERY + rechecks.REMIND + rechecks.HIDE


def series(weeks: int = 20, title: str = "Open repetitie") -> Activity:
    return make.published(
        title, starts=[timezone.now() + DAY + timedelta(weeks=week) for week in range(weeks)]
    )


def days(number: int) -> Iterator[datetime]:
    """The clock of the worker, once a day from now."""
    now = timezone.now()
    yield from (now + day * DAY for day in range(number))


def mails(step: str = "") -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(key__startswith=f"agenda.recheck_{step}").order_by("pk"))


def link(mail: OutboxMail) -> str:
    return str(urlsplit(re.findall(r"https?://\S+/klopt/\S+", mail.text)[0]).path)


def is_visible(activity: Activity) -> bool:
    return Listing.objects.live().filter(uuid=activity.uuid).exists()


def until_hidden(activity: Activity) -> datetime:
    """Silence until it is off the pages; when that was."""
    for now in days(100):
        rechecks.run(now)
        if not is_visible(activity):
            return now
    raise AssertionError("never hidden")


def test_a_year_passes_and_nothing_is_visible_unconfirmed_beyond_the_limit() -> None:
    """A maker who answers each question, one who never does, and one who answers the last mail."""
    names = ("trouw", "stil", "laat")
    faithful, silent, late = (series(60, name) for name in names)
    confirmed = dict.fromkeys((faithful.pk, silent.pk, late.pk), timezone.now())
    answers = {"trouw": "recheck_asked", "laat": "recheck_hidden"}
    read: set[int] = set()
    for now in days(365):
        rechecks.run(now)
        for mail in OutboxMail.objects.filter(key__startswith="agenda.recheck").exclude(pk__in=read):
            read.add(mail.pk)
            for activity in (faithful, late):
                if str(activity.uuid) in mail.key and answers[activity.title] in mail.key:
                    rechecks.confirm(activity, by=activity.sender, now=now)
                    confirmed[activity.pk] = now
        for activity in (faithful, silent, late):
            assert not is_visible(activity) or now - confirmed[activity.pk] <= LIMIT, (activity.title, now)
        assert is_visible(faithful), now
    assert list(reconcile.differences(timezone.now())) == []
    count = {name: sum(name in mail.subject for mail in mails()) for name in names}
    assert count == {"trouw": 8, "stil": 3, "laat": 18}
    assert (is_visible(silent), is_visible(late)) == (False, True)


def test_short_and_past_activities_are_not_asked_about() -> None:
    make.published(starts=[timezone.now() + DAY, timezone.now() + timedelta(weeks=5)])
    make.published(starts=[timezone.now() + timedelta(weeks=30)])
    make.published(starts=[timezone.now() - timedelta(weeks=20), timezone.now() - DAY])
    assert sum(rechecks.run(now) for now in days(90)) == 0


def test_steps_again_on_the_same_day_change_nothing() -> None:
    series()
    now = timezone.now() + rechecks.EVERY + DAY
    assert [rechecks.run(now), rechecks.run(now), rechecks.run(now + DAY)] == [1, 0, 0]
    assert len(mails()) == 1


def test_the_reminder_says_when_it_goes_and_it_goes_no_sooner() -> None:
    activity = series()
    hidden = until_hidden(activity)
    (reminder,) = mails("reminder")
    assert f"{timezone.localtime(hidden).day} " in reminder.text
    assert "halen we het op" in reminder.text


def test_hidden_is_off_pages_and_feeds_and_cancelled_nowhere() -> None:
    activity = series()
    page = reverse("agenda:activity", args=[Listing.objects.get().slug])
    until_hidden(activity)
    assert Client().get(page).status_code == 410
    assert not Occurrence.objects.public().exists()
    assert not Occurrence.objects.in_feeds(timezone.now() - 30 * DAY).exists()
    assert not any(ical.is_off(row.vevent) for row in Occurrence.objects.all())
    assert list(reconcile.differences(timezone.now())) == []
    activity.refresh_from_db()
    release = Release.objects.latest("pk")
    assert (activity.status, release.kind, release.rule, release.by) == (
        "approved",
        "withdraw",
        "silent",
        None,
    )


def test_the_urgent_line_of_what_is_hidden_leads_to_the_button() -> None:
    activity = series()
    until_hidden(activity)
    page = Client().get(reverse("agenda:urgent_line", args=[signatures.urgent_token(activity)]))
    assert link(mails("hidden")[0]) in page.content.decode()


def test_the_button_shows_it_again_and_says_when() -> None:
    activity = series()
    until_hidden(activity)
    address = link(mails("hidden")[0])
    words = text(Client().get(address))
    assert "Dit is nu verborgen." in words
    assert not is_visible(activity)
    assert "Dank je wel!" in text(Client().post(address))
    assert is_visible(activity)
    page = text(Client().get(reverse("agenda:activity", args=[Listing.objects.get().slug])))
    day = timezone.localdate()
    assert re.search(rf"Bevestigd op \w+ {day.day} \w+ {day.year} door ", page)
    assert {row.sequence for row in Occurrence.objects.all()} == {0}
    assert Recheck.objects.get().hidden_at is None


def test_confirming_twice_on_a_day_makes_one_release() -> None:
    activity = series()
    for _press in range(3):
        rechecks.confirm(activity, by=activity.sender, now=timezone.now())
    assert Release.objects.filter(rule="confirmed").count() == 1
    assert Release.objects.filter(rule="confirmed", by=activity.sender, kind="refresh").exists()


def test_pending_text_does_not_ride_along_with_confirming() -> None:
    activity = series(title="Concert")
    fields = {"title": "Nog niet nagekeken"}
    words: dict[str, Any] = {"by": activity.sender, "now": timezone.now()}
    submission.save(activity, fields=fields, sets={}, slots=None, seen=activity.version, **words)
    rechecks.confirm(activity, **words)
    assert (Listing.objects.get().title, Listing.objects.get().document["confirmed_on"]) == (
        "Concert",
        timezone.localdate().isoformat(),
    )


def approve_again(activity: Activity, *, now: datetime) -> Release:
    """New text, let through a moment ago and not yet out."""
    words: dict[str, Any] = {"seen": activity.version, "by": activity.sender, "now": now}
    submission.save(activity, fields={"title": "Nieuwe tekst"}, sets={}, slots=None, **words)
    activity.refresh_from_db()
    submission.submit(activity, **{**words, "seen": activity.version})
    activity.refresh_from_db()
    return moderation.approve(activity, version=activity.version, by=make.editor(), now=now)


def test_what_waits_to_go_out_is_not_asked_about_and_not_voided() -> None:
    activity = series()
    release = approve_again(activity, now=timezone.now())
    for now in days(70):
        rechecks.run(now)
        assert not rechecks._step(activity.pk, now)
    release.refresh_from_db()
    assert (release.is_open, is_visible(activity), mails()) == (True, True, [])


def test_confirming_what_is_hidden_keeps_what_waits_to_go_out() -> None:
    activity = series(title="Concert")
    until_hidden(activity)
    activity.refresh_from_db()
    before = approve_again(activity, now=timezone.now())
    rechecks.confirm(activity, by=activity.sender, now=timezone.now())
    assert Listing.objects.live().get().title == "Concert"
    (waiting,) = Release.objects.open()
    assert (waiting.publish_at, waiting.by, waiting.snapshot["title"]) == (
        before.publish_at,
        before.by,
        "Nieuwe tekst",
    )
    assert waiting.snapshot["confirmed_on"] == timezone.localdate().isoformat()


def test_what_comes_back_says_who_makes_it_and_where_as_it_is_now() -> None:
    activity = make.published(
        venue=make.venue("Oud"), starts=[timezone.now() + DAY * 7 * week for week in range(1, 21)]
    )
    now = timezone.now()
    partner = make.organisation("Weg")
    CoMaker.objects.create(activity=activity, organisation=partner, asked_at=now, accepted_at=now)
    comakers.refresh(partner, shown=partner, now=now)
    assert Listing.objects.get().document["co_makers"]
    until_hidden(activity)
    Organisation.objects.filter(pk=partner.pk).update(status=Organisation.Status.SUSPENDED)
    Organisation.objects.exclude(pk=partner.pk).update(name="Nieuwe naam")
    Venue.objects.update(name="Nieuwe plek")
    rechecks.confirm(activity, by=activity.sender, now=now)
    document = Listing.objects.live().get().document
    assert (document["co_makers"], document["maker"]["name"], document["place"]["name"]) == (
        [],
        "Nieuwe naam",
        "Nieuwe plek",
    )


def test_withdrawing_what_is_hidden_cancels_it_for_followers() -> None:
    activity = series()
    until_hidden(activity)
    submission.withdraw(activity, by=activity.sender, now=timezone.now())
    assert all(ical.is_off(row.vevent) for row in Occurrence.objects.all())
    with pytest.raises(NotAllowed):
        rechecks.confirm(activity, by=activity.sender, now=timezone.now())


def test_mail_scanners_that_open_the_links_confirm_nothing() -> None:
    activity = series()
    until_hidden(activity)
    made = Release.objects.count()
    for mail in mails():
        for _time in range(5):
            assert Client().get(link(mail)).status_code == 200
            Client().head(link(mail))
    assert (Release.objects.count(), is_visible(activity)) == (made, False)


def test_forged_foreign_and_dead_links_are_refused() -> None:
    activity, other = series(), series()
    token = signatures.recheck_token(activity, signatures.address_of(activity))
    foreign = signatures.recheck_token(other, signatures.address_of(other)).partition(".")[2]
    urgent = signatures.urgent_token(activity)
    for wrong in (token[:-1], f"{activity.uuid.hex}.{foreign}", urgent, "x"):
        response = Client().post(reverse("agenda:recheck", args=[wrong]))
        assert (response.status_code, "Deze link klopt niet" in text(response)) == (404, True)
    address = reverse("agenda:recheck", args=[token])
    assert Client().get(address).status_code == 200
    activity.organisation.memberships.get(user=activity.sender).delete()  # type: ignore[union-attr]
    assert Client().post(address).status_code == 404
    assert not Release.objects.filter(rule="confirmed").exists()


def test_owners_are_asked_when_the_sender_left() -> None:
    activity = series()
    organisation = activity.organisation
    assert organisation is not None
    owner = make.user()
    Membership.objects.create(user=owner, organisation=organisation, role=Membership.Role.OWNER)
    organisation.memberships.get(user=activity.sender).delete()
    rechecks.run(timezone.now() + rechecks.EVERY + DAY)
    (mail,) = mails()
    assert mail.to == owner.email
    assert Client().post(link(mail)).status_code == 200
    assert Release.objects.get(rule="confirmed").by == owner
