"""A passkey as second factor: an editor adds one, signs in with it, and cannot without it."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.cache import caches
from playwright.sync_api import Browser, CDPSession, Page, expect

from partners.models import User
from partners.services.city import load_city
from tests import make
from tests.journeys.people import SECRET
from tests.journeys.post import Post
from tests.journeys.walk import Walker, walker

pytestmark = pytest.mark.django_db(transaction=True)
TELEPHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
NOT_GOOD = "Dat lukte niet met deze passkey. Probeer het nog eens, of kies een andere manier."


@dataclass
class Device:
    """The telephone behind a tab, which keeps passkeys."""

    line: CDPSession
    name: str

    @classmethod
    def of(cls, page: Page) -> "Device":
        line = page.context.new_cdp_session(page)
        line.send("WebAuthn.enable")
        return cls(
            line, line.send("WebAuthn.addVirtualAuthenticator", {"options": TELEPHONE})["authenticatorId"]
        )

    def tell(self, command: str, **words: Any) -> dict[str, Any]:
        return dict(self.line.send(f"WebAuthn.{command}", {"authenticatorId": self.name, **words}))

    def passkey(self) -> dict[str, Any]:
        """The only one."""
        (kept,) = self.tell("getCredentials")["credentials"]
        return dict(kept)

    def forge(self) -> None:
        """Another key under the same name, as somebody would who only knows the name."""
        key = ec.generate_private_key(ec.SECP256R1())
        wrong = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        words = {**self.passkey(), "privateKey": base64.b64encode(wrong).decode()}
        self.tell("clearCredentials")
        self.tell("addCredential", credential=words)


@dataclass
class Editor:
    """Somebody who checks; at first without a second factor."""

    tab: Walker
    user: User
    post: Post
    device: Device

    @property
    def page(self) -> Page:
        return self.tab.page

    def sign_in(self) -> None:
        """Mail address, code from the mail."""
        self.page.goto(f"{self.tab.site}/inloggen/?next=/redactie/")
        self.page.get_by_label("Je mailadres").fill(self.user.email)
        self.page.get_by_role("button", name="Stuur mij een code").click()
        self.page.get_by_label("Code uit je mail").fill(self.post.code(self.user.email))
        self.page.get_by_role("button", name="Ga verder").click()

    def sign_out(self) -> None:
        self.page.goto(f"{self.tab.site}/uitloggen/")
        self.page.get_by_role("main").get_by_role("button", name="Log uit").click()
        expect(self.page.get_by_role("banner")).to_be_visible()

    def reads(self, heading: str) -> None:
        """And looks around: axe, errors in the console, requests elsewhere."""
        self.stands_at(heading)
        self.tab.look(heading)

    def stands_at(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def add_passkey(self) -> None:
        self.page.goto(f"{self.tab.site}/account/veilig/sleutels/nieuw/")
        self.page.get_by_role("button", name="Voeg toe").click()
        self.stands_at("Reservecodes")

    def use_passkey(self) -> None:
        self.page.get_by_role("button", name="Gebruik je passkey of sleutel").click()

    def is_outside(self) -> bool:
        """Whether the desk sends this session to the door."""
        answer = self.page.request.get(f"{self.tab.site}/redactie/", max_redirects=0)
        return answer.status == 302 and answer.headers["location"].startswith("/inloggen/")

    def is_refused(self) -> bool:
        expect(self.page.get_by_text(NOT_GOOD)).to_be_visible()
        return self.is_outside()


@pytest.fixture
def editor(browser: Browser, site: str) -> Iterator[Editor]:
    load_city("zoetermeer")
    caches["default"].clear()
    with walker(browser, site, who="editor") as tab:
        yield Editor(tab, make.editor(), Post(), Device.of(tab.page))
        assert not tab.problems, "\n".join(tab.problems)


@pytest.fixture
def owner(editor: Editor) -> Editor:
    """With a passkey, signed in by the mailed code alone so far."""
    editor.sign_in()
    editor.stands_at("Veilig inloggen")
    editor.add_passkey()
    editor.sign_out()
    editor.sign_in()
    editor.stands_at("Nog één controle")
    return editor


def test_passkey_is_added_and_opens_the_desk(editor: Editor) -> None:
    page = editor.page
    editor.sign_in()
    editor.reads("Veilig inloggen")
    with page.expect_response("**/sleutels/nieuw/") as answer:
        page.get_by_role("link", name="Voeg een passkey toe").click()
    policy = answer.value.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    editor.reads("Voeg een passkey toe")
    page.get_by_role("button", name="Voeg toe").click()
    editor.reads("Reservecodes")
    editor.sign_out()
    assert editor.is_outside()
    used = editor.device.passkey()["signCount"]
    editor.sign_in()
    editor.reads("Nog één controle")
    assert editor.is_outside()
    editor.use_passkey()
    editor.reads("Nakijken")
    assert editor.device.passkey()["signCount"] > used


def test_forged_passkey_opens_nothing(owner: Editor) -> None:
    owner.device.forge()
    owner.use_passkey()
    assert owner.is_refused()
    owner.tab.look("refused by the portal")


def test_passkey_that_left_the_device_opens_nothing(owner: Editor) -> None:
    owner.device.tell("clearCredentials")
    owner.use_passkey()
    assert owner.is_refused()
    owner.tab.look("refused by the device")


def test_spare_code_opens_the_desk_without_the_device(owner: Editor) -> None:
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    owner.page.locator("summary", has_text="Je passkey niet bij de hand?").click()
    owner.page.get_by_label("Reservecode").fill(codes[0])
    owner.page.get_by_role("button", name="Inloggen", exact=True).click()
    owner.stands_at("Nakijken")


def test_removed_passkey_opens_nothing(owner: Editor) -> None:
    """Somebody with an app too takes it away while another tab waits with it."""
    TOTP.activate(owner.user, SECRET)
    owner.page.reload()
    owner.reads("Nog één controle")
    Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).delete()
    owner.use_passkey()
    assert owner.is_refused()
    expect(owner.page.get_by_label("Code uit je app")).to_be_visible()


def test_last_passkey_stays(owner: Editor) -> None:
    page = owner.page
    owner.use_passkey()
    owner.stands_at("Nakijken")
    page.goto(f"{owner.tab.site}/account/veilig/sleutels/")
    owner.reads("Je passkeys")
    page.get_by_role("link", name="Haal weg").click()
    owner.reads("Ben je het echt?")
    owner.use_passkey()
    owner.reads("Wil je deze passkey weghalen?")
    page.get_by_role("button", name="Haal weg").click()
    expect(page.get_by_text("Voor jouw rol is een tweede stap verplicht.")).to_be_visible()
    owner.tab.look("the last passkey")
    assert Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).count() == 1
