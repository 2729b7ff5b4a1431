"""The main job as a new user does it: tell what there is to do, have it checked, read it in the agenda."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests import running
from tests.agenda.test_submit import soon
from tests.journeys.outside import Outside
from tests.journeys.people import Editor, Maker

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "Klimaatkoor zingt"
SOON = 60.0  # seconds; promised is far less (measure.py)


def outside(maker: Maker, title: str = TITLE) -> Outside:
    return Outside(maker.site, title, maker.activity.slug)


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_from_a_phone_to_everybody(maker: Maker, editor: Editor, has_script: bool) -> None:
    maker.open_the_form()
    maker.fill_in(TITLE, f"{soon()} van 20.00 tot 22.00 uur")
    if has_script:
        expect(maker.page.locator("#wanneer-echo b")).to_contain_text("20.00 – 22.00 uur")
    maker.send()
    assert outside(maker).is_nowhere()
    maker.confirm()
    editor.sign_in()
    editor.find(TITLE)
    editor.link_organisation()
    editor.approve(TITLE)
    everywhere = outside(maker)
    assert everywhere.is_nowhere(), "before the end of the hold"
    running.until(everywhere.is_everywhere, "not everywhere", settings.HOLD_SECONDS + SOON)
    event = everywhere.linked_data()[0]
    assert (event["@type"], event["name"]) == ("MusicEvent", TITLE)
    assert list(everywhere.events().values()) == ["CONFIRMED"]
    assert f"/agenda/{maker.activity.slug}/" in maker.post.wait_for(maker.mail, "In de agenda").text
    is_found_by_a_visitor(maker, TITLE)
    assert [one.subject for one in maker.post.to(maker.mail)].count(f"In de agenda: {TITLE}") == 1
    is_taken_away_at_once(maker, everywhere)


def is_found_by_a_visitor(maker: Maker, title: str) -> None:
    """Browsing, filtering and searching lead to it."""
    page = maker.page
    page.goto(maker.site)
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.goto(f"{maker.site}/?q=klimaatkoor")
    expect(page.get_by_role("link", name=title).first).to_be_visible()


def is_taken_away_at_once(maker: Maker, was: Outside) -> None:
    """At once from the page, and cancelled with the same UID in the calendars of those who follow."""
    known = set(was.events())
    maker.withdraw()
    running.until(lambda: was.own_page()[0] == 410, "still there", SOON)
    running.until(lambda: was.title not in was.agenda(), "still in the agenda", SOON)
    running.until(lambda: set(was.events().values()) == {"CANCELLED"}, "not cancelled in the feed", SOON)
    assert set(was.events()) == known
