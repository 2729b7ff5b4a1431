"""A walk with a browser: every page is looked at narrow and wide, light and dark, and weighed."""

import gzip
import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import Browser, Page, Response

from partners.models import User
from tests.partners.signing_in import session_of

NARROWEST, PHONE, DESK = 320, 390, 1280
HEIGHT, FORM = 900, "/toevoegen/"
MOST_REQUESTS, MOST_KILOBYTES, MOST_KILOBYTES_OF_HTML = 6, 120, 40
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS = {**EVERYTHING, "runOnly": ["color-contrast"]}  # all that a theme can change
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@dataclass
class Walker:
    """One tab of somebody; `problems` collects what is wrong, as words."""

    page: Page
    site: str
    who: str
    problems: list[str] = field(default_factory=list)
    number: int = 0
    weights: dict[str, tuple[int, float]] = field(default_factory=dict)
    received: list[Response] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("response", lambda one: self.received.append(one))  # noqa: PLW0108 - it is marked
        self.page.on("console", lambda one: self.said.append(one.text) if one.type == "error" else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def visit(self, path: str, *, status: int = 200, is_public: bool = False) -> None:
        """From the network, with nothing kept."""
        self.received.clear()
        answer = self.page.goto(self.site + path, wait_until="load")
        assert answer
        self._check(answer.status == status, path, f"answers {answer.status}")
        if is_public:
            self._weigh(path)
        if status >= 400:
            self.said = [one for one in self.said if not one.startswith("Failed to load resource")]
        self.look(path)

    def look(self, name: str) -> None:
        """At what the tab shows now."""
        self.page.evaluate(AXE_SCRIPT)
        for width in (PHONE, DESK):
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            for scheme, options in (("light", EVERYTHING), ("dark", COLOURS)):
                self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                for violation in self._violations(options):
                    self._check(False, name, f"{width} {scheme} {violation}")
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
        self._check(self.page.evaluate(FITS), name, f"scrolls sideways at {NARROWEST}")
        self.page.set_viewport_size({"width": PHONE, "height": HEIGHT})
        for one in self.received:
            self._check(one.url.startswith((self.site, "data:")), name, f"asks {one.url}")
        for text in self.said:
            self._check(False, name, f"says {text}")
        self.said.clear()
        self.number += 1

    def _violations(self, options: dict[str, Any]) -> Iterator[str]:
        found = self.page.evaluate(f"axe.run({json.dumps(options)})")
        for one in found["violations"]:
            yield f"{one['id']}: {one['nodes'][0]['target']}"

    def _weigh(self, path: str) -> None:
        """As it travels: text compressed, fonts and pictures as they are."""
        # A form may bring one script of its own.
        most = MOST_REQUESTS + (path == FORM)
        own = [one.url for one in self.received if one.url.startswith(self.site)]
        weights = [_weight(one) for one in own]
        self.weights[path] = (len(own), sum(weights))
        self._check(len(own) <= most, path, f"makes {len(own)} requests")
        self._check(sum(weights) <= MOST_KILOBYTES, path, f"weighs {sum(weights):.0f} kB")
        self._check(weights[0] <= MOST_KILOBYTES_OF_HTML, path, f"has {weights[0]:.0f} kB of HTML")

    def _check(self, is_good: bool, name: str, otherwise: str) -> None:
        if not is_good:
            self.problems.append(f"{self.who} {name} {otherwise}")


def _weight(address: str) -> float:
    """In kB."""
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own
        body, kind = answer.read(), answer.headers.get_content_type()
    is_text = kind.startswith(("text/", "application/")) or "svg" in kind
    return len(gzip.compress(body) if is_text else body) / 1000


@contextmanager
def walker(browser: Browser, site: str, user: User | None = None, who: str = "anon") -> Iterator[Walker]:
    """Somebody's tab on a phone, signed in when there is a user."""
    context = browser.new_context(
        viewport={"width": PHONE, "height": HEIGHT}, locale="nl-NL", reduced_motion="reduce"
    )
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    if user:
        key = session_of(user)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])
    yield Walker(page, site, who)
    context.close()
