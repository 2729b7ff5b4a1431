"""One's own data: a copy of everything, and having it forgotten while what was made stays."""

import io
import json
import zipfile

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agenda.models import Activity
from cultuurportaal.models import OutboxMail
from partners.models import Claim, Invitation, User
from partners.services import claims, invitations, privacy
from tests import make
from tests.partners.test_profile import signed_in

pytestmark = pytest.mark.django_db
MAIL = "mia@demo.example"


def mia() -> User:
    """Somebody of whom something stands everywhere."""
    user = make.user(MAIL, name="Mia Maker")
    organisation = make.organisation("Koor", owner=user)
    activity = make.submitted("Lentezang", by=user, organisation=organisation)
    Activity.objects.filter(pk=activity.pk).update(note="Bel me op 06")
    EmailAddress.objects.create(user=user, email=MAIL, verified=True, primary=True)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "GEHEIM"})
    other = make.organisation("Theater", owner=make.user())
    now = timezone.now()
    invitations.invite(other, email=MAIL, by=other.memberships.get().user, now=now)
    claims.ask(make.organisation("Club"), email="", name="Mia Maker", why="Voorzitter", by=user, now=now)
    return user


def unzipped(response: object) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(response.content)) as box:
        return {name: box.read(name).decode() for name in box.namelist()}


class TestCopy:
    def test_has_everything_twice_and_no_secret(self) -> None:
        response = signed_in(mia()).get(reverse("partners:my_data_file"))
        assert response["Content-Disposition"] == 'attachment; filename="mijn-gegevens.zip"'
        files = unzipped(response)
        found = json.loads(files["gegevens.json"])
        assert found["account"][0]["mailadres"] == MAIL
        assert found["organisaties"][0] | {"sinds": ""} == {
            "organisatie": "Koor",
            "rol": "hoofdmaker",
            "sinds": "",
        }
        assert found["activiteiten"][0]["titel"] == "Lentezang"
        for text in files.values():
            for shown in (MAIL, "Mia Maker", "Koor", "Lentezang", "Bel me op 06", "Theater", "Voorzitter"):
                assert shown in text
            assert "GEHEIM" not in text

    def test_is_of_oneself_only(self) -> None:
        mia()
        files = unzipped(signed_in(make.user()).get(reverse("partners:my_data_file")))
        assert all("Mia" not in text and "Lentezang" not in text for text in files.values())

    def test_stands_on_a_page_too(self) -> None:
        assert "Bel me op 06" in signed_in(mia()).get(reverse("partners:my_data")).text


class TestErasing:
    def test_asks_first(self) -> None:
        user = mia()
        client = signed_in(user)
        assert "Koor heeft dan geen hoofdmaker meer" in client.get(reverse("partners:erase_account")).text
        assert client.post(reverse("partners:erase_account")).status_code == 422
        assert User.objects.get(pk=user.pk).is_active

    def test_person_is_nowhere_and_the_activity_stays(self) -> None:
        user = mia()
        client = signed_in(user)
        response = client.post(reverse("partners:erase_account"), {"zeker": "ja"}, follow=True)
        assert "je gegevens zijn gewist" in response.text
        user.refresh_from_db()
        assert (user.name, user.is_active, user.email.endswith("@gewist.invalid")) == ("", False, True)
        assert not user.memberships.exists()
        assert not EmailAddress.objects.filter(user=user).exists()
        assert not Authenticator.objects.filter(user=user).exists()
        assert not OutboxMail.objects.filter(to=MAIL).exists()
        assert not Claim.objects.filter(email=MAIL).exists()
        assert not Invitation.objects.filter(email=MAIL).exists()
        activity = Activity.objects.get(title="Lentezang")
        assert (activity.sender_mail, activity.sender_name, activity.note) == ("", "", "")
        assert str(activity.organisation) == "Koor"
        history = apps.get_model("agenda", "ActivityEvent").objects.filter(pgh_obj_id=activity.pk)
        assert set(history.values_list("sender_mail", "sender_name", "note")) == {("", "", "")}

    def test_every_session_ends_and_the_address_is_free_again(self) -> None:
        user = mia()
        elsewhere, client = signed_in(user), signed_in(user)
        client.post(reverse("partners:erase_account"), {"zeker": "ja"})
        for one in (elsewhere, client):
            assert one.get(reverse("partners:my_data")).status_code == 302
        assert make.user(MAIL).pk != user.pk

    def test_mail_to_others_no_longer_names_the_address(self) -> None:
        user, now = mia(), timezone.now()
        texts = {"a": f"{MAIL.upper()} is uitgenodigd", "b": f"x{MAIL} is uitgenodigd"}
        for key, text in texts.items():
            OutboxMail.objects.create(
                key=key, to="ander@demo.example", subject="Nieuw", text=text, not_before=now, sent_at=now
            )
        privacy.erase(user, now=now)
        kept = OutboxMail.objects.filter(to="ander@demo.example").order_by("key")
        assert list(kept.values_list("key", "text")) == [("a", ""), ("b", texts["b"])]

    def test_editors_hear_of_an_organisation_without_owner(self) -> None:
        user = mia()
        privacy.erase(user, now=timezone.now())
        (mail,) = OutboxMail.objects.filter(to=make.city().mail)
        assert mail.subject == "Koor heeft geen hoofdmaker meer"

    def test_with_another_owner_nobody_needs_to(self) -> None:
        user, other = make.user(), make.user()
        make.organisation(owner=user).memberships.create(user=other, role="owner")
        privacy.erase(user, now=timezone.now())
        assert not OutboxMail.objects.filter(to=make.city().mail).exists()

    def test_nobody_else_is_touched(self, client: Client) -> None:
        user, other = mia(), make.submitted("Herfstzang")
        before = (other.sender_mail, other.sender_name)
        privacy.erase(user, now=timezone.now())
        other.refresh_from_db()
        assert (other.sender_mail, other.sender_name) == before
