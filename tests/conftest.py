"""Fixtures of the whole suite: the city, a real worker, a real website and a real browser."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import caches
from django.utils import translation
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from pytest_django.fixtures import Settings

from partners.models import City
from tests import make, running, storages

hypothesis.settings.register_profile(
    "suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)  # how fast it is, is measured elsewhere
hypothesis.settings.load_profile("suite")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the thread of the test


@pytest.fixture
def city(db: None) -> City:
    return make.city()


@pytest.fixture
def worker(transactional_db: None) -> Iterator[running.Process]:
    """A Celery worker on the real broker and the test database; the queue is empty at the start."""
    running.empty_queue()
    with running.process(*running.WORKER, ready="ready.") as process:
        yield process


@pytest.fixture
def site(transactional_db: None) -> Iterator[str]:
    """The origin of a website served by granian from the test database, `http://localhost:<port>`."""
    with running.website() as origin:
        yield origin


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = playwright.chromium.launch(executable_path=running.chromium(playwright))
    yield chromium
    chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def own_storages(tmp_path: Path, settings: Settings) -> None:
    """Pictures of this test go to folders of its own."""
    settings.STORAGES = storages.in_folder(tmp_path)


@pytest.fixture(autouse=True)
def no_kept_pages() -> None:
    """Every test starts with nothing kept: change numbers begin again with each database."""
    caches["pages"].clear()


@pytest.fixture(autouse=True)
def dutch() -> None:
    """Every test starts in Dutch: a request in the test's own thread leaves its language behind."""
    translation.activate(settings.LANGUAGE_CODE)
