"""/beheer/ shows desk, hatch and window to operators; it changes none of them but by a service."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from agenda.models import Activity, Listing, Occurrence, Picture, Release, Scope, StoredFeed
from agenda.services import publication
from cultuurportaal.workflow import NotAllowed
from tests import make
from tests.partners.signing_in import sign_in

pytestmark = pytest.mark.django_db
OURS = [model for model in admin.site._registry if model._meta.app_label == "agenda"]


@pytest.fixture
def operator(client: Client) -> Client:
    user, secret = make.user("beheer@demo.example", role="administrator"), generate_totp_secret()
    TOTP.activate(user, secret)
    sign_in(client, user.email, secret=secret)
    return client


def address(model: type, page: str, *args: object) -> str:
    return reverse(f"admin:agenda_{model.__name__.lower()}_{page}", args=args)


def test_all_tables_can_be_looked_at(operator: Client) -> None:
    assert {Activity, Listing, Occurrence, Picture, Release, Scope, StoredFeed} <= set(OURS)
    make.published(picture=Picture.objects.create(status="failed", sha256="0"))
    for model in OURS:
        assert operator.get(address(model, "changelist")).status_code == 200, model
        row = model.objects.first()
        if row:
            assert operator.get(address(model, "change", row.pk)).status_code == 200, model


def test_nothing_is_added_changed_or_deleted_there(operator: Client) -> None:
    activity = make.published("Concert")
    for page, args in (("add", ()), ("change", (activity.pk,)), ("delete", (activity.pk,))):
        answer = operator.post(address(Activity, page, *args), {"title": "Anders", "post": "yes"})
        assert answer.status_code == 403
    activity.refresh_from_db()
    assert activity.title == "Concert"


@pytest.mark.parametrize("year", ["0", "9999", "99999", "x", "-1", "²"])
def test_list_of_a_year_that_cannot_be_is_shown_whole(operator: Client, year: str) -> None:
    make.submitted("Concert")
    answer = operator.get(address(Activity, "changelist"), {"changed_at__year": year}, follow=True)
    assert (answer.status_code, answer.redirect_chain) == (200, [(address(Activity, "changelist"), 302)])
    assert "Dit jaar kennen we niet." in answer.text
    assert operator.get(address(Activity, "changelist"), {"changed_at__year": "2026"}).status_code == 200


def test_only_what_has_a_page_leads_to_it(operator: Client) -> None:
    organisation, listing = make.organisation("Koor"), make.published("Concert")
    kinds = {kind.model: kind.pk for kind in ContentType.objects.all()}
    look = "admin:view_on_site"
    shown = operator.get(reverse(look, args=[kinds["organisation"], organisation.pk]))
    assert shown.url.endswith(organisation.get_absolute_url())
    wrong = [(kinds["listing"], listing.pk), (kinds["organisation"], 10**20), ("x", 1), (10**20, 1)]
    wrong += [(pk, 1) for model, pk in kinds.items() if model not in {"organisation", "venue", "activity"}]
    asked = {args: operator.get(reverse(look, args=args)).status_code for args in wrong}
    assert set(asked.values()) == {404}, asked


def test_nobody_changes_a_password_that_is_not_there(operator: Client) -> None:
    for name in ("password_change", "password_change_done"):
        answer = operator.get(reverse(f"admin:{name}"), follow=True)
        assert answer.redirect_chain == [(reverse("admin:index"), 302)]
        assert "Hier zijn geen wachtwoorden." in answer.text


def test_given_up_release_is_tried_again(operator: Client) -> None:
    release = make.approved()
    Release.objects.update(attempts=3, failed_at=make.NOW, last_error="KeyError")
    words = {"action": "retry", "_selected_action": [release.pk]}
    assert operator.post(address(Release, "changelist"), words, follow=True).status_code == 200
    assert Listing.objects.get().release_number == 1


def test_retry_is_not_for_everybody() -> None:
    with pytest.raises(NotAllowed, match="forbidden"):
        publication.retry(make.approved(), by=None)
