"""Adding an activity: one page, three answers, with and without an account."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agenda.models import Activity, Moment
from agenda.when.words import month_name
from partners.models import City, DayOff, Kind, User
from tests import make

pytestmark = pytest.mark.django_db
URL = "/toevoegen/"


def soon(days: int = 10) -> str:
    """A day in words with its year, as a maker writes it."""
    day = timezone.localdate() + timedelta(days=days)
    return f"{day.day} {month_name(day.month)} {day.year}"


def answers(**changed: Any) -> dict[str, Any]:
    """A page as somebody without an account fills it in."""
    return {
        "token": str(uuid4()),
        "title": "Open repetitie",
        "tekst": f"{soon()} van 20.00 tot 22.00 uur",
        "place": "Buurthuis Seghwaert",
        "sender_name": "Sam",
        "sender_organisation": "Popkoor De Waterlelie",
        "sender_mail": "sam@demo.example",
        **changed,
    }


def test_submit_page_has_everything_without_an_account(client: Client, city: City) -> None:
    answer = client.get(URL)
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("max-age=0")
    assert "Wat is er te doen?" in answer.text
    assert Activity.objects.count() == 0


def test_submit_without_an_account_waits_for_its_code(client: Client, city: City) -> None:
    answer = client.post(URL, answers())
    activity = Activity.objects.get()
    assert answer.url == reverse("agenda:sent", args=[activity.uuid])
    assert (activity.status, activity.is_confirmed, activity.place_text) == (
        "submitted",
        False,
        "Buurthuis Seghwaert",
    )
    assert activity.moments.count() == 1
    assert [one.to for one in mail.outbox] == [["sam@demo.example"]]


def test_mailed_code_makes_a_user_and_confirms(client: Client, city: City) -> None:
    page = client.post(URL, answers()).url
    code = re.findall(r"\b\d{6}\b", mail.outbox[0].body)[0]
    assert client.post(page, {"code": f" {code[:3]} {code[3:]} "}).url == page
    activity = Activity.objects.get()
    assert activity.is_confirmed
    assert activity.sender == User.objects.get(email="sam@demo.example")
    assert "Je krijgt een mail vóór" in client.get(page).text


def test_page_after_sending_is_almost_done_until_the_code_is_in(client: Client, city: City) -> None:
    page = client.post(URL, answers()).url
    code = re.findall(r"\b\d{6}\b", mail.outbox[0].body)[0]
    almost, done = "Bijna klaar. Vul je code in", "Gelukt, dank je wel!"
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for text in (client.get(page).text, client.post(page, {"code": wrong}).text):
        assert (almost in text, done in text, "<title>Fout: Gelukt" in text) == (True, False, False)
    text = client.post(page, {"code": code}, follow=True).text
    assert (almost in text, done in text, "<title>Gelukt" in text) == (False, True, True)


def test_wrong_code_five_times_gets_a_fresh_one(client: Client, city: City) -> None:
    page = client.post(URL, answers()).url
    code = re.findall(r"\b\d{6}\b", mail.outbox[0].body)[0]
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    told = [client.post(page, {"code": wrong}).text for _try in range(6)]
    assert all("Deze code klopt niet. Kijk nog eens in je mail" in text for text in told[:5])
    assert "Deze code werkt niet meer. We sturen je een nieuwe" in told[5]
    assert len(mail.outbox) == 2
    assert client.post(page, {"code": code}).status_code == 422
    fresh = re.findall(r"\b\d{6}\b", mail.outbox[1].body)[0]
    assert client.post(page, {"code": fresh}).status_code == 302
    assert Activity.objects.get().is_confirmed


def test_mailed_link_asks_before_it_confirms(client: Client, city: City) -> None:
    client.post(URL, answers())
    link = re.findall(r"http\S+/toevoegen/bevestigen/\S+", mail.outbox[0].body)[0]
    path = "/toevoegen/" + link.split("/toevoegen/")[1]
    elsewhere = Client()
    assert "Ja, dit heb ik gestuurd" in elsewhere.get(path).text
    assert not Activity.objects.get().is_confirmed
    answer = elsewhere.post(path)
    assert Activity.objects.get().is_confirmed
    assert elsewhere.get(answer.url).status_code == 200
    assert elsewhere.post(path).status_code == 302


def test_link_of_another_address_is_no_longer_good(client: Client, city: City) -> None:
    page = client.post(URL, answers()).url
    old = re.findall(r"/toevoegen/bevestigen/\S+", mail.outbox[0].body)[0]
    client.post(page, {"stap": "mail", "sender_mail": "goed@demo.example"})
    assert mail.outbox[1].to == ["goed@demo.example"]
    assert client.get(old).status_code == 410
    assert client.post(old).status_code == 410
    assert client.get(page).status_code == 200
    assert client.get("/toevoegen/bevestigen/x.y.z/").status_code == 404


def test_code_of_a_mail_server_that_is_down_is_told_and_can_be_asked_again(
    client: Client, city: City, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    page = client.post(URL, answers()).url
    assert Activity.objects.count() == 1
    told = client.get(page).text
    assert "Vraag een code aan voor" in told
    assert "De code kon nu niet weg. Wat je stuurde is bewaard." in told
    assert "De code kon nu niet weg." in client.post(page, {"code": "123456"}).text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.post(page, {"stap": "opnieuw"})
    assert [one.to for one in mail.outbox] == [["sam@demo.example"]]


def test_same_page_sent_twice_is_one_activity(client: Client, city: City) -> None:
    fields = answers()
    first = client.post(URL, fields)
    assert client.post(URL, fields).url == first.url
    assert Client().post(URL, fields).url == first.url
    assert Activity.objects.count() == 1


def test_another_spelling_of_an_address_is_the_same_mailbox(client: Client, city: City) -> None:
    """H13"""
    for number in range(7):
        client.post(URL, answers(sender_mail=f"S.a.m+{number}@demo.example"))
    assert len(mail.outbox) == 5


def test_same_page_sent_twice_mails_one_code(client: Client, city: City) -> None:
    fields = answers()
    client.post(URL, fields)
    Client().post(URL, fields)
    assert len(mail.outbox) == 1


def test_going_back_with_another_address_mails_there(client: Client, city: City) -> None:
    fields = answers()
    client.post(URL, fields)
    page = client.post(URL, {**fields, "sender_mail": "goed@demo.example"}).url
    assert [one.to for one in mail.outbox] == [["sam@demo.example"], ["goed@demo.example"]]
    old, fresh = (re.findall(r"\b\d{6}\b", one.body)[0] for one in mail.outbox)
    assert client.post(page, {"code": old}).status_code == 422 or old == fresh
    assert client.post(page, {"code": fresh}).status_code == 302
    assert Activity.objects.get().sender == User.objects.get(email="goed@demo.example")


def test_mailed_link_works_for_two_weeks(client: Client, city: City) -> None:
    client.post(URL, answers())
    link = re.findall(r"/toevoegen/bevestigen/\S+", mail.outbox[0].body)[0]
    Activity.objects.update(created_at=timezone.now() - timedelta(days=15))
    assert client.post(link).status_code == 410
    assert not Activity.objects.get().is_confirmed


def test_going_back_and_sending_again_changes_the_same_activity(client: Client, city: City) -> None:
    fields = answers()
    client.post(URL, fields)
    client.post(URL, {**fields, "title": "Open repetitie met soep"})
    assert [one.title for one in Activity.objects.all()] == ["Open repetitie met soep"]


def test_token_of_somebody_else_is_no_way_in(client: Client, city: City) -> None:
    fields = answers()
    client.post(URL, fields)
    thief = Client()
    thief.post(URL, {**fields, "sender_mail": "dief@demo.example", "title": "Gekaapt"})
    assert sorted(one.title for one in Activity.objects.all()) == ["Gekaapt", "Open repetitie"]
    victim = Activity.objects.get(title="Open repetitie")
    assert thief.get(victim.get_absolute_url()).status_code == 302
    assert thief.get(reverse("agenda:sent", args=[victim.uuid])).status_code == 404


def test_cookie_lets_the_sender_look_and_correct_and_nobody_else(client: Client, city: City) -> None:
    client.post(URL, answers())
    activity = Activity.objects.get()
    page = activity.get_absolute_url()
    assert client.get(page).status_code == 200
    fields = answers(title="Beter", token=str(activity.token), version=activity.version)
    assert client.post(page, fields).status_code == 302
    activity.refresh_from_db()
    assert (activity.title, activity.status) == ("Beter", "submitted")
    assert Client().get(page).url.startswith("/inloggen/")
    assert Client().get(reverse("agenda:sent", args=[activity.uuid])).status_code == 404


def test_member_needs_no_name_and_sends_for_their_organisation(client: Client, city: City) -> None:
    member = make.user(name="Mia")
    organisation = make.organisation(member=member)
    client.force_login(member)
    fields = {name: text for name, text in answers().items() if not name.startswith("sender")}
    assert organisation.name in client.get(URL).text
    client.post(URL, fields)
    activity = Activity.objects.get()
    assert (activity.organisation, activity.sender, activity.is_confirmed) == (organisation, member, True)
    assert "inzendingen" not in client.cookies


def test_member_of_two_organisations_chooses_one(client: Client, city: City) -> None:
    member = make.user()
    make.organisation(member=member)
    second = make.organisation(member=member)
    strange = make.organisation()
    client.force_login(member)
    assert "Kies van welke organisatie dit is" in client.post(URL, answers()).text
    assert "Kies een organisatie uit de lijst" in client.post(URL, answers(organisation=strange.slug)).text
    client.post(URL, answers(organisation=second.slug))
    assert Activity.objects.get().organisation == second


def test_posted_state_is_ignored(client: Client, city: City) -> None:
    """A01: status, dates, owner and numbers are never taken from the form."""
    other = make.organisation()
    extra = {
        "status": "approved",
        "organisation": other.slug,
        "approved_by": 1,
        "id": 7,
        "uuid": str(uuid4()),
    }
    extra |= {
        "confirmed_at": "2026-01-01",
        "published_at": "2026-01-01",
        "publish_from": "2026-01-01",
        "slug": "x",
    }
    client.post(URL, answers(**extra))
    activity = Activity.objects.get()
    assert (activity.status, activity.organisation, activity.confirmed_at) == ("submitted", None, None)
    assert (activity.publish_from, activity.slug) == (None, None)
    assert str(activity.uuid) != extra["uuid"]


def test_series_is_shown_once_before_it_is_sent(client: Client, city: City) -> None:
    fields = answers(tekst=f"elke dinsdag 20.00 uur van {soon(5)} t/m {soon(40)}")
    asked = client.post(URL, fields)
    assert asked.status_code == 200
    assert "Klopt dit?" in asked.text
    assert "Popkoor De Waterlelie" in asked.text
    assert Activity.objects.count() == 0
    seen = re.findall(r'name="gelezen" value="(\w+)"', asked.text)[0]
    assert client.post(URL, {**fields, "gelezen": seen}).status_code == 302
    assert Moment.objects.count() == 5


def test_holiday_in_a_series_is_asked_and_can_be_skipped(client: Client, city: City) -> None:
    DayOff.objects.create(name="Koningsdag", first="2027-04-27", last="2027-04-27", kind="feestdag")
    fields = answers(tekst="elke dinsdag 20.00 uur van 13 april 2027 t/m 11 mei 2027")
    assert "dinsdag 27 april is Koningsdag. Sla deze dag over" in client.post(URL, fields).text
    skipping = {**fields, "overslaan": ["2027-04-27", "2027-05-04"]}
    seen = re.findall(r'name="gelezen" value="(\w+)"', client.post(URL, skipping).text)[0]
    client.post(URL, {**skipping, "gelezen": seen})
    days = [f"{one.start:%d-%m}" for one in Moment.objects.all()]
    assert days == ["13-04", "20-04", "11-05"]
    assert Activity.objects.get().when_text.startswith("13, 20 april")


def test_dates_from_the_calendar_become_a_sentence(client: Client, city: City) -> None:
    first, last = (timezone.localdate() + timedelta(days=days) for days in (7, 21))
    fields = {"first_day": first, "start": "20:00", "end": "22:00", "repeat": "7", "last_day": last}
    posted = answers(tekst="", **{f"kalender-{name}": str(text) for name, text in fields.items()})
    seen = re.findall(r'name="gelezen" value="(\w+)"', client.post(URL, posted).text)[0]
    client.post(URL, {**posted, "gelezen": seen})
    assert Moment.objects.count() == 3
    assert "20.00-22.00" in Activity.objects.get().when_text


def test_place_is_a_chip_a_name_a_hall_or_a_text(client: Client, city: City) -> None:
    venue = make.venue("Stadstheater")
    hall = venue.rooms.create(name="Grote zaal")
    for fields, found in [
        ({"venue": venue.slug, "place": ""}, (venue, None, "")),
        ({"place": "stadstheater"}, (venue, None, "")),
        ({"place": "Stadstheater, grote zaal"}, (venue, hall, "")),
        ({"place": "Bij de kerk"}, (None, None, "Bij de kerk")),
    ]:
        client.post(URL, answers(**fields))
        activity = Activity.objects.order_by("pk").last()
        assert activity
        assert (activity.venue, activity.room, activity.place_text) == found
    both = client.post(URL, answers(venue=venue.slug, place="Bij de kerk"))
    assert "Je koos een plek en schreef er een op" in both.text


def test_kind_is_guessed_from_the_title(client: Client, city: City) -> None:
    concert = make.kind()
    Kind.objects.create(city=city, code="workshop", name="Workshop")
    client.post(URL, answers(title="Kerstconcert in de kerk"))
    assert Activity.objects.get().kind == concert


def test_too_many_from_one_address_is_said_on_the_page(client: Client, city: City) -> None:
    for _time in range(30):
        assert client.post(URL, answers(sender_mail=f"{uuid4().hex}@demo.example")).status_code == 302
    answer = client.post(URL, answers(), headers={"X-Forwarded-For": "203.0.113.9"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert "Er kwamen te veel activiteiten vanaf dit netwerk" in answer.text
    assert "Popkoor De Waterlelie" in answer.text


def test_expired_form_shows_what_was_typed(city: City) -> None:
    """H04"""
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(URL, answers())
    assert answer.status_code == 403
    assert "Popkoor De Waterlelie" in answer.text
    assert Activity.objects.count() == 0


def test_too_many_fields_or_files_are_a_page_in_words(client: Client, city: City) -> None:
    """T16"""
    answer = client.post(URL, {f"veld{number}": "x" for number in range(10_001)})
    assert answer.status_code == 400
    assert "Dit adres klopt niet" in answer.text or "te groot" in answer.text


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_do_nothing(client: Client, city: City, method: str) -> None:
    assert getattr(client, method)(URL).status_code == 405


def test_draft_saves_itself_and_is_sent_later(client: Client, city: City) -> None:
    member = make.user()
    make.organisation(member=member)
    client.force_login(member)
    fields = answers(tekst="", place="")
    assert client.post("/toevoegen/concept/", answers(title="", tekst="", place="")).text.strip() == ""
    kept = client.post("/toevoegen/concept/", fields)
    activity = Activity.objects.get()
    assert (activity.status, activity.title) == ("draft", "Open repetitie")
    assert f'id="id_version" value="{activity.version}"' in kept.text
    client.post("/toevoegen/concept/", {**answers(), "token": fields["token"], "version": activity.version})
    activity.refresh_from_db()
    assert (activity.version, activity.moments.count(), activity.place_text) == (2, 1, "Buurthuis Seghwaert")
    client.post(URL, {**answers(), "token": fields["token"], "version": 2})
    activity.refresh_from_db()
    assert activity.status == "submitted"
    assert Activity.objects.count() == 1


def test_draft_never_overwrites_a_newer_one(client: Client, city: City) -> None:
    member = make.user()
    make.organisation(member=member)
    client.force_login(member)
    fields = answers()
    client.post("/toevoegen/concept/", fields)
    client.post("/toevoegen/concept/", {**fields, "title": "Eerste tabblad", "version": 1})
    late = client.post("/toevoegen/concept/", {**fields, "title": "Tweede tabblad", "version": 1})
    assert "Dit is net in een ander venster gewijzigd." in late.text
    assert Activity.objects.get().title == "Eerste tabblad"


def test_draft_of_an_ended_session_says_so_and_writes_nothing(client: Client, city: City) -> None:
    assert "Je bent uitgelogd" in client.post("/toevoegen/concept/", answers()).text
    assert Activity.objects.count() == 0


def test_draft_says_what_it_did_not_keep_and_leaves_the_copy_on_the_device(
    client: Client, city: City
) -> None:
    member = make.user()
    make.organisation(member=member)
    client.force_login(member)
    kept = client.post("/toevoegen/concept/", answers(title="a" * 300, price="-5"))
    assert "data-bewaard" not in kept.text
    assert "Alles bewaard" not in kept.text
    assert "Dit zijn 300 tekens. Maak er hoogstens 100 van." in kept.text
    assert "Een prijs is nul of meer." in kept.text
    assert 'id="id_version"' in kept.text
    assert Activity.objects.get().place_text == "Buurthuis Seghwaert"


def test_address_of_a_sender_beside_a_token_is_no_way_in(client: Client, city: City) -> None:
    """Only a double click is one activity: just sent, by somebody without an account, not confirmed."""
    fields = answers()
    client.post(URL, fields)
    sent = Activity.objects.get()
    yes, no = {"created_at": timezone.now()}, {"confirmed_at": None, "sender": None, "organisation": None}
    for changed in (
        {"created_at": timezone.now() - timedelta(minutes=11)},
        {"confirmed_at": timezone.now()},
        {"sender": make.user()},
        {"organisation": make.organisation()},
    ):
        Activity.objects.filter(pk=sent.pk).update(**{**yes, **no, **changed})
        thief = Client()
        thief.post(URL, fields)
        assert thief.get(reverse("agenda:sent", args=[sent.uuid])).status_code == 404, changed
    assert Activity.objects.count() == 5
