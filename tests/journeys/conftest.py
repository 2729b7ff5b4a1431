"""A whole portal for a journey: website, worker and sweeper as real processes, and people with browsers."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import caches
from playwright.sync_api import Browser, Page

from partners.services.city import load_city
from tests import make, running
from tests.journeys.people import Editor, Maker
from tests.journeys.post import Post

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def portal(worker: running.Process, site: str) -> Iterator[str]:
    """The origin of a portal with everything `make run` starts, of a city with its own words."""
    load_city("zoetermeer")
    caches["default"].clear()  # who asked for how many codes, in a run before this one
    with running.process("manage.py", "veeg"):
        yield site


@pytest.fixture
def post() -> Post:
    return Post()


@contextmanager
def phone(browser: Browser, *, has_script: bool = True) -> Iterator[Page]:
    """A telephone of somebody who was never here before."""
    context = browser.new_context(viewport=PHONE, locale="nl-NL", java_script_enabled=has_script)
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def has_script() -> bool:
    return True


@pytest.fixture
def maker(browser: Browser, portal: str, post: Post, has_script: bool) -> Iterator[Maker]:
    with phone(browser, has_script=has_script) as page:
        yield Maker(page, portal, post)


@pytest.fixture
def editor(browser: Browser, portal: str, post: Post, has_script: bool) -> Iterator[Editor]:
    user = make.editor()
    with phone(browser, has_script=has_script) as page:
        yield Editor(page, portal, post, user)
