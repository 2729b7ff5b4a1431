"""A maker's description as HTML: plain paragraphs, lists, emphasis and links, nothing else. Pure."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

LONGEST = 6000  # characters, as the field on the form; a longer text is cut
RULES = ["list", "emphasis", "link", "escape", "newline"]
TAGS = {"p", "ul", "ol", "li", "em", "strong", "a", "br"}
SCHEMES = {"http", "https", "mailto", "tel"}

_READER = MarkdownIt("zero", {"breaks": True}).enable(RULES)


def html(text: str) -> SafeString:
    """Markdown to safe HTML. The reader is linear in the length of the text for these rules (tests)."""
    rendered = _READER.render(text[:LONGEST].strip())
    clean = nh3.clean(
        rendered,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel="nofollow ugc noopener",
    )
    return mark_safe(clean.strip())  # noqa: S308 - just cleaned against a list of tags


def after(lead: str, text: str) -> str:
    """A text below its lead, which many texts begin with: its first paragraph is not said twice."""
    first, _, rest = text.replace("\r\n", "\n").strip().partition("\n\n")
    return rest if first.split() == lead.split() else text


def first_words(text: str, length: int = 160) -> str:
    """The beginning of a text on one line, cut at a space; for descriptions of a page."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0] + "…"
