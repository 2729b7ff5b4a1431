"""The editors' desk in a browser: single keys and their switch, undoing, without script, with axe."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from agenda import workflow
from agenda.models import Activity, Release
from tests import make
from tests.partners.signing_in import session_of

pytestmark = pytest.mark.django_db(transaction=True)


def sit_down(page: Page, site: str) -> None:
    """Signed in as an editor who passed the second factor."""
    key = session_of(make.editor())
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])


@pytest.fixture
def desk(page: Page, site: str) -> Page:
    sit_down(page, site)
    return page


@pytest.fixture
def plain(browser: Browser, site: str) -> Iterator[Page]:
    """A desk in a browser without JavaScript, on a phone."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    sit_down(page, site)
    yield page
    context.close()


def look_at(page: Page, site: str, activity: Activity) -> None:
    page.goto(f"{site}/redactie/activiteiten/{activity.uuid}/")


def status(activity: Activity) -> str:
    return Activity.objects.values_list("status", flat=True).get(pk=activity.pk)


def test_g_lets_through_and_z_takes_it_back(desk: Page, site: str) -> None:
    first, second = make.submitted("Klimaatkoor"), make.submitted("Jamsessie")
    look_at(desk, site, first)
    desk.keyboard.press("g")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Jamsessie")
    assert (status(first), status(second)) == (workflow.APPROVED, workflow.SUBMITTED)
    desk.keyboard.press("z")
    expect(desk.get_by_text("Ongedaan gemaakt.")).to_be_visible()
    assert status(first) == workflow.SUBMITTED
    assert Release.objects.get().voided_at is not None


def test_s_j_and_k_walk_through_the_queue(desk: Page, site: str) -> None:
    first, _second = make.submitted("Klimaatkoor"), make.submitted("Jamsessie")
    heading = desk.get_by_role("heading", level=1)
    look_at(desk, site, first)
    for key, title in (("j", "Jamsessie"), ("k", "Klimaatkoor"), ("s", "Jamsessie")):
        desk.keyboard.press(key)
        expect(heading).to_have_text(title)


def test_v_asks_and_letters_typed_in_the_answer_are_only_letters(desk: Page, site: str) -> None:
    activity = make.submitted("Klimaatkoor")
    look_at(desk, site, activity)
    desk.keyboard.press("v")
    desk.locator("#id_ask_text").press_sequentially("gvnsz")
    expect(desk.locator("#id_ask_text")).to_have_value("gvnsz")
    desk.get_by_role("button", name="Bekijk de mail").first.click()
    expect(desk.locator("#mail-ask")).to_contain_text("gvnsz")
    assert status(activity) == workflow.SUBMITTED
    desk.get_by_role("button", name="Stuur je vraag").click()
    expect(desk.get_by_text("Je vraag is verstuurd.")).to_be_visible()
    assert status(activity) == workflow.CHANGES_ASKED


def test_keys_that_are_off_do_nothing_and_stay_off(desk: Page, site: str) -> None:
    activity = make.submitted("Klimaatkoor")
    look_at(desk, site, activity)
    desk.get_by_label("Sneltoetsen aan").uncheck()
    desk.reload()
    expect(desk.get_by_label("Sneltoetsen aan")).not_to_be_checked()
    desk.keyboard.press("g")
    desk.wait_for_timeout(300)
    assert status(activity) == workflow.SUBMITTED


def test_undo_goes_when_its_seconds_are_over(desk: Page, site: str) -> None:
    activity = make.submitted("Klimaatkoor")
    look_at(desk, site, activity)
    desk.clock.install()
    desk.get_by_role("button", name="Goed, volgende").click()
    undo = desk.get_by_role("button", name="Maak ongedaan")
    expect(undo).to_be_visible()
    desk.clock.fast_forward(settings.HOLD_SECONDS * 1000)
    expect(undo).to_have_count(0)
    expect(desk.get_by_text("is goedgekeurd")).to_be_visible()


def test_everything_works_without_script(plain: Page, site: str) -> None:
    first, second = make.submitted("Klimaatkoor"), make.submitted("Jamsessie")
    plain.goto(f"{site}/redactie/")
    plain.get_by_role("link", name=re.compile("Klimaatkoor")).click()
    plain.get_by_role("button", name="Goed, volgende").click()
    plain.get_by_role("button", name="Maak ongedaan").click()
    assert status(first) == workflow.SUBMITTED
    look_at(plain, site, second)
    plain.locator("summary", has_text="Niet plaatsen").click()
    plain.locator("#id_reject_text").fill("Dit is geen openbare activiteit.")
    plain.get_by_role("button", name="Bekijk de mail").last.click()
    expect(plain.locator("#mail-reject")).to_contain_text("Dit is geen openbare activiteit.")
    plain.get_by_role("button", name="Plaats dit niet").click()
    expect(plain.get_by_text("is niet geplaatst")).to_be_visible()
    assert status(second) == workflow.REJECTED


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_desk_has_no_axe_violations_and_fits(browser: Browser, site: str, width: int, scheme: str) -> None:
    waiting = make.submitted("Klimaatkoor", summary="Kom zingen", note="Bel gerust")
    make.submitted("Klimaatkoor!")
    without = make.submitted("Zonder organisatie", sender_organisation="Buurtkoor")
    Activity.objects.filter(pk=without.pk).update(organisation=None)
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    sit_down(page, site)
    found = {}
    pages = [f"{waiting.uuid}/", f"{without.uuid}/", f"{waiting.uuid}/aanpassen/"]
    for address in ("", *(f"activiteiten/{one}" for one in pages)):
        page.goto(f"{site}/redactie/{address}")
        page.keyboard.press("v")
        found[address] = [one["id"] for one in Axe().run(page).response["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    context.close()
    assert set(map(tuple, found.values())) == {()}, found
