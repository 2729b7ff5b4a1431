"""Pasting a text on a phone: read, marked, sent; of several one is chosen; without script; with axe."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from agenda.models import Activity
from tests import make
from tests.agenda.test_pasting import ONE, THREE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["script", "without script", "dark and wide"])
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    make.city()
    make.kind()
    make.venue("Forum")
    is_wide = request.param == "dark and wide"
    context = browser.new_context(
        viewport={"width": 1280 if is_wide else 390, "height": 800},
        color_scheme="dark" if is_wide else "light",
        java_script_enabled=request.param != "without script",
        locale="nl-NL",
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(f"{site}/toevoegen/")
    yield page
    context.close()


def paste(page: Page, text: str) -> None:
    page.get_by_text("Plak een mail of bericht").click()
    page.get_by_label("Plak hier je mail, bericht of tekst").fill(text)
    page.get_by_role("button", name="Vul in wat je herkent").click()


def problems(page: Page) -> list[str]:
    """What axe finds; without script it cannot look."""
    if not page.evaluate("matchMedia('(scripting: enabled)').matches"):
        return []
    return [found["id"] for found in Axe().run(page).response["violations"]]


def test_a_pasted_text_is_read_and_its_marks_lead_to_the_fields(page: Page) -> None:
    paste(page, ONE)
    expect(page.get_by_role("heading", name="Dit lazen we in je tekst")).to_be_visible()
    expect(page.get_by_label("1. Wat is er te doen?")).to_have_value("Kerstconcert")
    assert problems(page) == []
    page.locator("mark", has_text="12 december").click()
    assert page.url.endswith("#id_tekst")
    assert not Activity.objects.exists()


def test_of_several_activities_one_is_chosen(page: Page) -> None:
    paste(page, THREE)
    expect(page.get_by_role("heading", level=1)).to_have_text("3 activiteiten in je tekst")
    assert problems(page) == []
    page.get_by_role("button", name=re.compile("Verhalenmiddag")).click()
    expect(page.get_by_label("1. Wat is er te doen?")).to_have_value("Verhalenmiddag")
