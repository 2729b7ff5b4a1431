"""The urgent line: the link in every mail opens four buttons, and does nothing by itself."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agenda import signatures
from agenda.models import Activity, Listing, Release
from agenda.services import moderation, submission, urgent
from cultuurportaal.models import OutboxMail
from partners.models import Organisation, Room
from tests import make
from tests.agenda.desk.steps import text

pytestmark = pytest.mark.django_db
LINK = re.compile(r"https?://\S+")


def soon(days: float = 1) -> Any:
    return timezone.now() + timedelta(days=days)


def live(title: str = "Concert", **fields: Any) -> Activity:
    fields = {"starts": [soon()], **fields}
    return make.published(title, **fields)


def line(activity: Activity) -> str:
    return reverse("agenda:urgent_line", args=[signatures.urgent_token(activity)])


def press(activity: Activity, change: str = "cancelled", **more: Any) -> Any:
    moment = more.pop("moment", None) or activity.moments.all()[0]
    return Client().post(line(activity), {"datum": moment.uuid, "change": change, **more})


def shown(activity: Activity) -> str:
    return str(Listing.objects.get(uuid=activity.uuid).document["times"][0]["status"])


def state() -> dict[str, Any]:
    """Everything of floor 2 and the outbox that a press would change."""
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in (Activity, Listing)}
    return {
        **rows,
        "moments": [list(one.moments.values()) for one in Activity.objects.order_by("pk")],
        "releases": list(Release.objects.order_by("pk").values()),
        "mails": list(OutboxMail.objects.order_by("pk").values()),
    }


# --- the link in the mails
def test_every_mail_to_a_maker_carries_the_same_link() -> None:
    activity = make.submitted(starts=[soon()])
    editor = make.editor()
    moderation.ask_changes(
        activity, version=activity.version, reason=None, text="Hoe laat?", by=editor, now=timezone.now()
    )
    submission.submit(activity, seen=activity.version, by=activity.sender, now=timezone.now())
    moderation.approve(activity, version=activity.version, by=editor, now=timezone.now())
    mails = OutboxMail.objects.filter(to=signatures.address_of(activity))
    assert {mail.key.split(".")[1] for mail in mails} == {"received", "asked", "live"}
    assert all(f"{line(activity)}\n" in mail.text for mail in mails)


def test_no_mail_about_what_is_withdrawn_carries_it() -> None:
    activity = live()
    submission.withdraw(activity, by=activity.sender, now=timezone.now())
    assert "/nu/" not in OutboxMail.objects.get(key__startswith="agenda.withdrawn").text


def test_the_link_holds_no_address() -> None:
    activity = live(by=make.user("sam@voorbeeld.nl"))
    assert "sam" not in line(activity)
    assert len(line(activity)) < 90


def test_mail_scanners_that_open_every_link_change_nothing() -> None:
    """A prefetching client: every link of every mail, GET and HEAD, five times, with what pages link to."""
    activity = live()
    submission.submit(make.activity(sender=activity.sender), seen=1, by=make.editor(), now=timezone.now())
    before = state()
    links = {link.rstrip(".") for mail in OutboxMail.objects.all() for link in LINK.findall(mail.text)}
    assert any("/nu/" in link for link in links)
    client = Client()
    for link in [urlsplit(link).path for link in links] * 5:
        page = client.get(link, follow=True)
        client.head(link)
        for found in re.findall(r'href="(/nu/[^"]+)"', page.content.decode()):
            client.get(found.replace("&amp;", "&"))
    assert state() == before


# --- the page
def test_one_date_shows_its_buttons_at_once() -> None:
    venue = make.venue("Theater")
    Room.objects.create(venue=venue, name="Foyer")
    words = text(Client().get(line(live(venue=venue))))
    for label in ("Gaat niet door", "Uitverkocht", "Het wordt later", "Andere zaal"):
        assert label in words


def test_several_dates_are_asked_first() -> None:
    activity = live(starts=[soon(), soon(8)])
    second = activity.moments.all()[1]
    page = Client().get(line(activity))
    assert "Om welke datum gaat het?" in text(page)
    assert "Gaat niet door" not in text(page)
    assert "Gaat niet door" in text(Client().get(f"{line(activity)}?datum={second.uuid}"))
    press(activity, moment=second)
    assert [time["status"] for time in Listing.objects.get().document["times"]] == ["scheduled", "cancelled"]


def test_a_page_about_a_date_that_is_gone_changes_no_other() -> None:
    activity = live(starts=[soon(-3), soon()])
    gone, _left = activity.moments.all()
    response = press(activity, moment=gone)
    assert (response.status_code, Release.objects.count()) == (422, 1)
    assert "Om welke datum gaat het?" in text(response)


def test_a_date_must_be_chosen_when_there_are_several() -> None:
    activity = live(starts=[soon(), soon(8)])
    response = Client().post(line(activity), {"change": "cancelled"})
    assert (response.status_code, shown(activity)) == (422, "scheduled")


@pytest.mark.parametrize("change", ["cancelled", "sold_out"])
def test_one_press_is_public_at_once(change: str) -> None:
    activity = live()
    response = press(activity, change)
    assert response.status_code == 302
    assert shown(activity) == change
    words = text(Client().get(line(activity)))
    assert "Staat in de agenda" in words
    assert "Zet terug" in words
    release = Release.objects.latest("pk")
    assert (release.kind, release.rule, release.by) == ("urgent", "urgent", activity.sender)


def test_later_asks_what_time_and_offers_two() -> None:
    activity = live(starts=[soon().replace(hour=12, minute=0)])
    moment = activity.moments.get()
    page = Client().get(f"{line(activity)}?datum={moment.uuid}&wat=time")
    assert "Hoe laat begint het nu?" in text(page)
    new = timezone.localtime(moment.start + timedelta(minutes=30))
    assert f'name="start" value="{new:%H:%M}"' in page.content.decode()
    assert press(activity, "time").status_code == 422
    press(activity, "time", day=f"{new:%Y-%m-%d}", start=f"{new:%H:%M}")
    moment.refresh_from_db()
    assert (moment.start, shown(activity)) == (new.replace(second=0, microsecond=0), "moved")


def test_another_hall_asks_which() -> None:
    venue = make.venue("Theater")
    hall = Room.objects.create(venue=venue, name="Foyer")
    activity = live(venue=venue)
    assert "Kies in welke zaal het is." in text(press(activity, "room"))
    press(activity, "room", room=hall.pk)
    assert Listing.objects.get().document["times"][0]["room"] == "Foyer"


def test_a_double_click_makes_one_release() -> None:
    activity = live(starts=[soon().replace(hour=12, minute=0)])
    new = timezone.localtime(activity.moments.get().start + timedelta(hours=1))
    for words in (
        {"change": "time", "day": f"{new:%Y-%m-%d}", "start": f"{new:%H:%M}"},
        {"change": "sold_out"},
    ):
        made = Release.objects.count()
        answers = [press(activity, **words).status_code for _click in range(3)]
        assert (answers, Release.objects.count()) == ([302] * 3, made + 1)


def test_the_key_works_again_after_use() -> None:
    activity = live()
    for change in ("cancelled", "scheduled", "sold_out"):
        press(activity, change)
        assert shown(activity) == change


# --- taking it back
def take_back(activity: Activity, release: Release) -> Any:
    return Client().post(line(activity), {"ongedaan": release.uuid})


def test_take_back_with_one_button_and_again_is_harmless() -> None:
    activity = live()
    press(activity)
    release = Release.objects.latest("pk")
    assert take_back(activity, release).status_code == 302
    assert shown(activity) == "scheduled"
    words = text(Client().get(line(activity)))
    assert "Teruggezet" in words
    assert "Zet terug" not in words
    made = Release.objects.count()
    assert take_back(activity, release).status_code == 302
    assert (shown(activity), Release.objects.count()) == ("scheduled", made)


def test_take_back_is_refused_kindly_after_ten_minutes() -> None:
    activity = live()
    long_ago = timezone.now() - timedelta(minutes=11)
    release = urgent.change_moment(
        activity.moments.get(), status="cancelled", by=activity.sender, now=long_ago
    )
    response = take_back(activity, release)
    assert (response.status_code, shown(activity)) == (409, "cancelled")
    assert "Terugzetten kan tot tien minuten erna." in text(response)
    assert "Zet terug" not in text(Client().get(line(activity)))


def test_take_back_of_another_activity_is_refused() -> None:
    activity, other = live(), live("Ander")
    press(other)
    response = take_back(activity, Release.objects.latest("pk"))
    assert (response.status_code, shown(other)) == (422, "cancelled")


# --- links that open nothing
def refused(activity: Activity, token: str, status: int, words: str) -> None:
    """By GET, HEAD and POST, with words and a way on."""
    address = reverse("agenda:urgent_line", args=[token])
    moment = activity.moments.first()
    data = {"datum": moment.uuid if moment else "", "change": "cancelled"}
    made = Release.objects.count()
    answers = [Client().get(address), Client().head(address), Client().post(address, data)]
    assert [one.status_code for one in answers] == [status] * 3
    assert words in text(answers[0])
    assert "Log in met je mailadres" in text(answers[2])
    assert Release.objects.count() == made


def test_forged_and_foreign_links_are_refused() -> None:
    activity, other = live(), live("Ander")
    token = signatures.urgent_token(activity)
    foreign = f"{activity.uuid.hex}.{signatures.urgent_token(other).partition('.')[2]}"
    last = "A" if token[-2] != "A" else "B"
    for wrong in (token[:-1], token[:-2] + last + token[-1], foreign, token.upper(), activity.uuid.hex, "x"):
        refused(activity, wrong, 404, "Deze link klopt niet")


def test_a_link_for_another_purpose_is_no_key_and_the_other_way_round() -> None:
    activity = live()
    refused(activity, signatures.link_token(activity), 404, "Deze link klopt niet")
    assert not signatures.owns(activity, signatures.urgent_token(activity))


def test_a_key_dies_with_the_address_it_was_mailed_to() -> None:
    activity = live()
    token = signatures.urgent_token(activity)
    sender = activity.sender
    assert sender is not None
    sender.email = "nieuw@voorbeeld.nl"
    sender.save()
    refused(activity, token, 404, "gaf je daarna een ander mailadres op")


def test_a_key_dies_with_the_membership_the_account_and_the_organisation() -> None:
    activity = live()
    token = signatures.urgent_token(activity)
    sender, organisation = activity.sender, activity.organisation
    assert sender is not None and organisation is not None  # noqa: PT018 - for the types
    Organisation.objects.filter(pk=organisation.pk).update(status="suspended")
    refused(activity, token, 410, "Je hoort niet meer bij de groep")
    Organisation.objects.filter(pk=organisation.pk).update(status="active")
    assert Client().get(line(activity)).status_code == 200
    membership = organisation.memberships.get(user=sender)
    membership.delete()
    refused(activity, token, 410, "Je hoort niet meer bij de groep")
    organisation.memberships.create(user=sender)
    type(sender).objects.filter(pk=sender.pk).update(is_active=False)
    refused(activity, token, 410, "je account is gesloten")


def test_a_key_dies_with_the_activity() -> None:
    activity = live()
    token = signatures.urgent_token(activity)
    submission.withdraw(activity, by=activity.sender, now=timezone.now())
    refused(activity, token, 410, "De activiteit is ingetrokken")


def test_a_key_dies_two_weeks_after_the_last_date() -> None:
    past, now = live(starts=[soon(-15)]), live("Nu", starts=[soon(-13)])
    refused(past, signatures.urgent_token(past), 410, "De laatste datum is al even geweest.")
    assert "Er komen geen datums meer" in text(Client().get(line(now)))


def test_what_is_not_public_yet_opens_no_buttons() -> None:
    waiting = make.submitted(starts=[soon()])
    page = Client().get(line(waiting))
    assert "Dit staat nog niet in de agenda." in text(page)
    assert press(waiting).status_code == 422
    assert waiting.moments.get().status == "scheduled"


def test_an_editors_key_gives_no_more_than_a_senders() -> None:
    """The holder of a link never acts with a role for the city."""
    editor = make.editor()
    activity = live()
    Activity.objects.filter(pk=activity.pk).update(sender=editor)
    activity.refresh_from_db()
    refused(activity, signatures.urgent_token(activity), 410, "Je hoort niet meer bij de groep")


def test_who_sent_without_an_account_has_a_key_too() -> None:
    sender = make.user()
    activity = live()
    Activity.objects.filter(pk=activity.pk).update(sender=sender, sender_organisation="Koor")
    activity.refresh_from_db()
    press(activity)
    assert shown(activity) == "cancelled"


def test_presses_are_counted() -> None:
    activity = live()
    for number in range(30):
        press(activity, ("cancelled", "scheduled")[number % 2])
    assert press(activity).status_code == 429
    assert Client().get(line(activity)).status_code == 200
