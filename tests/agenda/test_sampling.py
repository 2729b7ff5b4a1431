"""Trust is checked afterwards: a sample for editors, a mail at a breach, its end at the second."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agenda.models import Activity, Release, Sample
from agenda.services import sampling, submission
from cultuurportaal.models import OutboxMail
from cultuurportaal.workflow import NotAllowed
from partners.models import City, Organisation, User
from tests import make
from tests.partners.signing_in import session_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Organisation:
    """A trusted organisation of which everything is drawn."""
    make.city()
    City.objects.update(trust_sample=1)
    return make.organisation("Theater", owner=make.user("baas@demo.example"), is_trusted=True)


def placed(home: Organisation) -> Activity:
    return make.submitted(by=make.user(), organisation=home)


def drawn(home: Organisation) -> Sample:
    return Sample.objects.get(release__activity=placed(home))


def editor_client() -> Client:
    client = Client()
    client.cookies["sessionid"] = session_of(make.editor())
    return client


def address(sample: Sample) -> str:
    return reverse("agenda:check_sample", args=[sample.pk])


def test_what_a_trusted_one_places_is_released_by_rule_and_drawn(home: Organisation) -> None:
    activity = placed(home)
    release = activity.releases.get()
    assert (activity.status, release.rule) == ("approved", "trusted")
    assert Sample.objects.open().get().release == release


@pytest.mark.parametrize(("number", "is_drawn"), [(10, True), (11, False), (14, False), (15, True)])
def test_one_in_five_is_drawn(home: Organisation, number: int, is_drawn: bool) -> None:
    City.objects.update(trust_sample=0)
    release = placed(home).releases.get()
    City.objects.update(trust_sample=5)
    release.activity.city.refresh_from_db()
    release.uuid = UUID(int=number)
    assert (sampling.draw(release, now=timezone.now()) is not None) == is_drawn


def test_never_for_who_was_only_linked(home: Organisation) -> None:
    linked = make.activity(organisation=home, sender=make.user(), sender_organisation="Koor")
    submission.submit(linked, seen=linked.version, by=linked.sender, now=timezone.now())
    assert linked.status == "submitted"
    assert not Release.objects.exists()
    assert not Sample.objects.exists()


def test_what_an_editor_lets_through_is_not_drawn(home: Organisation) -> None:
    make.approved()
    assert not Sample.objects.exists()


def test_editor_finds_that_it_is_right(home: Organisation) -> None:
    sample, client = drawn(home), editor_client()
    assert str(sample.release.activity) in client.get(reverse("agenda:queue")).text
    client.post(address(sample))
    sample.refresh_from_db()
    assert (sample.is_breach, sample.by) == (False, make.editor())
    assert "Steekproef" not in client.get(reverse("agenda:queue")).text
    assert "al nagekeken" in client.post(address(sample), follow=True).text


def test_breach_needs_words_and_is_mailed_to_the_owners(home: Organisation) -> None:
    sample, client = drawn(home), editor_client()
    client.post(address(sample), {"stap": "klopt-niet", "note": " "})
    assert Sample.objects.open().exists()
    client.post(address(sample), {"stap": "klopt-niet", "note": "De prijs is anders."})
    (mail,) = OutboxMail.objects.filter(to="baas@demo.example")
    assert "De prijs is anders." in mail.text
    home.refresh_from_db()
    assert home.is_trusted


def test_second_breach_lets_the_editor_end_the_trust(home: Organisation) -> None:
    client, button = editor_client(), "al twee keer of vaker niet"
    for number in range(2):
        assert button not in client.get(reverse("agenda:queue")).text
        client.post(address(drawn(home)), {"stap": "klopt-niet", "note": f"Fout {number}"})
    assert button in client.get(reverse("agenda:queue")).text
    client.post(reverse("partners:step", args=[home.slug]), {"stap": "stop_trusting"})
    assert button not in client.get(reverse("agenda:queue")).text
    assert placed(home).status == "submitted"


@pytest.mark.parametrize("role", ["", "broker", "culture_base"])
def test_only_editors_check(home: Organisation, role: str) -> None:
    user: User = make.user(role=role)
    with pytest.raises(NotAllowed, match="forbidden"):
        sampling.check(drawn(home), is_breach=False, by=user, now=timezone.now())
