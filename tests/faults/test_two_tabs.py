"""F17: one maker, two tabs with the same form, both sent while the database is busy."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from agenda.models import Activity
from tests import make, running
from tests.faults.conftest import stranger, waits_for
from tests.faults.test_killed import table
from tests.faults.test_killed_web import production_website
from tests.partners.signing_in import session_of

pytestmark = pytest.mark.django_db(transaction=True)
SAVE = re.compile("^Bewaar")
CONFLICT = "In een ander venster heb je dit net gewijzigd"


def title() -> str:
    return Activity.objects.values_list("title", flat=True).get()


def test_second_of_two_tabs_sees_both_texts(browser: Browser) -> None:
    maker = make.user()
    activity = make.submitted("Eerst", by=maker, organisation=make.organisation(member=maker))
    with production_website() as (origin, _granian):
        context = browser.new_context(locale="nl-NL")
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session_of(maker), "url": origin}]
        )
        tabs = {text: context.new_page() for text in ("Van links", "Van rechts")}
        with stranger() as line:
            for text, tab in tabs.items():
                tab.goto(f"{origin}{activity.get_absolute_url()}")
                tab.locator("#id_title").fill(text)
            table("agenda_activity")(line)
            for tab in tabs.values():
                tab.get_by_role("button", name=SAVE).first.dispatch_event("click")
            running.until(lambda: waits_for("%", sessions=2), "the tabs do not wait for each other")
        lost = the_one_that_lost(tabs)
        assert title() == (set(tabs) - {lost}).pop()
        both_texts_are_there_and_mine_can_stay(tabs[lost], lost)
        context.close()


def the_one_that_lost(tabs: dict[str, Page]) -> str:
    for tab in tabs.values():
        expect(tab.get_by_text(re.compile(f"Alles is bewaard|{CONFLICT}")).first).to_be_visible()
    lost = [text for text, tab in tabs.items() if tab.get_by_role("heading", name=CONFLICT).is_visible()]
    assert len(lost) == 1, lost
    return lost[0]


def both_texts_are_there_and_mine_can_stay(tab: Page, mine: str) -> None:
    cells = tab.get_by_role("row").filter(has_text=mine).get_by_role("cell")
    assert cells.all_inner_texts() == [mine, title()]
    tab.get_by_role("button", name="Bewaar mijn tekst").click()
    expect(tab.get_by_text("Alles is bewaard.")).to_be_visible()
    assert title() == mine
