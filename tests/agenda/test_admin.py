"""/beheer/ shows desk, hatch and window to operators; it changes none of them but by a service."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib import admin
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


def test_given_up_release_is_tried_again(operator: Client) -> None:
    release = make.approved()
    Release.objects.update(attempts=3, failed_at=make.NOW, last_error="KeyError")
    words = {"action": "retry", "_selected_action": [release.pk]}
    assert operator.post(address(Release, "changelist"), words, follow=True).status_code == 200
    assert Listing.objects.get().release_number == 1


def test_retry_is_not_for_everybody() -> None:
    with pytest.raises(NotAllowed, match="forbidden"):
        publication.retry(make.approved(), by=None)
