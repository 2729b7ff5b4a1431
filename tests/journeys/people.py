"""What people do in the journeys, step by step in a browser: a maker without an account, and an editor."""

import base64
import re
from dataclasses import dataclass, field
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from playwright.sync_api import Page, expect

from agenda.models import Activity
from partners.models import User
from tests.journeys.post import Post
from tests.partners.signing_in import app_code, session_of

SECRET = base64.b32encode(b"een geheim van twintig"[:20]).decode()


def carry(page: Page, site: str, key: str) -> None:
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])


@dataclass
class Maker:
    """Somebody who tells what there is to do, without an account."""

    page: Page
    site: str
    post: Post
    mail: str = "sam@koor.example"
    uuid: UUID | None = None

    def open_the_form(self) -> None:
        """From the first page, the way a visitor finds it."""
        self.page.goto(self.site)
        self.page.get_by_role("banner").get_by_role("link", name="Activiteit aanmelden").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Activiteit aanmelden")

    def fill_in(self, title: str, when: str) -> None:
        fields = {
            "1. Wat is er te doen?": title,
            "2. Wanneer is het?": when,
            "3. Waar is het?": "Buurthuis Seghwaert",
            "Jouw naam": "Sam",
            "Naam van je groep of organisatie": "Popkoor De Waterlelie",
            "Jouw mailadres": self.mail,
        }
        for label, text in fields.items():
            self.page.get_by_label(label, exact=True).first.fill(text)

    def send(self) -> None:
        """Without JavaScript the form comes back once, with the dates in words."""
        self.page.get_by_role("button", name="Stuur naar de redactie").click()
        heading = self.page.get_by_role("heading", name=re.compile("Klopt dit|Gelukt|Bijna klaar"))
        expect(heading).to_be_visible()
        if "Klopt dit" in heading.inner_text():
            self.page.get_by_role("button", name="Ja, dit klopt").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Bijna klaar. Vul je code in")
        self.uuid = UUID(self.page.url.rstrip("/").rsplit("/", 1)[-1])

    def confirm(self) -> None:
        self.page.get_by_label("Code").first.fill(self.post.code(self.mail))
        self.page.get_by_role("button", name="Bevestig").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Gelukt, dank je wel!")
        expect(self.page.get_by_text("Je krijgt een mail vóór")).to_be_visible()

    def is_signed_in(self, user: User) -> None:
        """For a journey that begins later: without mail."""
        carry(self.page, self.site, session_of(user))

    def edit(self, **fields: str) -> None:
        """On the page of the activity; leads to the editors again."""
        self.open_the_desk()
        for name, text in fields.items():
            self.page.locator(f"#id_{name}").fill(text)
        self.page.get_by_role("button", name=re.compile("naar de redactie")).click()
        heading = self.page.get_by_role("heading", name=re.compile("Klopt dit|Gelukt|Bijna klaar"))
        expect(heading).to_be_visible()

    def withdraw(self) -> None:
        self.open_the_desk()
        self.page.get_by_role("link", name="Trek deze activiteit in").click()
        self.page.get_by_role("button", name="Trek de activiteit in").click()
        expect(self.page.get_by_text("De activiteit is ingetrokken.")).to_be_visible()

    def cancel_first_date(self) -> None:
        self.open_the_desk()
        self.page.get_by_role("link", name=re.compile("^Verander ")).first.click()
        self.page.get_by_label("Gaat niet door").check()
        self.page.get_by_role("button", name="Zet het in de agenda").click()
        expect(self.page.get_by_text("Dit staat nu zo in de agenda")).to_be_visible()

    def open_the_desk(self) -> None:
        self.page.goto(f"{self.site}/mijn/activiteiten/{self.uuid}/")

    @property
    def activity(self) -> Activity:
        return Activity.objects.get(uuid=self.uuid)


@dataclass
class Editor:
    """Somebody who checks, with an authenticator app."""

    page: Page
    site: str
    post: Post
    user: User
    secret: str = field(default=SECRET)

    def __post_init__(self) -> None:
        EmailAddress.objects.create(user=self.user, email=self.user.email, verified=True, primary=True)
        TOTP.activate(self.user, self.secret)

    def sign_in(self) -> None:
        """Mail address, code from the mail, code from the app."""
        self.page.goto(f"{self.site}/inloggen/?next=/redactie/")
        self.page.get_by_label("Je mailadres").fill(self.user.email)
        self.page.get_by_role("button", name="Stuur mij een code").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Vul de code in")
        self.page.get_by_label("Code uit je mail").fill(self.post.code(self.user.email))
        self.page.get_by_role("button", name="Ga verder").click()
        self.page.get_by_label("Code uit je app").fill(app_code(self.secret))
        self.page.get_by_role("button", name="Inloggen", exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Nakijken")

    def is_signed_in(self) -> None:
        """For a journey that begins later: without mail and app."""
        carry(self.page, self.site, session_of(self.user))

    def find(self, title: str) -> None:
        """In the queue."""
        self.page.goto(f"{self.site}/redactie/")
        self.page.get_by_role("link", name=re.compile(re.escape(title))).first.click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def link_organisation(self) -> None:
        """The one the maker wrote, new."""
        self.page.get_by_role("button", name="Koppel").click()
        expect(self.page.get_by_text("Gekoppeld aan")).to_be_visible()

    def approve(self, title: str) -> None:
        self.page.get_by_role("button", name="Goed, volgende").click()
        expect(self.page.get_by_text(f"“{title}” is goedgekeurd.")).to_be_visible()

    def undo(self) -> None:
        self.page.get_by_role("button", name="Maak ongedaan").click()
        expect(self.page.get_by_text("Ongedaan gemaakt.")).to_be_visible()

    def ask(self, question: str) -> None:
        self.page.locator("summary", has_text="Vraag iets").click()
        self.page.locator("#id_ask_text").fill(question)
        self.page.get_by_role("button", name="Stuur je vraag").click()
        expect(self.page.get_by_text("Je vraag is verstuurd.")).to_be_visible()
