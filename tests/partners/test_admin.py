"""/beheer/: for administrators with a second factor, under the strict content policy, by the services."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from partners.admin.waiting import LookUp
from partners.models import Claim, Invitation, Organisation, PlaceProposal, Space, User
from partners.services.city import load_city
from tests import make
from tests.partners.signing_in import sign_in

pytestmark = pytest.mark.django_db
OURS = [model for model in admin.site._registry if model._meta.app_label in {"partners", "netwerk"}]
UNDER_CSP = re.compile(
    r"<script(?![^>]*\b(?:src|type=\"application/json\"))|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE
)


def administrator(client: Client) -> User:
    """Signed in with both steps."""
    user, secret = make.user("beheer@demo.example", role="administrator"), generate_totp_secret()
    TOTP.activate(user, secret)
    sign_in(client, user.email, secret=secret)
    return user


@pytest.mark.parametrize("role", ["", "editor", "broker", "culture_base"])
def test_others_are_refused(client: Client, role: str) -> None:
    client.force_login(make.user(role=role))
    for address in ("/beheer/", reverse("admin:partners_user_changelist")):
        assert client.get(address, follow=True).request["PATH_INFO"] != address or not client.get(address).ok


def test_visitor_is_sent_to_sign_in(client: Client) -> None:
    response = client.get("/beheer/", follow=True)
    assert response.redirect_chain[-1] == ("/inloggen/?next=%2Fbeheer%2F", 302)


def test_every_page_works_under_the_content_policy(client: Client) -> None:
    administrator(client)
    load_city("zoetermeer")
    organisation, now = make.organisation(owner=make.user()), make.NOW
    said = {"fields": {"name": "Zaal"}, "access": {}}
    rows = {
        Organisation: organisation,
        Claim: Claim.objects.create(organisation=organisation, name="Kim", created_at=now),
        Invitation: Invitation.objects.create(organisation=organisation, created_at=now, expires_at=now),
        PlaceProposal: PlaceProposal.objects.create(said=said, created_at=now),
        Space: Space.objects.create(organisation=organisation, what="Zaal", created_at=now),
        make.Venue: make.venue(),
        make.Meeting: make.meeting(),
    }
    pages = ["/beheer/"]
    for model in OURS:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        row = rows.get(model) or model.objects.first()
        pages.append(reverse(f"admin:{name}_changelist"))
        if not isinstance(admin.site._registry[model], LookUp):
            pages.append(reverse(f"admin:{name}_add"))
        pages += [reverse(f"admin:{name}_change", args=[row.pk])]
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        assert UNDER_CSP.findall(response.text) == [], page
        assert "unsafe-inline" not in response["Content-Security-Policy"]


def test_every_model_of_the_floor_has_a_desk() -> None:
    inline = {"Membership", "CityRole", "Room", "AccessStatement"}
    models = {model.__name__ for model in apps.get_app_config("partners").get_models()}
    wanted = {name for name in models if not name.endswith("Event")} - inline
    assert wanted <= {model.__name__ for model in OURS}


def act(client: Client, model: str, action: str, *rows: int) -> str:
    address = reverse(f"admin:partners_{model}_changelist")
    return client.post(address, {"action": action, "_selected_action": rows}, follow=True).text


def test_blocking_an_organisation_goes_through_its_service(client: Client) -> None:
    administrator(client)
    active, suspended = make.organisation(), make.organisation(status="suspended")
    page = act(client, "organisation", "suspend", active.pk, suspended.pk)
    active.refresh_from_db()
    assert active.status == "suspended"
    assert "Bij 1 rij gelukt." in page
    assert "Bij 1 rij kan dit nu niet." in page


def test_closing_an_account_signs_it_out(client: Client) -> None:
    administrator(client)
    user, other = make.user(), Client()
    other.force_login(user)
    act(client, "user", "close", user.pk)
    assert not User.objects.get(pk=user.pk).is_active
    assert other.get(reverse("account_email")).status_code == 302


def members_form(organisation: Organisation, **changes: str) -> dict[str, str]:
    """What the page of an organisation posts, with its one member."""
    (membership,) = organisation.memberships.all()
    return {
        "city": str(organisation.city_id),
        "slug": organisation.slug,
        "name": organisation.name,
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "1",
        "memberships-0-id": str(membership.pk),
        "memberships-0-organisation": str(organisation.pk),
        "memberships-0-user": str(membership.user_id),
        "memberships-0-role": membership.role,
        **changes,
    }


@pytest.mark.parametrize("change", [{"memberships-0-DELETE": "on"}, {"memberships-0-role": "member"}])
def test_last_owner_stays_here_too(client: Client, change: dict[str, str]) -> None:
    administrator(client)
    organisation = make.organisation(owner=make.user())
    address = reverse("admin:partners_organisation_change", args=[organisation.pk])
    page = client.post(address, members_form(organisation, **change)).text
    assert "Er moet een hoofdmaker overblijven." in page
    assert organisation.memberships.get().role == "owner"


def test_history_says_who_and_nothing_else_about_them(client: Client) -> None:
    user = administrator(client)
    organisation = make.organisation(owner=make.user())
    address = reverse("admin:partners_organisation_change", args=[organisation.pk])
    assert client.post(address, members_form(organisation, name="Nieuwe naam")).status_code == 302
    (event,) = Organisation.pgh_event_model.objects.filter(pgh_label="update")
    assert event.name == "Nieuwe naam"
    assert event.pgh_context.metadata == {"user": user.pk, "origin": "web"}
