"""How little work it is on a phone: every tap and every key beyond the words, counted and printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from agenda.models import Activity
from tests import make
from tests.agenda.test_submit import soon
from tests.journeys.people import carry
from tests.journeys.post import Post
from tests.partners.signing_in import session_of

pytestmark = pytest.mark.django_db(transaction=True)
MONTHS = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]


@dataclass
class Thumb:
    """The only way in which these tests touch the page."""

    page: Page
    taps: int = 0
    keys: int = 0

    def tap(self, target: Locator) -> None:
        target.tap()
        self.taps += 1

    def say(self, label: str, words: str) -> None:
        """Tap a field and write one's own words in it: those are what the agenda is about, not work."""
        self.tap(self.page.get_by_label(label, exact=True).first)
        self.page.keyboard.type(words)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def report(self, what: str) -> None:
        print(f"{what}: {self.taps} taps, {self.keys} keystrokes beyond the words, 0 logins before sending")


@pytest.fixture
def thumb(browser: Browser, portal: str) -> Iterator[Thumb]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="nl-NL"
    )
    page = context.new_page()
    page.goto(portal)
    yield Thumb(page)
    context.close()


def test_first_activity_takes_at_most_twelve_taps_and_twenty_keys(thumb: Thumb, post: Post) -> None:
    page, mail = thumb.page, "sam@koor.example"
    hall = make.venue("Buurthuis Seghwaert")
    thumb.tap(page.get_by_role("banner").get_by_role("link", name="Activiteit aanmelden"))
    thumb.say("1. Wat is er te doen?", "Open repetitie")
    thumb.say("2. Wanneer is het?", f"{soon()} van 20.00 tot 22.00 uur")
    thumb.tap(page.locator("label", has_text="Buurthuis Seghwaert"))
    thumb.say("Jouw naam", "Sam")
    thumb.say("Naam van je groep of organisatie", "Popkoor De Waterlelie")
    thumb.say("Jouw mailadres", mail)
    thumb.tap(page.get_by_role("button", name="Stuur naar de redactie"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Bijna klaar. Vul je code in")
    thumb.tap(page.get_by_label("Code").first)
    thumb.type(post.code(mail))
    thumb.tap(page.get_by_role("button", name="Bevestig"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Gelukt, dank je wel!")
    expect(page.get_by_text("Je krijgt een mail vóór")).to_be_visible()
    activity = Activity.objects.get()
    assert (activity.status, activity.is_confirmed, activity.venue) == ("submitted", True, hall)
    thumb.report("First activity")
    assert thumb.taps <= 12
    assert thumb.keys <= 20


def test_again_takes_at_most_three_taps_and_fifteen_keys(thumb: Thumb, portal: str) -> None:
    page, maker = thumb.page, make.user("maker@koor.example")
    make.submitted("Open repetitie", by=maker, organisation=make.organisation(member=maker))
    carry(page, portal, session_of(maker))
    page.goto(f"{portal}/toevoegen/")
    day = timezone.localdate() + timedelta(days=10)
    thumb.tap(page.get_by_role("link", name="Weer: Open repetitie"))
    thumb.tap(page.get_by_label("2. Wanneer is het?"))
    thumb.type(f"{day.day} {MONTHS[day.month - 1]} 20.00")
    thumb.tap(page.get_by_role("button", name="Stuur naar de redactie"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Gelukt, dank je wel!")
    again = Activity.objects.latest("created_at")
    assert (again.title, timezone.localtime(again.moments.get().start).date()) == ("Open repetitie", day)
    thumb.report("Again")
    assert thumb.taps <= 3
    assert thumb.keys <= 15
