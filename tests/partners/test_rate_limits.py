"""Rate limits hold per real address and per person, however the request dresses itself up (H07, H13)."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from partners.forms.signing_in import mailbox
from partners.origin import client_ip
from tests import make
from tests.partners.signing_in import ask_code, sign_in

pytestmark = pytest.mark.django_db
FORGED = "203.0.113.9"


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    cache.clear()


def mails_after_asking(emails: list[str]) -> int:
    """How many codes leave when each address is asked for from a browser and an address of its own."""
    for number, email in enumerate(emails, start=1):
        ask_code(Client(REMOTE_ADDR=f"198.51.100.{number}"), email)
    return len(mail.outbox)


def test_forged_forwarded_for_does_not_dodge_the_limit_per_address() -> None:
    answers = [
        ask_code(
            Client(), f"wie{number}@demo.example", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}"
        ).status_code
        for number in range(31)
    ]
    assert 429 in answers


@pytest.mark.parametrize(
    "spelling",
    [
        "doel@demo.example",
        "DOEL@Demo.Example",
        "doel+{}@demo.example",
        "d.oe.l+{}@demo.example",
        " doel@demo.example ",
    ],
)
def test_spelling_an_address_otherwise_does_not_dodge_the_limit_per_person(spelling: str) -> None:
    make.user("doel@demo.example")
    assert mails_after_asking([spelling.format(number) for number in range(8)]) == 5


def test_every_spelling_counts_together() -> None:
    spellings = ["doel@demo.example", "Doel@demo.example", "doel+1@demo.example", "d.oel@demo.example"]
    assert mails_after_asking(spellings * 2) == 5


def test_trailing_dot_of_the_host_is_the_same_mailbox() -> None:
    assert mailbox("Do.el+x@Demo.Example.") == mailbox("doel@demo.example") == "doel@demo.example"


def test_victim_of_somebody_else_guessing_can_still_sign_in() -> None:
    """Twenty wrong codes in somebody else's browser leave the owner's own code alone."""
    user = make.user("doel@demo.example")
    attacker = Client(REMOTE_ADDR="198.51.100.1")
    ask_code(attacker, "doel@demo.example")
    for number in range(20):
        attacker.post("/inloggen/code/", {"code": f"{number:06d}"})
    owner = Client(REMOTE_ADDR="198.51.100.2")
    sign_in(owner, "doel@demo.example")
    assert owner.session.get("_auth_user_id") == str(user.pk)


def test_a_busy_hour_forgets_no_code_and_no_limit() -> None:
    """Django's own cache throws a third away above 300 entries, first what sorts first: the mailed codes."""
    cache.set("code:eerst", "x", 900)
    for number in range(400):
        cache.set(f"limit:{number}", [1.0], 900)
    assert cache.get("code:eerst") == "x"
    assert all(cache.get(f"limit:{number}") for number in range(400))


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "expected"),
    [
        ([], "198.51.100.7", FORGED, "198.51.100.7"),
        (["10.0.0.1"], "198.51.100.7", FORGED, "198.51.100.7"),
        (["10.0.0.1"], "10.0.0.1", f"{FORGED}, 198.51.100.7", "198.51.100.7"),
        (["10.0.0.0/8"], "10.0.0.1", f"{FORGED}, 198.51.100.7, 10.3.3.3", "198.51.100.7"),
        (["10.0.0.1"], "10.0.0.1", "geen adres", "10.0.0.1"),
        (["10.0.0.1"], "10.0.0.1", "", "10.0.0.1"),
        (["10.0.0.1"], "", FORGED, "0.0.0.0"),  # noqa: S104
        (["::1"], "::1", "2001:db8::5", "2001:db8::"),
        ([], "2001:db8:1:2:aaaa::1", "", "2001:db8:1:2::"),
        ([], "2001:db8:1:2:bbbb::9", "", "2001:db8:1:2::"),
        ([], "fe80::1%eth0", "", "fe80::"),
        ([], "::ffff:198.51.100.7", "", "198.51.100.7"),
        (["10.0.0.0/8"], "::ffff:10.0.0.1", FORGED, FORGED),
    ],
)
def test_client_address_is_the_first_that_is_not_our_proxy(
    settings: Settings, proxies: list[str], remote: str, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_ip(request) == expected
