"""Fragments: made once, the same every time, safe, and without anything that depends on the day."""

import pytest
from django.template.loader import render_to_string

from agenda import fragments
from agenda.document import Document, Image, Maker
from agenda.fragments import Slots
from tests.agenda.documents import LOOP, document, place, time

FILLED = Slots(css=" af", day="2026-11-28", status="!", label=", zaterdag", clock="20.00")


def test_the_same_document_gives_the_same_bytes() -> None:
    assert fragments.render(document(), "nl") == fragments.render(document(), "nl")


def test_dates_of_the_document_do_not_show_in_its_fragments() -> None:
    assert fragments.render(document(times=()), "nl") == fragments.render(
        document(times=(time(), time(2))), "nl"
    )


def test_what_a_maker_writes_is_escaped() -> None:
    made = fragments.render(document(), "nl")
    assert "Zing mee &amp; &lt;b&gt;wees blij&lt;/b&gt;" in made["card"]
    assert "<b>wees" not in made["card"] + made["detail"]


def test_a_card_takes_its_date_in_the_slots() -> None:
    card = fragments.fill(fragments.render(document(), "nl")["card"], FILLED)
    assert card.startswith('<li class="card af">')
    assert '<h3>!<a class="kop" href="/agenda/zing-mee/?dag=2026-11-28">' in card
    assert '<span class="vh">, zaterdag</span></a></h3>' in card
    assert "<b>20.00</b>" in card
    assert "<!--" not in card


def test_the_lead_is_not_said_again_below_it() -> None:
    twice = document(summary="Zing mee.", description="Zing mee.\r\n\r\nKom op tijd.")
    detail = fragments.render(twice, "nl")["detail"]
    assert "Zing mee." not in detail
    assert "<p>Kom op tijd.</p>" in detail
    other = document(summary="Zing mee.", description="Zing mee. Of luister.")
    assert "<p>Zing mee. Of luister.</p>" in fragments.render(other, "nl")["detail"]


def test_a_title_cannot_forge_a_slot() -> None:
    forged = document(title="<!--clock--> <!--status-->")
    assert "&lt;!--clock--&gt; &lt;!--status--&gt;" in fragments.fill(
        fragments.render(forged, "nl")["card"], FILLED
    )


@pytest.mark.parametrize(
    ("note", "is_lowest"),
    [
        ("kind € 7,50, volwassene € 12", True),
        ("Volwassenen betalen 12,50 euro", True),
        ("€\N{NO-BREAK SPACE}34,50 aan de deur", True),
        ("CJP € 5", False),
        ("kinderen half geld", False),
        ("voor 12 mensen, € 7,50 per persoon", False),
        ("", False),
    ],
)
def test_a_price_with_higher_rates_in_its_note_is_said_as_the_lowest(note: str, is_lowest: bool) -> None:
    priced = document(price_note=note)
    shown = (
        fragments.render(priced, "nl")["card"],
        render_to_string("agenda/_facts.html", {"document": priced}),
    )
    assert [("Vanaf €\N{NO-BREAK SPACE}7,50" in one) for one in shown] == [is_lowest] * 2
    assert all("€\N{NO-BREAK SPACE}7,50" in one for one in shown)


def test_a_card_says_price_age_and_access_in_words() -> None:
    card = fragments.render(document(), "nl")["card"]
    for words in ("€\N{NO-BREAK SPACE}7,50", "Vanaf 6 jaar", "Ringleiding", "Stadstheater"):
        assert words in card
    assert ">Gratis<" in fragments.render(document(price_kind="free", price=None), "nl")["card"]
    assert ">Vrije gift<" in fragments.render(document(price_kind="donation", price=None), "nl")["card"]


def test_access_facts_have_source_and_date_and_unknown_is_said() -> None:
    detail = fragments.render(document(access=()), "nl")["detail"]
    assert "Bron: de plek zelf, maandag 2 november 2026." in detail
    assert 'Weten we niet. <a href="mailto:koor@demo.example">Vraag het de organisator.</a>' in detail


def test_what_the_maker_promises_is_not_asked_of_the_place_again() -> None:
    detail = fragments.render(document(access=(LOOP,)), "nl")["detail"]
    assert detail.count("<dt>Ringleiding</dt>") == 1
    assert "Ja. Opgegeven door Popkoor De Waterlelie." in detail


@pytest.mark.parametrize(
    "unknown",
    [document(place=None, access=()), document(place=place(access=()), access=(), maker=Maker(1, "m", "M"))],
)
def test_nothing_known_about_access_is_said_too(unknown: Document) -> None:
    assert "Weten we niet." in fragments.render(unknown, "nl")["detail"]


def test_english_fragments_lead_to_english_pages_and_mark_dutch_text() -> None:
    card = fragments.render(document(), "en")["card"]
    assert 'href="/en/agenda/zing-mee/' in card
    assert '<span lang="nl">Zing mee' in card
    assert "Hearing loop" in card


def test_a_picture_is_offered_in_the_best_format_first() -> None:
    addresses = {"320": "/media/a-320", "640": "/media/a-640"}
    image = Image("1", "Een koor", {"4x3": dict.fromkeys(("jpeg", "webp", "avif"), addresses)})
    card = fragments.render(document(image=image), "nl")["card"]
    assert card.index('type="image/avif"') < card.index('type="image/webp"') < card.index("<img")
    assert 'srcset="/media/a-320 320w, /media/a-640 640w"' in card
    assert 'width="640" height="480"' in card


def test_without_a_rendition_the_block_pattern_shows() -> None:
    assert fragments.picture(Image("1", "x"), "4x3") is None
    assert "<svg viewBox" in fragments.render(document(image=Image("1", "x")), "nl")["card"]


def test_a_whole_poster_has_no_height_of_its_own() -> None:
    image = Image("1", "Affiche", {"hele": {"jpeg": {"400": "/media/a-400", "800": "/media/a-800"}}})
    shown = fragments.picture(image, fragments.WHOLE)
    assert shown is not None
    assert (shown["url"], shown["width"], shown["height"]) == ("/media/a-400", 800, None)
