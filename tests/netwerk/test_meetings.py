"""Meetings: who sees which, how the year stands, and that the pages cost the same for one and for three."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cultuurportaal.workflow import NotAllowed
from netwerk import demo, services
from netwerk.models import Meeting
from netwerk.permissions import may_see
from netwerk.progress import Progress, place_in_season, progress
from netwerk.season import Season
from partners import demo as partners_demo
from partners.models import Organisation, OrganisationKind, Room, User
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.NOW


def business(user: User) -> Organisation:
    kind = OrganisationKind.objects.create(city=make.city(), code="bedrijf", name="Bedrijf", part="business")
    return make.organisation(member=user, kind=kind)


class TestWhoSees:
    @pytest.fixture
    def seen(self) -> dict[str, Meeting]:
        self.member, self.other, self.company = make.user(), make.user(), make.user()
        guest = make.organisation(member=self.member)
        make.organisation(member=self.other)
        business(self.company)
        return {
            "public": make.meeting(is_public=True),
            "private": make.meeting(invited=[guest]),
            "with business": make.meeting(kind="business"),
            "draft": make.meeting(status="draft", is_public=True, invited=[guest]),
            "cancelled": make.meeting(status="cancelled", is_public=True),
        }

    def visible(self, seen: dict[str, Meeting], user: User | AnonymousUser) -> list[str]:
        rows = set(Meeting.objects.visible_to(user))
        assert [name for name, meeting in seen.items() if may_see(user, meeting)] == [
            name for name, meeting in seen.items() if meeting in rows
        ]
        return [name for name, meeting in seen.items() if meeting in rows]

    def test_visitor_sees_the_public_ones(self, seen: dict[str, Meeting]) -> None:
        assert self.visible(seen, AnonymousUser()) == ["public", "cancelled"]

    def test_member_sees_what_the_organisation_is_invited_to(self, seen: dict[str, Meeting]) -> None:
        assert self.visible(seen, self.member) == ["public", "private", "cancelled"]

    def test_member_of_another_organisation_does_not(self, seen: dict[str, Meeting]) -> None:
        assert self.visible(seen, self.other) == ["public", "cancelled"]

    def test_company_sees_those_with_business(self, seen: dict[str, Meeting]) -> None:
        assert self.visible(seen, self.company) == ["public", "with business", "cancelled"]

    @pytest.mark.parametrize("role", ["editor", "broker", "administrator"])
    def test_who_plans_sees_all(self, seen: dict[str, Meeting], role: str) -> None:
        assert self.visible(seen, make.user(role=role)) == list(seen)

    def test_culture_base_sees_all_that_is_announced(self, seen: dict[str, Meeting]) -> None:
        found = self.visible(seen, make.user(role="culture_base"))
        assert found == ["public", "private", "with business", "cancelled"]

    def test_member_of_a_suspended_organisation_sees_what_a_visitor_sees(
        self, seen: dict[str, Meeting]
    ) -> None:
        seen["private"].invited.update(status="suspended")
        assert self.visible(seen, self.member) == ["public", "cancelled"]

    def test_editor_without_second_factor_sees_what_a_visitor_sees(self, seen: dict[str, Meeting]) -> None:
        editor = make.user(role="editor")
        editor.has_weak_session = True
        assert self.visible(seen, editor) == ["public", "cancelled"]

    def test_page_of_a_private_one_is_not_there_for_a_visitor(
        self, seen: dict[str, Meeting], client: Client
    ) -> None:
        statuses = {
            name: client.get(meeting.get_absolute_url()).status_code for name, meeting in seen.items()
        }
        assert statuses == {
            "public": 200,
            "private": 404,
            "with business": 404,
            "draft": 404,
            "cancelled": 200,
        }

    def test_editor_whose_session_lacks_the_second_factor_reads_no_draft(
        self, seen: dict[str, Meeting], client: Client
    ) -> None:
        client.force_login(make.user(role="editor"))
        assert client.get(seen["draft"].get_absolute_url()).status_code == 404

    def test_list_names_no_private_one_to_a_visitor(self, seen: dict[str, Meeting], client: Client) -> None:
        page = client.get(reverse("netwerk:meetings"), {"seizoen": "2026"}).text
        assert [name for name, meeting in seen.items() if meeting.title in page] == ["public", "cancelled"]


class TestPages:
    def test_meeting_says_when_where_and_what(self, client: Client) -> None:
        room = Room.objects.create(venue=make.venue("Forum"), name="Podium")
        made = make.meeting(
            "Cultuurontbijt", is_public=True, venue=room.venue, room=room, programme="Koffie\n\nRondje\n"
        )
        page = client.get(made.get_absolute_url()).text
        for words in ("Cultuurontbijt", "Forum", "Podium", "<li>Koffie</li><li>Rondje</li>"):
            assert words in page

    def test_member_reads_how_the_year_stands(self, client: Client) -> None:
        now = timezone.now()
        season = Season.of(now)
        member = make.user()
        make.organisation(member=member)
        make.meeting(
            kind="business", start=season.start + timedelta(hours=1), end=season.start + timedelta(hours=2)
        )
        client.force_login(member)
        page = client.get(reverse("netwerk:meetings")).text
        assert "1 van 8, waarvan 1 van 4 met bedrijven" in page
        assert "7 nog te plannen" in page

    def test_visitor_reads_nothing_of_it(self, client: Client) -> None:
        make.meeting(is_public=True)
        assert "van 8" not in client.get(reverse("netwerk:meetings"), {"seizoen": "2026"}).text

    @pytest.mark.parametrize("text", ["1999", "9999999999999", "²⁰²⁶", "-1", "abc", "2026-27"])
    def test_unknown_year_shows_this_season_with_a_notice(self, client: Client, text: str) -> None:
        response = client.get(reverse("netwerk:meetings"), {"seizoen": text})
        assert response.status_code == 200
        assert "Dit jaar kennen we niet" in response.text

    @pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
    def test_pages_are_for_reading(self, client: Client, method: str) -> None:
        made = make.meeting(is_public=True)
        for address in (reverse("netwerk:meetings"), made.get_absolute_url()):
            assert getattr(client, method)(address).status_code in {403, 405}

    def test_one_and_three_cost_the_same(self, client: Client) -> None:
        member = make.user()
        guest = make.organisation(member=member)
        client.force_login(member)

        def queries() -> int:
            with CaptureQueriesContext(
                connection,
            ) as caught:
                assert client.get(reverse("netwerk:meetings"), {"seizoen": "2026"}).status_code == 200
            return len(caught)

        make.meeting(invited=[guest], venue=make.venue())
        queries()
        one = queries()
        for _ in range(2):
            make.meeting(invited=[guest], venue=make.venue())
        assert queries() == one


class TestSeason:
    @pytest.mark.parametrize(
        ("moment", "year"),
        [("2026-07-31T23:59", 2025), ("2026-08-01T00:00", 2026), ("2027-01-01T12:00", 2026)],
    )
    def test_runs_from_august_on_our_clock(self, moment: str, year: int) -> None:
        assert Season.of(timezone.make_aware(datetime.fromisoformat(moment))) == Season(year)

    def test_progress_counts_what_goes_on(self) -> None:
        past = {"start": NOW - timedelta(days=9), "end": NOW - timedelta(days=8)}
        made = [
            make.meeting(kind="business", **past),
            make.meeting(**past),
            make.meeting(kind="business"),
            make.meeting(status="cancelled", **past),
            make.meeting(status="draft"),
        ]
        assert progress(made, NOW) == Progress(2, 1, 1, 1)
        assert progress(made, NOW).short == 5
        assert progress(made, NOW).parts == [1, 1, 1, 5]

    def test_place_counts_within_the_season(self) -> None:
        first = make.meeting(start=NOW)
        make.meeting(start=NOW + timedelta(days=1), status="cancelled")
        second = make.meeting(start=NOW + timedelta(days=2))
        make.meeting(start=NOW - timedelta(days=365))
        assert (place_in_season(first), place_in_season(second)) == (1, 2)


class TestSteps:
    def test_broker_plans_and_calls_off(self) -> None:
        made, broker = make.meeting(status="draft"), make.user(role="broker")
        services.plan(made, by=broker)
        services.cancel(made, by=broker)
        assert made.status == "cancelled"

    def test_cancelling_twice_is_refused(self) -> None:
        made, broker = make.meeting(status="cancelled"), make.user(role="broker")
        with pytest.raises(NotAllowed):
            services.cancel(made, by=broker)

    @pytest.mark.parametrize("role", ["", "culture_base"])
    def test_others_are_refused(self, role: str) -> None:
        made = make.meeting(status="draft")
        with pytest.raises(NotAllowed):
            services.plan(made, by=make.user(role=role))
        made.refresh_from_db()
        assert made.status == "draft"


class TestRows:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"end": NOW, "start": NOW},
            {"capacity": 0},
            {"start": NOW.replace(year=1899)},
            {"start": NOW.replace(year=2200)},
        ],
    )
    def test_database_refuses_what_cannot_be(self, wrong: dict[str, object]) -> None:
        with pytest.raises(IntegrityError):
            make.meeting(**wrong)

    def test_room_is_of_the_venue(self) -> None:
        room = Room.objects.create(venue=make.venue(), name="Zaal")
        with pytest.raises(ValidationError, match="Deze zaal hoort bij een andere plek"):
            make.meeting(venue=make.venue(), room=room).clean()


def test_demo_has_two_seasons_of_eight_and_may_be_repeated() -> None:
    for _ in range(2):
        partners_demo.load(NOW)
        demo.load(NOW)
    for season in (Season(2026), Season(2027)):
        found = Meeting.objects.of_season(season)
        assert (found.count(), found.filter(kind="business").count(), found.public().count()) == (8, 4, 3)
        assert [meeting.start.astimezone().weekday() for meeting in found] == [3, 1, 3, 3, 2, 1, 3, 1]
    assert Meeting.objects.count() == 16
