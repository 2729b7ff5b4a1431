"""Whatever ends in mid-typing, a tab, a session, the server or the browser: the words are there again."""

import signal
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Playwright, expect

from agenda.models import Activity
from partners.models import User
from tests import make, running
from tests.journeys.people import carry
from tests.partners.signing_in import session_of

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 2
TITLE = "1. Wat is er te doen?"


@pytest.fixture
def maker() -> User:
    member = make.user("maker@demo.example")
    make.organisation("Popkoor", member=member)
    return member


def words(number: int) -> str:
    return f"Kerstconcert nummer {number} van het klimaatkoor"


def half_typed(page: Page, site: str, number: int) -> None:
    """The form with a title of which nothing was sent, not even the field left."""
    page.goto(f"{site}/toevoegen/")
    field = page.get_by_label(TITLE)
    field.click()
    field.press("Control+a")
    page.keyboard.type(words(number))


def is_there_again(page: Page, site: str, number: int) -> None:
    page.goto(f"{site}/toevoegen/")
    expect(page.get_by_label(TITLE)).to_have_value(words(number))


def start_empty(page: Page, site: str) -> None:
    page.goto(f"{site}/toevoegen/")
    page.evaluate("localStorage.clear()")


@pytest.mark.parametrize("is_signed_in", [True, False], ids=["maker", "guest"])
def test_tab_that_closes(page: Page, site: str, maker: User, *, is_signed_in: bool) -> None:
    if is_signed_in:
        carry(page, site, session_of(maker))
    for number in range(ROUNDS):
        tab = page.context.new_page()
        half_typed(tab, site, number)
        tab.close()
        is_there_again(page, site, number)
        start_empty(page, site)


def test_session_that_ends(page: Page, site: str, maker: User) -> None:
    for number in range(ROUNDS):
        carry(page, site, session_of(maker))
        page.goto(f"{site}/toevoegen/")
        Session.objects.all().delete()
        field = page.get_by_label(TITLE)
        field.fill("")
        page.keyboard.type(words(number))
        expect(page.locator("#bewaard")).to_contain_text("uitgelogd")
        carry(page, site, session_of(maker))
        is_there_again(page, site, number)
        start_empty(page, site)


def test_server_that_stops_and_starts(page: Page, transactional_db: None, maker: User) -> None:
    port = running.free_port()
    for number in range(ROUNDS):
        with running.website(port) as site:
            carry(page, site, session_of(maker))
            half_typed(page, site, number)
        page.keyboard.type(" in de kerk")
        with running.website(port) as site:
            expect(page.get_by_label(TITLE)).to_have_value(f"{words(number)} in de kerk")
            page.keyboard.type("!")
            expect(page.locator("#bewaard")).to_contain_text("Alles bewaard om")
            assert Activity.objects.filter(title=f"{words(number)} in de kerk!").exists()
            start_empty(page, site)


def opened(playwright: Playwright, profile: Path) -> Page:
    """A tab in a browser of its own, with a profile on disk."""
    path = running.chromium(playwright)
    context = playwright.chromium.launch_persistent_context(
        str(profile), executable_path=path, locale="nl-NL"
    )
    return context.new_page()


def test_browser_that_is_killed(playwright: Playwright, site: str, maker: User, tmp_path: Path) -> None:
    """What the server has kept is there; it keeps within two seconds of the last key."""
    for number in range(ROUNDS):
        page = opened(playwright, tmp_path)
        carry(page, site, session_of(maker))
        half_typed(page, site, number)
        expect(page.locator("#bewaard")).to_contain_text("Alles bewaard om")
        kill_what_has(tmp_path)
        page = opened(playwright, tmp_path)
        carry(page, site, session_of(maker))
        page.goto(f"{site}/mijn/")
        page.get_by_role("link", name=words(number)).click()
        expect(page.get_by_label(TITLE)).to_have_value(words(number))
        page.context.close()


def kill_what_has(profile: Path) -> None:
    """Every process of the browser with this profile, at once."""
    mine = [
        one for one in psutil.process_iter(["cmdline"]) if str(profile) in " ".join(one.info["cmdline"] or ())
    ]
    assert mine
    for one in mine:
        with suppress(psutil.NoSuchProcess):
            one.send_signal(signal.SIGKILL)
