"""Adding an activity on a phone: the echo, the mistakes, the copy on the device, without script, with axe."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from agenda.models import Activity
from partners.models import User
from tests import make
from tests.agenda.test_submit import soon
from tests.partners.signing_in import session_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    make.city()
    context = browser.new_context(viewport={"width": 390, "height": 800}, locale="nl-NL")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(f"{site}/toevoegen/")
    yield page
    context.close()


def sign_in(page: Page, site: str) -> User:
    member = make.user("maker@demo.example")
    make.organisation("Popkoor", member=member)
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session_of(member), "url": site}]
    )
    return member


def test_add_an_activity_on_a_phone(phone: Page) -> None:
    phone.get_by_label("1. Wat is er te doen?").fill("Open repetitie")
    phone.get_by_label("2. Wanneer is het?").fill(f"{soon()} 20.00-22.00")
    expect(phone.locator("#wanneer-echo b")).to_contain_text("20.00 – 22.00 uur")
    card = phone.locator("#voorbeeld .card")
    expect(card.locator("h3")).to_contain_text("Open repetitie")
    expect(card.locator(".meta")).to_contain_text("20.00 – 22.00")
    phone.get_by_label("3. Waar is het?").fill("Buurthuis")
    phone.get_by_label("Jouw naam").fill("Sam")
    phone.get_by_label("Naam van je groep of organisatie").fill("Popkoor")
    phone.get_by_label("Jouw mailadres").fill("sam@demo.example")
    phone.get_by_role("button", name="Stuur naar de redactie").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Bijna klaar. Vul je code in")
    assert Activity.objects.get().title == "Open repetitie"


def test_mistakes_get_focus_and_lead_to_their_field(phone: Page) -> None:
    phone.get_by_role("button", name="Stuur naar de redactie").click()
    expect(phone.locator(".samenvatting")).to_be_focused()
    assert phone.title().startswith("Fout: ")
    phone.locator(".samenvatting a", has_text="Vul in wat er te doen is").click()
    expect(phone.get_by_label("1. Wat is er te doen?")).to_be_focused()


def test_days_are_ticked_away_without_losing_the_place(phone: Page) -> None:
    phone.get_by_label("2. Wanneer is het?").fill(f"elke dinsdag 20.00 uur van {soon(5)} t/m {soon(40)}")
    expect(phone.locator("#wanneer-echo b")).to_contain_text("5 keer op dinsdag")
    phone.get_by_text("Bekijk of verander de dagen").click()
    phone.locator("#wanneer-echo input[type=checkbox]").nth(1).check()
    expect(phone.locator("#wanneer-echo b")).to_contain_text("uur; dinsdag")
    expect(phone.locator("#wanneer-echo input[type=checkbox]").nth(1)).to_be_checked()
    expect(phone.locator("#wanneer-echo input[type=checkbox]").nth(1)).to_be_visible()


def test_what_was_typed_is_there_again_and_gone_once_sent(phone: Page, site: str) -> None:
    phone.get_by_label("1. Wat is er te doen?").fill("Bijna af")
    expect(phone.locator("#bewaard")).to_have_text("Bewaard op dit toestel. Je kunt later verder.")
    phone.goto(site)
    phone.goto(f"{site}/toevoegen/")
    expect(phone.get_by_label("1. Wat is er te doen?")).to_have_value("Bijna af")
    expect(phone.get_by_text("We hebben teruggezet wat je hier eerder typte.")).to_be_visible()
    phone.get_by_role("button", name="Begin leeg").click()
    phone.reload()
    expect(phone.get_by_label("1. Wat is er te doen?")).to_have_value("")


def test_no_connection_is_said_and_the_text_stays_here(phone: Page) -> None:
    phone.context.set_offline(True)
    phone.get_by_label("1. Wat is er te doen?").fill("Zonder internet")
    expect(phone.locator("#bewaard")).to_have_text(
        "Je hebt geen internet. We bewaren je tekst op dit toestel."
    )
    phone.context.set_offline(False)


def test_draft_of_a_maker_saves_itself(phone: Page, site: str) -> None:
    sign_in(phone, site)
    phone.goto(f"{site}/toevoegen/")
    phone.get_by_label("1. Wat is er te doen?").fill("Kerstconcert")
    expect(phone.locator("#bewaard")).to_contain_text("Alles bewaard om")
    expect(phone.locator("#id_version")).to_have_value("1")
    phone.get_by_label("1. Wat is er te doen?").fill("Kerstconcert met koor")
    expect(phone.locator("#id_version")).to_have_value("2")
    assert [one.title for one in Activity.objects.all()] == ["Kerstconcert met koor"]


def test_add_a_series_without_script(browser: Browser, site: str) -> None:
    make.city()
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(f"{site}/toevoegen/")
    page.get_by_label("1. Wat is er te doen?").fill("Open repetitie")
    page.get_by_label("2. Wanneer is het?").fill(f"elke dinsdag 20.00 uur van {soon(5)} t/m {soon(40)}")
    page.get_by_label("3. Waar is het?").fill("Buurthuis")
    page.get_by_label("Jouw naam").fill("Sam")
    page.get_by_label("Naam van je groep of organisatie").fill("Popkoor")
    page.get_by_label("Jouw mailadres").fill("sam@demo.example")
    page.get_by_role("button", name="Stuur naar de redactie").click()
    expect(page.get_by_role("heading", name="Klopt dit?")).to_be_visible()
    page.get_by_role("button", name="Ja, dit klopt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bijna klaar. Vul je code in")
    assert Activity.objects.get().moments.count() == 5
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_pages_of_makers_are_accessible(browser: Browser, site: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, locale="nl-NL"
    )  # type: ignore[arg-type]
    page = context.new_page()
    member = sign_in(page, site)
    live = make.published("Concert", by=member, organisation=member.memberships.get().organisation)
    moment = live.moments.get()
    desk = f"/mijn/activiteiten/{live.uuid}/"
    for path in (
        "/toevoegen/",
        "/mijn/",
        desk,
        f"{desk}intrekken/",
        f"{desk}datums/{moment.uuid}/",
        f"/toevoegen/verstuurd/{live.uuid}/",
    ):
        page.goto(site + path)
        check(page, path)
    page.goto(f"{site}/toevoegen/")
    page.get_by_label("2. Wanneer is het?").fill("ergens in 2x voorjaar met kerst")
    page.get_by_role("button", name="Stuur naar de redactie").click()
    expect(page.locator(".samenvatting")).to_be_visible()
    page.evaluate("document.querySelectorAll('details.meer').forEach((part) => { part.open = true; })")
    check(page, "mistakes")
    context.close()


def check(page: Page, name: str) -> None:
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.response["violations"] == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
