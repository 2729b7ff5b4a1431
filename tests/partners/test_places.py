"""Places as who keeps them knows them: proposed by members, taken over by editors, with source and date."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cultuurportaal.workflow import NotAllowed
from partners import signals
from partners.models import AccessFact, District, Organisation, PlaceProposal, Room, User, Venue
from partners.services import places
from tests import make
from tests.partners.signing_in import session_of
from tests.partners.test_profile import signed_in

pytestmark = pytest.mark.django_db


def editor_client() -> Client:
    client = Client()
    client.cookies["sessionid"] = session_of(make.editor())
    return client


def of_own() -> tuple[User, Organisation, Venue]:
    member = make.user()
    organisation = make.organisation("Koor", member=member)
    return member, organisation, make.venue("Zaal", organisation=organisation)


def fact(code: str = "lift") -> AccessFact:
    return AccessFact.objects.create(city=make.city(), code=code, name=code.title())


class TestProposing:
    def test_member_says_how_it_is_and_an_editor_takes_it_over(self, client: Client) -> None:
        fact()
        north = District.objects.create(city=make.city(), code="noord", name="Noord")
        member, _organisation, venue = of_own()
        data = {
            "name": "Grote zaal",
            "street": "Plein 1",
            "postcode": "2711ab",
            "town": "Zoetermeer",
            "district": "noord",
            "access-lift": "yes",
        }
        response = signed_in(member).post(reverse("partners:venue", args=[venue.slug]), data, follow=True)
        assert "De redactie kijkt ernaar" in response.text
        assert "Bij de redactie" in response.text
        assert Venue.objects.get(pk=venue.pk).name == "Zaal"
        desk = editor_client()
        text = desk.get(reverse("partners:desk")).text
        for shown in (
            "<del>Zaal</del>",
            "<ins>Grote zaal</ins>",
            "<del>weten we niet</del>",
            "<ins>ja</ins>",
        ):
            assert shown in text
        proposal = PlaceProposal.objects.get()
        desk.post(reverse("partners:decide_place", args=[proposal.uuid]))
        venue.refresh_from_db()
        assert (venue.name, venue.postcode, venue.district) == ("Grote zaal", "2711 AB", north)
        statement = venue.access.get()
        assert (statement.answer, statement.source) == ("yes", "Koor")
        assert statement.checked_on == timezone.localdate()
        assert "Bron: Koor" in client.get(venue.get_absolute_url()).text

    def test_new_place_of_ones_own(self) -> None:
        member, organisation, _venue = of_own()
        address = f"{reverse('partners:propose_venue')}?organisatie={organisation.slug}"
        signed_in(member).post(address, {"name": "Tweede huis", "is_own": "on"})
        assert not Venue.objects.filter(name="Tweede huis").exists()
        places.take_over(PlaceProposal.objects.get(), by=make.editor(), now=timezone.now())
        made = Venue.objects.get(name="Tweede huis")
        assert (made.organisation, made.slug) == (organisation, "tweede-huis")

    def test_of_another_organisation_is_not_claimed_by_its_address(self) -> None:
        member, _organisation, _venue = of_own()
        other = make.organisation("Ander")
        address = f"{reverse('partners:propose_venue')}?organisatie={other.slug}"
        signed_in(member).post(address, {"name": "Tweede huis", "is_own": "on"})
        places.take_over(PlaceProposal.objects.get(), by=make.editor(), now=timezone.now())
        assert Venue.objects.get(name="Tweede huis").organisation is None

    def test_what_an_editor_says_is_so_at_once(self) -> None:
        heard: list[object] = []

        def listen(instance: object, **kwargs: object) -> None:
            heard.append(instance)

        _member, _organisation, venue = of_own()
        signals.venue_changed.connect(listen)
        try:
            editor_client().post(reverse("partners:venue", args=[venue.slug]), {"name": "Foyer"})
        finally:
            signals.venue_changed.disconnect(listen)
        venue.refresh_from_db()
        assert (venue.name, heard) == ("Foyer", [venue])

    def test_strangers_find_no_form(self) -> None:
        _member, _organisation, venue = of_own()
        other = make.user()
        make.organisation(owner=other)
        assert signed_in(other).get(reverse("partners:venue", args=[venue.slug])).status_code == 403

    @pytest.mark.parametrize(
        ("field", "typed", "said"),
        [
            ("name", "", "Vul in hoe de plek heet"),
            ("postcode", "AB 2711", "Schrijf de postcode zo"),
            ("district", "maan", "Kies iets uit de lijst"),
            ("access-lift", "misschien", "Kies iets uit de lijst"),
        ],
    )
    def test_what_is_wrong_is_said_at_the_field(self, field: str, typed: str, said: str) -> None:
        fact()
        member, _organisation, venue = of_own()
        data = {"name": "Zaal", field: typed}
        response = signed_in(member).post(reverse("partners:venue", args=[venue.slug]), data)
        assert (response.status_code, said in response.text) == (422, True)
        assert not PlaceProposal.objects.exists()


class TestRooms:
    def test_room_with_its_own_answers(self, client: Client) -> None:
        fact("ringleiding")
        member, _organisation, venue = of_own()
        signed_in(member).post(
            reverse("partners:new_room", args=[venue.slug]),
            {"name": "Kleine zaal", "capacity": "80", "access-ringleiding": "no"},
        )
        places.take_over(PlaceProposal.objects.get(), by=make.editor(), now=timezone.now())
        room = venue.rooms.get()
        assert (room.name, room.capacity, room.access.get().answer) == ("Kleine zaal", 80, "no")
        text = client.get(venue.get_absolute_url()).text
        for shown in ("Kleine zaal", "80 plaatsen", "Ringleiding: nee"):
            assert shown in text

    def test_name_of_another_room_of_the_place_is_refused(self) -> None:
        _member, _organisation, venue = of_own()
        Room.objects.create(venue=venue, name="Foyer")
        response = editor_client().post(reverse("partners:new_room", args=[venue.slug]), {"name": "Foyer"})
        assert (response.status_code, venue.rooms.count()) == (409, 1)
        assert not PlaceProposal.objects.exists()

    def test_room_of_another_place_is_not_within_reach(self) -> None:
        member, _organisation, venue = of_own()
        room = Room.objects.create(venue=make.venue(), name="Elders")
        address = reverse("partners:room", args=[venue.slug, room.pk])
        assert signed_in(member).post(address, {"name": "Hier"}).status_code == 404


class TestDeciding:
    def proposed(self, answer: str) -> PlaceProposal:
        member, organisation, venue = of_own()
        return places.propose(
            venue=venue,
            organisation=organisation,
            fields={"name": venue.name},
            access={fact().code: answer},
            by=member,
            now=timezone.now(),
        )

    def test_what_nobody_knew_makes_no_statement(self) -> None:
        proposal = self.proposed("unknown")
        places.take_over(proposal, by=make.editor(), now=timezone.now())
        assert not proposal.venue.access.exists()

    def test_no_longer_known_replaces_what_was(self) -> None:
        member, _organisation, venue = of_own()
        venue.access.create(fact=fact(), answer="yes", source="oud", checked_on=date(2020, 1, 1))
        said: dict[str, Any] = {"fields": {"name": venue.name}, "access": {"lift": "unknown"}}
        proposal = places.propose(venue=venue, **said, by=member, now=timezone.now())
        places.take_over(proposal, by=make.editor(), now=timezone.now())
        assert venue.access.get().answer == "unknown"

    def test_older_proposal_undoes_nothing_that_was_corrected_meanwhile(self) -> None:
        lift, north = fact(), District.objects.create(city=make.city(), code="noord", name="Noord")
        member, _organisation, venue = of_own()
        client, address = signed_in(member), reverse("partners:venue", args=[venue.slug])
        client.post(address, {"name": "Grote zaal"})
        Venue.objects.filter(pk=venue.pk).update(street="Plein 1", district=north)
        venue.access.create(fact=lift, answer="yes", source="redactie", checked_on=date(2026, 1, 1))
        places.take_over(PlaceProposal.objects.get(), by=make.editor(), now=timezone.now())
        venue.refresh_from_db()
        assert (venue.name, venue.street, venue.district) == ("Grote zaal", "Plein 1", north)
        assert venue.access.get().answer == "yes"

    def test_other_size_of_a_room_leaves_its_name(self) -> None:
        member, _organisation, venue = of_own()
        room = Room.objects.create(venue=venue, name="Foyer", capacity=10)
        address = reverse("partners:room", args=[venue.slug, room.pk])
        signed_in(member).post(address, {"name": "Foyer", "capacity": "80"})
        Room.objects.filter(pk=room.pk).update(name="Hal")
        places.take_over(PlaceProposal.objects.get(), by=make.editor(), now=timezone.now())
        room.refresh_from_db()
        assert (room.name, room.capacity) == ("Hal", 80)

    def test_refused_changes_nothing_and_is_final(self) -> None:
        proposal = self.proposed("yes")
        address = reverse("partners:decide_place", args=[proposal.uuid])
        client = editor_client()
        client.post(address, {"stap": "weiger"})
        assert "al beslist" in client.post(address, follow=True).text
        assert not proposal.venue.access.exists()

    @pytest.mark.parametrize("role", ["", "broker", "culture_base"])
    def test_only_editors_take_over(self, role: str) -> None:
        with pytest.raises(NotAllowed, match="venue"):
            places.take_over(self.proposed("yes"), by=make.user(role=role), now=timezone.now())
