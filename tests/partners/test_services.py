"""What changes in floor 1: memberships, accounts, organisations, venues, and who hears of it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from cultuurportaal.workflow import NotAllowed
from partners import signals
from partners.models import Membership, Organisation, User
from partners.services import organisations, people, venues
from tests import make
from tests.partners.test_profile import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard() -> list[object]:
    """What the floors above hear: the rows that the signals carry."""
    rows: list[object] = []

    def listen(instance: object, **kwargs: object) -> None:
        rows.append(instance)

    for signal in (signals.organisation_changed, signals.venue_changed):
        signal.connect(listen)
    yield rows
    for signal in (signals.organisation_changed, signals.venue_changed):
        signal.disconnect(listen)


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("account_email")).status_code == 200


class TestMembers:
    def test_last_owner_stays(self) -> None:
        owner = make.user()
        organisation = make.organisation(owner=owner, member=make.user())
        (membership,) = organisation.memberships.filter(role="owner")
        for by in (owner, make.user(role="administrator")):
            with pytest.raises(NotAllowed, match="last_owner"):
                people.remove_member(membership, by=by, now=make.NOW)
            with pytest.raises(NotAllowed, match="last_owner"):
                people.change_role(membership, role="member", by=by, now=make.NOW)
        membership.refresh_from_db()
        assert membership.role == "owner"

    def test_owner_makes_an_owner_and_leaves(self) -> None:
        owner, member = make.user(), make.user()
        organisation = make.organisation(owner=owner, member=member)
        people.change_role(organisation.memberships.get(user=member), role="owner", by=owner, now=make.NOW)
        people.remove_member(organisation.memberships.get(user=owner), by=owner, now=make.NOW)
        assert list(organisation.memberships.values_list("user", "role")) == [(member.pk, "owner")]

    def test_address_is_one_account_in_any_case(self) -> None:
        make.user("iemand@demo.example")
        with pytest.raises(IntegrityError):
            User.objects.create(email="IEMAND@demo.example")


class TestSessions:
    def test_deactivated_account_is_out_at_the_next_request(self, client: Client) -> None:
        user = make.user()
        client.force_login(user)
        assert is_signed_in(client)
        people.deactivate(user, by=make.user(role="administrator"))
        assert not is_signed_in(client)

    def test_session_stays_useless_when_the_account_opens_again(self, client: Client) -> None:
        user = make.user()
        client.force_login(user)
        people.deactivate(user, by=make.user(role="administrator"))
        User.objects.filter(pk=user.pk).update(is_active=True)
        assert not is_signed_in(client)

    def test_members_of_a_suspended_organisation_are_out_at_the_next_request(self, client: Client) -> None:
        member, bystander = make.user(), make.user()
        client.force_login(member)
        other = Client()
        other.force_login(bystander)
        organisations.suspend(make.organisation(member=member), by=make.user(role="editor"))
        assert (is_signed_in(client), is_signed_in(other)) == (False, True)

    @pytest.mark.parametrize("role", ["", "editor", "broker", "culture_base"])
    def test_only_administrators_close_accounts(self, role: str) -> None:
        user = make.user()
        with pytest.raises(NotAllowed):
            people.deactivate(user, by=make.user(role=role))
        assert User.objects.get(pk=user.pk).is_active

    def test_nobody_closes_their_own(self) -> None:
        administrator = make.user(role="administrator")
        with pytest.raises(NotAllowed, match="self"):
            people.deactivate(administrator, by=administrator)


class TestOrganisations:
    def test_applied_is_invisible_until_accepted(self) -> None:
        made = organisations.apply_for_organisation("Nieuw Koor", city=make.city(), by=make.user())
        assert not Organisation.objects.active().exists()
        organisations.accept(made, by=make.user(role="editor"))
        assert list(Organisation.objects.active()) == [made]
        assert [row.role for row in made.memberships.all()] == ["owner"]

    def test_at_most_three_of_one_person_wait(self) -> None:
        city, by = make.city(), make.user()
        for name in ("Een", "Twee", "Drie", "Drie"):
            made = organisations.apply_for_organisation(name, city=city, by=by)
        client = signed_in(by)
        response = client.post(reverse("partners:apply"), {"name": "Vier"})
        assert (response.status_code, "eerst toelaten" in response.text) == (409, True)
        organisations.accept(made, by=make.user(role="editor"))
        assert client.post(reverse("partners:apply"), {"name": "Vier"}).status_code == 302

    def test_same_name_gets_an_address_of_its_own(self) -> None:
        editor = make.user(role="editor")
        slugs = [
            organisations.create_organisation("Koor", city=make.city(), by=editor).slug for _ in range(3)
        ]
        assert slugs == ["koor", "koor-2", "koor-3"]
        assert organisations.free_slug("???") == "organisatie"

    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_have_an_address_each_and_a_double_click_makes_one(self) -> None:
        city, first, second = make.city(), make.user(), make.user()

        def apply(by: User) -> str:
            try:
                return organisations.apply_for_organisation("Koor", city=city, by=by).slug
            finally:
                connection.close()

        with ThreadPoolExecutor(6) as pool:
            slugs = list(pool.map(apply, [first, first, first, second, second, second]))
        assert {frozenset(slugs[:3]), frozenset(slugs[3:])} == {frozenset({"koor"}), frozenset({"koor-2"})}

    def test_suspended_is_no_longer_trusted_or_public(self, heard: list[object]) -> None:
        organisation, editor = make.organisation(), make.user(role="editor")
        organisations.trust(organisation, by=editor)
        organisations.suspend(organisation, by=editor)
        assert (organisation.status, organisation.is_trusted, heard) == ("suspended", False, [organisation])
        with pytest.raises(NotAllowed):
            organisations.trust(organisation, by=editor)
        organisations.restore(organisation, by=editor)
        assert organisation.status == "active"

    def test_merge_moves_members_and_venues(self) -> None:
        shared, moved = make.user(), make.user()
        into = make.organisation(owner=shared)
        old = make.organisation(owner=moved, member=shared)
        venue = make.venue(organisation=old)
        organisations.merge(old, into=into, by=make.user(role="editor"))
        venue.refresh_from_db()
        assert (old.status, old.replaced_by, venue.organisation) == ("merged", into, into)
        assert set(into.memberships.values_list("user", "role")) == {
            (shared.pk, "owner"),
            (moved.pk, "owner"),
        }

    @pytest.mark.parametrize("into_status", ["suspended", "applied"])
    def test_merge_goes_into_an_active_one_only(self, into_status: str) -> None:
        old, editor = make.organisation(), make.user(role="editor")
        for into in (old, make.organisation(status=into_status)):
            with pytest.raises(NotAllowed):
                organisations.merge(old, into=into, by=editor)

    @pytest.mark.parametrize("role", ["", "broker", "culture_base"])
    def test_steps_are_for_editors(self, role: str) -> None:
        organisation, by = make.organisation(owner=make.user()), make.user(role=role)
        for step in (organisations.suspend, organisations.restore, organisations.accept, organisations.trust):
            with pytest.raises(NotAllowed):
                step(organisation, by=by)
        with pytest.raises(NotAllowed):
            organisations.create_organisation("Koor", city=make.city(), by=by)

    def test_rename_by_owner_is_heard_and_keeps_the_address(self, heard: list[object]) -> None:
        owner = make.user()
        organisation = make.organisation("Oud", owner=owner)
        slug = organisation.slug
        organisations.rename(organisation, name="Nieuw", by=owner)
        organisation.refresh_from_db()
        assert (organisation.name, organisation.slug, heard) == ("Nieuw", slug, [organisation])

    def test_rename_is_not_for_members(self, heard: list[object]) -> None:
        member = make.user()
        with pytest.raises(NotAllowed):
            organisations.rename(make.organisation(member=member), name="Nieuw", by=member)
        assert heard == []


class TestVenues:
    def test_rename_is_heard(self, heard: list[object]) -> None:
        venue = make.venue("Oud")
        venues.rename(venue, name="Nieuw", by=make.user(role="editor"))
        venue.refresh_from_db()
        assert (venue.name, heard) == ("Nieuw", [venue])

    def test_rename_is_not_for_the_organisation_of_the_venue(self, heard: list[object]) -> None:
        owner = make.user()
        with pytest.raises(NotAllowed):
            venues.rename(make.venue(organisation=make.organisation(owner=owner)), name="Nieuw", by=owner)
        assert heard == []


def test_history_knows_every_change_of_a_membership() -> None:
    owner, member = make.user(), make.user()
    organisation = make.organisation(owner=owner, member=member)
    membership = organisation.memberships.get(user=member)
    people.change_role(membership, role="owner", by=owner, now=make.NOW)
    people.remove_member(membership, by=owner, now=make.NOW)
    labels = list(
        Membership.pgh_event_model.objects.filter(user_id=member.pk).values_list("pgh_label", flat=True)
    )
    assert labels == ["insert", "update", "delete"]
