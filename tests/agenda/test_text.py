"""A maker's text: four kinds of markup, nothing dangerous, never slow."""

import sys
from collections.abc import Callable
from typing import Any

import pytest

from agenda import text


def calls_in(work: Callable[[], Any]) -> int:
    """How many calls it takes, in Python and in C: a measure that no busy machine disturbs."""
    number = 0

    def count(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal number
        number += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return number


def test_paragraphs_lists_emphasis_and_links_are_kept() -> None:
    made = text.html(
        "Dag *allemaal*,\nkom **ook**.\n\n- klei\n- verf\n\n1. eerst\n\n[site](https://a.example/)"
    )
    assert made == (
        "<p>Dag <em>allemaal</em>,<br>\nkom <strong>ook</strong>.</p>\n"
        "<ul>\n<li>klei</li>\n<li>verf</li>\n</ul>\n"
        "<ol>\n<li>eerst</li>\n</ol>\n"
        '<p><a href="https://a.example/" rel="nofollow ugc noopener">site</a></p>'
    )


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[klik](javascript:alert(1))", "<p>[klik](javascript:alert(1))</p>"),
        ("[klik](JaVaScRiPt:alert(1))", "<p>[klik](JaVaScRiPt:alert(1))</p>"),
        ("[x](data:text/html,<b>)", "<p>[x](data:text/html,&lt;b&gt;)</p>"),
        ("# Kop", "<p># Kop</p>"),
        ("![plaatje](https://a.example/x.png)", None),
        ("    code", "<p>code</p>"),
        ("| a | b |\n|---|---|", "<p>| a | b |<br>\n|---|---|</p>"),
        ("", ""),
    ],
)
def test_everything_else_stays_as_it_was_typed(typed: str, made: str | None) -> None:
    html = text.html(typed)
    assert "<img" not in html
    assert "<script" not in html
    if made is not None:
        assert html == made


@pytest.mark.parametrize(
    "piece", ["[", "[a](", "*", "_a ", "*a_ ", "- ", "> ", "\\", "[](", "![", "1. ", "`"]
)
def test_the_reader_is_linear(piece: str) -> None:
    short, long = ((piece * size)[:size] for size in (5_000, 20_000))
    few = calls_in(lambda: text._READER.render(short))
    many = calls_in(lambda: text._READER.render(long))
    assert many <= 5 * few


def test_a_text_beyond_the_longest_costs_no_more_than_the_longest() -> None:
    longest = calls_in(lambda: text.html("[" * text.LONGEST))
    assert calls_in(lambda: text.html("[" * 20_000)) <= longest + 10


def test_first_words_end_at_a_space() -> None:
    assert text.first_words("een twee\n\ndrie vier", 12) == "een twee…"
    assert text.first_words("kort") == "kort"
