"""The makers' desk: the list, and the page of one activity, for whom and for whom not."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from agenda.forms.what import PictureField
from agenda.models import Activity, Listing, Moment, Picture, Release
from agenda.services import moderation, publication, submission
from partners.models import City, Membership, Organisation, OrganisationKind, Reason, User
from tests import make
from tests.agenda.test_submit import answers, soon
from tests.partners.signing_in import signed_in

pytestmark = pytest.mark.django_db


def page_of(activity: Activity, **changed: Any) -> dict[str, Any]:
    """The form of an activity as a browser would send it back."""
    fields = {
        "token": str(activity.token),
        "version": activity.version,
        "title": activity.title,
        "tekst": f"{soon()} 20.00-22.00",
        "place": "Buurthuis",
        "price_kind": "free",
        **changed,
    }
    return {name: text for name, text in fields.items() if text is not None}


def test_mine_groups_by_whose_turn_it_is(client: Client, maker: User, organisation: Organisation) -> None:
    make.activity("Nog een concept", organisation=organisation, confirmed_at=None)
    asked = make.submitted("Met een vraag", by=maker, organisation=organisation)
    moderation.ask_changes(
        asked, version=asked.version, reason=None, text="Hoe laat?", by=make.editor(), now=timezone.now()
    )
    make.submitted("Bij de redactie", by=maker, organisation=organisation)
    make.published(
        "In de agenda", by=maker, organisation=organisation, starts=[timezone.now() + timedelta(3)]
    )
    make.published("Geweest", by=maker, organisation=organisation, starts=[timezone.now() - timedelta(3)])
    make.submitted("Van een ander")
    client.force_login(maker)
    answer = client.get("/mijn/")
    overview = answer.context["overview"]
    groups = [overview.to_do, overview.waiting, overview.live, overview.over]
    assert [sorted(one.title for one in group) for group in groups] == [
        ["Met een vraag", "Nog een concept"],
        ["Bij de redactie"],
        ["In de agenda"],
        ["Geweest"],
    ]
    assert "Hoe laat?" in answer.text
    assert "De redactie antwoordt vóór" in answer.text
    assert "Van een ander" not in answer.text


@pytest.mark.parametrize("count", [1, 3])
def test_mine_asks_as_much_for_one_as_for_three(
    client: Client, maker: User, organisation: Organisation, count: int, django_assert_max_num_queries: Any
) -> None:
    for _one in range(count):
        make.submitted(by=maker, organisation=organisation)
    client.force_login(maker)
    with django_assert_max_num_queries(12):
        client.get("/mijn/")


@pytest.mark.parametrize(("part", "is_told"), [("business", True), ("school", True), ("maker", False)])
def test_business_or_school_reads_what_it_can_do_here_now(client: Client, part: str, is_told: bool) -> None:
    member = make.user()
    kind = OrganisationKind.objects.create(city=make.city(), code=part, name=part, part=part)
    make.organisation(member=member, kind=kind)
    client.force_login(member)
    page = client.get("/mijn/").text
    main = page.split("<main")[1].split("</main>")[0]
    assert ("Dit kun je hier nu doen" in main, reverse("netwerk:meetings") in main) == (is_told, is_told)


def test_nobody_else_sees_an_activity(client: Client, city: City) -> None:
    activity = make.submitted("Geheim")
    paths = [activity.get_absolute_url(), reverse("agenda:withdraw", args=[activity.uuid])]
    paths += [reverse("agenda:urgent", args=[activity.uuid, activity.moments.get().uuid])]
    paths += [reverse("agenda:sent", args=[activity.uuid])]
    strangers = [
        make.user(),
        make.user(role="broker"),
        make.organisation(owner=make.user()).memberships.get().user,
    ]
    suspended = make.user()
    make.organisation(member=suspended)
    for stranger in [*strangers, suspended]:
        client.force_login(stranger)
        assert [client.get(path).status_code for path in paths] == [404] * 4
        assert [client.post(path, page_of(activity)).status_code for path in paths] == [404] * 4
        assert client.get("/toevoegen/", {"net_als": str(activity.uuid)}).status_code == 404
        assert "Geheim" not in client.get("/mijn/").text
    for path in paths[:3]:
        assert {Client().get(path).url, Client().post(path).url} == {f"/inloggen/?next={path}"}
    assert Client().post(paths[3]).status_code == 404
    activity.refresh_from_db()
    assert (activity.title, activity.status) == ("Geheim", "submitted")


def test_member_of_a_suspended_organisation_has_no_way_in(
    client: Client, maker: User, organisation: Organisation
) -> None:
    activity = make.submitted(by=maker, organisation=organisation)
    make.organisation(member=maker)
    client.force_login(maker)
    Organisation.objects.filter(pk=organisation.pk).update(status="suspended")
    assert client.get(activity.get_absolute_url()).status_code == 404


def test_culture_base_reads_and_never_writes(client: Client, city: City) -> None:
    activity = make.submitted()
    client.force_login(make.user(role="culture_base"))
    answer = client.get(activity.get_absolute_url())
    assert answer.status_code == 200
    assert "Hier kun je niets meer veranderen" in answer.text
    client.post(activity.get_absolute_url(), page_of(activity, title="Anders"))
    assert client.post(reverse("agenda:withdraw", args=[activity.uuid])).status_code == 403
    activity.refresh_from_db()
    assert (activity.title == "Anders", activity.status) == (False, "submitted")


def test_looking_changes_nothing(client: Client, maker: User, organisation: Organisation) -> None:
    activity = make.published(by=maker, organisation=organisation, starts=[timezone.now() + timedelta(3)])
    client.force_login(maker)
    before = Activity.objects.values().get(pk=activity.pk)
    for path in (
        "/mijn/",
        activity.get_absolute_url(),
        reverse("agenda:withdraw", args=[activity.uuid]),
        reverse("agenda:urgent", args=[activity.uuid, activity.moments.get().uuid]),
        f"/toevoegen/?net_als={activity.uuid}",
    ):
        assert client.get(path).status_code == 200
    assert Activity.objects.values().get(pk=activity.pk) == before
    assert Release.objects.count() == 1


def test_change_of_what_is_live_waits_for_the_editors(
    client: Client, maker: User, organisation: Organisation
) -> None:
    activity = make.published(
        "Concert", by=maker, organisation=organisation, starts=[timezone.now() + timedelta(3)]
    )
    uuid = activity.moments.get().uuid
    client.force_login(maker)
    page = client.get(activity.get_absolute_url())
    assert "Tot dan blijft de pagina zoals hij is" in page.text
    tekst = page.context["sheet"].when["tekst"].value()
    answer = client.post(activity.get_absolute_url(), page_of(activity, title="Groot concert", tekst=tekst))
    assert answer.url == reverse("agenda:sent", args=[activity.uuid])
    activity.refresh_from_db()
    assert (activity.title, activity.status) == ("Groot concert", "submitted")
    assert Listing.objects.get().title == "Concert"
    assert activity.moments.get().uuid == uuid


def test_answer_to_a_question_goes_back_to_the_editors(
    client: Client, maker: User, organisation: Organisation
) -> None:
    activity = make.submitted(by=maker, organisation=organisation)
    moderation.ask_changes(
        activity,
        version=activity.version,
        reason=None,
        text="Hoe laat?",
        by=make.editor(),
        now=timezone.now(),
    )
    activity.refresh_from_db()
    client.force_login(maker)
    assert "Hoe laat?" in client.get(activity.get_absolute_url()).text
    client.post(activity.get_absolute_url(), page_of(activity, summary="Om acht uur"))
    activity.refresh_from_db()
    assert (activity.summary, activity.status) == ("Om acht uur", "submitted")


def test_page_that_opens_again_says_what_the_kept_dates_mean(
    client: Client, maker: User, organisation: Organisation
) -> None:
    start = timezone.localtime().replace(month=12, day=12, hour=19, minute=30, second=0, microsecond=0)
    activity = make.submitted("Zing mee", by=maker, organisation=organisation, starts=[start])
    client.force_login(maker)
    page = client.get(activity.get_absolute_url()).text
    echo = page.split('id="wanneer-echo"')[1].split("<details")[0]
    assert date_format(start, "l j F") in echo
    assert "19.30" in echo


def test_stale_page_shows_both_texts_and_keeps_mine_on_request(
    client: Client, maker: User, organisation: Organisation
) -> None:
    activity = make.submitted("Eerst", by=maker, organisation=organisation)
    client.force_login(maker)
    first, second = page_of(activity, title="Van mij"), page_of(activity, title="Van een collega")
    other, colleague = Client(), make.user()
    Membership.objects.create(user=colleague, organisation=organisation)
    other.force_login(colleague)
    other.post(activity.get_absolute_url(), second)
    conflict = client.post(activity.get_absolute_url(), first)
    assert conflict.status_code == 409
    assert "Een collega heeft dit net gewijzigd" in conflict.text
    first_difference = conflict.context["differences"][0]
    assert (first_difference.mine, first_difference.theirs) == ("Van mij", "Van een collega")
    activity.refresh_from_db()
    assert activity.title == "Van een collega"
    client.post(activity.get_absolute_url(), {**first, "version": activity.version})
    activity.refresh_from_db()
    assert activity.title == "Van mij"


def test_stale_page_of_my_own_other_window_blames_no_colleague(
    client: Client, maker: User, organisation: Organisation
) -> None:
    activity = make.submitted("Eerst", by=maker, organisation=organisation)
    client.force_login(maker)
    left, right = page_of(activity, title="Links"), page_of(activity, title="Rechts")
    client.post(activity.get_absolute_url(), left)
    conflict = client.post(activity.get_absolute_url(), right).text
    assert "In een ander venster heb je dit net gewijzigd" in conflict
    assert "Een collega" not in conflict


def test_stale_page_says_in_words_that_the_picture_differs(
    client: Client, maker: User, organisation: Organisation
) -> None:
    mine, theirs = (Picture.objects.create(by=maker, sha256=letter * 64) for letter in "ab")
    activity = make.submitted("Eerst", by=maker, organisation=organisation)
    Activity.objects.filter(pk=activity.pk).update(picture=theirs, version=activity.version + 1)
    client.force_login(maker)
    kept = PictureField().prepare_value(mine)
    rights = {"picture": kept, "picture_alt": "Een koor", "has_picture_rights": "on"}
    conflict = client.post(activity.get_absolute_url(), page_of(activity, **rights))
    shown = {one.label: (one.mine, one.theirs) for one in conflict.context["differences"]}
    assert shown["Foto of poster"] == ("Jouw foto", "Een andere foto")
    assert kept not in re.sub(r"<input[^>]*>", "", conflict.text)


def test_draft_can_be_kept_unfinished_and_sent_when_whole(
    client: Client, maker: User, organisation: Organisation
) -> None:
    activity = make.activity("Half", organisation=organisation, starts=[], place_text="")
    client.force_login(maker)
    half = page_of(activity, tekst="", place="", stap="bewaar", summary="Komt nog")
    assert client.post(activity.get_absolute_url(), half).url == activity.get_absolute_url()
    activity.refresh_from_db()
    assert (activity.status, activity.summary) == ("draft", "Komt nog")
    assert client.post(activity.get_absolute_url(), page_of(activity, tekst="")).status_code == 422
    client.post(activity.get_absolute_url(), page_of(activity))
    activity.refresh_from_db()
    assert activity.status == "submitted"


def test_withdraw_asks_first(client: Client, maker: User, organisation: Organisation) -> None:
    activity = make.published(by=maker, organisation=organisation, starts=[timezone.now() + timedelta(3)])
    client.force_login(maker)
    page = reverse("agenda:withdraw", args=[activity.uuid])
    assert "Terugzetten kan niet" in client.get(page).text
    client.post(page)
    activity.refresh_from_db()
    assert activity.status == "withdrawn"
    assert Listing.objects.get().withdrawn_at is not None
    assert "Hier kun je niets meer veranderen" in client.get(activity.get_absolute_url()).text


@pytest.mark.parametrize(
    ("posted", "status"),
    [
        ({"change": "cancelled", "reason": "ziek"}, "cancelled"),
        ({"change": "sold_out"}, "sold_out"),
    ],
)
def test_urgent_change_is_public_at_once(
    client: Client, maker: User, organisation: Organisation, posted: dict[str, str], status: str
) -> None:
    Reason.objects.create(city=organisation.city, code="ziek", name="Iemand is ziek", use="urgent")
    activity = make.published(by=maker, organisation=organisation, starts=[timezone.now() + timedelta(3)])
    moment = activity.moments.get()
    client.force_login(maker)
    page = reverse("agenda:urgent", args=[activity.uuid, moment.uuid])
    assert client.post(page, {"change": "scheduled"}).status_code == 422
    assert client.post(page, posted).status_code == 302
    publication.publish(Release.objects.get(kind="urgent"))
    assert [one["status"] for one in Listing.objects.get().document["times"]] == [status]
    client.post(page, {"change": "scheduled"})
    assert Moment.objects.get().status == "scheduled"


def test_urgent_change_of_time_and_hall(client: Client, maker: User, organisation: Organisation) -> None:
    venue = make.venue("Stadstheater")
    hall = venue.rooms.create(name="Kleine zaal")
    start = timezone.now().replace(hour=18, minute=0, second=0, microsecond=0) + timedelta(3)
    activity = make.published(by=maker, organisation=organisation, starts=[start], venue=venue, place_text="")
    page = reverse("agenda:urgent", args=[activity.uuid, activity.moments.get().uuid])
    client.force_login(maker)
    assert "Kies in welke zaal het is." in client.post(page, {"change": "room"}).text
    assert "Kies wat er verandert" in client.post(page, {}).text
    local = timezone.localtime(start)
    same = {"change": "time", "day": f"{local:%Y-%m-%d}", "start": f"{local:%H:%M}"}
    assert "Dit is dezelfde tijd als eerst" in client.post(page, same).text
    client.post(page, {"change": "room", "room": hall.pk})
    client.post(page, {**same, "start": "21:30"})
    moment = Moment.objects.get()
    assert (moment.status, moment.room, timezone.localtime(moment.start).hour) == ("moved", hall, 21)


@pytest.mark.parametrize(
    ("day", "start", "words"),
    [
        ("2027-03-28", "02:30", "Bedoel je 03.30 uur?"),
        ("2026-01-05", "20:00", "Deze dag is al geweest. Klopt het jaar?"),
    ],
)
def test_urgent_change_to_a_time_that_is_never_there_is_refused(
    client: Client, maker: User, day: str, start: str, words: str
) -> None:
    """D02, D14"""
    activity = make.published(by=maker, starts=[timezone.now() + timedelta(3)])
    client.force_login(maker)
    page = reverse("agenda:urgent", args=[activity.uuid, activity.moments.get().uuid])
    answer = client.post(page, {"change": "time", "day": day, "start": start})
    assert answer.status_code == 422
    assert words in answer.text
    assert Moment.objects.get().status == "scheduled"


def test_another_one_like_it_starts_filled_in_without_its_date(
    client: Client, maker: User, organisation: Organisation
) -> None:
    activity = make.submitted("Open repetitie", by=maker, organisation=organisation)
    client.force_login(maker)
    assert "Weer: Open repetitie" in client.get("/toevoegen/").text
    sheet = client.get("/toevoegen/", {"net_als": str(activity.uuid)}).context["sheet"]
    assert sheet.what["title"].value() == "Open repetitie"
    assert sheet.when["tekst"].value() == ""
    assert str(sheet.state["token"].value()) != str(activity.token)
    assert client.get("/toevoegen/", {"net_als": "x"}).status_code == 404


def test_session_that_ended_gives_the_text_back_after_signing_in(
    client: Client, maker: User, organisation: Organisation
) -> None:
    """T20"""
    activity = make.submitted("Eerst", by=maker, organisation=organisation)
    page = activity.get_absolute_url()
    assert (
        client.post(page, page_of(activity, title="Twintig minuten getypt")).url == f"/inloggen/?next={page}"
    )
    client.force_login(maker)
    assert "Twintig minuten getypt" in client.get(page).text
    activity.refresh_from_db()
    assert activity.title == "Eerst"


def test_session_that_ended_gives_the_text_back_to_who_once_sent_without_an_account(
    client: Client, maker: User, organisation: Organisation
) -> None:
    client.post("/toevoegen/", answers())
    page = make.submitted(by=maker, organisation=organisation).get_absolute_url()
    assert client.post(page, {"title": "Twintig minuten getypt"}).url == f"/inloggen/?next={page}"
    client.force_login(maker)
    assert "Twintig minuten getypt" in client.get(page).text


def test_cookie_of_a_sender_gives_no_city_role(client: Client, city: City) -> None:
    """Somebody sends something with the address of an editor: confirmed or not, they stay a sender."""
    editor = make.editor()
    client.post("/toevoegen/", answers(sender_mail=editor.email))
    activity = Activity.objects.get()
    submission.confirm(activity, now=timezone.now())
    assert client.get(activity.get_absolute_url()).status_code == 200
    other = make.submitted()
    assert client.get(other.get_absolute_url()).url == f"/inloggen/?next={other.get_absolute_url()}"
    assert client.get("/redactie/").status_code == 302


def test_cookie_of_a_sender_gives_no_trust_of_an_organisation(client: Client, city: City) -> None:
    """With the address of a member of a trusted organisation, who confirms it: they stay a sender."""
    member = make.user()
    home = make.organisation(member=member, is_trusted=True)
    client.post("/toevoegen/", answers(sender_mail=member.email))
    activity = Activity.objects.get()
    submission.confirm(activity, now=timezone.now())
    moderation.link_organisation(activity, organisation=home, by=make.editor(), now=timezone.now())
    moderation.approve(activity, version=activity.version, by=make.editor(), now=timezone.now())
    assert (
        client.post(activity.get_absolute_url(), page_of(activity, title="Heel iets anders")).status_code
        == 302
    )
    activity.refresh_from_db()
    assert (activity.title, activity.status) == ("Heel iets anders", "submitted")
    assert [release.rule for release in Release.objects.all()] == ["editor"]


def test_culture_base_reads_but_does_not_write(client: Client, city: City) -> None:
    activity = make.submitted("Van een maker")
    client.force_login(make.user(role="culture_base"))
    page = reverse("agenda:my_activity", args=[activity.uuid])
    assert client.get(page).status_code == 200
    assert client.post(page, page_of(activity, title="Anders")).status_code == 403
    assert Activity.objects.get().title == "Van een maker"


def test_editor_puts_a_date_right_and_goes_on_checking(maker: User, organisation: Organisation) -> None:
    desk = signed_in(make.editor())
    sent = make.submitted("Concert", by=maker, organisation=organisation)
    review = reverse("agenda:review", args=[sent.uuid])
    assert f'href="{sent.get_absolute_url()}"' in desk.get(review).text
    assert f'href="{review}"' in desk.get(sent.get_absolute_url()).text
    answer = desk.post(sent.get_absolute_url(), page_of(sent, tekst=f"{soon()} 15.00-16.00", stap="bewaar"))
    assert (answer.status_code, answer["Location"]) == (302, review)
    assert timezone.localtime(sent.moments.get().start).hour == 15


@pytest.mark.parametrize("posted", [{"stap": "mail", "sender_mail": "basis@demo.example"}, {"code": "1"}, {}])
def test_culture_base_takes_over_nothing_that_waits_for_its_code(
    client: Client, city: City, posted: dict[str, str]
) -> None:
    Client().post("/toevoegen/", answers())
    activity = Activity.objects.get()
    client.force_login(make.user(role="culture_base"))
    page = reverse("agenda:sent", args=[activity.uuid])
    assert client.post(page, posted).status_code == 403
    assert "inzendingen" not in client.cookies
    activity.refresh_from_db()
    assert (activity.sender_mail, activity.version) == ("sam@demo.example", 1)


def test_sender_who_withdrew_is_told_that_it_is_over(client: Client, city: City) -> None:
    page = client.post("/toevoegen/", answers()).url
    activity = Activity.objects.get()
    client.post(reverse("agenda:withdraw", args=[activity.uuid]))
    answer = client.post(page, {"stap": "mail", "sender_mail": "anders@demo.example"}, follow=True)
    assert answer.status_code == 200
    assert "Dit is al gebeurd." in answer.text
