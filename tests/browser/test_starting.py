"""Beginning with a calendar file in a browser: without script, at phone width, with axe."""

from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, FilePayload, Page, expect

from agenda.models import Activity, Source
from agenda.services import sources
from partners.models import Membership, User
from tests import make
from tests.agenda.test_imports_start import vevent
from tests.browser.test_maker import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def calendar(*events: str) -> FilePayload:
    text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(events) + "END:VCALENDAR\r\n"
    return {"name": "koor.ics", "mimeType": "text/calendar", "buffer": text.encode()}


def send(page: Page, file: FilePayload) -> None:
    page.get_by_text("Begin met een link of agenda").click()
    page.get_by_label("Of een agendabestand").set_input_files(file)
    page.get_by_role("button", name="Lees wat er staat").click()


def check(page: Page) -> None:
    violations: list[dict[str, Any]] = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_file_fills_in_the_page_without_script(browser: Browser, site: str) -> None:
    make.city()
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(f"{site}/toevoegen/")
    place = "LOCATION:Oude Kerk"
    send(page, calendar(vevent("Kooravond", 9, place), vevent("Concert", 12, place, "DESCRIPTION:Zing mee.")))
    page.get_by_role("button", name="Vul deze in").nth(1).click()
    expect(page.get_by_label("1. Wat is er te doen?")).to_have_value("Concert")
    expect(page.get_by_text("Zing mee.")).to_be_visible()
    page.get_by_label("Jouw naam").fill("Sam")
    page.get_by_label("Naam van je groep of organisatie").fill("Popkoor")
    page.get_by_label("Jouw mailadres").fill("sam@demo.example")
    page.get_by_role("button", name="Stuur naar de redactie").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bijna klaar. Vul je code in")
    assert Activity.objects.get().place_text == "Oude Kerk"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_starting_are_accessible(browser: Browser, site: str, scheme: Any) -> None:
    make.city()
    context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    context.set_default_timeout(10_000)
    page = context.new_page()
    member = sign_in(page, site)
    Membership.objects.update(role=Membership.Role.OWNER)
    page.goto(f"{site}/toevoegen/")
    page.get_by_text("Begin met een link of agenda").click()
    check(page)
    rule = "RRULE:FREQ=WEEKLY;COUNT=9"
    odd = vevent("Uurwerk", 3, "RRULE:FREQ=HOURLY")
    file = calendar(vevent("Kooravond", 9, rule), vevent("Concert", 12), odd)
    page.get_by_label("Of een agendabestand").set_input_files(file)
    page.get_by_role("button", name="Lees wat er staat").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat wil je aanmelden?")
    check(page)
    page.get_by_label("Bewaar als concept").first.check()
    page.get_by_role("button", name="Vul deze in").nth(1).click()
    expect(page.get_by_label("1. Wat is er te doen?")).to_have_value("Concert")
    check(page)
    page.goto(f"{site}/mijn/bronnen/")
    check(page)
    source = failing(member)
    page.goto(f"{site}{source.get_absolute_url()}")
    expect(page.get_by_text("besloten netwerk")).to_be_visible()
    check(page)
    context.close()


def failing(owner: User) -> Source:
    """A feed that nobody can reach."""
    organisation = owner.memberships.get().organisation
    now = timezone.now()
    source = Source.objects.create(
        organisation=organisation, kind="feed", name="koor.example", url="https://127.0.0.1/a.ics",
        added_by=owner, added_at=now - timedelta(days=1),
    )  # fmt: skip
    sources.refresh(source, now=now)
    source.refresh_from_db()
    return source
