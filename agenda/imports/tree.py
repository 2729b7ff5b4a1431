"""A page as a tree: as forgiving as browsers are where pages in the wild need it, bounded, and linear."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

MOST_ELEMENTS = 200_000
DEEPEST = 400
_VOID = "area base br col embed hr img input link meta param source track wbr"
_BLOCKS = "address article aside blockquote br dd div dl dt figure h1 h2 h3 h4 h5 h6 hr li p tr ul"
VOID, BLOCKS = frozenset(_VOID.split()), frozenset(_BLOCKS.split())
HIDDEN = frozenset({"script", "style", "noscript", "template", "svg"})
ENDS = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "option": {"option"},
}


class Element:
    """A tag with its attributes, its pieces in order, and the element around it."""

    __slots__ = ("attributes", "depth", "parent", "pieces", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], parent: "Element | None") -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.pieces: list[Element | str] = []
        self.depth: int = parent.depth + 1 if parent else 0

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def words(self, name: str) -> list[str]:
        """An attribute that is a list of words, such as `class`."""
        return self.get(name).split()

    def walk(self) -> Iterator["Element"]:
        """Everything inside, in the order of the page."""
        waiting = [piece for piece in reversed(self.pieces) if isinstance(piece, Element)]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(piece for piece in reversed(element.pieces) if isinstance(piece, Element))

    def text(self) -> str:
        """What a reader sees, a line for each block."""
        parts: list[str] = []
        waiting: list[Element | str] = list(reversed(self.pieces))
        while waiting:
            piece = waiting.pop()
            if isinstance(piece, str):
                parts.append(piece)
            elif piece.tag not in HIDDEN:
                end = "\n" if piece.tag in BLOCKS else ""
                parts.append(end)
                waiting.append(end)
                waiting.extend(reversed(piece.pieces))
        return "\n".join(" ".join(line.split()) for line in "".join(parts).split("\n") if line.strip())

    def raw(self) -> str:
        """The text of a script, as it stands there."""
        return "".join(piece for piece in self.pieces if isinstance(piece, str))


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("", {}, None)
        self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.here.tag in ENDS.get(tag, ()) or (self.here.tag == "p" and tag in BLOCKS - {"br"}):
            self.here = self.here.parent or self.root
        self.count += 1
        if self.count > MOST_ELEMENTS:
            return
        element = Element(tag, {name: value or "" for name, value in reversed(attrs)}, self.here)
        self.here.pieces.append(element)
        if tag not in VOID and element.depth < DEEPEST:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID and self.here.tag == tag:
            self.here = self.here.parent or self.root

    def handle_endtag(self, tag: str) -> None:
        element: Element | None = self.here
        while element is not None and element.tag != tag:
            element = element.parent
        if element is not None and element.parent is not None:
            self.here = element.parent

    def handle_data(self, data: str) -> None:
        self.here.pieces.append(data)

    def unknown_decl(self, data: str) -> None:
        """Conditional comments of long ago say nothing about an activity."""


def tree(html: str) -> Element:
    """The whole page; the root has no tag."""
    builder = _Builder()
    builder.feed(re.sub(r"<!\[CDATA\[|\]\]>", "", html).replace("<![", "&lt;!["))
    builder.close()
    return builder.root


def plain(html: str) -> str:
    """The text of a piece of HTML; a text without tags or entities stays as it is."""
    if not re.search(r"<[a-zA-Z/!]|&[#a-zA-Z]", html):
        return html
    text = tree(html).text()
    return tree(text).text() if re.search(r"<[a-zA-Z/]|&(amp|lt|gt|quot|nbsp|#\d+);", text) else text
