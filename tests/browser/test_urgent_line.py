"""The urgent line on a phone: one press, what stands there then, one press back; axe, without script."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from agenda import signatures
from agenda.models import Activity, Listing
from partners.models import Room
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def live() -> Activity:
    """Two dates, in a place with halls."""
    venue = make.venue("Theater")
    Room.objects.create(venue=venue, name="Kleine zaal")
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    return make.published("Klimaatkoor zingt", venue=venue, starts=[noon + timedelta(days=n) for n in (1, 8)])


def address(site: str, activity: Activity) -> str:
    return site + reverse("agenda:urgent_line", args=[signatures.urgent_token(activity)])


def first_status() -> str:
    return str(Listing.objects.get().document["times"][0]["status"])


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, locale="nl-NL", java_script_enabled=request.param
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_cancel_and_put_back(phone: Page, site: str) -> None:
    phone.goto(address(site, live()))
    phone.get_by_role("link", name="12.00 uur").first.click()
    phone.get_by_role("button", name="Gaat niet door").click()
    expect(phone.get_by_role("heading", name="Staat in de agenda")).to_be_visible()
    assert first_status() == "cancelled"
    phone.get_by_role("button", name="Zet terug").click()
    expect(phone.get_by_role("heading", name="Teruggezet")).to_be_visible()
    assert first_status() == "scheduled"


def test_later_and_another_hall_ask_one_thing(phone: Page, site: str) -> None:
    phone.goto(address(site, live()))
    phone.get_by_role("link", name="12.00 uur").first.click()
    phone.get_by_role("link", name="Het wordt later").click()
    phone.get_by_role("button", name="12.30 uur").click()
    expect(phone.locator("section", has_text="Staat in de agenda")).to_contain_text("12.30 uur")
    phone.get_by_role("link", name="12.30 uur").click()
    phone.get_by_role("link", name="Andere zaal").click()
    phone.get_by_label("Nieuwe zaal").select_option("Kleine zaal")
    phone.get_by_role("button", name="Zet het in de agenda").click()
    expect(phone.locator("section", has_text="Staat in de agenda")).to_contain_text("Kleine zaal")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_have_no_axe_violations_and_fit(browser: Browser, site: str, width: int, scheme: str) -> None:
    activity = live()
    here = address(site, activity)
    one = f"{here}?datum={activity.moments.all()[0].uuid}"
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    problems = {}
    asked = reverse(
        "agenda:recheck", args=[signatures.recheck_token(activity, signatures.address_of(activity))]
    )
    for place in (
        here,
        one,
        f"{one}&wat=time",
        f"{one}&wat=room",
        here[:-9],
        site + asked,
        site + asked[:-9],
    ):
        page.goto(place)
        problems[place] = _problems(page)
    page.goto(one)
    page.get_by_role("button", name="Uitverkocht").click()
    problems["done"] = _problems(page)
    page.goto(site + asked)
    page.get_by_role("button", name="Ja, dit klopt nog").click()
    problems["confirmed"] = _problems(page)
    page.get_by_role("link", name="Bekijk de pagina").click()
    expect(page.get_by_text("Bevestigd op")).to_be_visible()
    problems["public page"] = _problems(page)
    context.close()
    assert {name: found for name, found in problems.items() if found} == {}


def _problems(page: Page) -> list[str]:
    too_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    found = [rule["id"] for rule in Axe().run(page).response["violations"]]
    return [*found, "too wide"] if too_wide else found
