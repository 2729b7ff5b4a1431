"""`/status/`: editors and administrators read it; mails that were given up get another try."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from cultuurportaal.models import OutboxMail
from tests import make
from tests.partners.signing_in import signed_in

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def failed() -> OutboxMail:
    return OutboxMail.objects.create(
        key="agenda/live/12",
        to="maker@demo.example",
        subject="Gelukt",
        text="Dag",
        not_before=NOW,
        attempts=12,
        failed_at=NOW,
        last_error="SMTPRecipientsRefused 550",
    )


@pytest.mark.parametrize(
    ("role", "expected"),
    [("editor", 200), ("administrator", 200), ("broker", 403), ("culture_base", 403), ("", 403)],
)
def test_status_is_for_editors_and_administrators(role: str, expected: int) -> None:
    make.city()
    client = signed_in(make.user(role=role))
    assert client.get("/status/").status_code == expected


def test_status_names_what_could_not_be_delivered_without_an_address(failed: OutboxMail) -> None:
    page = signed_in(make.editor()).get("/status/").content.decode()
    assert "agenda/live/12" in page
    assert "SMTPRecipientsRefused 550" in page
    assert failed.to not in page


def test_given_up_mails_get_another_try(failed: OutboxMail) -> None:
    answer = signed_in(make.editor()).post("/status/", follow=True)
    assert "1 mail gaat opnieuw op weg." in answer.content.decode()
    failed.refresh_from_db()
    assert (failed.failed_at, failed.attempts) == (None, 0)
    assert timezone.now() - failed.not_before < timedelta(minutes=1)
