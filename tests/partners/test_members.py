"""Members and invitations: by mail, with a link that is good once; every change is told to the owners."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cultuurportaal.models import OutboxMail
from cultuurportaal.workflow import NotAllowed
from partners.models import Invitation, Membership, Organisation, User
from partners.services import invitations, people
from tests import make
from tests.partners.test_profile import signed_in

pytestmark = pytest.mark.django_db


def members_page(organisation: Organisation) -> str:
    return reverse("partners:members", args=[organisation.slug])


def invited(email: str = "nieuw@demo.example", **fields: object) -> Invitation:
    owner = make.user()
    organisation = make.organisation("Koor", owner=owner)
    return invitations.invite(organisation, email=email, by=owner, now=timezone.now(), **fields)


def link(invitation: Invitation) -> str:
    return reverse("partners:invitation", args=[invitations.token_for(invitation)])


class TestInviting:
    def test_mail_carries_the_link_and_owners_hear_of_it(self) -> None:
        owner, second = make.user(), make.user()
        organisation = make.organisation("Koor", owner=owner)
        organisation.memberships.create(user=second, role="owner")
        response = signed_in(owner).post(
            members_page(organisation), {"email": " Nieuw@Demo.example", "role": "owner"}
        )
        invitation = organisation.invitations.get()
        assert (response.status_code, invitation.email, invitation.role) == (
            302,
            "nieuw@demo.example",
            "owner",
        )
        told = dict(OutboxMail.objects.values_list("to", "text"))
        assert set(told) == {"nieuw@demo.example", owner.email, second.email}
        assert f"http://localhost:8000{link(invitation)}" in told["nieuw@demo.example"]
        assert "nieuw@demo.example is uitgenodigd als hoofdmaker" in told[second.email]
        assert "/uitnodiging/" not in told[owner.email]

    def test_says_the_same_to_who_is_known(self) -> None:
        make.user("bekend@demo.example")
        texts = []
        for email in ("bekend@demo.example", "vreemd@demo.example"):
            invitation = invited(email)
            mail = OutboxMail.objects.get(to=email)
            texts.append((mail.subject, mail.text.replace(link(invitation), "")))
        assert texts[0] == texts[1]

    def test_again_makes_the_first_link_useless(self, client: Client) -> None:
        first = invited()
        owner = first.organisation.memberships.get().user
        again = invitations.invite(first.organisation, email=first.email, by=owner, now=timezone.now())
        assert client.post(link(first)).status_code == 410
        assert client.post(link(again)).status_code == 302

    def test_member_is_not_invited_twice(self) -> None:
        owner, member = make.user(), make.user()
        organisation = make.organisation(owner=owner, member=member)
        response = signed_in(owner).post(
            members_page(organisation), {"email": member.email.upper(), "role": "owner"}
        )
        assert response.status_code == 409
        assert "hoort er al bij" in response.text

    def test_not_by_members_or_others(self) -> None:
        member, other = make.user(), make.user()
        organisation = make.organisation(member=member)
        make.organisation(owner=other)
        for user in (member, other, make.user(role="broker")):
            with pytest.raises(NotAllowed):
                invitations.invite(organisation, email="x@demo.example", by=user, now=make.NOW)
        assert not OutboxMail.objects.exists()

    def test_there_is_an_end_to_what_stays_open(self) -> None:
        owner = make.user()
        organisation = make.organisation(owner=owner)
        for number in range(invitations.MOST_OPEN):
            invitations.invite(organisation, email=f"{number}@demo.example", by=owner, now=make.NOW)
        with pytest.raises(NotAllowed, match="too_many"):
            invitations.invite(organisation, email="nog@demo.example", by=owner, now=make.NOW)

    def test_whoever_has_many_organisations_has_one_limit(self) -> None:
        owner = make.user()
        pages = [members_page(make.organisation(str(number), owner=owner)) for number in range(2)]
        client = signed_in(owner)
        answers = [
            client.post(pages[number % 2], {"email": f"{number}@demo.example", "role": "member"}).status_code
            for number in range(invitations.MOST_OPEN + 1)
        ]
        assert answers == [*[302] * invitations.MOST_OPEN, 409]

    def test_one_mailbox_gets_five_an_hour_from_everybody_together(self) -> None:
        answers = []
        for number in range(6):
            owner = make.user()
            page = members_page(make.organisation(str(number), owner=owner))
            answers.append(
                signed_in(owner).post(page, {"email": f"doel+{number}@demo.example", "role": "member"})
            )
        assert [answer.status_code for answer in answers] == [*[302] * 5, 409]
        assert "heel veel achter elkaar" in answers[-1].text

    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_leave_one_open(self) -> None:
        owner = make.user()
        organisation = make.organisation(owner=owner)

        def invite(_number: int) -> None:
            try:
                invitations.invite(organisation, email="nieuw@demo.example", by=owner, now=timezone.now())
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(invite, range(4)))
        assert organisation.invitations.open(timezone.now()).count() == 1


class TestAccepting:
    def test_opening_the_link_does_nothing(self, client: Client) -> None:
        invitation = invited()
        for _ in range(3):
            response = client.get(link(invitation))
        assert (response.status_code, "Ja, ik doe mee" in response.text) == (200, True)
        assert not User.objects.filter(email=invitation.email).exists()

    def test_button_gives_the_right_once_and_no_session(self, client: Client) -> None:
        invitation = invited(role="owner")
        assert client.post(link(invitation))["Location"] == reverse("partners:organisations")
        row = invitation.organisation.memberships.get(user__email=invitation.email)
        assert row.role == "owner"
        assert client.get(reverse("agenda:mine")).status_code == 302
        assert client.post(link(invitation)).status_code == 410
        row.delete()
        assert client.post(link(invitation)).status_code == 410
        assert not invitation.organisation.memberships.filter(user__email=invitation.email).exists()

    def test_known_account_gets_the_membership(self, client: Client) -> None:
        user = make.user("bekend@demo.example")
        client.force_login(user)
        invitation = invited("Bekend@demo.example")
        text = client.post(link(invitation), follow=True).text
        assert "Gelukt. Je hoort nu bij Koor" in text
        assert user.memberships.get().organisation == invitation.organisation

    def test_somebody_else_who_is_signed_in_gets_nothing(self, client: Client) -> None:
        other = make.user()
        client.force_login(other)
        invitation = invited()
        assert "Log met dat adres in" in client.post(link(invitation), follow=True).text
        assert not other.memberships.exists()

    @pytest.mark.parametrize("spoilt", ["", "x", "x:y:z"])
    def test_forged_link_is_gone(self, client: Client, spoilt: str) -> None:
        token = invitations.token_for(invited())
        address = reverse("partners:invitation", args=[token[:-3] + "abc" + spoilt])
        assert client.post(address).status_code == 410

    def test_old_revoked_and_blocked_are_gone(self, client: Client) -> None:
        old, revoked, blocked = (
            invited("a@demo.example"),
            invited("b@demo.example"),
            invited("c@demo.example"),
        )
        Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
        owner = revoked.organisation.memberships.get().user
        address = reverse("partners:revoke", args=[revoked.organisation.slug, revoked.pk])
        assert signed_in(owner).post(address).status_code == 302
        Organisation.objects.filter(pk=blocked.organisation_id).update(status="suspended")
        for invitation in (old, revoked, blocked):
            assert client.post(link(invitation)).status_code == 410
        assert not Membership.objects.filter(user__email__endswith="@demo.example", role="member").exists()

    def test_closed_account_stays_closed(self, client: Client) -> None:
        user = make.user("dicht@demo.example", is_active=False)
        invitation = invited(user.email)
        assert client.post(link(invitation)).status_code == 410
        assert not user.memberships.exists()

    @pytest.mark.parametrize("role", ["member", ""])
    def test_what_somebody_invited_ends_with_their_right_to(self, client: Client, role: str) -> None:
        invitation = invited()
        organisation, boss = invitation.organisation, make.user()
        organisation.memberships.create(user=boss, role="owner")
        row, now = organisation.memberships.exclude(user=boss).get(), timezone.now()
        if role:
            people.change_role(row, role=role, by=boss, now=now)
        else:
            people.remove_member(row, by=boss, now=now)
        assert client.post(link(invitation)).status_code == 410


class TestChanging:
    def test_every_change_is_mailed_to_the_owners_and_to_who_had_to_go(self) -> None:
        owner, member = make.user(), make.user(name="Mia")
        organisation = make.organisation("Koor", owner=owner, member=member)
        row = organisation.memberships.get(user=member)
        address, client = reverse("partners:member", args=[organisation.slug, row.pk]), signed_in(owner)
        client.post(address, {"role": "owner"})
        client.post(address, {"role": "member"})
        client.post(address, {"weg": "1"})
        texts = list(OutboxMail.objects.filter(to=owner.email).order_by("pk").values_list("text", flat=True))
        for said, text in zip(
            ["Mia is nu hoofdmaker", "Mia is nu lid", "Mia hoort er niet meer bij"], texts, strict=True
        ):
            assert said in text
        assert OutboxMail.objects.filter(to=member.email).last().subject == "Je hoort niet meer bij Koor"

    def test_last_owner_is_told_why_not(self) -> None:
        owner = make.user()
        organisation = make.organisation(owner=owner)
        row = organisation.memberships.get()
        client = signed_in(owner)
        for data in ({"weg": "1"}, {"role": "member"}):
            response = client.post(
                reverse("partners:member", args=[organisation.slug, row.pk]), data, follow=True
            )
            assert "Er moet een hoofdmaker overblijven" in response.text
        row.refresh_from_db()
        assert row.role == "owner"

    def test_member_leaves_and_takes_nobody_along(self) -> None:
        owner, member = make.user(), make.user()
        organisation = make.organisation(owner=owner, member=member)
        client = signed_in(member)
        for user, status in ((owner, 403), (member, 302)):
            row = organisation.memberships.get(user=user)
            address = reverse("partners:member", args=[organisation.slug, row.pk])
            assert client.post(address, {"weg": "1"}).status_code == status
        assert list(organisation.memberships.values_list("user", flat=True)) == [owner.pk]

    def test_member_of_another_organisation_is_not_within_reach(self) -> None:
        owner = make.user()
        organisation, other = make.organisation(owner=owner), make.organisation(owner=make.user())
        row = other.memberships.get()
        address = reverse("partners:member", args=[organisation.slug, row.pk])
        assert signed_in(owner).post(address, {"weg": "1"}).status_code == 404

    def test_role_that_does_not_exist_changes_nothing(self) -> None:
        owner, member = make.user(), make.user()
        organisation = make.organisation(owner=owner, member=member)
        row = organisation.memberships.get(user=member)
        address = reverse("partners:member", args=[organisation.slug, row.pk])
        assert signed_in(owner).post(address, {"role": "koning"}, follow=True).status_code == 200
        row.refresh_from_db()
        assert row.role == "member"
